"""The whole country on this machine: 34 catalogues, 3,321 communes, validated, localised, rendered.

Run by hand: `python -m tests.benchmarks.country [provinces ...] [--render N]`. Makes a catalogue for each
province from the shipped city's tasks, loads and validates each with a unit's file for every commune,
localises every commune, renders
every document of N communes of each province (all of them without --render), and prints time,
memory and what each commune took; at the end, whether any paper holds another province's name.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shipped
from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.units import communes, provinces
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.render.documents import document_kinds, documents_of
from danvan_cli.starting.year import new_year
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options

COUNTRY = shipped("catalog") / "quoc-gia"


def main() -> None:
    """Make the catalogues, do the work, print a line for each province and the sums."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("provinces", nargs="*")
    parser.add_argument("--render", type=int, default=None)
    given = parser.parse_args()
    wanted = [p for p in provinces(COUNTRY) if not given.provinces or p.ma in given.provinces]
    say(f"{'tỉnh':<14} xã  đọc(s) soát(s) lập(s) làm(s) ms/xã  MB")
    sums = [0.0] * 5
    strangers = 0
    with tempfile.TemporaryDirectory() as folder:
        for province in wanted:
            row, wrong = of_province(made(Path(folder), province.ma), province.ma, given.render)
            strangers += wrong
            sums = [a + b for a, b in zip(sums, row, strict=True)]
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            each = 1000 * sum(row[3:]) / row[0]
            say(
                f"{province.ma:<14} {row[0]:3.0f} {row[1]:6.2f} {row[2]:6.2f} {row[3]:6.2f} {row[4]:6.2f} {each:6.1f} {memory:4d}"
            )
    say(
        f"cộng {sums[0]:.0f} xã; đọc {sums[1]:.1f}, soát {sums[2]:.1f}, lập {sums[3]:.1f}, làm {sums[4]:.1f} s; tên tỉnh khác lẫn vào: {strangers}"
    )


def made(folder: Path, ma: str) -> Path:
    """A catalogue of a province with the tasks of the shipped city; its own names taken out."""
    city = folder / ma
    year = city / "2026"
    year.mkdir(parents=True)
    shutil.copytree(COUNTRY, folder / "quoc-gia", dirs_exist_ok=True)
    source = shipped("catalog") / "hai-phong"
    for name, text in new_year(source / "2026", "2026", "2026").files.items():
        if name == "danh_muc.yaml":
            (year / name).write_text(re.sub(r"(?:thành phố )?Hải Phòng", "{tinh}", text), "utf-8")
    for name in ("co_quan.yaml", "ngon_tu.yaml", "phap_ly.yaml"):
        (city / name).write_text((source / name).read_text("utf-8"), "utf-8")
    (city / "don_vi.yaml").write_text(f"tinh: {ma}\n", "utf-8")
    return city


def of_province(city: Path, ma: str, most: int | None) -> tuple[list[float], int]:
    """Communes, and the seconds to load, validate, localise and render; papers with strange names."""
    start = time.perf_counter()
    catalogue, faults = load_catalogue(city)
    assert catalogue is not None, faults
    assert faults == ()
    loaded = time.perf_counter()
    files = city.parent / "ho-so" / ma
    files.mkdir(parents=True)
    for unit in catalogue.units:
        said = f"don_vi: {ma}/{unit.ma}\nnguoi_ky: de_trong\n"
        (files / f"{unit.ma}.yaml").write_text(said, "utf-8")
    report = validate_paths([city, files], Options(city, date(2026, 11, 20)))
    assert len([name for name in report.files if "/ho-so/" in name]) == len(catalogue.units)
    judged = time.perf_counter()
    assert [str(u.ten) for u in catalogue.units] == [u.ten for u in communes(COUNTRY, ma)]
    programmes = [(Locality.of(catalogue, unit)) for unit in catalogue.units]
    localised = [(where, localize(where)) for where in programmes]
    done = time.perf_counter()
    wrong = 0
    for where, programme in localised[: most if most is not None else len(localised)]:
        documents, _ = documents_of(where, programme, document_kinds(where))
        for document in documents:
            document.rendered(shipped("templates"))
            words = " ".join(str(text) for text in document.content.proses())
            wrong += any(name in words for name in others(catalogue))
    end = time.perf_counter()
    return [len(catalogue.units), loaded - start, judged - loaded, done - judged, end - done], wrong


def others(catalogue: Catalogue) -> Iterator[str]:
    """The names other provinces go by in a paper."""
    for province in provinces(COUNTRY):
        if province.ma != catalogue.city.ma:
            yield f"tỉnh {province.ten}"
            yield f"thành phố {province.ten}"


def say(line: str) -> None:
    """One line of the table, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
