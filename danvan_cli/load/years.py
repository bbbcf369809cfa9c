"""What a city's other years have: outlines are shared by them, tasks are not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from danvan_cli.findings import Place
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import TASKS, shown_path, years_of
from danvan_cli.load.opener import load_node
from danvan_cli.nodes import Mapping, Node, Sequence, Text


def is_shared(text: Text, catalogue: Catalogue) -> bool:
    """Whether a text of `catalogue` stands in a file that other years use too."""
    return not text.place.path.startswith(f"{shown_path(catalogue.folder)}/")


@lru_cache(maxsize=8)
def tasks_of_other_years(catalogue: Catalogue) -> frozenset[str]:
    """The ids of the tasks that any other year of the same city has."""
    return frozenset(ma for year in _other_years(catalogue) for ma in _tasks(year))


@lru_cache(maxsize=8)
def themes_of_other_years(catalogue: Catalogue) -> dict[str, tuple[str, Place]]:
    """The theme of every other year of the same city that has one, and where it stands."""
    made: dict[str, tuple[str, Place]] = {}
    for year in _other_years(catalogue):
        node, _ = load_node(year / TASKS, shown_path(year / TASKS))
        head = node.get(Text("danh_muc")) if isinstance(node, Mapping) else None
        theme = head.get(Text("chu_de")) if isinstance(head, Mapping) else None
        if isinstance(theme, Text):
            made[year.name] = (str(theme), theme.place)
    return made


def _other_years(catalogue: Catalogue) -> list[Path]:
    if catalogue.is_country_only:
        return []
    return [y for y in years_of(catalogue.folder.parent) if y.name != catalogue.folder.name]


def _tasks(year: Path) -> Iterator[str]:
    node, _ = load_node(year / TASKS, shown_path(year / TASKS))
    for group in _entries(node, "nhom"):
        for task in _entries(group, "nhiem_vu"):
            yield str(task.get(Text("ma"), ""))
            yield from (str(point.get(Text("ma"), "")) for point in _entries(task, "diem"))


def _entries(node: Node | None, key: str) -> Iterator[Mapping]:
    listed = node.get(Text(key)) if isinstance(node, Mapping) else None
    yield from (e for e in listed if isinstance(e, Mapping)) if isinstance(listed, Sequence) else ()
