"""A city's danh mục to a year's catalogue: groups and tasks in YAML, ids carried over from last year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from danvan_cli.importing.agencies import Data, PaperAgencies
from danvan_cli.importing.align import SURE, Aligned, align_with, whole_programme
from danvan_cli.importing.head import decision_of, leave_out_frame, nearly
from danvan_cli.importing.ledger import NOT_CHOSEN, Ledger, Left, lost
from danvan_cli.importing.paper import PaperTask, lines_text, paper_of
from danvan_cli.importing.tasks import new_id, short_refs
from danvan_cli.importing.words import bare_wording, corrected
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Programme
from danvan_cli.nodes import Text
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import ALPHABET, capitalised, fold, squeeze

_YEAR = re.compile(r"\b([Nn]ăm) (\d{4})\b")
_THEME = re.compile(r"chủ đề năm \d{4}[^“”]{0,80}“([^“”]+)”")
_SHORTEST = 15
"""A citation shorter than this is no citation to be put in place of words."""


@dataclass(frozen=True)
class CityImport:
    """A year's catalogue read from a paper.

    `catalogue` is the content of danh_muc.yaml, `agencies` ready entries for the names no
    register has, `decision` one for the decision that issues it, if it is new. `aligned` are the tasks with those of the catalogue they were held against:
    `reworded` and `moved` are those that changed, `gone` its tasks that the paper does not have.
    """

    catalogue: Data
    agencies: tuple[Data, ...]
    decision: Data | None
    aligned: tuple[Aligned, ...]
    reworded: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    left_out: tuple[Left, ...] = ()
    left_over: tuple[Left, ...] = ()


def import_city(
    document: Document,
    lines: Iterable[str],
    notes: Mapping[str, str],
    catalogue: Catalogue,
    kept: Mapping[str, Data],
    aside: Iterable[Passage] = (),
    *,
    source: str,
    today: date,
) -> CityImport:
    """The catalogue that `document`, a city's danh mục, is of.

    `catalogue` gives the registers and the tasks it is held against; `notes` the words each
    footnote's mark stands behind, by the note's name; `kept` what of each known task stands in
    its file as written, by `ma`; `aside` stands in tables that were not chosen. `source` names
    the paper in the register, `today` is the day it was read.
    """
    tasks = next((text for text in document.texts if text.rows), document)
    decision = decision_of(document, tasks, catalogue, source, today)
    importer = _CityImporter(tasks, document, catalogue, notes, kept, decision, tuple(aside))
    return importer.run(lines)


@dataclass
class _CityImporter:
    document: Document
    file: Document
    catalogue: Catalogue
    notes: Mapping[str, str]
    kept: Mapping[str, Data]
    decision: Data | None
    aside: tuple[Passage, ...] = ()
    reworded: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def run(self, lines: Iterable[str]) -> CityImport:
        self.ledger = Ledger(tuple(p for text in self.file.texts for p in text.passages))
        for text in self.file.texts:
            if text.passages != self.document.passages:
                self.ledger.leave_out(text.passages, "văn bản ban hành danh mục")
        self.ledger.leave_out(self.aside, NOT_CHOSEN)
        self.paper = paper_of(self.document)
        self.year = str(self.document.year or self.catalogue.edition.nam)
        self.locality, self.programme = whole_programme(self.catalogue, self.catalogue.city, {})
        self.names = PaperAgencies(self.locality)
        tops = [task.so for task in self.paper.tasks if not task.cha]
        # Numbers that run on over the groups are no numbers of their own: danvan counts by group.
        self.runs_on = tops == [str(at) for at in range(1, len(tops) + 1)]
        self.citations = _citations(self.locality)
        self.aligned = tuple(
            _known_for_sure(each) for each in align_with(self.paper, self.catalogue, self.programme)
        )
        groups = [self._group(at, group) for at, group in enumerate(self._grouped(), start=1)]
        leave_out_frame(self.ledger, self.document, self.catalogue.wording)
        self.ledger.use(self.document.title)
        known = {ma for each in self.aligned for ma in each.match.sources[:1]}
        heads = {str(t.ma) for t in self.catalogue.tasks.values() if t.diem}
        return CityImport(
            {"danh_muc": self._edition(), "nhom": groups},
            tuple(self._new_agency(name, ma) for name, ma in self.names.unknown.items()),
            self.decision if self.decision and "loai" in self.decision else None,
            self.aligned,
            tuple(self.reworded),
            _moved(self.aligned, self.programme),
            tuple(str(ma) for ma in self.catalogue.tasks if ma not in known | heads),
            tuple(self.names.doubtful.items()),
            self.ledger.left_out(),
            (*self.ledger.left_over(), *lost(lines, self.file)),
        )

    def _edition(self) -> Data:
        title = squeeze(" ".join(p.text for p in self.document.title[1:])) or "Nhiệm vụ"
        name = _YEAR.split(title)[0].strip(" ,;:")
        made: Data = {"nam": self.year, "ten": name or title}
        texts = (p.text for text in self.file.texts for p in text.passages)
        themes = (found[1] for text in texts if (found := _THEME.search(squeeze(text))))
        read = {
            "chu_de": squeeze(next(themes, "")),
            "van_ban": self.decision["ma"] if self.decision else None,
        }
        same_year = self.year == self.catalogue.edition.nam
        known = vars(self.catalogue.edition) if same_year else {}
        for key, value in read.items():
            if given := value or known.get(key):
                made[key] = str(given)
        return made

    def _grouped(self) -> list[tuple[Passage | None, str, list[Aligned]]]:
        """The groups of the paper with their tasks; a paper without any has one."""
        made: list[tuple[Passage | None, str, list[Aligned]]] = [
            (g.ten, g.so, []) for g in self.paper.groups
        ] or [(None, "", [])]
        numbers = [so for _, so, _ in made]
        for each in self.aligned:
            at = numbers.index(each.task.nhom) if each.task.nhom in numbers else 0
            made[at][2].append(each)
        return made

    def _group(self, order: int, group: tuple[Passage | None, str, list[Aligned]]) -> Data:
        name, number, tasks = group
        text = bare_wording(name.text) if name is not None else "CÁC NHIỆM VỤ"
        if name is not None:
            self.ledger.use([name])
        old = next((g for g in self.programme.groups if nearly(fold(str(g.ten)), fold(text))), None)
        made: Data = {"ma": old.ma if old else self._id(text)}
        if number and number != str(order):
            made["tt"] = number
        raw = next((g.ten for g in self.catalogue.groups if old and g.ma == old.ma), None)
        same = raw is not None and old is not None and bare_wording(str(old.ten)) == text
        made["ten"] = str(raw) if same else self._in_years(text)
        tops = [each for each in tasks if not each.task.cha]
        points: dict[str, list[Aligned]] = {}
        for each in tasks:
            if each.task.cha:
                points.setdefault(each.task.cha, []).append(each)
        made["nhiem_vu"] = [
            self._task(each, f"{number or order}.{at}", points.get(each.task.so, []))
            for at, each in enumerate(tops, start=1)
        ]
        return made

    def _task(self, each: Aligned, expected: str, points: list[Aligned]) -> Data:
        task = each.task
        self.ledger.use(task.lines())
        source = each.match.sources[0] if each.match.sources else None
        kept = dict(self.kept.get(source or "", {}))
        ma = source if source and source not in self.ids else self._id(task.noi_dung.text)
        self.ids.add(ma)
        made: Data = {"ma": ma}
        if not self.runs_on and task.so.rpartition(".")[2] != expected.rpartition(".")[2]:
            made["tt"] = task.so
        made["noi_dung"] = self._text(task, source)
        notes = [self._in_years(text) for text in self._notes_of(task)]
        if notes:
            made["chu_thich"] = notes if len(notes) > 1 else notes[0]
        for name in ("chu_tri", "phoi_hop"):
            if refs := self.names.read(getattr(task, name)):
                made[name] = short_refs(refs)
        if task.thoi_gian:
            made["thoi_gian"] = self._in_years(bare_wording(lines_text(task.thoi_gian)))
        if points:
            made["diem"] = [self._task(point, ALPHABET[at], []) for at, point in enumerate(points)]
        for name in ("ap_dung", "bien_the", "anh_xa", "nguyen_van"):
            if name in kept:
                made[name] = kept[name]
        if "bien_the" in made:
            made["bien_the"] = _still_fitting(made["bien_the"], str(made["noi_dung"]))
        return made

    def _text(self, task: PaperTask, source: str | None) -> str:
        """The words of the task: those of the file where they print the same, else with placeholders."""
        text = bare_wording(task.noi_dung.text)
        local = self.programme.task(source) if source else None
        if local is not None:
            own = self.catalogue.tasks[Text(local.ma)]
            right = bare_wording(str(local.noi_dung))
            if corrected(text, [o.chu for o in own.nguyen_van], right) == right:
                return str(own.noi_dung)
            self.reworded.append(local.ma)
        return self._in_years(self._cited(text))

    def _cited(self, text: str) -> str:
        for printed, name in self.citations:
            text = text.replace(printed, f"{{{name}}}")
        return text

    def _in_years(self, text: str) -> str:
        return _YEAR.sub(lambda m: f"{m[1]} {{nam}}" if m[2] == self.year else m[0], text)

    def _notes_of(self, task: PaperTask) -> list[str]:
        wanted = fold(task.noi_dung.text)
        names = [n for n, words in self.notes.items() if words and fold(words) in wanted]
        found = [p for p in self.document.passages if p.subject in names]
        self.ledger.use(found)
        return [squeeze(p.text) for p in found]

    def _id(self, text: str) -> str:
        ma = new_id(text, self.ids, self.catalogue)
        self.ids.add(ma)
        return ma

    def _new_agency(self, name: str, ma: str) -> Data:
        made: Data = {"ma": ma, "ten": capitalised(name), "cap": "cap_tinh"}
        if name.lower().startswith("các "):
            made["tap_the"] = "co"
        return made


def _still_fitting(variants: object, text: str) -> object:
    """`variants` without the words they replace in a sentence that no longer has them."""
    if isinstance(variants, list):
        return [_still_fitting(variant, text) for variant in variants]
    if not isinstance(variants, dict):
        return variants
    made = dict(variants)
    pairs = made.get("thay")
    if isinstance(pairs, dict):
        made["thay"] = {old: new for old, new in pairs.items() if text.count(old) == 1}
    gone = made.get("bot")
    if isinstance(gone, str | list):
        made["bot"] = [w for w in ([gone] if isinstance(gone, str) else gone) if w in text]
    return {key: value for key, value in made.items() if value or key not in ("thay", "bot")}


def _citations(locality: Locality) -> list[tuple[str, str]]:
    """How each registered document prints, the longest first, with its placeholder."""
    made = [
        (str(text), name)
        for name, text in locality.values.items()
        if name.startswith("van_ban") and len(str(text)) >= _SHORTEST
    ]
    return sorted(made, key=lambda pair: -len(pair[0]))


def _known_for_sure(each: Aligned) -> Aligned:
    """A task that is only a little like a known one is new: an id never comes to mean another."""
    if each.match.score >= SURE:
        return each
    return replace(each, match=replace(each.match, sources=()), nguon=())


def _moved(aligned: Iterable[Aligned], programme: Programme) -> tuple[str, ...]:
    """The tasks that stand in another group or under another task than before."""
    made = []
    for each in aligned:
        old = programme.task(each.match.sources[0]) if each.match.sources else None
        if old is not None and each.task.so and each.task.so != each.nguon[0]:
            made.append(old.ma)
    return tuple(made)
