"""The text: its size, alignment, first lines, the space between paragraphs and lines (mục II.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from danvan_cli.models.form import FormFile, allowed_range
from danvan_cli.reading.anatomy.values import Anatomy, PaperPart
from danvan_cli.validate.checks.form.faults import FormFault, LayoutEdit, between, figure
from danvan_cli.word.layout.values import Layout, Paragraph, Shape
from danvan_cli.word.metrics import SINGLE_LINE, text_width

_CM = 72 / 2.54
_SHORT = 30
_USUAL_SIZE = 14.0
_ROUNDING = {"thut": 0.06, "gian": 0.05, "dong": 0.07}
_WHAT, _ONE_SIZE = "lời văn", "V"
"""What is judged, and the article that asks for one size of letters."""


def check_body(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    """The faults of the paragraphs of the main text."""
    parts = [
        part
        for part in anatomy.of("doan", "khoan", "diem", "dieu", "can_cu")
        if part.paragraph.shape.align != "giua"
    ]
    running = [part for part in parts if len(part.text) >= _SHORT]
    yield from _sizes([p for p in running if p.name != "can_cu"], form)
    for part in running:
        yield from _justified(part, form)
    for part in parts:
        yield from _first_line(part, anatomy.layout, form)
        yield from _line_spacing(part, form)
    yield from _between(anatomy, parts, form)


def _sizes(parts: Sequence[PaperPart], form: FormFile) -> Iterator[FormFault]:
    low, high = allowed_range(form.loi_van.co_chu)
    sizes = [(part, size) for part in parts if (size := part.line.size) is not None]
    letters: Counter[float] = Counter()
    for part, size in sizes:
        if low <= size <= high:
            letters[size] += len(part.text)
    usual = letters.most_common(1)[0][0] if letters else high
    for part, size in sizes:
        if size == usual:
            continue
        asked, article = f"cỡ {between(low, high)}", str(form.loi_van.muc)
        if low <= size <= high:
            asked, article = f"cùng một cỡ, ở đây phần lớn là {figure(usual)}", _ONE_SIZE
        edit = LayoutEdit("co_chu", part.paragraph.index, str(usual))
        found, advice = f"cỡ {figure(size)}", f"Đặt lại cỡ {figure(usual)}."
        yield FormFault("DV812", _WHAT, found, asked, article, advice, part.paragraph, (edit,))


def _justified(part: PaperPart, form: FormFile) -> Iterator[FormFault]:
    paragraph = part.paragraph
    if paragraph.shape.align == "deu" or not _several_lines(part):
        return
    found = {"trai": "canh lề trái", "phai": "canh lề phải"}.get(paragraph.shape.align, "")
    edit = LayoutEdit("can", paragraph.index, "deu")
    yield _fault("DV813", found, "canh đều hai lề", form, "Canh đều hai lề (Ctrl+J).", part, edit)


def _several_lines(part: PaperPart) -> bool:
    size = part.line.size or _USUAL_SIZE
    room = part.paragraph.room - part.paragraph.shape.left - part.paragraph.shape.right
    return text_width(part.text, size, bold=part.line.is_bold) > room


def _first_line(part: PaperPart, layout: Layout, form: FormFile) -> Iterator[FormFault]:
    text, shape = part.paragraph.text, part.paragraph.shape
    if text.startswith((" ", "\xa0")) or shape.align == "phai":
        return
    asked = [allowed_range(figures)[0] for figures in form.loi_van.thut_dong]
    start = _start(text, shape, layout.tab)
    starts = (round(start / _CM, 2), round(shape.first / _CM, 2))
    least, most = min(asked) - _ROUNDING["thut"], max(asked) + _ROUNDING["thut"]
    if any(least <= indent <= most for indent in starts):
        return
    found = f"thụt đầu dòng {figure(round(start / _CM, 1))} cm"
    wanted = f"thụt {' hoặc '.join(map(figure, asked))} cm"
    edit = LayoutEdit("thut", part.paragraph.index, str(asked[-1] * _CM))
    advice = f"Đặt First line {figure(asked[-1])} cm trong Paragraph."
    yield _fault("DV813", found, wanted, form, advice, part, edit)


def _start(text: str, shape: Shape, tab: float) -> float:
    """Where the first letter of a paragraph stands, from the margin, in points."""
    at = shape.left + shape.first
    for _ in range(len(text) - len(text.lstrip("\t"))):
        own = [stop for stop in shape.tabs if stop > at + 0.5]
        at = own[0] if own else (int((at + 0.5) / tab) + 1) * tab
    return at


def _line_spacing(part: PaperPart, form: FormFile) -> Iterator[FormFault]:
    low, high = allowed_range(form.loi_van.gian_dong)
    lines = _lines(part)
    slack = _ROUNDING["dong"]
    if low - slack <= lines <= high + slack:
        return
    found, asked = f"giãn dòng {figure(round(lines, 2))}", f"giãn {between(low, high)} dòng"
    edit = LayoutEdit("gian_dong", part.paragraph.index, str(low if lines < low else high))
    advice = "Đặt lại Line spacing trong Paragraph."
    yield _fault("DV814", found, asked, form, advice, part, edit)


def _lines(part: PaperPart) -> float:
    shape = part.paragraph.shape
    if shape.line is not None:
        return shape.line
    single = (part.line.size or _USUAL_SIZE) * SINGLE_LINE
    return max(1.0, shape.height / single) if shape.at_least else shape.height / single


def _between(anatomy: Anatomy, parts: Sequence[PaperPart], form: FormFile) -> Iterator[FormFault]:
    least = allowed_range(form.loi_van.gian_doan)[0]
    for before, after in pairwise(parts):
        if after.paragraph.index - before.paragraph.index != 1:
            continue
        gap = _gap(before.paragraph, after.paragraph, anatomy.layout)
        if gap < least - _ROUNDING["gian"]:
            found = f"giãn đoạn {figure(round(gap, 1))} pt"
            edit = LayoutEdit("truoc", after.paragraph.index, str(least))
            advice = f"Đặt Before hoặc After {figure(least)} pt trong Paragraph."
            asked = f"giãn ít nhất {figure(least)} pt"
            yield _fault("DV814", found, asked, form, advice, after, edit)


def _gap(before: Paragraph, after: Paragraph, layout: Layout) -> float:
    alike = before.shape.style == after.shape.style
    below = 0.0 if before.shape.contextual and alike else before.shape.after
    above = 0.0 if after.shape.contextual and alike else after.shape.before
    return below + above if layout.additive else max(below, above)


def _fault(
    code: str,
    found: str,
    asked: str,
    form: FormFile,
    advice: str,
    part: PaperPart,
    edit: LayoutEdit,
) -> FormFault:
    article = form.loi_van.muc
    return FormFault(code, _WHAT, found, asked, article, advice, part.paragraph, (edit,))
