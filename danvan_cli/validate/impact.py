"""Which units an edit of the catalogue touches: whose programme comes out differently, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit

FIELDS = ("noi_dung", "chi_tiet", "chu_thich", "chu_tri", "phoi_hop", "thoi_gian")
_SHOWN = 6


@dataclass(frozen=True)
class Change:
    """The tasks of a programme that differ between two catalogues."""

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.gone)

    def __str__(self) -> str:
        parts = (("đổi", self.changed), ("thêm", self.added), ("bớt", self.gone))
        return ", ".join(f"{verb} {len(mas)} ({_some(mas)})" for verb, mas in parts if mas)


def impact(
    old: Catalogue, new: Catalogue, own: Iterable[tuple[Unit, Profile]] = ()
) -> tuple[str, ...]:
    """One line for each unit whose programme differs, after one that counts them.

    Units of the catalogue without a file of their own are told apart by kind and facts alone;
    `own` are those with one.
    """
    own = tuple(own)
    lines = [f"- {_name(unit, new)}: {change}" for unit, change in _all(old, new, own) if change]
    if not lines:
        return ("Sửa danh mục không làm đổi chương trình của đơn vị nào.",)
    return (f"Sửa danh mục làm đổi chương trình của {len(lines)} đơn vị:", *lines)


def _all(
    old: Catalogue, new: Catalogue, own: tuple[tuple[Unit, Profile], ...]
) -> Iterator[tuple[Unit, Change]]:
    profiles = {unit.ma: profile for unit, profile in own}
    before = {unit.ma: unit for unit in (old.city, *old.units)}
    known: dict[object, Change] = {}
    for unit in (new.city, *new.units):
        profile, former = profiles.get(unit.ma), before.get(unit.ma)
        before_facts = (former.dac_diem, former.khong_co) if former else None
        key = (unit.loai, unit.dac_diem, unit.khong_co, before_facts)
        if profile is not None or former is None:
            yield unit, changes(old, new, unit, profile, former)
            continue
        if key not in known:
            known[key] = changes(old, new, unit, None, former)
        yield unit, known[key]


def changes(
    old: Catalogue,
    new: Catalogue,
    unit: Unit,
    profile: Profile | None = None,
    former: Unit | None = None,
) -> Change:
    """How the programme of `unit` differs; `former` is the unit as `old` knows it."""
    if unit.loai not in old.kinds:
        return Change(added=tuple(_tasks(localize(Locality.of(new, unit, profile)))))
    before = _tasks(localize(Locality.of(old, former or unit, profile)))
    after = _tasks(localize(Locality.of(new, unit, profile)))
    return Change(
        tuple(ma for ma in after if ma in before and before[ma] != after[ma]),
        tuple(ma for ma in after if ma not in before),
        tuple(ma for ma in before if ma not in after),
    )


def _tasks(programme: Programme) -> dict[str, tuple[object, ...]]:
    return {
        task.ma: tuple(_words(getattr(task, name)) for name in FIELDS) for task in programme.tasks
    }


def _words(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_words(member) for member in value)
    if hasattr(value, "vai_tro"):
        return tuple(str(getattr(value, name)) for name in ("ten", "vai_tro", "de_nghi"))
    return str(value)


def _name(unit: Unit, catalogue: Catalogue) -> str:
    kind = catalogue.kinds.get(unit.loai)
    return f"{kind.ten} {unit.ten}" if kind else str(unit.ten)


def _some(mas: tuple[str, ...]) -> str:
    return ", ".join(mas[:_SHOWN]) + (", …" if len(mas) > _SHOWN else "")
