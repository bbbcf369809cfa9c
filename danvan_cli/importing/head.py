"""What head and foot of a paper say: unit, kind, number, date, signer; the decision that issues a danh mục."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from danvan_cli.grammar.citation.reader import find_citations
from danvan_cli.grammar.dates import in_figures
from danvan_cli.importing.agencies import Data
from danvan_cli.importing.ledger import Ledger, spot
from danvan_cli.importing.outline import ATTACHED, SAME, best_outline
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.profile import matching
from danvan_cli.localize.locality import DECISION_FACT, PLAN_FACT, Locality
from danvan_cli.models.outline import Outline, Wording
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.reading.frame import is_recipients
from danvan_cli.text import fold, lowered, nearest, slug, squeeze

_NAME = re.compile(r"[A-ZĐÀ-Ỵ][a-zđà-ỹ]+(?: [A-ZĐÀ-Ỵ][a-zđà-ỹ]+){1,4}$")
_LAST = 14
_SLIP = 0.9
_HEAD = 8
_NUMBER = re.compile(r"^Số\s*:\s*(\d+)\s*/", re.MULTILINE)
_SIGNING = re.compile(r"Nơi nhận\s*:?$|(?:TM|KT|TL|TUQ|Q)\.")


@dataclass(frozen=True)
class SignedBy:
    """Who signs: the name, and the post as the catalogue's wording calls it."""

    ho_ten: str
    chuc_vu: str
    passages: tuple[Passage, ...]


def unit_of_paper(document: Document, catalogue: Catalogue) -> list[Unit]:
    """The units that the paper's letterhead, date line or title may mean, the surest first."""
    title = squeeze(" ".join(p.text for p in document.title))
    for name in (document.issuer, document.place_name):
        found = matching(catalogue, name) if name else []
        if found:
            return found
    return [
        unit
        for unit in catalogue.units
        if fold(f"{catalogue.kinds[unit.loai].ten} {unit.ten}") in fold(title)
    ]


def is_city_paper(document: Document, catalogue: Catalogue) -> bool:
    """Whether the paper is the city's own: it, and no unit of it, is in letterhead and title."""
    found = unit_of_paper(document, catalogue)
    if found:
        return found == [catalogue.city]
    city = fold(f"{catalogue.kinds[catalogue.city.loai].ten} {catalogue.city.ten}")
    title = " ".join(p.text for p in document.title)
    return city in fold(squeeze(f"{document.issuer or ''} {title}"))


def outlines_of_kind(document: Document, catalogue: Catalogue) -> tuple[Outline, ...]:
    """The outlines of the paper's kind, those of the same printed type first."""
    kind = fold(document.kind or "")

    def rank(outline: Outline) -> int:
        name = fold(outline.ten_loai or "")
        return 0 if name == kind else 1 if name and kind.startswith(name) else 2

    kinds = {outline.loai for outline in catalogue.outlines if rank(outline) < 2}
    return tuple(sorted((o for o in catalogue.outlines if o.loai in kinds), key=rank))


def kinds_of_paper(document: Document, catalogue: Catalogue, unit: Unit) -> list[str]:
    """The kinds of document that the texts of one file are.

    Of several that are printed alike, that whose outline fits a text best; all where none does.
    """
    made: dict[str, None] = {}
    for text in document.texts:
        outlines = outlines_of_kind(text, catalogue)
        kinds = dict.fromkeys(str(outline.loai) for outline in outlines)
        if len(kinds) > 1:
            best = best_outline(text, outlines, Locality.of(catalogue, unit, Profile()))
            kinds = {str(best.outline.loai): None} if best is not None else kinds
        made |= kinds
    return list(made)


def cited_papers(document: Document, having: Callable[[list[str]], Locality]) -> list[str]:
    """The facts by which `document` cites papers of the unit's own: its decision, its plan.

    `having` is the unit with the facts given.
    """
    found: list[str] = []
    for fact in (DECISION_FACT, PLAN_FACT):
        before, after = having(found), having([*found, fact])
        outlines = outlines_of_kind(document, before.catalogue)
        fitted = [best_outline(document, outlines, locality) for locality in (before, after)]
        without, with_it = (each.score if each is not None else 0.0 for each in fitted)
        if with_it - without >= SAME:
            found.append(fact)
    return found


def signature_of(document: Document, wording: Wording) -> SignedBy | None:
    """The signer that the end of the paper names; None where the name is blank."""
    known: dict[str, str] = {}
    for ma, printed in wording.chuc_vu.items():
        known.setdefault(fold(printed[-1]), str(ma))
    # Who signs beside a unit stands in one cell with those the paper goes to.
    last = [p for p in document.passages[-_LAST:] if not is_recipients(p)]
    lines = [(squeeze(line), p) for p in last for line in p.text.split("\n")]
    posts = [(fold(line), p) for line, p in lines if fold(line) in known]
    if not posts:
        return None
    for line, passage in lines:
        if _NAME.match(line) and fold(line) not in known:
            return SignedBy(line, known[posts[-1][0]], (*(p for _, p in posts), passage))
    return None


def without_annexes(
    document: Document, catalogue: Catalogue
) -> tuple[Document, tuple[Passage, ...]]:
    """`document` without the annexes that danvan makes of its words, and their passages.

    An annex of a kind that no outline makes (the danh mục of a decision) is the paper itself.
    """
    made = any(outline.phu_luc for outline in outlines_of_kind(document, catalogue)[:1])
    closing = document.closing
    heading = next(iter(document.annex_headings), None)
    if not made or heading is None or closing is None or spot(heading) < spot(closing):
        return document, ()
    first = spot(heading)
    rest = tuple(p for p in document.passages if spot(p) >= first)
    kept = replace(
        document,
        passages=tuple(p for p in document.passages if spot(p) < first),
        rows=tuple(
            r for r in document.rows if (r.place.path, r.place.line, r.place.column) < first
        ),
    )
    return kept, rest


def own_theme(document: Document, catalogue: Catalogue) -> str:
    """The unit's theme of the year: a theme in the title that is not nearly the city's."""
    city = fold(catalogue.edition.chu_de)
    return next((t for t in document.themes if not nearly(fold(t), city)), "")


def nearly(one: str, other: str) -> bool:
    """Whether two texts differ by a slip or two."""
    return nearest(one, [other], cutoff=_SLIP) is not None


def numbers_of(document: Document) -> dict[str, object]:
    """The paper's own number and date, as far as they are not blank."""
    made: dict[str, object] = {}
    if number := _number(document):
        made["so_hieu"] = number
    written = document.written
    if written.exact is not None:
        made["ngay"] = written.exact.strftime("%d/%m/%Y")
    elif written.month is not None and written.year is not None:
        made["ngay"] = f"{written.month:02}/{written.year}"
    return made


def _number(document: Document) -> str:
    """The digits of "Số: 12/KH-UBND" in the head."""
    for passage in document.passages[:_HEAD]:
        found = _NUMBER.search(passage.text)
        if found:
            return found[1]
    return ""


def leave_out_annexes(ledger: Ledger, document: Document) -> None:
    """The annexes of a paper say again, as tables, what its body says: they are made anew."""
    if not document.annex_headings:
        return
    first = document.annex_headings[0].locate(0).line
    after = [p for p in document.passages if p.locate(0).line >= first]
    ledger.leave_out(after, "phụ lục, được lập lại từ nội dung của văn bản")


def leave_out_frame(ledger: Ledger, document: Document, wording: Wording) -> None:
    """What danvan prints by itself, and what only frames a table."""
    posts = {fold(line) for lines in wording.chuc_vu.values() for line in lines}
    frame = [p for p in (document.letterhead, document.date_line) if p is not None]
    ledger.leave_out(frame, "phần đầu văn bản: danvan tự in")
    ledger.leave_out(document.title[:1], "tên loại: danvan tự in")
    ledger.leave_out((label.passage for label in document.labels), "nhãn của dòng giao việc")
    numbers = (p for row in document.rows for p in row.tt)
    ledger.leave_out(numbers, "số thứ tự: danvan tự đánh")
    heads = (p for p in document.passages if p.subject == "dong_tieu_de")
    ledger.leave_out(heads, "dòng tiêu đề của bảng")
    attaching = False
    for passage in document.passages:
        text = squeeze(passage.text)
        if attaching or ATTACHED.match(text):
            ledger.leave_out([passage], "dòng kèm theo: danvan tự in")
            attaching = ")" not in text
        elif _SIGNING.match(text) or fold(text) in posts:
            ledger.leave_out([passage], "nhãn nơi nhận, quyền hạn ký: danvan tự in")
    first = document.title[0] if document.title else None
    for passage in document.passages:
        if first is not None and spot(passage) == spot(first):
            break
        ledger.leave_out([passage], "phần đầu văn bản: danvan tự in")


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
            "ten": lowered(" ".join(title)),
        }
    elif cited:
        kind, *title = [squeeze(p.text) for p in tasks.title] or [""]
        made = {**cited, "ten": f"{_ISSUED} {kind.lower()} {lowered(' '.join(title))}"}
    else:
        return None
    ma = _registered(made, catalogue)
    if ma:
        return {"ma": ma}
    made = {"ma": _decision_id(made), **made, "nguon": source, "ra_soat": in_figures(today)}
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


def _registered(decision: Data, catalogue: Catalogue) -> str:
    """The id of the decision where it is registered already."""
    wanted = (fold(str(decision["so_hieu"])), str(decision["ngay"])[-4:])
    found = (d for d in catalogue.legal if d.so_hieu and d.ngay)
    return next(
        (str(d.ma) for d in found if (fold(str(d.so_hieu)), str(d.ngay)[-4:]) == wanted), ""
    )


def _decision_id(decision: Data) -> str:
    kind = "".join(word[0] for word in slug(str(decision["loai"])).split("-"))
    return f"{kind}-{slug(str(decision['so_hieu']))}-{str(decision['ngay'])[-4:]}"
