"""What an edit of a catalogue does to every unit and its papers, as data, the same change once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.comparing.changes import Difference, changes
from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shown_path
from danvan_cli.load.opener import load_profile
from danvan_cli.load.profile import unit_of
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Text
from danvan_cli.render.content import ROW_FIELDS, Content, RowFields
from danvan_cli.render.documents import document_kinds, documents_of

_FRAME = (
    *("co_quan", "quoc_hieu", "tieu_ngu", "so_ky_hieu", "dia_danh_ngay"),
    *("ten_loai", "kem_theo", "tham_quyen", "lenh"),
)


@dataclass(frozen=True)
class WordsChange:
    """Standing words of the papers of one kind: those of the block `khoi`, from `cu` to `moi`.

    A paper of a kind that came or went has "" for its block.
    """

    loai: str
    khoi: str
    cu: str = ""
    moi: str = ""


@dataclass(frozen=True)
class Touched:
    """One change and the units (their full names) that it comes to."""

    change: Difference | WordsChange
    don_vi: tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    """A unit whose changes cannot be determined, and the finding that prevents it."""

    don_vi: str
    finding: Finding


@dataclass(frozen=True)
class Impact:
    """What an edit does: `tinh`, `nam` are city and year of the catalogue, `them` and `bot` units of its list."""

    nam: str
    so_don_vi: int
    loai: dict[str, tuple[str, ...]]
    """The units of each kind by its name, so that all of a kind can be named in one word."""
    them: tuple[str, ...] = ()
    bot: tuple[str, ...] = ()
    doi: tuple[Touched, ...] = ()
    khong_xac_dinh: tuple[Unknown, ...] = ()
    loi: tuple[Finding, ...] = ()
    """What is wrong with the catalogues themselves, so that this may not be all."""
    tinh: str = ""

    @property
    def touched(self) -> tuple[str, ...]:
        """Every unit that something changes for."""
        return tuple(dict.fromkeys(name for one in self.doi for name in one.don_vi))


def impact(
    old: Catalogue,
    new: Catalogue,
    own: Iterable[tuple[Unit, Profile]] = (),
    faults: Iterable[Finding] = (),
) -> Impact:
    """What the edit from `old` to `new` does to every unit that both know.

    Units without a file of their own are grouped by kind and facts alone, and their name
    stands as "…" in what changes; `own` are those with one. `faults` are those of the catalogues.
    """
    profiles = {str(unit.ma): profile for unit, profile in own}
    before = {str(unit.ma): unit for unit in (old.city, *old.units)}
    after = {str(unit.ma): unit for unit in (new.city, *new.units)}
    touched: dict[Difference | WordsChange, list[str]] = defaultdict(list)
    unknown: list[Unknown] = []
    known: dict[object, _UnitChanges] = {}
    for ma, unit in after.items():
        former, profile = before.get(ma), profiles.get(ma)
        if former is None:
            continue
        key = ma if profile is not None else _alike(former, unit)
        if key not in known:
            shared = key != ma and former.ten == unit.ten
            pair = (_nameless(former), _nameless(unit)) if shared else (former, unit)
            known[key] = _difference(old, new, *pair, profile)
        name, difference = full_name(unit, new), known[key]
        if difference.fault is not None:
            unknown.append(Unknown(name, difference.fault))
        for change in difference.changes:
            touched[change].append(name)
    kinds: dict[str, list[str]] = defaultdict(list)
    for unit in after.values():
        kinds[str(new.kinds[unit.loai].ten)].append(full_name(unit, new))
    return Impact(
        nam=str(new.edition.nam),
        tinh=new.province,
        so_don_vi=len(after),
        loai={kind: tuple(names) for kind, names in kinds.items()},
        them=tuple(full_name(unit, new) for ma, unit in after.items() if ma not in before),
        bot=tuple(full_name(unit, old) for ma, unit in before.items() if ma not in after),
        doi=tuple(Touched(change, tuple(names)) for change, names in touched.items()),
        khong_xac_dinh=tuple(unknown),
        loi=tuple(faults),
    )


def profiles_of(paths: Iterable[Path], catalogue: Catalogue) -> list[tuple[Unit, Profile]]:
    """The units' files among `paths` that are written for `catalogue`, with their units."""
    found = []
    for path in paths:
        profile, _ = load_profile(path, shown_path(path))
        if profile is None or profile.danh_muc not in (None, catalogue.edition.nam):
            continue
        unit = unit_of(catalogue, profile, "")[0]
        if unit is not None:
            found.append((unit, profile))
    return found


def full_name(unit: Unit, catalogue: Catalogue) -> str:
    """The kind and name of a unit."""
    return f"{catalogue.kinds[unit.loai].ten} {unit.ten}"


def _alike(former: Unit, unit: Unit) -> object:
    """What two units must have in common for an edit to do the same to both.

    Who is renamed, or moved to another kind, is like nobody else.
    """
    renamed = str(unit.ma) if (former.ten, former.loai) != (unit.ten, unit.loai) else ""
    facts = tuple((tuple(u.dac_diem), tuple(u.khong_co)) for u in (former, unit))
    return (unit.loai, facts, former.ten_nguoi, unit.ten_nguoi, renamed)


def _nameless(unit: Unit) -> Unit:
    return unit.model_copy(update={"ten": Text("…")})


@dataclass(frozen=True)
class _UnitChanges:
    changes: tuple[Difference | WordsChange, ...] = ()
    fault: Finding | None = None


def _difference(
    old: Catalogue, new: Catalogue, former: Unit, unit: Unit, profile: Profile | None
) -> _UnitChanges:
    sides = []
    for catalogue, one in ((old, former), (new, unit)):
        locality = Locality.of(catalogue, one, profile)
        programme = localize(locality)
        documents, findings = documents_of(locality, programme, document_kinds(locality))
        faults = (*programme.findings, *findings)
        if faults:
            return _UnitChanges(fault=faults[0])
        sides.append((programme, {t.kind: t.content for d in documents for t in d.texts()}))
    (before, old_papers), (after, new_papers) = sides
    of_tasks = changes(before, after, new.wording)
    reported = frozenset(change.ma for change in of_tasks)
    old_words = {kind: _standing(content, reported) for kind, content in old_papers.items()}
    new_words = {kind: _standing(content, reported) for kind, content in new_papers.items()}
    return _UnitChanges((*of_tasks, *_words_changes(old_words, new_words)))


def _words_changes(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]
) -> Iterator[WordsChange]:
    for kind in dict.fromkeys([*new, *old]):
        if kind not in old or kind not in new:
            yield WordsChange(kind, "", kind if kind in old else "", kind if kind in new else "")
            continue
        for block in dict.fromkeys([*new[kind], *old[kind]]):
            was, now = old[kind].get(block, ""), new[kind].get(block, "")
            if was != now:
                yield WordsChange(kind, block, was, now)


def _standing(content: Content, reported: frozenset[str]) -> dict[str, str]:
    """The words of a paper by block and part of the frame, less those of tasks.

    Lines of work under a list stand in it where no change of their tasks is reported.
    """
    words: dict[str, list[str]] = defaultdict(list)
    for name in _FRAME:
        value = getattr(content, name)
        words[name] += [str(part) for part in (value if isinstance(value, tuple) else (value,))]
    for line in (*content.trich_yeu, *content.can_cu, *content.noi_nhan.dong):
        words[line.ma].append(str(line.chu))
    for block in content.noi_dung:
        if block.bang is not None:
            words[block.ma] += _cells(block.bang.cot)
            for work in block.bang.rows():
                if (
                    work.ma not in reported
                ):  # the words of an office's part are no change of the task
                    words[work.ma].append(" | ".join(_cells(work)))
        elif not block.nhiem_vu or (
            block.truong not in ("noi_dung", "chi_tiet") and reported.isdisjoint(block.nhiem_vu)
        ):
            words[block.ma].append(f"{block.so} {block.chu}".strip())
    words["noi_nhan"].append(str(content.noi_nhan.nhan))
    words["ky"] += [str(part) for part in content.ky.quyen_han]
    words["nguoi_ky"].append(str(content.ky.ho_ten))
    for annex in content.phu_luc:
        words[annex.ma] += [str(part) for part in (annex.ten, annex.tieu_de, annex.kem_theo)]
        for row in (annex.bang.cot, *annex.bang.rows()):
            words[annex.ma].append(" | ".join(_cells(row)))
    return {name: "\n".join(part for part in parts if part) for name, parts in words.items()}


def _cells(cells: RowFields) -> list[str]:
    return [str(getattr(cells, name)) for name in ROW_FIELDS if getattr(cells, name)]
