"""Any one fault planted in a rendered document is named; the unplanted documents stay silent."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from danvan_cli.cli.app import run
from danvan_cli.findings import Finding
from danvan_cli.text import breakable
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CASES = yaml.safe_load((HERE / "planted.yaml").read_text("utf-8"))
WORDS = ("DV3", "DV4", "DV5", "DV6", "DV7")
UNCHECKED = ("DV519",)
"""What is so of the shipped register, in any of its papers."""


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phu-lien")
    assert run(["render", "phu-lien", "-o", str(folder)]) == 0
    return folder


def judged(path: Path) -> list[Finding]:
    options = Options(
        ROOT / "catalog" / "hai-phong", date(2026, 3, 1), select=WORDS, ignore=UNCHECKED
    )
    return list(validate_paths([path], options).findings)


def planted(data: bytes, old: str, new: str, beside: str) -> bytes:
    """A .docx with `old` become `new` in the first paragraph that has it and `beside`."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                _plant(root, old, new, beside)
                part = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
            after.writestr(name, part)
    return made.getvalue()


def _plant(root: etree._Element, old: str, new: str, beside: str) -> None:
    for paragraph in root.iter(f"{W}p"):
        texts = list(paragraph.iter(f"{W}t"))
        whole = breakable("".join(text.text or "" for text in texts))
        if old not in whole or beside not in whole:
            continue
        if not new:
            parent = paragraph.getparent()
            assert parent is not None
            parent.remove(paragraph)
            return
        texts[0].text = whole.replace(old, new, 1)
        texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for text in texts[1:]:
            text.text = ""
        return
    raise AssertionError(f"'{old}' is not there")


def test_the_unplanted_documents_are_silent(rendered: Path) -> None:
    files = sorted(rendered.glob("*.docx"))
    assert len(files) >= 4
    assert [finding for path in files for finding in judged(path)] == []


@pytest.mark.parametrize("case", CASES, ids=[case["ten"] for case in CASES])
def test_a_planted_fault_is_named(rendered: Path, tmp_path: Path, case: dict[str, Any]) -> None:
    (source,) = rendered.glob(f"phu-lien-{case['tep']}-2026.docx")
    path = tmp_path / source.name
    path.write_bytes(planted(source.read_bytes(), case["tu"], case["thanh"], case.get("trong", "")))
    for other in rendered.glob("*-phu-luc.docx"):
        (tmp_path / other.name).write_bytes(other.read_bytes())
    assert case["ma"] in {finding.code for finding in judged(path)}


def test_forty_kinds_are_planted() -> None:
    assert len({case["ten"] for case in CASES}) >= 40
    assert len({case["ma"] for case in CASES}) >= 30
