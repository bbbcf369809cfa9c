"""catalog/README.md: its examples make a catalogue that validates, its table of citations is true."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from danvan_cli.load.opener import load_catalogue
from danvan_cli.localize.citations import citations
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.options import Options
from tests.starting.places import CATALOGUE

PAGE = (CATALOGUE / "README.md").read_text("utf-8")
FILES = re.findall(r"<!-- tệp: (\S+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_make_a_city(tmp_path: Path) -> None:
    shutil.copytree(CATALOGUE / "quoc-gia", tmp_path / "quoc-gia")
    assert len(FILES) == 3
    for name, text in FILES:
        path = tmp_path / "da-nang" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    city = tmp_path / "da-nang"
    report = validate_paths([city], Options(city, date(2026, 11, 20)))
    assert [(str(f.place), f.message) for f in report.findings] == []


def test_the_table_of_citations_is_true() -> None:
    catalogue, _ = load_catalogue(CATALOGUE)
    assert catalogue is not None
    rows = re.findall(r"^\| `\{((?:van_ban)\S*)\}` \| (.*) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 5
    for name, printed in rows:
        assert str(citations(catalogue)[name]) == printed
