"""A city's new year: last year's tasks under their ids, all that must be looked at marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from danvan_cli.load.folders import TASKS, layer_files
from danvan_cli.load.source import read_yaml
from danvan_cli.nodes import Mapping, Node, Sequence, Text, child, mappings, texts_in
from danvan_cli.starting.lines import FileLines, first_line, last_line

_PERIOD = re.compile(r"giai đoạn|nhiệm kỳ|\d{4}\s*[-–]\s*\d{4}|số \S+ ngày", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}/\d{1,2}(?!\d)")


@dataclass
class NewYear:
    """The files of the new year by their path below its folder, and what became of what."""

    files: dict[str, str] = field(default_factory=dict)
    kept: int = 0
    deadlines: list[str] = field(default_factory=list)
    """Tasks whose deadline has a day or a year of its own."""
    mentions: list[str] = field(default_factory=list)
    """Tasks and groups that name the old year."""
    left: list[str] = field(default_factory=list)
    """Tasks of the old year only."""
    excused: int = 0


def new_year(folder: Path, old: str, new: str) -> NewYear:
    """The catalogue of `folder`, the year `old`, made ready for the year `new`.

    Every task keeps its id; its old deadline stands until it is set again, and is marked. What
    the file says of one year only is left behind.
    """
    made = NewYear()
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8-sig")
        for path in layer_files(folder)
    }
    texts = {name: text.replace("\r\n", "\n") for name, text in texts.items()}
    made.files[TASKS] = _tasks(texts.pop(TASKS), old, new, made)
    for name, text in texts.items():
        made.files[name] = _without(text, made.left)
        # A register of documents has the dates of the documents.
        if name != "phap_ly.yaml" and any(
            _names(line, old) for line in text.split("\n") if not line.lstrip().startswith("#")
        ):
            made.mentions.append(name)
    return made


def _without(text: str, gone: list[str]) -> str:
    """`text` with the tasks `gone` taken off its lists."""
    for ma in gone:
        for written in (rf",\s*{re.escape(ma)}(?=\s*[,\]])", rf"(?<=\[){re.escape(ma)}\s*,\s*"):
            text = re.sub(written, "", text)
    return text


def _tasks(text: str, old: str, new: str, made: NewYear) -> str:
    root, _ = read_yaml(text, TASKS)
    lines = FileLines(text)
    _head(child(root, "danh_muc"), lines, old, new)
    for group in mappings(child(root, "nhom")):
        _group(group, lines, old, new, made)
    excused = child(root, "bo_qua")
    if isinstance(excused, Sequence) and isinstance(root, Mapping):
        made.excused = len(excused)
        lines.drop(root.key_place("bo_qua").line, last_line(excused))
    top = _comment_end(text)
    lines.drop(1, top)
    title = f"# Danh mục nhiệm vụ công tác dân vận năm {new}, chép từ năm {old}; mã nhiệm vụ giữ nguyên."
    return f"{title}\n# Chỗ phải xem lại có 'xem_lai'; xem xong thì xóa. Liệt kê: danvan validate.\n{str(lines).lstrip()}"


def _comment_end(text: str) -> int:
    """The last line of the comment a file begins with, 0 where there is none."""
    last = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            break
        last = number
    return last


def _head(head: Node | None, lines: FileLines, old: str, new: str) -> None:
    if not isinstance(head, Mapping):
        return
    blank = []
    for key, value in head.items():
        if key == "nam":
            lines.swap(key.place.line, old, new)
        elif key in ("chu_de", "van_ban"):
            lines.hide(key.place.line, last_line(value))
            blank.append("chủ đề" if key == "chu_de" else "quyết định ban hành")
        elif key == "xem_lai":
            lines.drop(key.place.line, last_line(value))
    indent = next(iter(head)).place.column - 1
    note = f'xem_lai: "Ghi {" và ".join(blank) or "điều mới"} của năm {new}."'
    lines.under(last_line(head), note, indent)


def _group(group: Mapping, lines: FileLines, old: str, new: str, made: NewYear) -> None:
    name = child(group, "ten")
    if isinstance(name, Text) and _names(name, old):
        made.mentions.append(_ma(group))
        note = f'xem_lai: "Tên nhóm nhắc năm {old}."'
        lines.under(last_line(name), note, next(iter(group)).place.column - 1)
    for task in mappings(child(group, "nhiem_vu")):
        _task(task, lines, old, new, made)


def _task(task: Mapping, lines: FileLines, old: str, new: str, made: NewYear) -> None:
    only = child(task, "chi_nam")
    if isinstance(only, Text) and only != new:
        made.left.append(_ma(task))
        lines.drop(first_line(task), last_line(task))
        return
    made.kept += 1
    points = child(task, "diem")
    for point in mappings(points):
        _task(point, lines, old, new, made)
    notes = list(_notes(task, old, new, made))
    known = child(task, "xem_lai")
    if known is not None:
        lines.drop(task.key_place("xem_lai").line, last_line(known))
    if notes:
        at = child(task, "ma")
        line = at.place.line if isinstance(at, Text) else first_line(task)
        remark = "; ".join(notes).replace('"', "'")
        flow = lines.text.split("\n")[line - 1].lstrip(" -").startswith("{")
        if flow:
            lines.swap(line, "{", f'{{xem_lai: "{remark}.", ')
        else:
            lines.under(line, f'xem_lai: "{remark}."', next(iter(task)).place.column - 1)


def _notes(task: Mapping, old: str, new: str, made: NewYear) -> Iterator[str]:
    speaking = [task, *mappings(child(task, "bien_the"))]
    dated = [
        str(value).replace("\n", "; ")
        for one in speaking
        for value in [child(one, "thoi_gian")]
        if isinstance(value, Text) and (old in value or _DAY.search(value))
    ]
    if dated:
        made.deadlines.append(_ma(task))
        yield f"Đặt lại thời hạn cho năm {new} (năm {old}: {dated[0]})"
    texts = [
        text
        for one in speaking
        for key in ("noi_dung", "chi_tiet", "chu_thich", "thay")
        for text in texts_in(child(one, key))
    ]
    if any(_names(text, old) for text in texts):
        made.mentions.append(_ma(task))
        yield f"Câu nhắc năm {old}"


def _names(text: str, year: str) -> bool:
    """Whether a text speaks of `year` itself: not of a period, not of a document's date."""
    return any(year in part and not _PERIOD.search(part) for part in re.split(r"[;,.]", text))


def _ma(node: Mapping) -> str:
    return str(child(node, "ma") or "")
