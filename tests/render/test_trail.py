"""From a word of a .docx back to the line that holds it: every document of every kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

import pytest
from lxml import etree

from danvan_cli.findings import Place
from danvan_cli.localize.programme import Programme
from danvan_cli.localize.trail import Value
from danvan_cli.prose import Piece, Prose
from danvan_cli.render.content import ROW_FIELDS, BodyBlock, Content, Row, Table
from danvan_cli.render.documents import Draft, document_kinds, documents_of
from danvan_cli.text import breakable, squeeze
from tests.cities import ROOT, shipped_city
from tests.localize.test_trail import SUBJECTS, pieces_of, programme_and_unit, written
from tests.render.word_files import TEMPLATES, W, parts_of

_OF_A_RULE = re.compile(
    r"[^\w]*|[0-9.]+\.?|[0-9]+ - [0-9]+|[IVX]+(\.[0-9]+)?\.?|[a-zđ]\)?", re.UNICODE
)


def drafts(name: str) -> tuple[Programme, tuple[Draft, ...]]:
    """The documents of an example or of a unit without a file."""
    programme, locality = programme_and_unit(name)
    return programme, documents_of(locality, programme, document_kinds(locality))[0]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def proses(value: object, where: str = "") -> Iterator[tuple[str, Prose]]:
    """Every prose of a content with the field it stands in."""
    if isinstance(value, Prose):
        yield where, value
    elif isinstance(value, tuple):
        for member in value:
            yield from proses(member, where)
    elif is_dataclass(value) and not isinstance(value, Place | type):
        for each in fields(value):
            yield from proses(getattr(value, each.name), f"{where}.{each.name}".strip("."))


def holds(piece: Piece, name: str) -> bool:
    """Whether the file's text holds the words; figures may be spelt "05" for "5"."""
    assert piece.extract is not None
    held, said = written(piece.extract, name).casefold(), squeeze(piece.text).casefold()
    return held == said or (held.isdigit() and said.isdigit() and int(held) == int(said))


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_word_of_every_document_ends_at_a_line_or_at_a_rule_that_says_why(name: str) -> None:
    for draft in drafts(name)[1]:
        for where, prose in proses(draft.content):
            for piece in prose.pieces:
                if piece.extract is not None:
                    assert holds(piece, name), (draft.kind, where, piece)
                    assert piece.layer in {"nam", "tinh", "quoc_gia", "don_vi"}
                else:
                    assert piece.ly_do, (draft.kind, where, piece)
                    assert _OF_A_RULE.fullmatch(piece.text), (draft.kind, where, piece)


def sources(value: Value) -> set[Place]:
    return {p.extract.text.place for p in pieces_of(value) if p.extract is not None}


def of_tasks(content: Content) -> Iterator[tuple[tuple[str, ...], str, Prose]]:
    """What a document prints of tasks: the tasks, the field, the words."""
    tables = [*content.tables(), *(annex.bang for annex in content.phu_luc)]
    for row in (row for table in tables for row in table.rows()):
        for field in ROW_FIELDS:
            cell = row.cell(field)
            yield (cell.ma,), cell.truong, cell.chu
    for block in content.noi_dung:
        if block.nhiem_vu and block.truong:
            yield block.nhiem_vu, block.truong, block.chu


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_field_of_a_task_is_printed_from_the_field_whose_steps_are_recorded(name: str) -> None:
    """The rest of a cell or line is the frame of the document: its labels, lines of a block."""
    programme, documents = drafts(name)
    frame = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "catalog").rglob("*.yaml")
        if path.name == "ngon_tu.yaml" or path.parent.name == "van_ban"
    } | {"ho-so.yaml"}
    met = set()
    for draft in documents:
        for names, field, words in of_tasks(draft.content):
            tasks = [task for ma in names if (task := programme.task(ma)) is not None]
            if not tasks or field not in ("noi_dung", "chu_tri", "phoi_hop", "thoi_gian"):
                continue
            known = set().union(*(sources(task.value(field)) for task in tasks))
            for piece in (p for p in words.pieces if p.extract is not None):
                lines = [e for e in (piece.extract, piece.via) if e is not None]
                stands = lines[0].text.place in known or {e.place.path for e in lines} & frame
                assert stands, (draft.kind, names, piece)
            if sources(words) & known:
                met.add((draft.kind, field))
    assert {field for _, field in met} == {"noi_dung", "chu_tri", "phoi_hop", "thoi_gian"}


def marked(element: etree._Element) -> str:
    """The text of a paragraph or of a row's cells, parted by line feeds."""
    cells = element.findall(f"{W}tc")
    return "\n".join(
        squeeze(breakable("".join(t.text or "" for t in part.iter(f"{W}t"))))
        for part in (cells or [element])
    )


def in_word(data: bytes) -> list[tuple[str, str]]:
    """The hidden marks of a Word file in order, each with the words of its paragraph or row."""
    body = etree.fromstring(parts_of(data)["word/document.xml"])
    made = []
    for start in body.iter(f"{W}bookmarkStart"):
        paragraph = start.getparent()
        assert paragraph is not None
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        name = (start.get(f"{W}name") or "").removeprefix("_dv_")
        made.append((name, marked(paragraph if row is None else row)))
    return made


def in_content(content: Content) -> Iterator[tuple[str, str]]:
    for block in content.noi_dung:
        if block.bang is not None:
            yield from map(_row(block.bang), block.bang.rows())
        else:
            yield _subject(block), squeeze(f"{block.so} {block.chu}")
    for annex in content.phu_luc:
        yield from map(_row(annex.bang), annex.bang.rows())


def _subject(block: BodyBlock) -> str:
    one = len(block.nhiem_vu) == 1 and block.truong
    return f"{block.nhiem_vu[0]}.{block.truong}" if one else block.ma


def _row(table: Table) -> Callable[[Row], tuple[str, str]]:
    shown = [name for name in ROW_FIELDS if getattr(table.cot, name)]

    def made(row: Row) -> tuple[str, str]:
        return row.ma, "\n".join(squeeze(str(getattr(row, name))) for name in shown)

    return made


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_row_and_paragraph_in_word_is_marked_with_what_it_prints(name: str) -> None:
    for draft in drafts(name)[1]:
        printed, meant = in_word(draft.rendered(TEMPLATES)), list(in_content(draft.content))
        assert [words for _, words in printed] == [words for _, words in meant]
        for (mark, _), (subject, _) in zip(printed, meant, strict=True):
            plain = re.sub(r"[^A-Za-z0-9_]", "_", subject)
            assert re.sub(r"_[0-9]+$", "", mark)[:20] in (
                plain[:20],
                re.sub(r"_[0-9]+$", "", plain),
            )


def test_every_kind_of_document_is_followed() -> None:
    met = {draft.kind for name in SUBJECTS for draft in drafts(name)[1]}
    assert met == set(shipped_city().document_kinds)
