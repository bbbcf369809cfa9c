"""Pages: paper, margins, typeface, page numbers (Phụ lục I, mục I)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from danvan_cli.models.form import FormFile, Typeface, allowed_range
from danvan_cli.reading.anatomy.values import Anatomy
from danvan_cli.validate.checks.form.faults import FormFault, LayoutEdit, between, figure
from danvan_cli.validate.checks.form.letters import lettered, size_of
from danvan_cli.word.layout.values import Layout, Look, PageNumber, Paragraph, Section, TypedLine
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
    asked = (allowed_range(paper.rong)[0], allowed_range(paper.cao)[0])
    if any(abs(side - wanted) > _PAPER_ROUNDING for side, wanted in zip(sides, asked, strict=True)):
        yield FormFault(
            "DV801",
            "khổ giấy",
            f"là {figure(round(sides[0], 1))} x {figure(round(sides[1], 1))} mm",
            f"là {paper.ten} ({figure(asked[0])} x {figure(asked[1])} mm)",
            paper.muc,
            f"Chọn khổ {paper.ten} trong Layout, Size.",
            changes=(LayoutEdit("kho", at, f"{asked[0]}x{asked[1]}"),),
        )


def _edges(at: int, section: Section, form: FormFile) -> Iterator[FormFault]:
    for key, name, attribute in _SIDES:
        low, high = allowed_range(getattr(form.le_trang, key))
        measured = getattr(section, attribute) * _MM
        if low - _ROUNDING <= measured <= high + _ROUNDING:
            continue
        nearest = low if measured < low else high
        yield FormFault(
            "DV802",
            f"lề {name}",
            f"là {figure(round(measured, 1))} mm",
            between(low, high, " mm"),
            form.le_trang.muc,
            f"Đặt lại {figure(nearest)} mm.",
            changes=(LayoutEdit("le", at, f"{attribute}={nearest}"),),
        )


def _typeface(layout: Layout, form: FormFile) -> Iterator[FormFault]:
    face = form.phong_chu
    wanted = _plain(face.ten)
    for paragraph in layout.paragraphs:
        fonts, coloured = _odd_letters(paragraph.whole, wanted)
        for font in fonts:
            change = LayoutEdit("phong", paragraph.index, str(face.ten))
            yield _letters_fault("phông chữ", f"là {font}", f"là {face.ten}", face, paragraph, change)  # fmt: skip
        if coloured:
            change = LayoutEdit("mau", paragraph.index, "000000")
            yield _letters_fault("chữ", "có màu khác đen", f"là màu {face.mau}", face, paragraph, change)  # fmt: skip


@lru_cache(maxsize=16384)
def _odd_letters(line: TypedLine, wanted: str) -> tuple[tuple[str, ...], bool]:
    """The fonts of a line that are not the one `wanted`, and whether any letters are coloured."""
    counts: Counter[str] = Counter()
    coloured = 0
    for letters, count in lettered(line):
        coloured += count if _coloured(letters.colour) else 0
        if not _plain(letters.font).startswith(wanted):
            counts[letters.font] += count
    fonts = sorted(font for font, count in counts.items() if count >= _FEWEST)
    return tuple(fonts), coloured >= _FEWEST


def _letters_fault(
    what: str, found: str, asked: str, face: Typeface, paragraph: Paragraph, change: LayoutEdit
) -> FormFault:
    advice = f"Đổi phông thành {face.ten}." if change.kind == "phong" else "Chọn màu chữ Automatic."
    return FormFault("DV803", what, found, asked, str(face.muc), advice, paragraph, (change,))


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
    first = layout.sections[0]
    rule, muc = form.so_trang, form.so_trang.muc
    fix = (LayoutEdit("so_trang", 0, str(allowed_range(rule.co_chu)[1])),)
    advice = "Chèn số trang vào giữa lề trên (Insert, Page Number, Top of Page), bỏ ở trang đầu."
    shown = [n for n in first.numbers if n.pages == "default" or _even(n, layout)]
    if _long(layout) and not shown:
        asked = "có số trang ở giữa lề trên từ trang 2"
        yield FormFault(
            "DV804", "văn bản nhiều trang", "không có số trang", asked, muc, advice, None, fix
        )
        return
    if _shows_first(first, shown):
        asked = "không hiện ở trang đầu"
        how = "Chọn Different First Page trong Header & Footer."
        yield FormFault("DV804", "số trang", "hiện ở trang đầu", asked, muc, how, None, fix)
    if not _long(layout):
        return
    for number in shown:
        yield from _one_number(number, form, fix)


def _one_number(
    number: PageNumber, form: FormFile, fix: tuple[LayoutEdit, ...]
) -> Iterator[FormFault]:
    muc = form.so_trang.muc
    advice = "Chèn lại số trang: Insert, Page Number, Top of Page, Plain Number 2."
    if number.where != "dau_trang" or number.align != "giua":
        sides = {"giua": "giữa", "trai": "bên trái", "phai": "bên phải", "deu": "bên trái"}
        edge = "trên" if number.where == "dau_trang" else "dưới"
        found = f"nằm {'ở ' if number.align == 'giua' else ''}{sides[number.align]} lề {edge}"
        yield FormFault("DV804", "số trang", found, "nằm giữa lề trên", muc, advice, None, fix)
    low, high = allowed_range(form.so_trang.co_chu)
    if not low <= number.size <= high:
        found, asked = f"cỡ {figure(number.size)}", f"cỡ {between(low, high)}"
        how = f"Đặt số trang cỡ {figure(high)}."
        yield FormFault("DV804", "số trang", found, asked, muc, how, None, fix)


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
def _height(look: Look, room: float) -> float:
    shape, text = look.shape, look.whole.text
    size = size_of(look.whole) or _USUAL_SIZE
    room = max(room - max(shape.left, 0.0) - max(shape.right, 0.0), 1.0)
    lines = len(line_widths(text, size, room)) if text.strip() else 1
    single = shape.height or size * SINGLE_LINE * (shape.line or 1.0)
    return lines * single + max(shape.before, shape.after)


def _long(layout: Layout) -> bool:
    """Whether the file surely has more than one page; programs that do not count pages say 1."""
    return layout.pages > 1 or height_of(layout) > (_DOUBTED if layout.pages else _SURELY_MORE)
