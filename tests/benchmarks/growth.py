"""How time grows: from 10 to 10,000 tasks of a catalogue, from 1 to 3,321 units."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

from danvan_cli.__main__ import SELDOM
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.render.documents import document_kinds, documents_of
from danvan_cli.shipped import shipped
from tests.benchmarks.large_city import city_of, loaded
from tests.benchmarks.turns import say

TASKS = (10, 100, 1_000, 10_000)
UNITS = (1, 10, 100, 1_000, 3_321)
T = TypeVar("T")


def main() -> None:
    """Print a line for each size: processor seconds, and their share for each task or unit."""
    gc.set_threshold(SELDOM, 20, 100)
    with tempfile.TemporaryDirectory() as temporary:
        for count in TASKS:
            folder = Path(temporary) / str(count)
            catalogue = _timed(f"{count} nhiệm vụ: đọc", count, lambda: _city(folder, count))  # noqa: B023
            locality = Locality.of(catalogue, find_unit(catalogue, "an-lao"))
            programme = _timed("  địa phương hóa", count, lambda: localize(locality))  # noqa: B023
            made, _ = _timed(
                "  chữ của danh mục",
                count,
                lambda: documents_of(locality, programme, ["danh-muc"]),  # noqa: B023
            )
            _timed("  tệp Word", count, lambda: made[0].rendered(shipped("templates")))  # noqa: B023
    city = loaded(shipped("catalog"))
    for count in UNITS:
        units = tuple(islice(cycle(city.units), count))
        _timed(f"{count} đơn vị", count, lambda: _all(replace(city, units=units)))  # noqa: B023


def _city(folder: Path, count: int) -> Catalogue:
    return loaded(city_of(folder, count)[0])


def _all(catalogue: Catalogue) -> None:
    for unit in catalogue.units:
        locality = Locality.of(catalogue, unit)
        documents, _ = documents_of(locality, localize(locality), document_kinds(locality))
        for document in documents:
            document.rendered(shipped("templates"))


def _timed(name: str, count: int, call: Callable[[], T]) -> T:
    start = time.process_time()
    made = call()
    seconds = time.process_time() - start
    say(f"{name:<28} {seconds:8.3f} s  {1000 * seconds / count:8.3f} ms cho mỗi")
    return made


if __name__ == "__main__":
    main()
