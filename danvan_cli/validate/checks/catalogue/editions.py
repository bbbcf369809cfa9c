"""Two editions of a catalogue: an id that means another task (DV114), or is gone (DV115)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.catalogue import Task
from danvan_cli.text import fold
from danvan_cli.validate.setting import Setting

NEW_MEANING, GONE = "DV114", "DV115"

_WORD = re.compile(r"\w+")
_OTHER_TASK, _SAME_TASK = 0.35, 80


@dataclass(frozen=True)
class Editions:
    """A catalogue and what it was."""

    old: Catalogue
    new: Catalogue


def check_meanings(editions: Editions, _: Setting) -> Iterator[Finding]:
    """DV114 and DV115: ids of the old edition that mean another task in the new, or are gone."""
    old, new = editions.old, editions.new
    fresh = {ma: fold(task.noi_dung) for ma, task in new.tasks.items() if ma not in old.tasks}
    for ma, task in old.tasks.items():
        kept = new.tasks.get(ma)
        if kept is None:
            yield _gone(task, fresh, new)
        elif _likeness(task, kept) < _OTHER_TASK:
            message = (
                f"Mã '{ma}' trước là nhiệm vụ khác: '{_short(task.noi_dung)}'. "
                f"Đặt mã mới cho nhiệm vụ này; mã cũ không dùng lại."
            )
            yield Finding(
                kept.ma.place, NEW_MEANING, message, subject=f"{ma}.noi_dung", value=str(ma)
            )


def _likeness(first: Task, second: Task) -> float:
    """The share of words two tasks have in common."""
    a, b = ({*_WORD.findall(fold(t.noi_dung))} for t in (first, second))
    return len(a & b) / len(a | b) if a | b else 1.0


def _gone(task: Task, fresh: dict[str, str], new: Catalogue) -> Finding:
    near = process.extractOne(
        fold(task.noi_dung), fresh, scorer=fuzz.ratio, score_cutoff=_SAME_TASK
    )
    hint = (
        f"Có phải nay là '{near[2]}'? Giữ mã cũ '{task.ma}'."
        if near
        else "Giữ lại, hoặc nói rõ khi công bố: hồ sơ đơn vị sửa mã này sẽ hỏng."
    )
    message = (
        f"Mã '{task.ma}' ({task.tt}: '{_short(task.noi_dung)}') không còn trong danh mục. {hint}"
    )
    return Finding(new.edition.place, GONE, message, subject=str(task.ma), value=str(task.ma))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:57] + "..."
