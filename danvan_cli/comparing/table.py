"""Differences and whereabouts as tables with old and new side by side, as offices attach one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.comparing.changes import LINE, Difference, DifferenceKind, marked
from danvan_cli.comparing.differences import same_tasks
from danvan_cli.comparing.listing import ListedTask, Listing
from danvan_cli.localize.programme import REMOVED
from danvan_cli.localize.whereabouts import FieldChange, Outcome, Whereabouts
from danvan_cli.models.outline import ComparisonTable
from danvan_cli.prose import NOTHING, Origin, Prose, filled, prose
from danvan_cli.render.content import BodyBlock, Content, ListLine, Row, RowFields, RowGroup, Table
from danvan_cli.render.ink import AS_BEFORE, CAME, GONE
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

    def own_words(text: str) -> Prose:
        return filled(text, values, Origin.CATALOGUE)

    heads = RowFields(**{name: own_words(text) for name, text in words.cot.items()})
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
        ten_loai=own_words(words.ten_loai),
        trich_yeu=tuple(ListLine("trich-yeu", own_words(line)) for line in words.trich_yeu),
        kem_theo=tuple(line for text in words.kem_theo for line in own_words(text).lines()),
        noi_dung=(BodyBlock("bang", "bang", bang=table),),
    )
    return render(load_template(templates / TEMPLATE), content)


def _own(text: str) -> Prose:
    return prose(text, Origin.RULE) if text else NOTHING


_GIVEN = ("chu_tri", "phoi_hop", "thoi_gian")


def compared_rows(
    found: Iterable[Difference], before: Listing, after: Listing, words: ComparisonTable
) -> Iterator[ComparedRow]:
    """A row for each task that differs, all that changed in it together; then one for each line."""
    tasks: defaultdict[str, list[Difference]] = defaultdict(list)
    groups: defaultdict[str, list[Difference]] = defaultdict(list)
    lines: list[Difference] = []
    names = {g.ma or g.so for g in (*before.groups, *after.groups)}
    labels = _by_label(before, after).keys()
    for one in found:
        if one.truong == LINE:
            lines.append(one)
        elif one.ma in names and (one.truong == "ten" or one.ma not in labels):
            groups[one.ma].append(one)
        else:
            tasks[one.ma].append(one)
    for label, changes in groups.items():
        yield _row(label, changes, None, None, words)
    sides = _by_label(before, after)
    for label, changes in tasks.items():
        yield _row(label, changes, *sides.get(label, (None, None)), words)
    for one in lines:
        yield _row("", [one], None, None, words)


def _by_label(
    before: Listing, after: Listing
) -> dict[str, tuple[ListedTask | None, ListedTask | None]]:
    """Each task as both sides have it, by what its differences call it."""
    pairs = same_tasks(before.tasks, after.tasks)
    made: dict[str, tuple[ListedTask | None, ListedTask | None]] = {
        task.label: (task, None) for at, task in enumerate(before.tasks) if at not in pairs.values()
    }
    for at, task in enumerate(after.tasks):
        was = before.tasks[pairs[at]] if at in pairs else None
        made[task.ma or (was.ma if was else "") or task.label] = (was, task)
    return made


def _row(
    label: str,
    changes: list[Difference],
    old: ListedTask | None,
    new: ListedTask | None,
    words: ComparisonTable,
) -> ComparedRow:
    changed = {c.truong: c for c in changes if c.kind is DifferenceKind.CHANGED}
    cu: list[str] = []
    moi: list[str] = []
    whole = next((c for c in changes if not c.truong or c.kind in _WHOLE), None)
    if whole is not None and whole.kind in _WHOLE:
        cu, moi = _whole(whole, old, new, words)
    else:
        if "noi_dung" not in changed and old is not None and new is not None:
            cu.append(old.fields["noi_dung"])
            moi.append(new.fields["noi_dung"])
        for name, change in changed.items():
            left, right = marked(change, (GONE, AS_BEFORE), (CAME, AS_BEFORE))
            lead = "" if name in ("noi_dung", "ten", LINE) else f"{_name(name, words)}: "
            cu.append(lead + left)
            moi.append(lead + right)
    task = new or old
    number = task.so if task is not None else label
    notes = dict.fromkeys(_note(c, words) for c in changes)
    return ComparedRow(number, "\n".join(cu), "\n".join(moi), "; ".join(notes))


_WHOLE = (DifferenceKind.ADDED, DifferenceKind.GONE)


def _whole(
    change: Difference, old: ListedTask | None, new: ListedTask | None, words: ComparisonTable
) -> tuple[list[str], list[str]]:
    """What came or went, with who and when."""
    added = change.kind is DifferenceKind.ADDED
    task, text = (new, change.moi) if added else (old, change.cu)
    lines = [text]
    if task is not None and not change.truong:
        given = ((name, task.fields.get(name, "")) for name in _GIVEN)
        lines += [f"{_name(name, words)}: {value}" for name, value in given if value]
    start = CAME if added else GONE
    made = [f"{start}{line}{AS_BEFORE}" for line in "\n".join(lines).split("\n")]
    return ([], made) if added else (made, [])


def _name(truong: str, words: ComparisonTable) -> str:
    return str(words.truong.get(truong, truong))  # type: ignore[call-overload]


def _note(change: Difference, words: ComparisonTable) -> str:
    return _said(change.kind.value, change, words)


def _said(key: str, change: Difference | FieldChange, words: ComparisonTable) -> str:
    """The words of `key` about a change, filled with its field and both its values."""
    said = str(words.ghi_chu.get(key, key))  # type: ignore[call-overload]
    name = _name(change.truong, words)
    values = {"truong": name[:1].lower() + name[1:], "cu": change.cu, "moi": change.moi}
    for place, value in values.items():
        said = said.replace(f"{{{place}}}", value)
    return said


def whereabouts_rows(
    found: Iterable[Whereabouts], words: ComparisonTable, loai: str
) -> Iterator[ComparedRow]:
    """A row for each city task and where it went, then for the unit's own tasks."""
    for one in found:
        note = "; ".join(dict.fromkeys(_notes(one, words))).replace("{loai}", loai)
        there = ""
        if one.task is not None:
            there = f"{one.tt_don_vi}. {one.task.noi_dung}"
        yield ComparedRow(one.tt, one.noi_dung, there, note)


def _notes(one: Whereabouts, words: ComparisonTable) -> Iterator[str]:
    """What became of a task: what changed in it, or the outcome; and the unit's own reason.

    Why the program leaves out a task (a fact nobody has told, another level) is no reason that a
    unit signs.
    """
    for change in one.doi if one.outcome is not Outcome.MERGED else ():
        way = "doi_them" if not change.cu else "doi_bot" if not change.moi else "doi"
        yield _said(way if change.truong in words.truong else "doi_chu", change, words)
    if not one.doi or one.outcome is Outcome.MERGED:
        yield str(words.ghi_chu.get(one.outcome.value, one.outcome.value))  # type: ignore[call-overload]
    if one.ly_do and (one.dropped is None or one.dropped.buoc == REMOVED):
        yield one.ly_do
