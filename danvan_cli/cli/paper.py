"""A paper danvan made, opened again: whose it is, of which kind, and what its rows and words are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from danvan_cli.cli.console import note, report
from danvan_cli.cli.options import Context
from danvan_cli.cli.unit import catalogues, open_unit, sound, stop_on
from danvan_cli.errors import FindingsError, UsageError
from danvan_cli.importing.head import outlines_of_kind
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import cities_of, shown_path
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import unit_numbers
from danvan_cli.prose import Prose
from danvan_cli.reading.document import Document
from danvan_cli.reading.reader import read_document
from danvan_cli.render.content import ROW_FIELDS, BodyBlock, Content, PrintedAnnex
from danvan_cli.render.documents import documents_of
from danvan_cli.text import fold
from danvan_cli.validate.checks.documents.own import said_of, unit_of_document


@dataclass(frozen=True)
class PrintedText:
    """A stretch of a paper: the task and field it prints, or the block (`ma` is None) it is."""

    ma: str | None
    truong: str | None
    words: Prose
    where: str


def read_paper(path: Path) -> Document:
    """The finished document at `path`; what of it could not be read is said.

    Raises:
        FindingsError: nothing of it can be read.
    """
    document, findings = read_document(path, shown_path(path))
    if document is None:
        raise FindingsError(findings, unreadable=True)
    report(findings)
    return document


def kind_of_paper(document: Document, catalogue: Catalogue) -> str:
    """The kind of document of a unit that a paper is.

    Raises:
        UsageError: it is of none that danvan makes.
    """
    outlines = outlines_of_kind(document, catalogue)
    if not outlines:
        known = ", ".join(dict.fromkeys(str(o.ten_loai) for o in catalogue.outlines))
        raise UsageError(
            f"Không rõ '{shown_path(document.path)}' là loại văn bản nào.",
            f"Danvan làm các loại: {known}.",
        )
    return str(outlines[0].loai)


def open_paper(path: Path, context: Context, profile: Path | None) -> tuple[Locality, str]:
    """The unit whose paper stands at `path`, and the kind of the paper.

    A paper danvan made says so in its properties: unit, kind, catalogue; of any other its head
    and its title are read.

    Raises:
        FindingsError: the file cannot be read.
        UsageError: it does not say whose it is, or is of no kind danvan makes.
    """
    document = read_paper(path)
    properties = document.about
    if properties.keys() >= _MADE:
        return _of_properties(properties, context, profile)
    catalogue = catalogue_of(document, path, context)
    kind = kind_of_paper(document, catalogue)
    if profile is not None:
        return open_unit(context, str(profile)).locality, kind
    unit = unit_of_document(document, catalogue)
    if unit is None:
        raise UsageError(
            f"Không rõ '{shown_path(path)}' là văn bản của đơn vị nào.", "Ghi hồ sơ sau --ho-so."
        )
    return Locality.of(catalogue, unit), kind


_MADE = {"don_vi", "loai_van_ban", "danh_muc", "van_tay_danh_muc"}


def _of_properties(
    properties: Mapping[str, str], context: Context, profile: Path | None
) -> tuple[Locality, str]:
    """The unit and the kind that the properties of a paper name, under its own year's catalogue."""
    city, _, year = properties["danh_muc"].partition("/")
    context = replace(context, year=context.year or year)
    folder = context.catalogue_root / city
    if folder.is_dir():
        context = replace(context, catalogue_root=folder)
    locality = open_unit(context, str(profile) if profile else properties["don_vi"]).locality
    if properties["van_tay_danh_muc"] != locality.catalogue.fingerprint:
        note(
            "Danh mục đã đổi từ khi văn bản này được làm; các bước dưới đây theo danh mục hiện nay."
        )
    return locality, properties["loai_van_ban"]


def catalogue_of(document: Document, path: Path, context: Context) -> Catalogue:
    """The catalogue of the city whose paper the `document` at `path` is; else the only one at hand.

    Raises:
        FindingsError: the catalogue's files have faults of form.
        ReadError, UsageError: it cannot be found, or there are several.
    """
    at_hand, name = catalogues(context), said_of(document)
    if name is not None:
        try:
            return sound(at_hand.for_unit(name, path), context)
        except UsageError:
            if len(cities_of(at_hand.root_for(path))) > 1:
                raise
    return sound(at_hand.in_use(path), context)


def printed_at(locality: Locality, kind: str, number: str) -> list[PrintedText]:
    """The row or paragraph that bears this number."""
    programme = localize(locality)
    numbers = unit_numbers(programme)
    wanted = number.strip().rstrip(".")
    found = [p for p, label in _stretches(_content(locality, kind), numbers) if label == wanted]
    # A number stands before all the task says, not before one field of it.
    return _once_each([replace(p, truong=None) if p.ma is not None else p for p in found])


def printed_words(locality: Locality, kind: str, words: str) -> list[PrintedText]:
    """The rows and paragraphs that hold these words."""
    wanted = fold(words)
    programme = localize(locality)
    stretches = _stretches(_content(locality, kind), unit_numbers(programme))
    return _once_each([p for p, _ in stretches if wanted in fold(str(p.words))])


def _once_each(found: list[PrintedText]) -> list[PrintedText]:
    return list({(p.ma, p.truong, p.where): p for p in found}.values())


def _content(locality: Locality, kind: str) -> tuple[Content, ...]:
    documents, findings = documents_of(locality, localize(locality), [kind])
    stop_on(findings)
    return tuple(text.content for document in documents[:1] for text in document.texts())


def _stretches(
    contents: tuple[Content, ...], numbers: dict[str, str]
) -> Iterator[tuple[PrintedText, str]]:
    """Every stretch of a paper with the number before it, "" where it has none."""
    for content in contents:
        yield from _of_frame(content)
        for line in (*content.trich_yeu, *content.can_cu):
            yield PrintedText(None, None, line.chu, line.ma), ""
        for block in content.noi_dung:
            yield from _of_block(block, numbers)
        for line in content.noi_nhan.dong:
            yield PrintedText(None, None, line.chu, f"nơi nhận, khối {line.ma}"), ""
        for words in (*content.ky.quyen_han, content.ky.ho_ten):
            yield PrintedText(None, None, words, "chữ ký"), ""
        for annex in content.phu_luc:
            yield from _of_annex(annex, numbers)


_FRAME = ("co_quan", "quoc_hieu", "tieu_ngu", "so_ky_hieu", "dia_danh_ngay", "ten_loai")
_BELOW = ("kem_theo", "tham_quyen", "lenh")


def _of_frame(content: Content) -> Iterator[tuple[PrintedText, str]]:
    for name in (*_FRAME, *_BELOW):
        value = getattr(content, name)
        for words in value if isinstance(value, tuple) else (value,):
            yield PrintedText(None, None, words, "đầu văn bản"), ""


def _of_annex(annex: PrintedAnnex, numbers: dict[str, str]) -> Iterator[tuple[PrintedText, str]]:
    """The heading of a phụ lục, and its rows: those of tasks, and those of blocks of the body."""
    name = str(annex.ten)
    for words in (annex.ten, annex.tieu_de, annex.kem_theo):
        yield PrintedText(None, None, words, name), ""
    for row in annex.hang:
        where = f"{name}, hàng {row.tt} ({row.ma})"
        for field in ROW_FIELDS:
            cell = row.cell(field)
            if field != "tt" and cell.chu:
                task = row.ma if row.ma in numbers else None
                printed_field = cell.truong if task and cell.truong in ROW_FIELDS else None
                yield PrintedText(task, printed_field, cell.chu, where), ""


def _of_block(block: BodyBlock, numbers: dict[str, str]) -> Iterator[tuple[PrintedText, str]]:
    if block.bang is not None:
        for row in block.bang.rows():
            number = numbers.get(row.ma, str(row.tt))
            where = f"hàng {number} ({row.ma})"
            for name in ROW_FIELDS:
                cell = row.cell(name)
                if name != "tt" and cell.chu:
                    yield PrintedText(row.ma, name, cell.chu, where), number
        return
    number = str(block.so).strip().rstrip(".")
    where = f"khối {block.ma}" + (f", số {number}" if number and number[0].isalnum() else "")
    if block.nhiem_vu:
        for ma in block.nhiem_vu:
            yield PrintedText(ma, block.truong or None, block.chu, where), number
    else:
        yield PrintedText(None, None, block.chu, where), number
