"""catalog/README.md: its examples make a catalogue that validates, its table of citations is true."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.schema import KINDS, _models
from danvan_cli.localize.locality import known_placeholders
from danvan_cli.localize.offices import citations
from danvan_cli.models.base import PLACEHOLDERS
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from tests.conftest import Golden
from tests.starting.places import CATALOGUE

PAGE = (CATALOGUE / "README.md").read_text("utf-8")
FILES = re.findall(r"<!-- tệp: (\S+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_make_a_city(tmp_path: Path) -> None:
    shutil.copytree(CATALOGUE / "quoc-gia", tmp_path / "quoc-gia")
    assert len(FILES) == 7
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


ALL = "## Mọi khóa\n\n"


def test_the_page_explains_every_key_in_the_words_of_the_schemas(golden: Golden) -> None:
    head = PAGE.partition(ALL)[0] + ALL
    golden(CATALOGUE / "README.md", head + "\n".join(tables()))


def tables() -> Iterator[str]:
    """A table for each model of the files of a catalogue: its keys with their words."""
    yield "Cũng những lời này hiện ra trong trình soạn thảo (`danvan schema`).\n"
    told: set[str] = set()
    for kind, (file, title) in KINDS.items():
        if kind == "ho-so":
            continue
        yield f"### {title}\n"
        for model in _models(file):
            if model.__name__ in told:
                continue
            told.add(model.__name__)
            name = "" if model is file else f"{_named(model)}\n\n"
            yield f"{name}| Khóa | Nghĩa |\n|---|---|"
            for key, field in model.model_fields.items():
                words = ". ".join(t.rstrip(".") for t in (field.title, field.description) if t)
                yield f"| `{key}` | {words.replace('|', '/')} |"
            yield ""


def _named(model: type[BaseModel]) -> str:
    return f"**{(model.__doc__ or '').partition(':')[0].partition(',')[0].rstrip('.')}**"


def test_every_placeholder_is_explained() -> None:
    table = PAGE.partition("## Chỗ trống")[2].partition("## ")[0]
    assert [name for name in PLACEHOLDERS if f"`{{{name}}}`" not in table] == []
    catalogue, _ = load_catalogue(CATALOGUE)
    assert catalogue is not None
    families = {name.partition(".")[0] for name in known_placeholders(catalogue)}
    assert [name for name in families if f"{{{name}" not in PAGE] == []
