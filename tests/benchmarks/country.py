"""The whole country on this machine: `python -m tests.benchmarks.country [provinces ...]`, by hand.

For each province a catalogue is made from the shipped city's files, its names put in the place of
that city's, and a unit's file for every commune. Catalogue and files are loaded and judged, every
commune is localised, all its documents are rendered to files and judged as a clerk would have them
judged. Printed after 1, 3, 10 and all provinces: communes, papers, processor seconds of each stage
(user time: what else runs does not matter), milliseconds for a commune, the most memory so far; at
the end, what was found, and how many papers name a unit or a province that is not theirs.
"""

from __future__ import annotations

import gc
import re
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from danvan_cli.__main__ import SELDOM
from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.units import ListedPlace, communes, provinces
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.render.documents import Draft, document_kinds, documents_of
from danvan_cli.shipped import shipped
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options

COUNTRY = shipped("catalog") / "quoc-gia"
CITY = shipped("catalog") / "hai-phong"
OWN = "Hải Phòng"
STAGES = ("đọc", "soát YAML", "lập", "làm", "soát giấy")
TODAY = date(2026, 11, 20)
CHECKPOINTS = (1, 3, 10)


@dataclass
class Sums:
    """What was done so far."""

    provinces: int = 0
    communes: int = 0
    papers: int = 0
    foreign: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    found: dict[str, list[Finding]] = field(default_factory=dict)

    def tell(self, findings: Iterable[Finding]) -> None:
        """Keep what was found, by code."""
        for finding in findings:
            self.found.setdefault(finding.code, []).append(finding)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The processor seconds inside are of the stage `name`."""
        start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        yield
        self.seconds[name] += resource.getrusage(resource.RUSAGE_SELF).ru_utime - start

    def __str__(self) -> str:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        each = 1000 * sum(self.seconds.values()) / self.communes
        stages = "".join(f"{self.seconds[name]:11.2f}" for name in STAGES)
        return (
            f"{self.provinces:4} {self.communes:5} {self.papers:6}{stages} {each:6.0f} {memory:5}"
        )


def main() -> None:
    """Do the work and print the table; garbage is looked for as seldom as danvan does."""
    gc.set_threshold(SELDOM, 20, 100)
    wanted = [p for p in provinces(COUNTRY) if p.ma in sys.argv[1:] or not sys.argv[1:]]
    sums = Sums()
    say(f"tỉnh    xã   giấy{''.join(f'{name:>11}' for name in STAGES)}  ms/xã    MB")
    for province in wanted:
        with tempfile.TemporaryDirectory() as folder:
            of_province(made(Path(folder), province), province.ma, sums)
        if sums.provinces in (*CHECKPOINTS, len(wanted)):
            say(str(sums))
    for code, found in sorted(sums.found.items()):
        say(f"{code}: {len(found)}, như {found[0].message}")
    say(f"văn bản nêu đơn vị, tỉnh khác: {sums.foreign}")


def made(folder: Path, province: ListedPlace) -> Path:
    """The catalogue of a province: the shipped city's, as if it had been written there."""
    city = folder / province.ma
    shutil.copytree(COUNTRY, folder / "quoc-gia")
    shutil.copytree(CITY, city)
    swaps = {OWN: province.ten}
    if province.loai == "tinh":
        swaps |= {"thành phố": "tỉnh", "Thành phố": "Tỉnh", "Thành ủy": "Tỉnh ủy"}
    for path in city.rglob("*.yaml"):
        text = path.read_text("utf-8")
        for old, new in swaps.items():
            text = text.replace(old, new)
        # The marks are of the shipped city's sentences.
        text = re.sub(r"(?m)^ *dau_goc: .*\n|, dau_goc: \w+|dau_goc: \w+, ", "", text)
        path.write_text(text, "utf-8")
    kinds = "loai:\n  xa: {dac_diem: nong_thon_moi}\n"
    (city / "don_vi.yaml").write_text(f"tinh: {province.ma}\n{kinds}", "utf-8")
    return city


def of_province(city: Path, ma: str, sums: Sums) -> None:
    """All there is to do for a province, added to `sums`."""
    files, papers = city.parent / "ho-so", city.parent / "ra"
    files.mkdir()
    papers.mkdir()
    options = Options(city, TODAY)
    with sums.stage("đọc"):
        catalogue, faults = load_catalogue(city)
    assert catalogue is not None, faults
    assert faults == ()
    assert [str(u.ten) for u in catalogue.units] == [u.ten for u in communes(COUNTRY, ma)]
    for unit in catalogue.units:
        said = f"don_vi: {ma}/{unit.ma}\nnguoi_ky: de_trong\n"
        (files / f"{unit.ma}.yaml").write_text(said, "utf-8")
    with sums.stage("soát YAML"):
        judged = validate_paths([city, files], options)
    sums.tell(judged.findings)
    with sums.stage("lập"):
        places = [Locality.of(catalogue, unit) for unit in catalogue.units]
        programmes = [(where, localize(where)) for where in places]
    for where, programme in programmes:
        with sums.stage("làm"):
            documents, _ = documents_of(where, programme, document_kinds(where))
            for document in documents:
                (papers / document.name).write_bytes(document.rendered(shipped("templates")))
        sums.papers += len(documents)
        sums.foreign += sum(names_others(document, where) for document in documents)
    with sums.stage("soát giấy"):
        judged = validate_paths([papers], options, [catalogue])
    assert len(judged.files) == len(list(papers.iterdir()))
    sums.tell(judged.findings)
    sums.provinces += 1
    sums.communes += len(catalogue.units)


def names_others(document: Draft, where: Locality) -> bool:
    """Whether a paper holds the name of another commune, or of another province, with its kind."""
    words = " ".join(str(text) for text in document.content.proses())
    return any(name not in _own(where) for name in _names(where.catalogue).findall(words))


_FOUND: dict[str, re.Pattern[str]] = {}


def _names(catalogue: Catalogue) -> re.Pattern[str]:
    """Every province of the country and every commune of this one, the longest name first."""
    ma = str(catalogue.city.ma)
    if ma not in _FOUND:
        kinds = {kind: str(of.ten) for kind, of in catalogue.kinds.items()}
        places = (*provinces(COUNTRY), *communes(COUNTRY, ma))
        names = sorted((f"{kinds[p.loai]} {p.ten}" for p in places), key=len, reverse=True)
        _FOUND[ma] = re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, names))})\b")
    return _FOUND[ma]


def _own(where: Locality) -> tuple[str, ...]:
    own = (where.full_name, where.catalogue.province)
    return (*own, *(name.upper() for name in own), *(name[0].upper() + name[1:] for name in own))


def say(line: str) -> None:
    """One line of the table, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
