"""Checks of a unit's file that localising does not make: a signer, reasons, who leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.models.catalogue import Suppression
from danvan_cli.models.profile import Addition, Change, Choice, Merge, Profile
from danvan_cli.nodes import Text
from danvan_cli.problems import finding_on, missing_signer, unknown_post
from danvan_cli.text import fold, slug
from danvan_cli.validate.setting import Setting

NO_REASON, NO_LEAD = "DV206", "DV404"
_EMPTY = frozenset(
    {"không", "không có", "không rõ", "chưa rõ", "không biết", "lý do", "có lý do", "vì thế"}
    | {"n/a", "na", "todo", "như trên", "sửa", "bỏ", "thêm", "sửa đổi", "loại bỏ", "bổ sung"}
)
_LEAST_LETTERS = 2


def check_profile(profile: Profile, setting: Setting) -> Iterator[Finding]:
    """DV203 without a signer, DV206 on reasons that give none, DV404 on tasks nobody leads.

    DV205 on a unit of its own whose name is a letter away from one of the list.
    """
    if profile.don_vi is None and profile.ten is not None:
        yield from _nearly_named(profile.ten, str(profile.loai), setting.catalogue)
    if profile.nguoi_ky is None:
        yield missing_signer(profile.place)
    changes: list[Choice | Change | Merge | Addition] = [*profile.chon, *profile.loai_bo]
    changes += [*profile.sua_doi, *profile.hop_nhat, *profile.bo_sung]
    for change in changes:
        yield from _empty(change.ly_do, f"{change.ma}.ly_do")
    yield from _excuses(profile.bo_qua)
    for addition in profile.bo_sung:
        if not addition.chu_tri:
            ma = str(addition.ma)
            message = f"Nhiệm vụ bổ sung '{ma}' chưa có cơ quan chủ trì. Thêm 'chu_tri:'."
            yield Finding(addition.place, NO_LEAD, message, subject=f"{ma}.chu_tri")


def _nearly_named(name: Text, kind: str, catalogue: Catalogue) -> Iterator[Finding]:
    listed = [str(u.ten) for u in catalogue.units if u.loai == kind]
    if name in listed or any(fold(one) == fold(name) for one in listed):
        return
    near = next((one for one in listed if slug(one) == slug(name)), None)
    near = near or next((one for one in listed if _one_letter(one, name)), None)
    if near is not None:
        loai = str(catalogue.kinds[kind].ten)
        message = (
            f"Danh sách của {catalogue.province} không có {loai} '{name}'. Có phải '{near}'? "
            f"Đúng thì ghi 'don_vi: {loai} {near}' thay cho 'ten' và 'loai'."
        )
        yield finding_on(name, "DV205", message, "ten")


def _one_letter(first: str, second: str) -> bool:
    from rapidfuzz.distance import OSA  # few files name a unit that is not listed

    return OSA.distance(fold(first), fold(second), score_cutoff=1) <= 1


def check_signers(locality: Locality, _: Setting) -> Iterator[Finding]:
    """DV105 on a signer whose post the wording has no lines for."""
    profile = locality.profile
    wording = locality.catalogue.wording
    for signer in (profile.nguoi_ky, *(change.nguoi_ky for change in profile.van_ban.values())):
        post = signer.chuc_vu if signer is not None else None
        if post is not None and wording.post(post) not in wording.chuc_vu:
            yield unknown_post(post, post.place, wording.posts)


def check_excuses(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV206 on suppressions of a catalogue whose reason gives none."""
    yield from _excuses(catalogue.suppressions)


def _excuses(suppressions: Iterable[Suppression]) -> Iterator[Finding]:
    for suppression in suppressions:
        yield from _empty(suppression.ly_do, f"{suppression.noi}.ly_do")


def _empty(reason: Text, subject: str) -> Iterator[Finding]:
    words = re.sub(r"[^\w\s/]+", " ", fold(reason)).strip()
    if len(re.sub(r"[\W_]", "", words)) >= _LEAST_LETTERS and words not in _EMPTY:
        return
    message = f"Lý do '{reason}' không nói vì sao. Ghi lý do mà người duyệt hiểu được, ví dụ 'Địa bàn không có'."
    yield finding_on(reason, NO_REASON, message, subject)
