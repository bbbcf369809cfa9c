"""A short run of the harness, the same inputs each time; a long one is `python -m tests.fuzz`."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("resource", reason="the bounds of time and memory are those of POSIX")

from tests.fuzz.__main__ import faults_of
from tests.fuzz.targets import TARGETS

INPUTS = 15


@pytest.mark.parametrize("kind", sorted(TARGETS))
def test_no_input_breaks_anything(kind: str, tmp_path: Path) -> None:
    faults, done, _ = faults_of([kind], INPUTS, seed=2027, folder=tmp_path)
    assert [fault.what for fault in faults] == []
    assert done[kind] == INPUTS
