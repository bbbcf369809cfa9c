"""A unit's file for another year: what still hits, what hits nothing, whose ground has moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import read_profile
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import LocalTask
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Mapping, Node, Text, child, mappings
from danvan_cli.render.documents import document_kinds, documents_of
from danvan_cli.starting.grounds import Grounds, Judged, State
from danvan_cli.starting.lines import (
    FileLines,
    FilePiece,
    FilePieces,
    PiecePath,
    first_line,
    last_line,
    take_out,
)
from danvan_cli.text import shortened

_LISTS = ("chon", "loai_bo", "sua_doi")
_SHOWN = "ho-so.yaml"


@dataclass(frozen=True)
class Upgrade:
    """The file as it will be, and every change with what becomes of it."""

    text: str
    items: tuple[Judged, ...]


def upgraded(
    text: str, profile: Profile, old: Catalogue, new: Catalogue, unit: Unit, now: Unit
) -> Upgrade:
    """The unit's file `text`, written for `old`, made ready for `new`.

    Changes that hit nothing become comments, those whose ground has moved stay with a word above
    them; numbers and dates of last year's papers become comments too. What is left localises and
    makes papers without a finding that the file did not have before.
    """
    root, _ = read_yaml(text, _SHOWN)
    grounds = Grounds.of(profile, old, new, unit, now)
    lines = FileLines(text)
    year = child(root, "danh_muc")
    if isinstance(year, Text):
        lines.swap(year.place.line, grounds.last_year, grounds.year)
    elif isinstance(root, Mapping):
        lines.over(first_line(root), f'danh_muc: "{grounds.year}"')
    work = _Upgrading(root, grounds, lines)
    for key in _LISTS:
        _list(root, key, work)
    _merges(root, work)
    _additions(root, work)
    _documents(root, work)
    work.take_out()
    return Upgrade(str(lines), tuple(sorted(work.items, key=lambda i: i.line)))


class _Upgrading:
    """A file being upgraded: its pieces, those that go, what is said of each change."""

    def __init__(self, root: Node | None, grounds: Grounds, lines: FileLines) -> None:
        self.grounds, self.lines = grounds, lines
        self.pieces = FilePieces(root)
        self.items: list[Judged] = []
        self.gone: dict[PiecePath, None] = {}
        self.notes: dict[PiecePath, Judged] = {}

    def judge(self, change: Mapping, what: str, state: State, advice: str) -> None:
        """Keep what became of a change of the file, and what to do."""
        item = Judged(state, what, first_line(change), advice)
        self.items.append(item)
        piece = self.pieces.of(change)
        if piece is not None and item.state is State.GONE:
            self.gone[piece.path] = None
        elif piece is not None and item.state is not State.HITS:
            self.notes[piece.path] = item

    def take_out(self) -> None:
        """Make comments of all that is gone, and of what then still hits nothing."""
        before = {(f.code, f.value) for f in _findings(self.lines.text, self.grounds, old=True)}
        while True:
            trial = self.lines.copy()
            take_out(self.pieces, self.gone, trial, "")
            fresh = [
                (piece, finding)
                for finding in _findings(trial.in_place(), self.grounds)
                if (finding.code, finding.value) not in before
                and (piece := self.pieces.at(finding.place.line, finding.value)) is not None
                and self._change(piece) not in self.gone
            ]
            if not fresh:
                break
            for piece, finding in fresh:
                self._fails(piece, finding)
        for path, item in self.notes.items():
            if path not in self.gone:
                self.lines.over(item.line, f"# {self.grounds.year}: {item.advice}")
        take_out(self.pieces, self.gone, self.lines, f"# {self.grounds.year}: {State.GONE}")

    def _change(self, piece: FilePiece) -> PiecePath:
        """The change a piece belongs to: an entry of a list, a block of a document, a word."""
        path = piece.path
        if path[2:3] == ("cung",) and self.pieces.is_word_of_list(piece):
            return path
        if path[0] == "van_ban":
            if self.pieces.is_word_of_list(piece):
                return path
            return path[: 5 if path[2:3] == ("them",) else 4]
        return path[:2] if len(path) > 1 else path

    def _fails(self, piece: FilePiece, finding: Finding) -> None:
        path = self._change(piece)
        self.gone[path] = None
        change = self.pieces.all[path]
        at = next((n for n, i in enumerate(self.items) if i.line == change.first), None)
        what = self.items[at].what if at is not None else ".".join(path)
        item = Judged(State.GONE, what, change.first, finding.message)
        if at is None:
            self.items.append(item)
        else:
            self.items[at] = item


def _findings(text: str, grounds: Grounds, *, old: bool = False) -> tuple[Finding, ...]:
    """What localising and the papers find in a unit's file."""
    profile, _ = read_profile(text, _SHOWN)
    if profile is None:
        return ()
    catalogue, unit = (grounds.old_city, grounds.then) if old else (grounds.new_city, grounds.now)
    locality = Locality.of(catalogue, unit, profile)
    programme = localize(locality)
    found = (*programme.findings, *documents_of(locality, programme, document_kinds(locality))[1])
    # A theme that the new year does not have yet is no fault of the file; a whole text whose ground
    # moved stays, with a word over it and a mark that does not fit until it was looked at.
    return tuple(f for f in found if f.place.path == _SHOWN and f.code not in ("DV109", "DV215"))


def _list(root: Node | None, key: str, work: _Upgrading) -> None:
    for change in mappings(child(root, key)):
        ma = str(child(change, "ma") or "")
        work.judge(change, f"{key} '{ma}'", *_state(key, ma, change, work.grounds))


def _state(key: str, ma: str, change: Mapping, grounds: Grounds) -> tuple[State, str]:
    """What becomes of the change of one task of the city, and what to do."""
    if ma not in grounds.new_city.tasks:
        heirs = ", ".join(f"'{heir}'" for heir in grounds.heirs(ma))
        advice = (
            f"Có phải nay là {heirs}? Xem rồi viết lại."
            if heirs
            else "Nhiệm vụ không còn trong danh mục."
        )
        return State.GONE, advice
    if key == "chon" and ma in grounds.applying:
        return State.GONE, "Nhiệm vụ nay đã mặc nhiên áp dụng."
    if ma not in grounds.new:
        return State.GONE, "Nhiệm vụ nay không áp dụng cho đơn vị."
    missing = [old for old in _replaced(change) if not _stands(old, grounds.new.get(ma), grounds)]
    if missing:
        return State.GONE, f"Câu mới không còn chữ '{missing[0]}'. Viết lại thay đổi này."
    if grounds.moved(ma):
        now = shortened(str(grounds.new[ma].noi_dung), 120)
        return State.MOVED, f"Câu gốc nay là “{now}”. Xem còn hợp không."
    if _own_date(child(change, "thoi_gian"), grounds):
        return State.AGAIN, f"Thời hạn của năm {grounds.last_year}."
    return State.HITS, ""


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


def _stands(old: str, task: LocalTask | None, grounds: Grounds) -> bool:
    if task is None:
        return True
    wanted = old.replace("{nam}", grounds.year)
    return "{" in wanted or str(task.noi_dung).count(wanted) == 1


def _own_date(value: Node | None, grounds: Grounds) -> bool:
    return isinstance(value, Text) and grounds.last_year in value


def _merges(root: Node | None, work: _Upgrading) -> None:
    grounds = work.grounds
    for merge in mappings(child(root, "hop_nhat")):
        named = child(merge, "tu")
        sources = [str(ma) for ma in named] if isinstance(named, list) else []
        lost = [ma for ma in sources if ma not in grounds.new]
        state, advice = State.HITS, ""
        if lost:
            state, advice = State.GONE, f"Không còn: {', '.join(lost)}. Viết lại nếu còn cần."
        elif any(grounds.moved(ma) for ma in sources):
            state, advice = State.MOVED, "Câu của nhiệm vụ được gộp đã đổi. Xem còn hợp không."
        work.judge(merge, f"hop_nhat '{child(merge, 'ma')}'", state, advice)


def _additions(root: Node | None, work: _Upgrading) -> None:
    grounds = work.grounds
    groups = {str(g.ma) for g in grounds.new_city.groups}
    groups |= {str(child(own, "ma")) for own in mappings(child(root, "nhom"))}
    for addition in mappings(child(root, "bo_sung")):
        state, advice = State.HITS, ""
        group, after = child(addition, "nhom"), str(child(addition, "sau") or "")
        if group is not None and str(group) not in groups:
            state, advice = State.GONE, f"Nhóm '{group}' không còn. Chọn nhóm khác."
        elif after in grounds.old_city.tasks and after not in grounds.new:
            state, advice = State.GONE, f"Nhiệm vụ '{after}' ở 'sau' không còn. Chọn chỗ khác."
        elif _own_date(child(addition, "thoi_gian"), grounds):
            state, advice = State.AGAIN, f"Thời hạn của năm {grounds.last_year}."
        work.judge(addition, f"bo_sung '{child(addition, 'ma')}'", state, advice)


def _documents(root: Node | None, work: _Upgrading) -> None:
    documents = child(root, "van_ban")
    if not isinstance(documents, Mapping) or not isinstance(root, Mapping):
        return
    lines = work.lines
    emptied = []
    for kind, change in documents.items():
        if not isinstance(change, Mapping):
            continue
        stale = [key for key in change if key in ("so_hieu", "ngay")]
        for key in stale:
            advice = "Số, ngày của văn bản năm trước; ghi khi văn bản mới được cấp."
            work.items.append(Judged(State.AGAIN, f"van_ban.{kind}.{key}", key.place.line, advice))
        if stale and len(stale) == len(change):
            emptied.append(kind)
        else:
            _cut(change, stale, lines)
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
