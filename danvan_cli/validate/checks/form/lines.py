"""The rules drawn under tiêu ngữ, the office's name and the abstract: there, and how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from danvan_cli.models.form import FormFile, allowed_range
from danvan_cli.reading.anatomy.values import Anatomy, PaperPart, PartName
from danvan_cli.validate.checks.form.faults import FormFault, figure
from danvan_cli.word.layout.values import Paragraph, TypedLine
from danvan_cli.word.metrics import line_widths, text_width

_LINES: tuple[PartName, ...] = ("tieu_ngu", "co_quan_ban_hanh", "trich_yeu")
_SLACK = 0.12
"""How far, to the asked length, a rule drawn by hand may be off."""
_STROKES = "_-—–"
_FEWEST_STROKES = 3
_USUAL_SIZE = 14.0


def check_lines(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    """The faults of the rules under the lines that must have one."""
    for name in _LINES:
        rule = form.duong_ke.get(name)
        parts = [p for p in anatomy.of(name) if p.text.strip(_STROKES + " ")]
        if rule is None or not parts:
            continue
        low, high = allowed_range(rule.dai)
        lengths = _lengths(anatomy, name, parts)
        if lengths is None:
            continue
        what = f"đường kẻ dưới {form.thanh_phan[name].ten}"
        asked = _asked(low, high)
        if not lengths:
            advice = "Kẻ một nét liền bằng Insert, Shapes, Line."
            yield FormFault("DV818", what, "không thấy", asked, str(rule.muc), advice, parts[-1].paragraph)  # fmt: skip
            continue
        # Where "(Kèm theo ...)" stands below the abstract, the rule is below both.
        widths = _widths((*parts, *(anatomy.of("kem_theo") if name == "trich_yeu" else ())))
        ratios = [length / width for length in lengths for width in widths if width]
        if any(low * (1 - _SLACK) <= r <= high * (1 + _SLACK) for r in ratios):
            continue
        nearest = min(ratios, key=lambda r: min(abs(r - low), abs(r - high)), default=0.0)
        found = f"dài bằng {figure(round(nearest * 100))}% dòng chữ"
        yield FormFault("DV818", what, found, asked, str(rule.muc), "Kẻ lại đường kẻ.", parts[-1].paragraph)  # fmt: skip


def _asked(low: float, high: float) -> str:
    return "dài bằng dòng chữ" if low == high else "dài từ 1/3 đến 1/2 dòng chữ"


def _lengths(anatomy: Anatomy, name: PartName, parts: Sequence[PaperPart]) -> list[float] | None:
    """How long each rule near `parts` is; None where what is drawn there cannot be told."""
    found: list[float] = []
    unknown = False
    for paragraph in (*anatomy.near(name), *(p.paragraph for p in parts)):
        for drawn in paragraph.drawn:
            found.append(drawn.length)
            unknown = unknown or not drawn.length
        if paragraph.shape.bordered:
            found.append(_room(paragraph))
        found += [width for line in paragraph.lines if (width := _stroke(line))]
    found += [width for part in parts if (width := _underlined(part.line))]
    found = [length for length in found if length]
    return None if unknown and not found else found


def _stroke(line: TypedLine) -> float:
    """The length of a line of underscores or dashes; 0 for any other."""
    text = line.text.strip()
    if len(text) < _FEWEST_STROKES or text.strip(_STROKES):
        return 0.0
    size = line.size or (line.runs[0].letters.size if line.runs else _USUAL_SIZE)
    return text_width(text, size, bold=False)


def _underlined(line: TypedLine) -> float:
    return sum(
        text_width(run.text, run.letters.size, bold=run.letters.bold)
        for run in line.runs
        if run.letters.underlined and run.text.strip()
    )


def _widths(parts: Sequence[PaperPart]) -> list[float]:
    """How wide each printed line of `parts` may be taken to be: typed, wrapped, or as one."""
    widths: list[float] = []
    for part in parts:
        size, bold = part.line.size or _USUAL_SIZE, part.line.is_bold
        room = _room(part.paragraph)
        widths += line_widths(part.text, size, room, bold=bold)
        widths.append(min(text_width(part.text, size, bold=bold), room))
    return widths


def _room(paragraph: Paragraph) -> float:
    return max(paragraph.room - paragraph.shape.left - paragraph.shape.right, 1.0)
