"""Which tasks of a catalogue a paper's tasks come from, by every wording a task may have."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from danvan_cli.importing.agencies import Data
from danvan_cli.importing.paper import PaperTask, PaperTasks, lines_text
from danvan_cli.importing.words import WITHOUT_REASON
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.text import fold

SURE = 0.45
"""A score from which a match needs no question, if it leads its rivals."""
POSSIBLE = 0.25
"""A score below which two texts have nothing to do with each other."""
CLEAR_LEAD = 0.08
"""How far a match must be ahead of every rival to need no question."""
_HELD = 0.62
"""The share of a second task's weight that a text must hold to come from it too."""
_BETTER = 0.04
_UNEXPLAINED = 0.4
"""With more of a text than this in none of its sources, one that is left may be another."""
_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")

Grams = Counter[str]


@dataclass(frozen=True)
class Match:
    """A text of the paper with the tasks it comes from, none where it is the paper's own.

    `score` is 0 to 1; `rivals` are the other tasks it may come from, the likeliest first. `sure`
    is False where a person should be asked.
    """

    index: int
    sources: tuple[str, ...] = ()
    score: float = 0.0
    rivals: tuple[tuple[str, float], ...] = ()
    sure: bool = True

    def chosen(self, sources: tuple[str, ...]) -> Match:
        """This match as a person decided it."""
        return replace(self, sources=sources, sure=True)


class Aligner:
    """Compares texts with the tasks of a catalogue, each in every wording it may have."""

    def __init__(self, wordings: Mapping[str, Sequence[str]]) -> None:
        self._grams = {ma: [_grams(text) for text in texts] for ma, texts in wordings.items()}
        seen = Counter(gram for many in self._grams.values() for gram in set().union(*many) if many)
        self._count = max(len(wordings), 1)
        self._seen = seen

    def align(self, texts: Iterable[str]) -> tuple[Match, ...]:
        """For each of `texts` its match; a task is the source of one text at most, the likeliest."""
        given = [_grams(text) for text in texts]
        scores = [self._scores(grams) for grams in given]
        taken = self._assigned(scores)
        return tuple(self._match(index, grams, scores, taken) for index, grams in enumerate(given))

    def _weight(self, gram: str) -> float:
        return math.log(1 + self._count / (1 + self._seen[gram]))

    def _weigh(self, grams: Grams) -> float:
        return sum(self._weight(gram) * n for gram, n in grams.items())

    def _dice(self, one: Grams, other: Grams) -> float:
        whole = self._weigh(one) + self._weigh(other)
        return 2 * self._weigh(one & other) / whole if whole else 0.0

    def _scores(self, grams: Grams) -> dict[str, float]:
        made = {
            ma: max((self._dice(grams, own) for own in many), default=0.0)
            for ma, many in self._grams.items()
        }
        return {ma: score for ma, score in made.items() if score >= POSSIBLE / 2}

    @staticmethod
    def _assigned(scores: list[dict[str, float]]) -> dict[str, int]:
        """Each task's text: pairs are taken from the likeliest down, each side once."""
        pairs = sorted(
            ((score, -index, ma) for index, row in enumerate(scores) for ma, score in row.items()),
            reverse=True,
        )
        taken: dict[str, int] = {}
        done: set[int] = set()
        for score, index, ma in pairs:
            if score >= POSSIBLE and ma not in taken and -index not in done:
                taken[ma] = -index
                done.add(-index)
        return taken

    def _match(
        self, index: int, grams: Grams, likeness: list[dict[str, float]], taken: dict[str, int]
    ) -> Match:
        scores = likeness[index]
        best = next((ma for ma, at in taken.items() if at == index), None)
        if best is None:
            rivals = _ranked(scores, ())
            return Match(index, rivals=rivals, sure=not rivals or rivals[0][1] < SURE)
        sources, score = self._with_more(grams, best, scores, taken)
        rivals = _ranked(scores, sources)
        # A rival that is decidedly another text's own is none.
        open_ = [
            (ma, own)
            for ma, own in rivals
            if ma not in taken or likeness[taken[ma]].get(ma, 0.0) - own < CLEAR_LEAD
        ]
        ahead = not open_ or scores[best] - open_[0][1] >= CLEAR_LEAD
        whole = not open_ or self._unexplained(grams, sources) <= _UNEXPLAINED
        return Match(index, sources, score, rivals, score >= SURE and ahead and whole)

    def _unexplained(self, grams: Grams, sources: Iterable[str]) -> float:
        """The share of the weight of `grams` that stands in none of `sources`."""
        explained = sum((self._closest(grams, ma) for ma in sources), Counter())
        whole = self._weigh(grams)
        return self._weigh(grams - explained) / whole if whole else 0.0

    def _with_more(
        self, grams: Grams, best: str, scores: dict[str, float], taken: dict[str, int]
    ) -> tuple[tuple[str, ...], float]:
        """The tasks that `grams` holds beside `best`, as long as each makes the match closer."""
        sources, score = [best], scores[best]
        joined = self._closest(grams, best)
        for ma in sorted(scores, key=lambda m: -self._held(grams, joined, m)):
            if ma in taken or self._held(grams, joined, ma) < _HELD:
                continue
            more = joined + self._closest(grams, ma)
            closer = self._dice(grams, more)
            if closer < score + _BETTER:
                continue
            sources.append(ma)
            taken[ma] = taken[best]
            joined, score = more, closer
        return tuple(sources), score

    def _closest(self, grams: Grams, ma: str) -> Grams:
        return max(self._grams[ma], key=lambda own: self._dice(grams, own))

    def _held(self, grams: Grams, joined: Grams, ma: str) -> float:
        """The share of the task's weight that stands in `grams` beside what `joined` explains."""
        own = self._closest(grams, ma)
        whole = self._weigh(own)
        return self._weigh((grams - joined) & own) / whole if whole else 0.0


def _ranked(scores: Mapping[str, float], less: Iterable[str]) -> tuple[tuple[str, float], ...]:
    left = set(less)
    ranked = sorted(((s, ma) for ma, s in scores.items() if ma not in left), reverse=True)
    return tuple((ma, round(s, 2)) for s, ma in ranked[:3] if s >= POSSIBLE)


def _grams(text: str) -> Grams:
    words = _WORD.findall(fold(text))
    return Counter(words) + Counter(f"{a} {b}" for a, b in pairwise(words))


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
    numbers = catalogue.numbers
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


Choose = Callable[[PaperTask, Match, dict[str, str]], Match]
"""Decides a doubtful match: the task, the match, and each city task's number and words."""


def likeliest(task: PaperTask, match: Match, known: dict[str, str]) -> Match:  # noqa: ARG001 - as `Choose` asks
    """The match as it is: where nobody can be asked, the likeliest."""
    return match
