"""Differences in words: two texts word by word, and what people call the fields of a task."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from danvan_cli.localize.changes import LINE

FIELD_NAMES = {
    "noi_dung": "nội dung",
    "chi_tiet": "chi tiết",
    "chu_thich": "chú thích",
    "chu_tri": "chủ trì",
    "phoi_hop": "phối hợp",
    "thoi_gian": "thời gian",
    "ten": "tên nhóm",
    "tt": "số",
    "nhom": "nhóm",
    LINE: "lời văn",
}
"""What people call the field of a difference."""
Marks = tuple[str, str]
"""What stands before words that are marked, and behind them."""


def stretches(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The texts cut where they part: what both say stands on both sides, else one may be empty."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield " ".join(before[a:b]), " ".join(after[c:d])


def marked(old: str, new: str, gone: Marks, came: Marks) -> tuple[str, str]:
    """Both texts, in the first the words that went marked, in the second those that came."""
    left, right = [], []
    for was, now in stretches(old, new):
        if was == now:
            left.append(was)
            right.append(now)
            continue
        left += [f"{gone[0]}{was}{gone[1]}"] if was else []
        right += [f"{came[0]}{now}{came[1]}"] if now else []
    return " ".join(left), " ".join(right)
