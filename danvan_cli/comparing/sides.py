"""What A and B of a comparison may be: a programme, its export, a paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.comparing.listing import Listing, of_document, of_export, of_programme, task_of_mark
from danvan_cli.importing.head import outlines_of_kind
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Programme
from danvan_cli.models.outline import Wording
from danvan_cli.reading.document import Document
from danvan_cli.reading.reader import document_in
from danvan_cli.reading.word_file import paragraphs_by_order, roots_of
from danvan_cli.render.documents import documents_of
from danvan_cli.render.ink import mark_of
from danvan_cli.word.names import W
from danvan_cli.word.package import main_part, read_package

_OURS = re.compile(r"_dv_(?!.*_Copy_\d+$)\w+")


@dataclass(frozen=True)
class ProgrammeSide:
    """The programme of a unit or a city."""

    locality: Locality
    programme: Programme

    @property
    def listing(self) -> Listing:
        """What it lists."""
        return of_programme(self.programme, self.locality.catalogue.wording)

    def beside(self, paper: Document, templates: Path) -> Listing:
        """What its paper of the kind of `paper` lists; the programme itself where it has none.

        Raises:
            TemplateError: its paper cannot be made.
        """
        outlines = outlines_of_kind(paper, self.locality.catalogue)
        kinds = list(dict.fromkeys(str(outline.loai) for outline in outlines))
        documents, _ = documents_of(self.locality, self.programme, kinds[:1])
        if not documents:
            return self.listing
        data = documents[0].rendered(templates)
        own = document_in(data, documents[0].name)
        known = {task.ma for task in self.programme.tasks}
        return of_document(own, ids_in(data, own, known))


def ids_in(data: bytes, document: Document, known: Iterable[str]) -> dict[int, str]:
    """The ids of the tasks that danvan marked in the .docx `data`, by the order of their words.

    Marks lose the difference between "-" and "_": ids of `known` are told exactly.
    """
    parts = read_package(data)
    main = main_part(parts)
    names: dict[int, str] = {}
    for order, paragraphs in paragraphs_by_order(parts, main, roots_of(parts, main)).items():
        for paragraph in paragraphs:
            for mark in paragraph.iter(f"{W}bookmarkStart"):
                if _OURS.fullmatch(mark.get(f"{W}name", "")):
                    names.setdefault(order, mark.get(f"{W}name", ""))
    exact = {mark_of(subject): ma for ma in known for subject in (ma, f"{ma}.noi_dung")}
    made: dict[int, str] = {}
    for row in document.rows:
        if row.group or not row.noi_dung:
            continue
        first = row.noi_dung[0].locate(0).line
        name = names.get(row.tt[0].locate(0).line if row.tt else first) or names.get(first)
        if name is not None:
            made[first] = exact.get(name) or task_of_mark(name)
    return made


def export_in(path: Path, wording: Wording) -> Listing | None:
    """What the export at `path` lists, printed by `wording`; None where it is no export of a programme.

    Raises:
        OSError: it cannot be read.
    """
    text = path.read_text("utf-8", "replace")
    if path.suffix.lower() == ".json":
        try:
            data = json.loads(text)
        except ValueError:
            return None
    else:
        data = read_yaml(text, "")[0]
    if not isinstance(data, dict) or not {"nhom", "khong_ap_dung"} <= data.keys():
        return None
    try:
        return of_export(data, wording)
    except (KeyError, TypeError, AttributeError):
        return None
