"""The decision a city's danh mục goes with, as an entry for the register of documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from danvan_cli.grammar.citation.reader import find_citations
from danvan_cli.grammar.dates import in_figures
from danvan_cli.importing.agencies import Data
from danvan_cli.importing.outline import ATTACHED
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.reading.document import Document
from danvan_cli.text import fold, slug, squeeze

_ISSUED = "ban hành"


def decision_of(
    file: Document, tasks: Document, catalogue: Catalogue, source: str, today: date
) -> Data | None:
    """The decision that issues the danh mục `tasks`: the paper of `file` it stands with, else as cited.

    None where its number or its day is blank. The title is not in a danh mục that stands alone:
    then the entry says that it is still to be compared. `source` names the paper.
    """
    cited: Data = next(_cited(tasks, catalogue), {})
    own = next((t for t in file.texts if t.number and t.symbol and t.issued), None)
    if own is not None and own.issued is not None:
        kind, *title = [squeeze(p.text) for p in own.title] or [""]
        made: Data = {
            "loai": kind.capitalize(),
            "so_hieu": f"{own.number}/{own.symbol}",
            "ngay": in_figures(own.issued),
            "co_quan": cited.get("co_quan") or _letterhead(own, catalogue),
            "ten": _lowered(" ".join(title)),
        }
    elif cited:
        kind, *title = [squeeze(p.text) for p in tasks.title] or [""]
        made = {**cited, "ten": f"{_ISSUED} {kind.lower()} {_lowered(' '.join(title))}"}
    else:
        return None
    ma = _known(made, catalogue)
    if ma:
        return {"ma": ma}
    made = {"ma": _id(made), **made, "nguon": source, "ra_soat": in_figures(today)}
    made = {key: value for key, value in made.items() if value}
    if own is None:
        made["kiem_tra"] = "can_doi_chieu"
        made["ghi_chu"] = "Trích yếu ghi theo tên danh mục; chưa đọc bản quyết định."
    return made


def _cited(tasks: Document, catalogue: Catalogue) -> Iterator[Data]:
    """The decision that a danh mục says it goes with, number and day known."""
    for passage in tasks.passages:
        if not ATTACHED.match(passage.text.strip()):
            continue
        for found in find_citations(squeeze(passage.text)):
            if found.loai and found.so and found.ky_hieu and found.ngay:
                yield {
                    "loai": found.loai,
                    "so_hieu": f"{found.so}/{found.ky_hieu}",
                    "ngay": in_figures(found.ngay),
                    "co_quan": _whole_name(found.co_quan or "", catalogue),
                }


def _whole_name(issuer: str, catalogue: Catalogue) -> str:
    """The issuer with its place: "Ủy ban nhân dân thành phố" of a city is that city's."""
    kind = fold(catalogue.kinds[catalogue.city.loai].ten)
    return f"{issuer} {catalogue.city.ten}" if fold(issuer).endswith(kind) else issuer


def _letterhead(paper: Document, catalogue: Catalogue) -> str:
    """The issuer of a paper whose head reads as the catalogue's own papers do; "" for another's."""
    head = " ".join(line for line in catalogue.wording.co_quan_ban_hanh if "{" not in line)
    return f"{head.capitalize()} {catalogue.province}" if fold(head) in fold(paper.text) else ""


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def _known(decision: Data, catalogue: Catalogue) -> str:
    """The id of the decision where it is registered already."""
    wanted = (fold(str(decision["so_hieu"])), str(decision["ngay"])[-4:])
    found = (d for d in catalogue.legal if d.so_hieu and d.ngay)
    return next(
        (str(d.ma) for d in found if (fold(str(d.so_hieu)), str(d.ngay)[-4:]) == wanted), ""
    )


def _id(decision: Data) -> str:
    kind = "".join(word[0] for word in slug(str(decision["loai"])).split("-"))
    return f"{kind}-{slug(str(decision['so_hieu']))}-{str(decision['ngay'])[-4:]}"
