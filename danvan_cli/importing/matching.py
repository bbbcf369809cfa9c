"""A paper's tasks beside a city's: the aligner fed with every wording a task may have."""

from __future__ import annotations

from dataclasses import dataclass

from danvan_cli.importing.agencies import Data
from danvan_cli.importing.align import Aligner, Match
from danvan_cli.importing.paper import PaperTask, PaperTasks, lines_text
from danvan_cli.importing.tasks import WITHOUT_REASON
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit


@dataclass(frozen=True)
class Aligned:
    """A task of the paper and the city tasks it comes from, as both print their numbers."""

    task: PaperTask
    match: Match
    nguon: tuple[str, ...]
    ung_vien: tuple[tuple[str, float], ...]


def whole_programme(catalogue: Catalogue, unit: Unit, start: Data) -> tuple[Locality, Programme]:
    """The unit's programme as if every city task were chosen: what a paper may hold.

    `start` is what the unit's file says already: its theme, its facts.
    """
    here = {
        t.ma for t in localize(Locality.of(catalogue, unit, Profile.model_validate(start))).tasks
    }
    absent = [ma for ma in catalogue.tasks if ma not in here]
    chosen = {"chon": [{"ma": str(ma), "ly_do": WITHOUT_REASON} for ma in absent]}
    profile = Profile.model_validate({**start, **(chosen if absent else {})})
    locality = Locality.of(catalogue, unit, profile)
    return locality, localize(locality)


def align_with(
    paper: PaperTasks, catalogue: Catalogue, programme: Programme
) -> tuple[Aligned, ...]:
    """Each task of `paper` with the city tasks it comes from."""
    wordings = {
        task.ma: (
            str(task.noi_dung),
            " ".join((str(task.noi_dung), *map(str, task.chi_tiet))),
            str(catalogue.tasks[task.ma].noi_dung),
        )
        for task in programme.tasks
        if task.ma in catalogue.tasks
    }
    heads = {str(t.ma) for t in catalogue.tasks.values() if t.diem}
    numbers = city_numbers(catalogue)
    texts = [f"{task.noi_dung.text} {lines_text(task.chi_tiet)}" for task in paper.tasks]
    matches = Aligner({ma: w for ma, w in wordings.items() if ma not in heads}).align(texts)
    head_matches = Aligner({ma: w for ma, w in wordings.items() if ma in heads}).align(texts)
    made = []
    for task, match, head in zip(paper.tasks, matches, head_matches, strict=True):
        best = head if head.score > match.score else match
        made.append(
            Aligned(
                task,
                best,
                tuple(numbers[ma] for ma in best.sources),
                tuple((numbers[ma], score) for ma, score in best.rivals),
            )
        )
    return tuple(made)


def city_numbers(catalogue: Catalogue) -> dict[str, str]:
    """Each city task's number as the city prints it: "2.6", "3.5.đ"."""
    return {
        str(task.ma): f"{parent.tt}.{task.tt}" if parent else str(task.tt)
        for _, task, parent in catalogue.walk()
    }
