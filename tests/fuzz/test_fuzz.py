"""A short run of the harness, the same inputs each time; a long one is `python -m tests.fuzz`."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("resource", reason="the bounds of time and memory are those of POSIX")

from danvan_cli.cli.app import run
from tests.cases import THOROUGH
from tests.cities import SMALL
from tests.fuzz.__main__ import faults_of
from tests.fuzz.commands import TARGETS
from tests.fuzz.mutations import packed
from tests.fuzz.targets import UNIT, Bench

INPUTS = 15 if THOROUGH else 5

RUNS = {
    "ho-so.yaml": ("validate", "localize", "render", "explain doi-thoai", "upgrade --nam 2028"),
    "van-ban.docx": ("validate", "explain --tt 2.1", "diff dong-xuan"),
}


@pytest.mark.parametrize("name", RUNS)
def test_the_inputs_that_faults_are_put_into_are_sound(name: str, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    path = tmp_path / name
    for line in RUNS[name]:
        path.write_bytes(UNIT.encode() if name.endswith(".yaml") else packed(bench.document))
        command, *more = line.split()
        out = ("-o", str(tmp_path / "ra")) if command == "render" else ()
        city = bench.next_year if command == "upgrade" else SMALL
        code = run(["--catalog", str(city), command, str(path), *more, *out])
        assert code == (command == "upgrade"), line  # where a change is to be written anew


@pytest.mark.parametrize("kind", sorted(TARGETS))
def test_no_input_breaks_anything(kind: str, tmp_path: Path) -> None:
    faults, done, _ = faults_of([kind], INPUTS, seed=2027, folder=tmp_path)
    assert [fault.what for fault in faults] == []
    assert done[kind] == INPUTS
