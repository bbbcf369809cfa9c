"""Where a character of a value stands in its file; text that stays the text it was."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.findings import Finding, Place
from danvan_cli.load.bounded import MAX_BYTES, as_if
from danvan_cli.load.source import read_bytes, read_yaml
from danvan_cli.nodes import Mapping, Sequence, SourceText, Text
from danvan_cli.text import nfc

LETTERS = "aáàảãạăắằẳẵặâấầẩẫậđeêếềệiíoôốồộơớờợuưứừựyýỳAÁĐỨhnmtcgkls0123456789,.;()/“”…-–"
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=8)
PROSE = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", " \n ", "\t"])
RAGGED = st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=6).map(
    lambda pairs: "".join(a + b for a, b in pairs).rstrip()
)


def value_in(text: str) -> Text:
    """The value of the key `a` in the YAML file `text`."""
    node, findings = read_yaml(text, "tep.yaml")
    assert findings == ()
    assert isinstance(node, Mapping)
    value = next(iter(node.values()))
    assert isinstance(value, Text)
    return value


def indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))


def wrapped(text: str) -> str:
    """`text` broken into a line a word."""
    return text.replace(" ", "\n  ")


def assert_places(value: Text, file: str) -> None:
    lines = file.split("\n")
    before = (0, 0)
    for offset, char in enumerate(value):
        place = value.place_at(offset)
        line = lines[place.line - 1] + "\n"
        written = line[place.column - 1 :]
        assert (place.line, place.column) >= before
        before = (place.line, place.column)
        if char.isspace():
            assert written[0].isspace() or written[0] == "\\"
        else:
            assert nfc(written).startswith((char, "\\"))


@given(PROSE, st.sampled_from(["NFC", "NFD"]))
def test_a_plain_scalar_leads_back_to_each_of_its_characters(text: str, form: str) -> None:
    text = "x" + text
    for shown in (text, wrapped(text)):
        file = unicodedata.normalize(form, f"# đầu tệp\na: {shown}\n")  # type: ignore[arg-type]
        value = value_in(file)
        assert value == text
        assert_places(value, file)


@given(PROSE, st.sampled_from(["NFC", "NFD"]))
def test_a_folded_scalar_leads_back_to_each_of_its_characters(text: str, form: str) -> None:
    file = unicodedata.normalize(form, f"a: >-  # gấp\n  {wrapped(text)}\n")  # type: ignore[arg-type]
    value = value_in(file)
    assert value == text
    assert_places(value, file)


@given(RAGGED, st.sampled_from(["|", "|-", "|+", "|2"]), st.sampled_from(["NFC", "NFD"]))
def test_a_literal_scalar_leads_back_to_each_of_its_characters(
    text: str, head: str, form: str
) -> None:
    file = unicodedata.normalize(form, f"a: {head}\n{indented(text)}b: c\n")  # type: ignore[arg-type]
    value = value_in(file)
    assert value.strip() == text.strip()
    assert_places(value, file)


@given(RAGGED.map(lambda t: t.replace("\n", "\n\n")), st.sampled_from(["NFC", "NFD"]))
def test_a_single_quoted_scalar_leads_back_to_each_of_its_characters(text: str, form: str) -> None:
    text = text.replace(",", "'").replace("\t", " ")
    file = unicodedata.normalize(form, "a: '" + text.replace("'", "''") + "'\n")  # type: ignore[arg-type]
    assert_places(value_in(file), file)


@given(st.text(max_size=30).filter(lambda t: t == nfc(t)))
def test_a_double_quoted_scalar_leads_back_through_its_escapes(text: str) -> None:
    file = f"a: {json.dumps(text, ensure_ascii=False)}\n".replace("\x7f", "\\x7f")
    node, findings = read_yaml(file, "tep.yaml")
    if findings or not isinstance(node, Mapping):
        return
    value = next(iter(node.values()))
    assert isinstance(value, Text)
    for offset, char in enumerate(value):
        index = value.index_at(offset)
        assert index is not None
        if char.isspace():
            assert file[index].isspace() or file[index] == "\\"
        elif char not in '\\"\n\r\t\x0c\x08' and char.isprintable():
            assert nfc(file[index : index + 3]).startswith(char)


@pytest.mark.parametrize(
    ("file", "piece", "place"),
    [
        ("a: Gần dân\n", "dân", (1, 8)),
        ('a: "Gần \\"dân\\"\\nsát việc"\n', "sát", (1, 18)),
        ('a: "\\u0110\\u1ea3ng bộ"\n', "bộ", (1, 20)),
        ("a: 'Chủ đề ''Gần'' dân'\n", "dân", (1, 20)),
        ("a: >-\n  Gần dân,\n  sát việc\n", "việc", (3, 7)),
        ("a: |\n\n  Gần\n\n  dân\n", "dân", (5, 3)),
        ("a: hai  dấu  cách\n", "cách", (1, 14)),
        ("a: một\n  hai\n\n  ba\n", "ba", (4, 3)),
        (unicodedata.normalize("NFD", "a: Gần") + " dân\n", "dân", (1, 10)),
        (unicodedata.normalize("NFD", "a: Nhân dân") + ", nhân\n", "nhân", (1, 16)),
    ],
)
def test_a_piece_of_a_value_has_its_own_line_and_column(
    file: str, piece: str, place: tuple[int, int]
) -> None:
    value = value_in(file)
    assert value.place_at(value.index(piece)) == Place("tep.yaml", *place)


def test_an_offset_outside_the_value_is_the_place_of_the_value() -> None:
    value = value_in("a: dân\n")
    assert value.place_at(3) == value.place_at(-1) == value.place
    assert Text("tự đặt").place_at(2) == Place("")


AS_WRITTEN = "no yes on 3.10 2026-01-01 05/6/2026 012 0x1F ~ null 1e3 true 12:30:45 .inf = 1_000"


@pytest.mark.parametrize("written", AS_WRITTEN.split())
def test_text_stays_the_text_that_was_written(written: str) -> None:
    assert value_in(f"a: {written}\n") == written


def test_keys_and_sequences_know_their_places() -> None:
    node, _ = read_yaml("a: 1\nb:\n  - x\n  - {c: d}\n", "t.yaml")
    assert isinstance(node, Mapping)
    assert node.key_place("b") == Place("t.yaml", 2, 1)
    assert node.key_place("không có") == node.place == Place("t.yaml", 1, 1)
    listed = node[Text("b")]
    assert isinstance(listed, Sequence)
    assert listed.place == Place("t.yaml", 3, 3)
    inner = listed[1]
    assert isinstance(inner, Mapping)
    assert (inner.place.line, inner.key_place("c").column) == (4, 6)


@given(st.text(alphabet="ab\n", max_size=30), st.integers(0, 29))
def test_line_and_column_count_line_feeds(text: str, index: int) -> None:
    place = SourceText.of("t", text).place(min(index, len(text)))
    before = text[: min(index, len(text))]
    assert (place.line, place.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


def read(data: bytes, path: Path) -> tuple[str | None, tuple[Finding, ...]]:
    path.write_bytes(data)
    return read_bytes(path, "ho-so.yaml")


UTF8 = "Mở tệp và lưu lại với mã UTF-8."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "don_vi: x\nnguoi_ky: Nguyễn".encode("utf-16"),
            "1:1 DV101 Tệp không phải UTF-8: byte 0xFF ở đây không đọc được. " + UTF8,
        ),
        (
            "don_vi: x\nchu_de: Phường\n".encode("cp1258", "replace"),
            "2:11 DV101 Tệp không phải UTF-8: byte 0xFD ở đây không đọc được. " + UTF8,
        ),
        (
            "\ufeffchu_de: Gần d".encode() + b"\xe2n\n",
            "1:14 DV101 Tệp không phải UTF-8: byte 0xE2 ở đây không đọc được. " + UTF8,
        ),
        (
            b"a" * (MAX_BYTES + 1),
            "1:1 DV101 Tệp lớn hơn 8 MB. Chia tệp thành nhiều tệp nhỏ.",
        ),
    ],
    ids=["utf-16", "cp1258", "latin-1 after a BOM", "too large"],
)
def test_bytes_that_are_no_text_are_said_with_their_place(
    data: bytes, message: str, tmp_path: Path
) -> None:
    text, (finding,) = read(data, tmp_path / "t.yaml")
    assert text is None
    assert (
        f"{finding.place.line}:{finding.place.column} {finding.code} {finding.message}" == message
    )


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    file = "don_vi: x\nchu_de: Gần dân\nkhoi: |\n  Một\n  Hai\n"
    plain, _ = read(file.encode(), tmp_path / "a.yaml")
    marked, findings = read(file.replace("\n", "\r\n").encode("utf-8-sig"), tmp_path / "b.yaml")
    assert findings == ()
    assert plain is not None
    assert marked is not None
    one, _ = read_yaml(plain, "t")
    other, problems = read_yaml(marked, "t")
    assert one == other
    assert problems == ()
    assert isinstance(other, Mapping)
    block = other[Text("khoi")]
    assert isinstance(block, Text)
    assert block.place_at(block.index("Hai")) == Place("t", 5, 3)


def test_a_file_with_pending_changes_reads_as_it_would_be(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("a: cũ\n", encoding="utf-8")
    with as_if({path.resolve(): "a: mới\n".encode()}):
        assert read_bytes(path, "t")[0] == "a: mới\n"
    assert read_bytes(path, "t")[0] == "a: cũ\n"


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_never_a_crash(text: str) -> None:
    node, findings = read_yaml(text, "t")
    assert node is not None or findings or not text.strip() or text.lstrip()[0] in "#%-.\ufeff"
