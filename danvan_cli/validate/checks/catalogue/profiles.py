"""Checks of a unit's file that localising does not make: reasons, its own assignments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from danvan_cli.findings import Finding, Place
from danvan_cli.localize.locality import Locality
from danvan_cli.models.catalogue import AgencyRef, Suppression, Task
from danvan_cli.models.profile import Addition, Change, Choice, Merge, Profile
from danvan_cli.nodes import Text
from danvan_cli.passage import Passage, Role, joined, passage_of
from danvan_cli.problems import missing_signer
from danvan_cli.text import fold
from danvan_cli.validate.checks.agencies import agencies
from danvan_cli.validate.checks.agencies.names import known_agencies
from danvan_cli.validate.checks.deadlines import deadlines
from danvan_cli.validate.setting import Setting

NO_REASON, NO_LEAD = "DV206", "DV404"
_EMPTY = frozenset(
    {"không", "không có", "không rõ", "chưa rõ", "không biết", "lý do", "có lý do", "vì thế"}
    | {"n/a", "na", "todo", "như trên", "sửa", "bỏ", "thêm", "sửa đổi", "loại bỏ", "bổ sung"}
)
_LEAST_LETTERS = 2


def check_profile(profile: Profile) -> Iterator[Finding]:
    """DV203 without a signer, DV206 on reasons that give none."""
    if profile.nguoi_ky is None:
        yield missing_signer(profile.place)
    for subject, reason in _reasons(profile):
        yield from _reason(subject, reason)
    yield from check_suppressions(profile.bo_qua)


def check_suppressions(suppressions: Iterable[Suppression]) -> Iterator[Finding]:
    """DV206 on suppressions whose reason gives none."""
    for suppression in suppressions:
        yield from _reason(f"{suppression.noi}.ly_do", suppression.ly_do)


def check_work(locality: Locality, setting: Setting) -> Iterator[Finding]:
    """DV306, DV308, DV404 and DV405 on what the unit assigns itself."""
    profile = locality.profile
    for addition in profile.bo_sung:
        yield from _addition(addition, setting)
    for merge in profile.hop_nhat:
        yield from _assignment(merge, merge.chu_tri or (), merge.phoi_hop or (), setting)
    for change in profile.sua_doi:
        task = locality.catalogue.tasks.get(change.ma)
        if task is not None and change.thoi_gian is not None:
            yield from _deadline(change, task, locality, setting)


def _reasons(profile: Profile) -> Iterator[tuple[str, Text]]:
    items: list[Choice | Change | Merge | Addition] = [*profile.chon, *profile.loai_bo]
    items += [*profile.sua_doi, *profile.hop_nhat, *profile.bo_sung]
    for item in items:
        yield f"{item.ma}.ly_do", item.ly_do


def _reason(subject: str, reason: Text) -> Iterator[Finding]:
    said = re.sub(r"[^\w\s/]+", " ", fold(reason)).strip()
    if len(re.sub(r"[\W_]", "", said)) >= _LEAST_LETTERS and said not in _EMPTY:
        return
    message = f"Lý do '{reason}' không nói vì sao. Ghi lý do mà người duyệt hiểu được."
    yield Finding(reason.place, NO_REASON, message, subject=subject, value=str(reason))


def _addition(addition: Addition, setting: Setting) -> Iterator[Finding]:
    ma = str(addition.ma)
    if not addition.chu_tri:
        message = f"Nhiệm vụ bổ sung '{ma}' chưa có cơ quan chủ trì. Thêm 'chu_tri:'."
        yield Finding(addition.place, NO_LEAD, message, subject=f"{ma}.chu_tri")
    else:
        yield from _assignment(addition, addition.chu_tri, addition.phoi_hop, setting)
    if addition.thoi_gian is not None:
        content = passage_of(addition.noi_dung, "noi_dung", f"{ma}.noi_dung")
        deadline = passage_of(addition.thoi_gian, "thoi_gian", f"{ma}.thoi_gian")
        yield from deadlines.check_report(content, deadline, setting)


def _assignment(
    item: Addition | Merge,
    leads: Iterable[AgencyRef],
    helpers: Iterable[AgencyRef],
    setting: Setting,
) -> Iterator[Finding]:
    leads, helpers = tuple(leads), tuple(helpers)
    if leads and helpers:
        lead = _cell(leads, "chu_tri", f"{item.ma}.chu_tri", setting)
        cell = _cell(helpers, "phoi_hop", f"{item.ma}.phoi_hop", setting)
        yield from agencies.check_assignment(lead, cell, setting)


def _cell(refs: tuple[AgencyRef, ...], role: Role, subject: str, setting: Setting) -> Passage:
    """`refs` as the cell of a table that prints their names; an offset leads to its agency."""
    known = known_agencies(setting.catalogue, setting.unit)
    parts = []
    for ref in refs:
        ma = known.resolve(ref.co_quan)
        name = known.names[ma] if ma is not None else str(ref.co_quan)
        shown = f"{name} ({ref.vai_tro})" if ref.vai_tro else name
        parts.append(Passage(shown, role, subject, partial(_there, ref.co_quan.place)))
    return joined(parts, "; ")


def _there(place: Place, _: int) -> Place:
    return place


def _deadline(
    change: Change, task: Task, locality: Locality, setting: Setting
) -> Iterator[Finding]:
    assert change.thoi_gian is not None
    ma = str(change.ma)
    own = passage_of(change.thoi_gian, "thoi_gian", f"{ma}.thoi_gian")
    variant = next((v for v in task.bien_the if locality.holds(v.khi)), None)
    city = variant.thoi_gian if variant is not None and variant.thoi_gian else task.thoi_gian
    if city is not None:
        yield from deadlines.check_against_city(own, city, setting)
    text = change.noi_dung.moi if change.noi_dung is not None else None
    content = passage_of(text or task.noi_dung, "noi_dung", f"{ma}.noi_dung")
    yield from deadlines.check_report(content, own, setting)
