"""Rules of thể thức (DV801 to DV818): whether a Word file looks as the decree says.

A paper of the Party or of a person, a normative document and one without letterhead follow other rules and are
not judged; of an annex in a file of its own, its pages, letters and headings are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from danvan_cli.findings import Finding
from danvan_cli.models.form import FormFile
from danvan_cli.reading.anatomy.reader import anatomies_of, anatomy_of
from danvan_cli.reading.anatomy.values import Anatomy, Sort
from danvan_cli.validate.checks.form.body import check_body
from danvan_cli.validate.checks.form.components import check_components, check_wording
from danvan_cli.validate.checks.form.faults import FormFault, findings_of
from danvan_cli.validate.checks.form.lines import check_lines
from danvan_cli.validate.checks.form.page import check_page
from danvan_cli.word.layout.values import Layout

_OTHERS: Mapping[Sort, str] = {
    "dang": "văn bản của Đảng",
    "quy_pham": "văn bản quy phạm pháp luật",
    "ca_nhan": "không có số, ký hiệu, tên loại văn bản: không phải văn bản của cơ quan",
    "khac": "không thấy Quốc hiệu",
}
"""Papers that follow other rules than the decree's, and how people are told."""


def check_form(layout: Layout, form: FormFile, path: str) -> Iterator[Finding]:
    """The findings of form on the file at `path` that looks as `layout`."""
    yield from findings_of(form_faults(layout, form), form, path)


def not_judged(layout: Layout) -> str:
    """Why the form of the file that looks as `layout` is not judged; "" where it is."""
    return _OTHERS.get(anatomy_of(layout).sort, "")


def form_faults(layout: Layout, form: FormFile) -> Iterator[FormFault]:
    """Every fault of form of the file that looks as `layout`, paper by paper, place by place."""
    first, *enclosed = anatomies_of(layout)
    if first.sort in _OTHERS:
        return
    yield from check_page(first, form)
    for anatomy in (first, *enclosed):
        if anatomy.sort not in _OTHERS:
            yield from _of_paper(anatomy, form)


def _of_paper(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    yield from check_components(anatomy, form)
    yield from check_wording(anatomy, form)
    yield from check_lines(anatomy, form)
    yield from check_body(anatomy, form)
