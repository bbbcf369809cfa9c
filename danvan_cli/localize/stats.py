"""What share of the words comes from the catalogue, from a rule, from the unit's file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.prose import Origin, Prose


@dataclass(frozen=True)
class Share:
    """Words in all, and the part of each origin (0 to 1)."""

    so_chu: int
    danh_muc: float
    quy_tac: float
    ho_so: float


def share_of(words: Counter[Origin]) -> Share:
    """The shares of counted words."""
    total = sum(words.values())
    part = {origin: words[origin] / total if total else 0.0 for origin in Origin}
    return Share(total, part[Origin.CATALOGUE], part[Origin.RULE], part[Origin.UNIT])


def programme_share(programme: Programme) -> Share:
    """The shares of a programme: its groups' names and all its tasks say."""
    parts: list[Prose] = [group.ten for group in programme.groups]
    for task in programme.tasks:
        parts.extend(_proses(task))
    return share_of(sum((part.words() for part in parts), Counter()))


def _proses(task: LocalTask) -> list[Prose]:
    agencies = [*task.chu_tri, *task.phoi_hop]
    texts = [task.noi_dung, *task.chi_tiet, *task.chu_thich, task.thoi_gian]
    return texts + [p for a in agencies for p in (a.ten, a.vai_tro, a.de_nghi)]
