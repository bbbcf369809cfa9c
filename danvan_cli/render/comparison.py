"""A table with old and new side by side, as offices attach one: rows to the content of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.models.outline import ComparisonTable
from danvan_cli.prose import NOTHING, Origin, Prose, filled, prose
from danvan_cli.render.content import BodyBlock, Content, ListLine, Row, RowFields, RowGroup, Table
from danvan_cli.render.template import load_template, render

TEMPLATE = "so-sanh.docx"


@dataclass(frozen=True)
class ComparedRow:
    """A row: its number, what the old side says, what the new one says, what became of it.

    Words between the marks of `render.ink` print as words that went or came.
    """

    tt: str
    cu: str
    moi: str
    ghi_chu: str


def comparison(
    rows: Iterable[ComparedRow],
    words: ComparisonTable,
    values: Mapping[str, Prose | str],
    templates: Path,
) -> bytes:
    """The table of `rows` as a .docx, `words` round it filled from `values`.

    Raises:
        TemplateError: the template cannot be read or filled.
    """

    def said(text: str) -> Prose:
        return filled(text, values, Origin.CATALOGUE)

    heads = RowFields(**{name: said(text) for name, text in words.cot.items()})
    printed = tuple(
        Row(
            ma=f"hang-{at}",
            tt=_own(row.tt),
            cu=_own(row.cu),
            moi=_own(row.moi),
            ghi_chu=_own(row.ghi_chu),
        )
        for at, row in enumerate(rows, start=1)
    )
    table = Table(heads, (RowGroup("bang", hang=printed),))
    content = Content(
        ten_loai=said(words.ten_loai),
        trich_yeu=tuple(ListLine("trich-yeu", said(line)) for line in words.trich_yeu),
        kem_theo=tuple(line for text in words.kem_theo for line in said(text).lines()),
        noi_dung=(BodyBlock("bang", "bang", bang=table),),
    )
    return render(load_template(templates / TEMPLATE), content)


def _own(text: str) -> Prose:
    return prose(text, Origin.RULE) if text else NOTHING
