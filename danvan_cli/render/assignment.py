"""How agencies and deadlines print: as the cell of a table, as lines under a task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from danvan_cli.findings import Finding
from danvan_cli.localize import reasons
from danvan_cli.localize.agencies import localized
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.merge import union
from danvan_cli.localize.programme import Assigned, LocalTask, Programme
from danvan_cli.localize.select import assigned
from danvan_cli.models.outline import LINE_FIELDS, Lines, Wording
from danvan_cli.prose import NOTHING, Origin, Prose, by_rule, filled, joined, prose
from danvan_cli.render.content import Content

SEMICOLON = by_rule("; ", reasons.BETWEEN_MEMBERS)


def cell(agencies: Iterable[Assigned], wording: Wording) -> Prose:
    """`agencies` as one phrase: `A; B tổng hợp, theo dõi chung; đề nghị C và D phối hợp thực hiện`."""
    parts: list[Prose] = []
    for asked, members in groupby(agencies, key=lambda a: str(a.de_nghi)):
        group = list(members)
        if asked:
            names = joined((a.ten for a in group), prose(wording.va, Origin.CATALOGUE))
            values = {"co_quan": names, "viec": group[0].de_nghi}
            parts.append(filled(wording.de_nghi, values, Origin.CATALOGUE, called=False))
        else:
            parts.extend(
                a.ten + by_rule(" ", reasons.BETWEEN_WORDS) + a.vai_tro if a.vai_tro else a.ten
                for a in group
            )
    return joined(parts, SEMICOLON).capitalised()


@dataclass(frozen=True)
class Assignment:
    """The five lines of an assignment, each empty where there is nothing to say."""

    chu_tri: Prose = NOTHING
    thuc_hien: Prose = NOTHING
    phoi_hop: Prose = NOTHING
    hinh_thuc: Prose = NOTHING
    thoi_gian: Prose = NOTHING

    def given(self) -> dict[str, Prose]:
        """The lines that say something, by field."""
        return {name: getattr(self, name) for name in LINE_FIELDS if getattr(self, name)}


def of_task(task: LocalTask, wording: Wording) -> Assignment:
    """What a task says of who and when."""
    return Assignment(
        chu_tri=cell(task.chu_tri, wording),
        phoi_hop=cell(task.phoi_hop, wording),
        thoi_gian=task.thoi_gian,
    )


def of_tasks(tasks: Iterable[LocalTask], wording: Wording) -> Assignment:
    """What several tasks say together: all leads, all helpers, each deadline once."""
    tasks = tuple(tasks)
    lead = union(t.chu_tri for t in tasks)
    leading = {agency.ma for agency in lead}
    helpers = [a for a in union(t.phoi_hop for t in tasks) if a.ma not in leading]
    deadlines = {str(t.thoi_gian): t.thoi_gian for t in tasks if t.thoi_gian}
    return Assignment(
        chu_tri=cell(lead, wording),
        phoi_hop=cell(helpers, wording),
        thoi_gian=joined(deadlines.values(), SEMICOLON),
    )


@dataclass(frozen=True)
class GivenLines:
    """The assignment lines of a block: whose they are, and which of them the unit's file gives."""

    lines: Lines
    origin: Origin
    own: frozenset[str] = frozenset()

    def origin_of(self, name: str) -> Origin:
        """Whose the line `name` is."""
        return Origin.UNIT if name in self.own else self.origin

    def agencies(self, name: str) -> tuple[Assigned, ...]:
        """The agencies of the line `name`, not yet local."""
        return assigned(getattr(self.lines, name), self.origin_of(name))


def of_lines(
    given: GivenLines, locality: Locality, subject: str, problems: list[Finding]
) -> Assignment:
    """What the lines of a block say, their agencies made local."""

    def agencies(name: str) -> Prose:
        found = localized(given.agencies(name), locality, subject, problems)
        return cell(found, locality.catalogue.wording)

    def text(name: str) -> Prose:
        value = getattr(given.lines, name)
        return filled(value.written, locality.values, given.origin_of(name)) if value else NOTHING

    return Assignment(
        chu_tri=agencies("chu_tri"),
        thuc_hien=agencies("thuc_hien"),
        phoi_hop=agencies("phoi_hop"),
        hinh_thuc=text("hinh_thuc"),
        thoi_gian=text("thoi_gian"),
    )


def hidden_tasks(
    content: Content, programme: Programme, locality: Locality
) -> Iterator[tuple[LocalTask, str]]:
    """The tasks whose lead or deadline the paragraphs of a document do not print, each with its list.

    A table prints what the programme has; a list whose lines are given for all may say less.
    """
    printed: dict[tuple[str, str], set[str]] = defaultdict(set)
    lists: dict[str, str] = {}
    for block in content.noi_dung:
        for ma in block.nhiem_vu if block.bang is None else ():
            printed[ma, block.truong].add(str(block.chu).rstrip(".;"))
            lists.setdefault(ma, block.ma)
    for task in programme.tasks:
        assignment = of_task(task, locality.catalogue.wording)
        if (task.ma, "noi_dung") in printed and any(
            line and str(line).rstrip(".;") not in printed[task.ma, name]
            for name in ("chu_tri", "thoi_gian")
            for line in getattr(assignment, name).lines()
        ):
            yield task, lists[task.ma]
