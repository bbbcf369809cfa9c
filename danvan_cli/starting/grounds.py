"""What the changes of a unit's file stand on in two years, and what became of each; dấu gốc for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from danvan_cli.load.bounded import as_if, file_bytes, real
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shown_path
from danvan_cli.load.opener import load_profile
from danvan_cli.load.profile import unit_of
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.marks import (
    Unmarked,
    base_mark,
    changes_of,
    city_texts,
    unmarked,
    unmarked_variants,
    with_marks,
)
from danvan_cli.localize.pipeline import as_the_city_has_it, localize
from danvan_cli.localize.programme import LocalTask
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.text import fold

_ALIKE = 75
_MOST = 3
_CHANGES = ("nhom", "loai_bo", "sua_doi", "hop_nhat", "bo_sung", "thu_tu", "bo_qua")


_NOTHING: dict[str, object] = {
    **dict.fromkeys(("noi_dung", "chi_tiet", "chu_tri", "phoi_hop", "thoi_gian", "dau_goc")),
    "anh_xa": {},
}
"""A change that changes nothing but what it starts from."""


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
class Grounds:
    """What the changes of a unit stand on: its programme without them, then and now."""

    old: dict[str, LocalTask]
    new: dict[str, LocalTask]
    applying: frozenset[str]
    """The tasks of the new year that the unit has without choosing them."""
    old_city: Catalogue
    new_city: Catalogue
    then: Unit
    now: Unit

    @classmethod
    def of(cls, profile: Profile, old: Catalogue, new: Catalogue, then: Unit, now: Unit) -> Grounds:
        """The grounds of `profile` when its unit goes from `old` to `new`."""
        # What a change starts from is the city's own words where it says so.
        based = tuple(c.model_copy(update=_NOTHING) for c in profile.sua_doi if c.goc is not None)
        bare = profile.model_copy(update=dict.fromkeys(_CHANGES, ()) | {"sua_doi": based})
        unchosen = bare.model_copy(update={"chon": ()})
        return cls(
            {t.ma: t for t in localize(Locality.of(old, then, bare)).tasks},
            {t.ma: t for t in localize(Locality.of(new, now, bare)).tasks},
            frozenset(t.ma for t in localize(Locality.of(new, now, unchosen)).tasks),
            old,
            new,
            then,
            now,
        )

    @property
    def year(self) -> str:
        """The new year."""
        return str(self.new_city.edition.nam)

    @property
    def last_year(self) -> str:
        """The old one."""
        return str(self.old_city.edition.nam)

    def heirs(self, ma: str) -> list[str]:
        """The tasks of the new year most like a task that is gone: several where it was split."""
        before = self.old_city.tasks.get(ma)
        fresh = {
            m: fold(t.noi_dung)
            for m, t in self.new_city.tasks.items()
            if m not in self.old_city.tasks
        }
        if before is None or not fresh:
            return []
        from rapidfuzz import fuzz, process  # only a task that is gone needs it

        found = process.extract(
            fold(before.noi_dung),
            fresh,
            scorer=fuzz.token_set_ratio,
            score_cutoff=_ALIKE,
            limit=_MOST,
        )
        alike = {str(name) for _, _, name in found}
        return [ma for ma in fresh if ma in alike]

    def moved(self, ma: str) -> bool:
        """Whether the city's words are others; the year and the year's theme are others every year."""
        then, now = self.old.get(ma), self.new.get(ma)
        if then is None or now is None:
            return False
        one, other = list(_words(then, self.old_city)), list(_words(now, self.new_city))
        return len(one) != len(other) or any(
            b not in (a, a.replace(self.last_year, self.year))
            for a, b in zip(one, other, strict=False)
        )


def _words(task: LocalTask, catalogue: Catalogue) -> Iterator[str]:
    text, theme = fold(str(task.noi_dung)), catalogue.edition.chu_de
    yield from (text.replace(fold(theme), "{chu_de_tinh}") if theme else text).split()


_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_BOM = b"\xef\xbb\xbf"


def marked_profile(path: Path, data: bytes, catalogue: Catalogue) -> tuple[bytes, int]:
    """`data`, to stand at `path`, with its marks under `catalogue`, and how many were written.

    As it is where it has faults, or is not of a unit of the catalogue.
    """
    with as_if({real(path): data}):
        profile, faults = load_profile(path, shown_path(path))
    if profile is None or faults:
        return data, 0
    unit, unknown = unit_of(catalogue, profile, shown_path(path))
    if unit is None or unknown:
        return data, 0
    locality = Locality.of(catalogue, unit, profile)
    return _written(data, list(unmarked(as_the_city_has_it(locality), locality.profile)))


def marked_catalogue(catalogue: Catalogue) -> dict[Path, tuple[bytes, int]]:
    """The files of `catalogue` that lack marks of variants, with them, and how many."""
    wanting: dict[str, list[Unmarked]] = defaultdict(list)
    for one in unmarked_variants(catalogue):
        wanting[one.place.path].append(one)
    made = {}
    for shown, found in wanting.items():
        data, count = _written(file_bytes(Path(shown)), found)
        if count:
            made[Path(shown)] = (data, count)
    return made


def with_new_marks(text: str, old: Locality, new: Locality) -> str:
    """The unit's file `text` with the marks of another year where nothing but the year differs."""
    before, after = as_the_city_has_it(old), as_the_city_has_it(new)
    for change in changes_of(old.profile):
        then, now = city_texts(change, before), city_texts(change, after)
        years = [[_YEAR.sub("", str(one)) for one in texts] for texts in (then, now)]
        if then and years[0] == years[1]:
            text = text.replace(f'"{base_mark(*then)}"', f'"{base_mark(*now)}"')
    return text


def _written(data: bytes, found: list[Unmarked]) -> tuple[bytes, int]:
    head = _BOM if data.startswith(_BOM) else b""
    text, count = with_marks(data[len(head) :].decode(), found)
    return (head + text.encode(), count) if count else (data, 0)
