"""The fixture that makes a template of a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from danvan_cli.render.template import Template, load_template
from tests.render.word_files import Make, paragraphs, small_parts, zipped


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A template of the given paragraphs, or of the body `xml`, with parts added."""

    def template(*lines: str, xml: str = "", parts: Mapping[str, bytes] | None = None) -> Template:
        path = tmp_path / "mau.docx"
        path.write_bytes(zipped(small_parts(xml or paragraphs(*lines)) | dict(parts or {})))
        return load_template(path)

    return template
