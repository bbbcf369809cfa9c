"""A unit's file for another year: what still hits, what hits nothing, whose ground has moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import LocalTask
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Mapping, Node, Text
from danvan_cli.starting.lines import FileLines, child, first_line, last_line, mappings
from danvan_cli.text import fold

_ALIKE = 75
_LISTS = ("chon", "loai_bo", "sua_doi")
_CHANGES = ("nhom", "loai_bo", "sua_doi", "hop_nhat", "bo_sung", "thu_tu", "bo_qua")


class State(StrEnum):
    """What became of a change, as people are told."""

    HITS = "còn trúng"
    GONE = "không còn trúng"
    MOVED = "câu gốc đã đổi"
    AGAIN = "đặt lại"


@dataclass(frozen=True)
class Judged:
    """One change of the file: what it is about, what became of it, what to do."""

    state: State
    what: str
    line: int
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.line}: {self.what}: {self.state}" + (
            f". {self.advice}" if self.advice else ""
        )


@dataclass(frozen=True)
class Upgrade:
    """The file as it will be, and every change with what becomes of it."""

    text: str
    items: tuple[Judged, ...]


@dataclass(frozen=True)
class _Grounds:
    """What the changes of a unit stand on: its programme without them, then and now."""

    old: dict[str, LocalTask]
    new: dict[str, LocalTask]
    applying: frozenset[str]
    """The tasks of the new year that the unit has without choosing them."""
    old_city: Catalogue
    new_city: Catalogue

    def heir(self, ma: str) -> str | None:
        """The task of the new year most like a task that is gone."""
        before = self.old_city.tasks.get(ma)
        fresh = {
            m: fold(t.noi_dung)
            for m, t in self.new_city.tasks.items()
            if m not in self.old_city.tasks
        }
        if before is None or not fresh:
            return None
        found = process.extractOne(
            fold(before.noi_dung), fresh, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE
        )
        return str(found[2]) if found else None


def upgraded(
    text: str, profile: Profile, old: Catalogue, new: Catalogue, unit: Unit, now: Unit
) -> Upgrade:
    """The unit's file `text`, written for `old`, made ready for `new`.

    Changes that hit nothing become comments, those whose ground has moved stay with a word above
    them; numbers and dates of last year's papers become comments too.
    """
    root, _ = read_yaml(text, "ho-so.yaml")
    bare = profile.model_copy(update=dict.fromkeys(_CHANGES, ()))
    unchosen = bare.model_copy(update={"chon": ()})
    grounds = _Grounds(
        {t.ma: t for t in localize(Locality.of(old, unit, bare)).tasks},
        {t.ma: t for t in localize(Locality.of(new, now, bare)).tasks},
        frozenset(t.ma for t in localize(Locality.of(new, now, unchosen)).tasks),
        old,
        new,
    )
    lines = FileLines(text)
    year = child(root, "danh_muc")
    if isinstance(year, Text):
        lines.swap(year.place.line, str(old.edition.nam), str(new.edition.nam))
    elif isinstance(root, Mapping):
        lines.over(first_line(root), f'danh_muc: "{new.edition.nam}"')
    items: list[Judged] = []
    for key in _LISTS:
        _list(root, key, grounds, lines, items)
    _merges(root, grounds, lines, items)
    _additions(root, grounds, lines, items)
    _documents(root, grounds, lines, items)
    return Upgrade(str(lines), tuple(sorted(items, key=lambda i: i.line)))


def _list(
    root: Node | None, key: str, grounds: _Grounds, lines: FileLines, items: list[Judged]
) -> None:
    node = child(root, key)
    changes = mappings(node)
    gone = []
    for change in changes:
        ma = str(child(change, "ma") or "")
        item = _judged(key, ma, change, grounds)
        items.append(item)
        if item.state is State.GONE:
            gone.append(change)
        elif item.state is not State.HITS:
            lines.over(first_line(change), f"# {grounds.new_city.edition.nam}: {item.advice}")
    _hide(root, key, node, gone, changes, lines, grounds)


def _hide(
    root: Node | None,
    key: str,
    node: Node | None,
    gone: list[Mapping],
    changes: list[Mapping],
    lines: FileLines,
    grounds: _Grounds,
) -> None:
    """The entries `gone` become comments; with all of them the key, with a list in one line all."""
    if not gone or not isinstance(root, Mapping) or node is None:
        return
    at = root.key_place(key).line
    one_line = any(first_line(change) == at for change in changes)
    if len(gone) == len(changes) or one_line:
        lines.hide(at, last_line(node))
        lines.over(at, f"# {grounds.new_city.edition.nam}: không còn trúng")
        return
    for change in gone:
        lines.hide(first_line(change), last_line(change))
        lines.over(first_line(change), f"# {grounds.new_city.edition.nam}: không còn trúng")


def _judged(key: str, ma: str, change: Mapping, grounds: _Grounds) -> Judged:
    what, line = f"{key} '{ma}'", first_line(change)
    if ma not in grounds.new_city.tasks:
        heir = grounds.heir(ma)
        advice = (
            f"Có phải nay là '{heir}'? Xem rồi viết lại."
            if heir
            else "Nhiệm vụ không còn trong danh mục."
        )
        return Judged(State.GONE, what, line, advice)
    if key == "chon" and ma in grounds.applying:
        return Judged(State.GONE, what, line, "Nhiệm vụ nay đã mặc nhiên áp dụng.")
    if ma not in grounds.new:
        return Judged(State.GONE, what, line, "Nhiệm vụ nay không áp dụng cho đơn vị.")
    missing = [old for old in _replaced(change) if not _stands(old, grounds.new.get(ma), grounds)]
    if missing:
        return Judged(
            State.GONE, what, line, f"Câu mới không còn chữ '{missing[0]}'. Viết lại thay đổi này."
        )
    if _moved(ma, grounds):
        now = str(grounds.new[ma].noi_dung)
        return Judged(State.MOVED, what, line, f"Câu gốc nay là: {_short(now)} Xem còn hợp không.")
    if _own_date(child(change, "thoi_gian"), grounds):
        return Judged(State.AGAIN, what, line, f"Thời hạn của năm {grounds.old_city.edition.nam}.")
    return Judged(State.HITS, what, line)


def _replaced(change: Mapping) -> Iterator[str]:
    words = child(change, "noi_dung")
    parts = child(words, "thay")
    if isinstance(parts, Mapping):
        yield from (str(old) for old in parts)
    cut = child(words, "bot")
    if isinstance(cut, Text):
        yield str(cut)
    elif isinstance(cut, list):
        yield from (str(old) for old in cut)


def _stands(old: str, task: LocalTask | None, grounds: _Grounds) -> bool:
    if task is None:
        return True
    wanted = old.replace("{nam}", str(grounds.new_city.edition.nam))
    return "{" in wanted or str(task.noi_dung).count(wanted) == 1


def _moved(ma: str, grounds: _Grounds) -> bool:
    """Whether the city's words are others; the year and the year's theme are others every year."""
    then, now = grounds.old.get(ma), grounds.new.get(ma)
    if then is None or now is None:
        return False
    return _timeless(then, grounds.old_city) != _timeless(now, grounds.new_city)


def _timeless(task: LocalTask, catalogue: Catalogue) -> str:
    text = fold(str(task.noi_dung)).replace(str(catalogue.edition.nam), "{nam}")
    theme = catalogue.edition.chu_de
    return text.replace(fold(theme), "{chu_de_tinh}") if theme else text


def _own_date(value: Node | None, grounds: _Grounds) -> bool:
    return isinstance(value, Text) and str(grounds.old_city.edition.nam) in value


def _merges(root: Node | None, grounds: _Grounds, lines: FileLines, items: list[Judged]) -> None:
    node = child(root, "hop_nhat")
    merges, gone = mappings(node), []
    for merge in merges:
        named = child(merge, "tu")
        sources = [str(ma) for ma in named] if isinstance(named, list) else []
        lost = [ma for ma in sources if ma not in grounds.new]
        what = f"hop_nhat '{child(merge, 'ma')}'"
        if lost:
            items.append(
                Judged(
                    State.GONE,
                    what,
                    first_line(merge),
                    f"Không còn: {', '.join(lost)}. Viết lại nếu còn cần.",
                )
            )
            gone.append(merge)
        elif any(_moved(ma, grounds) for ma in sources):
            advice = "Câu của nhiệm vụ được gộp đã đổi. Xem còn hợp không."
            items.append(Judged(State.MOVED, what, first_line(merge), advice))
            lines.over(first_line(merge), f"# {grounds.new_city.edition.nam}: {advice}")
        else:
            items.append(Judged(State.HITS, what, first_line(merge)))
    _hide(root, "hop_nhat", node, gone, merges, lines, grounds)


def _additions(root: Node | None, grounds: _Grounds, lines: FileLines, items: list[Judged]) -> None:
    node = child(root, "bo_sung")
    additions, gone = mappings(node), []
    groups = {str(g.ma) for g in grounds.new_city.groups}
    for addition in additions:
        what, line = f"bo_sung '{child(addition, 'ma')}'", first_line(addition)
        group, after = child(addition, "nhom"), child(addition, "sau")
        if group is not None and str(group) not in groups:
            items.append(
                Judged(State.GONE, what, line, f"Nhóm '{group}' không còn. Chọn nhóm khác.")
            )
            gone.append(addition)
        elif (
            after is not None
            and str(after) in grounds.old_city.tasks
            and str(after) not in grounds.new
        ):
            items.append(
                Judged(
                    State.GONE, what, line, f"Nhiệm vụ '{after}' ở 'sau' không còn. Chọn chỗ khác."
                )
            )
            gone.append(addition)
        elif _own_date(child(addition, "thoi_gian"), grounds):
            advice = f"Thời hạn của năm {grounds.old_city.edition.nam}."
            items.append(Judged(State.AGAIN, what, line, advice))
            lines.over(line, f"# {grounds.new_city.edition.nam}: {advice}")
        else:
            items.append(Judged(State.HITS, what, line))
    _hide(root, "bo_sung", node, gone, additions, lines, grounds)


def _documents(root: Node | None, grounds: _Grounds, lines: FileLines, items: list[Judged]) -> None:
    documents = child(root, "van_ban")
    if not isinstance(documents, Mapping) or not isinstance(root, Mapping):
        return
    emptied = []
    for kind, change in documents.items():
        if not isinstance(change, Mapping):
            continue
        stale = [key for key in change if key in ("so_hieu", "ngay")]
        for key in stale:
            advice = "Số, ngày của văn bản năm trước; ghi khi văn bản mới được cấp."
            items.append(Judged(State.AGAIN, f"van_ban.{kind}.{key}", key.place.line, advice))
        if stale and len(stale) == len(change):
            emptied.append(kind)
        else:
            _cut(change, stale, lines)
        _blocks(kind, change, grounds, lines, items)
    if emptied and len(emptied) == len(documents):
        lines.hide(root.key_place("van_ban").line, last_line(documents))
        return
    for kind in emptied:
        lines.hide(kind.place.line, last_line(documents[kind]))


def _cut(change: Mapping, stale: list[Text], lines: FileLines) -> None:
    """The keys `stale` are taken out: whole lines as comments, parts of a line wholly."""
    alone = {key.place.line for key in change}
    for key in stale:
        value = change[key]
        mates = [k for k in change if k.place.line == key.place.line]
        if len(mates) == 1 and len(alone) == len(change) and isinstance(value, Text):
            lines.hide(key.place.line, last_line(value))
        elif isinstance(value, Text) and value.source is not None:
            raw = value.source.text[key.start : value.end]
            for written in (f"{raw}, ", f", {raw}", raw):
                if written in value.source.text.split("\n")[key.place.line - 1]:
                    lines.swap(key.place.line, written, "")
                    break


def _blocks(
    kind: str, change: Mapping, grounds: _Grounds, lines: FileLines, items: list[Judged]
) -> None:
    """Blocks that the file changes and that no outline of the kind has any more."""
    outlines = [o for o in grounds.new_city.outlines if o.loai == kind]
    known = {str(block.ma) for outline in outlines for block in outline.blocks()}
    changed = child(change, "thay")
    for block in changed if isinstance(changed, Mapping) else ():
        if block not in known:
            advice = "Khối không còn trong văn bản. Xem lại."
            items.append(
                Judged(State.MOVED, f"van_ban.{kind}.thay '{block}'", block.place.line, advice)
            )
            lines.over(block.place.line, f"# {grounds.new_city.edition.nam}: {advice}")


def _short(text: str) -> str:
    words = re.sub(r"\s+", " ", text)
    return words if len(words) <= 120 else words[:117] + "..."
