"""Rules of agencies: beyond their cases in tests/rules: what stands beside each other, any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.validate.setting import Work
from danvan_cli.validate.walk import of_works
from tests.validate.passages import passage, said_among, said_of, setting, told

COMMUNE = setting({"unit": "dong-xuan"})


@given(st.text(max_size=80), st.sampled_from(["chu_tri", "phoi_hop", "chu"]))
def test_any_text_is_judged_without_failing(text, role):
    said_of(passage(text, role), COMMUNE, "DV4")


@pytest.mark.parametrize(
    ("lead", "helpers", "found"),
    [
        (
            "Phòng Kinh tế",
            "Phòng Kinh tế xã, Công an xã",
            [
                [
                    "DV405",
                    "Phòng Kinh tế xã",
                    "'Phòng Kinh tế xã' vừa chủ trì vừa phối hợp cùng một nhiệm vụ. Bỏ ở phần phối"
                    " hợp, hoặc ghi cơ quan khác chủ trì.",
                ]
            ],
        ),
        (
            "Các cơ quan, đơn vị",
            "Ban Xây dựng Đảng, các cơ quan, đơn vị",
            [
                [
                    "DV405",
                    "các cơ quan, đơn vị",
                    "'các cơ quan, đơn vị' vừa chủ trì vừa phối hợp cùng một nhiệm vụ. Bỏ ở phần"
                    " phối hợp, hoặc ghi cơ quan khác chủ trì.",
                ]
            ],
        ),
        (
            "",
            "Công an xã",
            [
                [
                    "DV404",
                    "Công an xã",
                    "Nhiệm vụ có cơ quan phối hợp ('Công an xã') mà không có cơ quan chủ trì. Ghi"
                    " cơ quan chủ trì, hoặc chuyển 'Công an xã' sang chủ trì.",
                ]
            ],
        ),
        ("Phòng Kinh tế", "Công an xã", []),
        ("Các cơ quan, đơn vị", "Các cơ quan, đơn vị có liên quan", []),
        ("Phòng VHXH", "Phòng Văn hóa - Xã hội tổng hợp, theo dõi chung", []),
        ("", "", []),
        ("", "-", []),
        ("Phòng Kinh tế", None, []),
        (None, None, []),
    ],
)
def test_leads_and_helpers_are_judged_beside_each_other(lead, helpers, found):
    first = () if lead is None else (passage(lead, "chu_tri"),)
    second = () if helpers is None else (passage(helpers, "phoi_hop"),)
    work = Work(leads=first, helpers=second)
    assert told(list(of_works([work], COMMUNE))) == found


def test_running_text_may_shorten_a_name_the_tables_write_out():
    made = [passage("Phòng Văn hóa - Xã hội", "chu_tri"), passage("Phòng VHXH tổng hợp", "chu")]
    assert not said_among(made, COMMUNE, "DV4")
