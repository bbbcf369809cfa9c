"""What is said beside the papers of a unit: what they leave out and why, what is unusual in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from danvan_cli.grammar.dates import in_figures, real_date
from danvan_cli.grammar.deadline.reader import read_deadline
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.working_days import calendar_of, days_off_in
from danvan_cli.localize.locality import Locality, asked_facts
from danvan_cli.localize.programme import LocalTask, Programme, unit_numbers
from danvan_cli.localize.reasons import decided
from danvan_cli.models.outline import Block
from danvan_cli.models.registers import Unit
from danvan_cli.problems import HIDDEN
from danvan_cli.render.annexes import rows_of_resolution
from danvan_cli.render.assignment import hidden_tasks
from danvan_cli.render.documents import Draft
from danvan_cli.render.numbers import issued_on

_UNCHECKED = "chưa đối chiếu bản gốc"
_FILLED_IN = "cơ quan, thời gian hồ sơ chưa ghi ở 'nghi_quyet' thì lấy mặc định"
_DAY = re.compile(r"\bngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})")


def remarks(locality: Locality, programme: Programme, unit: str, file: str) -> Iterator[str]:
    """What a clerk must know before signing, a line each.

    `unit` is the unit and `file` its own file, empty where it has none, as the command line
    names them.
    """
    yield from _left_open(locality.catalogue)
    yield from _unanswered(locality, programme, file)
    yield from _elsewhere(programme, unit, locality.catalogue.noun)
    yield from _assumed(locality, programme)
    numbers = unit_numbers(programme)
    heads = {task.cha for task in programme.tasks}
    bare = [t for t in programme.tasks if not t.chu_tri and t.ma not in heads]
    if bare:
        yield f"Chưa có cơ quan chủ trì: {_named(bare, numbers, locality)}."
    if off := list(_on_days_off(locality, programme, numbers)):
        yield f"Hạn rơi vào ngày nghỉ: {'; '.join(off)}."


def _left_open(catalogue: Catalogue) -> Iterator[str]:
    """What papers without a catalogue of the province do not say, and which are not made."""
    if catalogue.is_country_only:
        have = {str(outline.loai) for outline in catalogue.outlines}
        lacking = [ma for ma in catalogue.document_kinds if ma not in have]
        yield (
            f"Còn bỏ ngỏ khi {catalogue.province} chưa có danh mục: văn bản không nhắc quyết định và"
            f" chủ đề năm của {catalogue.noun}; chưa làm được"
            f" {', '.join(lacking)}."
        )


def to_confirm(
    locality: Locality, programme: Programme, documents: Iterable[Draft], unit: str
) -> Iterator[str]:
    """What the catalogue itself wants looked at again in the documents made, a line each.

    `unit` is the unit as the command line names it.
    """
    documents = tuple(text for document in documents for text in document.texts())
    for document in documents:
        yield from _annexes_to_confirm(locality, document, unit)
    printed = "\n".join(str(words) for d in documents for words in d.content.proses())
    doubts = [str(locality.unit.xac_nhan)] if locality.unit.xac_nhan else []
    doubts += dict.fromkeys(
        str(block.xac_nhan)
        for document in documents
        for block in _blocks_to_confirm(locality, document)
    )
    numbers, tasks = unit_numbers(programme), locality.catalogue.tasks
    for task in programme.tasks:
        unconfirmed = [str(tasks[ma].xac_nhan) for ma in task.nguon if tasks[ma].xac_nhan]
        doubts += [
            f"{what} ({numbers[task.ma]} của {locality.kind_name})"
            for what in unconfirmed
            if str(task.noi_dung) in printed
        ]
    for law in (*locality.catalogue.legal, *locality.profile.phap_ly):
        why = str(law.xac_nhan or (_UNCHECKED if law.kiem_tra else ""))
        name = f"{law.loai} số {law.so_hieu}" if law.so_hieu else f"{law.loai} {law.ten}"
        if why and name in printed:
            doubts.append(f"{name} ({why})")
    if doubts:
        yield f"Cần xác nhận: {'; '.join(doubts)}."


def _annexes_to_confirm(locality: Locality, document: Draft, unit: str) -> Iterator[str]:
    asked = {
        str(annex.ma): annex
        for outline in locality.catalogue.outlines
        if outline.loai == document.kind
        for annex in outline.phu_luc
        if annex.xac_nhan is not None
    }
    rows: list[str] = []
    for printed in (p for p in document.content.phu_luc if p.ma in asked):
        own = rows_of_resolution(asked[printed.ma], locality)
        what = asked[printed.ma].xac_nhan if not own else _FILLED_IN
        if not own or not all(row.chu_tri and row.thoi_gian for row in own):
            yield f"Cần xác nhận, {printed.ten} của {document.name}: {what}."
        rows += [row.ma for row in printed.hang[:1] if not own]
    if rows:
        change = f"van_ban: {{{document.kind}: {{thay: {{{rows[0]}: ...}}}}}}"
        yield f"  Sửa một hàng, ghi vào hồ sơ: {change}. Mã các hàng: danvan localize {unit} --khoi"


def _blocks_to_confirm(locality: Locality, document: Draft) -> Iterator[Block]:
    """The blocks that `document` prints and whose words the catalogue wants looked at."""
    printed = set(document.content.printed())
    for outline in locality.catalogue.outlines:
        if outline.loai == document.kind:
            yield from (b for b in outline.blocks() if b.xac_nhan and str(b.ma) in printed)


def untimely(locality: Locality, programme: Programme, documents: Iterable[Draft]) -> Iterator[str]:
    """What the day a document is signed does not agree with, a line each.

    Tasks that were due before it, and what it rests on that was issued after it.
    """
    numbers, year = unit_numbers(programme), locality.catalogue.year
    for document in (text for draft in documents for text in draft.texts()):
        signed = issued_on(document.change)
        if signed is None:
            continue
        content = document.content
        shown = {ma for b in content.noi_dung for ma in b.nhiem_vu}
        ends = {t: read_deadline(str(t.thoi_gian), year).ket_thuc for t in programme.tasks}
        late = [t for t, end in ends.items() if t.ma in shown and end and end < signed]
        day = f"ngày ký {in_figures(signed)} của {document.name}"
        if late:
            yield f"Hạn trước {day}: {_named(late, numbers, locality)}."
        days = [
            real_date(*map(int, d)) for line in content.can_cu for d in _DAY.findall(str(line.chu))
        ]
        if later := [in_figures(d) for d in days if d is not None and d > signed]:
            yield f"Căn cứ ban hành sau {day}: văn bản ngày {', '.join(later)}."


def hidden(locality: Locality, programme: Programme, documents: Iterable[Draft]) -> Iterator[str]:
    """Whose lead or deadline a document does not print as the programme has it, a line each file."""
    numbers = unit_numbers(programme)
    for document in documents:
        if lost := [task for task, _ in hidden_tasks(document.content, programme, locality)]:
            named = _named(lost, numbers, locality)
            yield f"{document.name} in chung hoặc bỏ chủ trì, thời hạn của: {named} ({HIDDEN})."


def _unanswered(locality: Locality, programme: Programme, file: str) -> Iterator[str]:
    """The tasks left out because nobody has said whether the unit has what they are about."""
    waiting: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for gone in programme.dropped:
        if gone.chua_biet:
            waiting[gone.chua_biet].append(gone.tt)
    names, noun = _names(locality.catalogue), locality.catalogue.noun
    out = {gone.tt for gone in programme.dropped}
    for number, fact in _worded_by(locality.catalogue, locality.unit.loai):
        if fact in locality.unknown and number not in out:
            yield (
                f"Câu chữ của {number} ({noun}) viết như {locality.kind_name} không {names[fact]},"
                f" vì chưa biết ({fact})."
            )
    if not waiting:
        return
    count = sum(map(len, waiting.values()))
    yield f"{count} nhiệm vụ của {noun} chưa đưa vào, vì chưa biết {locality.full_name}:"
    for facts, tasks in waiting.items():
        what = ", ".join(f"{names[fact]} ({fact})" for fact in facts)
        yield f"  {', '.join(tasks)} của {noun}: {what}"
    answer = "dac_diem: {co: [...], khong: [...]}"
    if file:
        yield f"  Ghi vào {file}: {answer}"
    else:
        yield f'  Lập hồ sơ để trả lời: danvan init "{locality.full_name}"'


def _worded_by(catalogue: Catalogue, kind: str) -> dict[tuple[str, str], None]:
    """The number of each task that says something else for units with a fact, with that fact."""
    return {
        (catalogue.numbers[str(task.ma)], str(fact)): None
        for _, task, _ in catalogue.walk()
        for variant in task.bien_the
        for selector in variant.khi
        if not selector.loai or kind in selector.loai
        for fact in (*selector.co, *selector.khong)
    }


def _elsewhere(programme: Programme, unit: str, noun: str) -> Iterator[str]:
    """The tasks that are not for the unit, or that its file leaves out."""
    gone = [task for task in programme.dropped if not task.chua_biet]
    if gone:
        numbers = ", ".join(task.tt for task in gone)
        yield f"{len(gone)} nhiệm vụ không đưa vào: {numbers} của {noun}. Vì sao: danvan localize {unit}"


def _assumed(locality: Locality, programme: Programme) -> Iterator[str]:
    """The facts taken as given that the unit's file says nothing of, or says the contrary of.

    They stand for every unit of the kind, or the register of units has them with their source.
    """
    catalogue, given = locality.catalogue, locality.profile.dac_diem
    asked = asked_facts(catalogue, locality.unit.loai)
    own, against = (set(given.co), set(given.khong)) if given is not None else (set(), set())
    left = {gone.tt for gone in programme.dropped}
    usual = [*catalogue.kinds[locality.unit.loai].dac_diem, *locality.unit.dac_diem]
    facts = [f for f in usual if f in asked and not left.issuperset(sum(asked[f], ()))]
    names, noun = _names(catalogue), catalogue.noun
    if taken := [f for f in facts if f in locality.facts and f not in own]:
        what = "; ".join(f"{names[fact]} ({decided(*asked[fact], noun)})" for fact in taken)
        yield f"Coi như {locality.kind_name} {what}. Không đúng thì ghi dac_diem: {{khong: [...]}}"
    for fact in (f for f in locality.unit.dac_diem if f in against and f in asked):
        yield f"Hồ sơ ghi không, sổ đơn vị ghi {names[fact]} ({fact}). Nguồn: {locality.unit.nguon}"


def _on_days_off(
    locality: Locality, programme: Programme, numbers: dict[str, str]
) -> Iterator[str]:
    """The deadlines of the programme that fall on a day off: the tasks, the words, the reason."""
    calendar = calendar_of(locality.catalogue)
    found: dict[str, list[str]] = defaultdict(list)
    for task in programme.tasks:
        for day in days_off_in(str(task.thoi_gian), locality.catalogue):
            found[f"{in_figures(day)}, {calendar.why_off(day)}"].append(numbers[task.ma])
    for why, tasks in found.items():
        yield f"{', '.join(tasks)} của {locality.kind_name} ({why})"


def _named(tasks: Iterable[LocalTask], numbers: dict[str, str], locality: Locality) -> str:
    kind = locality.kind_name
    return ", ".join(f"{numbers[task.ma]} của {kind} ({task.ma})" for task in tasks)


def _names(catalogue: Catalogue) -> dict[str, str]:
    return {str(fact.ma): str(fact.ten) for fact in catalogue.facts}


def unanswered_by_all(localities: Iterable[Locality]) -> Iterator[str]:
    """Which facts nobody has answered, of which units, for which tasks of the city's list."""
    waiting: dict[str, list[Unit]] = defaultdict(list)
    decides: dict[str, str] = {}
    count = 0
    names, noun = {}, ""
    for locality in localities:
        count, names = count + 1, _names(locality.catalogue)
        noun = locality.catalogue.noun
        asked = asked_facts(locality.catalogue, locality.unit.loai)
        for fact in (f for f in asked if f in locality.unknown):
            waiting[fact].append(locality.unit)
            decides[fact] = decided(*asked[fact], noun)
    if waiting:
        yield "Chưa đưa vào, hoặc câu chữ còn tùy, vì chưa biết đơn vị:"
    for fact, units in waiting.items():
        whose = f"{len(units)} đơn vị" if len(units) > 1 else str(units[0].ten)
        if len(units) == count:
            whose = "cả " + whose
        yield f"  {decides[fact]}: {names[fact]} ({fact}); {whose}"
    if waiting:
        yield "  Biết rồi thì ghi ở don_vi.yaml của danh mục (dac_diem, khong_co, nguon), hoặc ở hồ sơ đơn vị."
