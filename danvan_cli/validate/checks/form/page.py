"""Pages: paper, margins, typeface, page numbers (Phụ lục I, mục I)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from danvan_cli.models.form import FormFile, allowed_range
from danvan_cli.reading.anatomy.values import Anatomy
from danvan_cli.validate.checks.form.faults import FormFault, LayoutEdit, between, figure
from danvan_cli.word.layout.values import Layout, PageNumber, ParagraphLook, Section, TypedLine
from danvan_cli.word.metrics import SINGLE_LINE, line_widths

_MM = 25.4 / 72
_ROUNDING = 0.35
"""What is lost when centimetres become twentieths of a point and back, in millimetres."""
_PAPER_ROUNDING = 1.5
_DARK = 0x33
"""A colour none of whose parts is brighter than this is black to the eye."""
_WHITE = "FFFFFF"
_FEWEST = 2
_USUAL_SIZE = 14.0
_SURELY_MORE, _DOUBTED = 1.3, 1.8
"""How many pages of text, measured without Word, are surely more than one; where one is said."""
_SIDES = (("tren", "trên", "top"), ("duoi", "dưới", "bottom"), ("trai", "trái", "left"), ("phai", "phải", "right"))  # fmt: skip


def check_page(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    """The faults of the pages as such."""
    layout = anatomy.layout
    for at, section in enumerate(layout.sections):
        yield from _paper(at, section, form)
        if not section.landscape and (at == 0 or anatomy.sort == "hanh_chinh"):
            yield from _edges(at, section, form)
    yield from _typeface(layout, form)
    if anatomy.sort == "hanh_chinh":
        yield from _page_numbers(layout, form)


def _paper(at: int, section: Section, form: FormFile) -> Iterator[FormFault]:
    paper = form.kho_giay
    sides = sorted((section.width * _MM, section.height * _MM))
    wanted = (allowed_range(paper.rong)[0], allowed_range(paper.cao)[0])
    if any(abs(side - right) > _PAPER_ROUNDING for side, right in zip(sides, wanted, strict=True)):
        found = f"là {figure(round(sides[0], 1))} x {figure(round(sides[1], 1))} mm"
        asked = f"là {paper.ten} ({figure(wanted[0])} x {figure(wanted[1])} mm)"
        advice = f"Chọn khổ {paper.ten} trong Layout, Size."
        edits = (LayoutEdit("kho", at, f"{wanted[0]}x{wanted[1]}"),)
        yield FormFault("DV801", "khổ giấy", found, asked, paper.muc, advice, None, edits)


def _edges(at: int, section: Section, form: FormFile) -> Iterator[FormFault]:
    for key, name, attribute in _SIDES:
        low, high = allowed_range(getattr(form.le_trang, key))
        measured = getattr(section, attribute) * _MM
        if low - _ROUNDING <= measured <= high + _ROUNDING:
            continue
        nearest = low if measured < low else high
        found, asked = f"là {figure(round(measured, 1))} mm", between(low, high, " mm")
        advice = f"Đặt lại {figure(nearest)} mm."
        edits = (LayoutEdit("le", at, f"{attribute}={nearest}"),)
        yield FormFault("DV802", f"lề {name}", found, asked, form.le_trang.muc, advice, None, edits)


def _typeface(layout: Layout, form: FormFile) -> Iterator[FormFault]:
    face = form.phong_chu
    for paragraph in layout.paragraphs:
        fonts, coloured = _odd_letters(paragraph.whole, _plain(face.ten))
        for font in fonts:
            edits = (LayoutEdit("phong", paragraph.index, face.ten),)
            found, asked, advice = f"là {font}", f"là {face.ten}", f"Đổi phông thành {face.ten}."
            yield FormFault("DV803", "phông chữ", found, asked, face.muc, advice, paragraph, edits)
        if coloured:
            edits = (LayoutEdit("mau", paragraph.index, "000000"),)
            found, asked, advice = (
                "có màu khác đen",
                f"là màu {face.mau}",
                "Chọn màu chữ Automatic.",
            )
            yield FormFault("DV803", "chữ", found, asked, face.muc, advice, paragraph, edits)


@lru_cache(maxsize=16384)
def _odd_letters(line: TypedLine, wanted: str) -> tuple[tuple[str, ...], bool]:
    """The fonts of a line that are not the one `wanted`, and whether any letters are coloured."""
    counts: Counter[str] = Counter()
    coloured = 0
    for letters, count in line.lettered:
        coloured += count if _coloured(letters.colour) else 0
        if not _plain(letters.font).startswith(wanted):
            counts[letters.font] += count
    fonts = sorted(font for font, count in counts.items() if count >= _FEWEST)
    return tuple(fonts), coloured >= _FEWEST


def _plain(font: str) -> str:
    return font.replace(" ", "").casefold()


def _coloured(colour: str) -> bool:
    """Whether letters of that colour are seen, and not as black; white ones are not seen."""
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return any(part > _DARK for part in parts) and colour != _WHITE


def _page_numbers(layout: Layout, form: FormFile) -> Iterator[FormFault]:
    first, size = layout.sections[0], allowed_range(form.so_trang.co_chu)
    edits = (LayoutEdit("so_trang", 0, str(size[1])),)
    shown = [n for n in first.numbers if n.pages == "default" or _even(n, layout)]
    for what, found, asked, advice in _number_faults(layout, first, shown, size):
        yield FormFault("DV804", what, found, asked, form.so_trang.muc, advice, None, edits)


def _number_faults(
    layout: Layout, first: Section, shown: list[PageNumber], size: tuple[float, float]
) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with page numbers: of what, what is found, asked and advised."""
    several = _long(layout)
    if several and not shown:
        advice = (
            "Chèn số trang vào giữa lề trên (Insert, Page Number, Top of Page), bỏ ở trang đầu."
        )
        asked = "có số trang ở giữa lề trên từ trang 2"
        yield "văn bản nhiều trang", "không có số trang", asked, advice
        return
    if _shows_first(first, shown):
        advice = "Chọn Different First Page trong Header & Footer."
        yield "số trang", "hiện ở trang đầu", "không hiện ở trang đầu", advice
    for number in shown if several else ():
        if number.where != "dau_trang" or number.align != "giua":
            advice = "Chèn lại số trang: Insert, Page Number, Top of Page, Plain Number 2."
            yield "số trang", f"nằm {_where(number)}", "nằm giữa lề trên", advice
        if not size[0] <= number.size <= size[1]:
            found, asked = f"cỡ {figure(number.size)}", f"cỡ {between(*size)}"
            yield "số trang", found, asked, f"Đặt số trang cỡ {figure(size[1])}."


def _where(number: PageNumber) -> str:
    edge = "trên" if number.where == "dau_trang" else "dưới"
    sides = {"giua": "ở giữa", "phai": "bên phải"}
    return f"{sides.get(number.align, 'bên trái')} lề {edge}"


def _even(number: PageNumber, layout: Layout) -> bool:
    return number.pages == "even" and layout.even_differs


def _shows_first(section: Section, shown: list[PageNumber]) -> bool:
    if section.first_differs:
        return any(number.pages == "first" for number in section.numbers)
    return any(number.pages == "default" for number in shown) and section.starts_at != 0


def height_of(layout: Layout) -> float:
    """About how many pages the text fills: rows of a table count as high as their highest cell."""
    total = 0.0
    rows: dict[tuple[int, int], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for paragraph in layout.paragraphs:
        section = layout.sections[paragraph.section]
        share = _height(paragraph.look, paragraph.room) / max(
            section.height - section.top - section.bottom, 1.0
        )
        if paragraph.cell is None:
            total += share
        else:
            rows[paragraph.cell.table, paragraph.cell.row][paragraph.cell.cell] += share
    return total + sum(max(cells.values()) for cells in rows.values())


@lru_cache(maxsize=16384)
def _height(look: ParagraphLook, room: float) -> float:
    shape, text = look.shape, look.whole.text
    size = look.whole.size or _USUAL_SIZE
    room = max(room - max(shape.left, 0.0) - max(shape.right, 0.0), 1.0)
    lines = len(line_widths(text, size, room)) if text.strip() else 1
    single = shape.height or size * SINGLE_LINE * (shape.line or 1.0)
    return lines * single + max(shape.before, shape.after)


def _long(layout: Layout) -> bool:
    """Whether the file surely has more than one page; programs that do not count pages say 1."""
    return layout.pages > 1 or height_of(layout) > (_DOUBTED if layout.pages else _SURELY_MORE)
