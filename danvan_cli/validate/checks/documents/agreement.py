"""DV617, DV618: papers of one unit and year, in one folder, that do not say the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from rapidfuzz import fuzz, process

from danvan_cli.findings import Finding, Place
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.text import fold
from danvan_cli.validate.checks.documents.papers import Listed, Paper, Said

_FULL_LIST = re.compile(any_of("ke_du_viec", capitals=True))
_FEWEST = 3
"""Fewer tasks in common say nothing of whether two papers are on the same programme."""
_SAME_PROGRAMME, _WHOLE = 0.6, 0.75
"""How much of the shorter list is in the other; how much of a list is in one that is to be all of it."""
_REWORDED, _SAME_WORDS = 55, 85
"""How like two texts are that may be one task, and that are one for sure."""
_NEAR_NAME = 80
_SHOWN = 3
_OPENING = 8
"""A task to make a paper says so in its first words: "Xây dựng, ban hành Kế hoạch ..."."""


def check_together(papers: Iterable[Paper]) -> Iterator[Finding]:
    """What the papers of a run say against each other, those of each unit, year and folder alone."""
    sets: defaultdict[tuple[str, ...], list[Paper]] = defaultdict(list)
    for paper in papers:
        sets[paper.belongs].append(paper)
    for together in sets.values():
        own = _without_copies(together)
        if len(own) > 1:
            yield from _tasks(own)
            yield from _themes(own)
            yield from _decisions(own)
            yield from _bases(own)
            yield from _signers(own)


def _without_copies(papers: Sequence[Paper]) -> list[Paper]:
    """`papers` less those kept aside or made beside another: `x.ban-sua-1.docx` beside `x.docx`."""
    stems = {PurePath(paper.path).stem for paper in papers}
    return [p for p in papers if PurePath(p.path).stem.rpartition(".")[0] not in stems]


def _finding(
    place: Place, message: str, subject: str, value: str = "", code: str = "DV617"
) -> Finding:
    return Finding(place, code, message, subject=subject, value=value)


def _file(paper: Paper) -> str:
    return PurePath(paper.path).name


@dataclass(frozen=True)
class _Matched:
    """Two lists of tasks beside each other."""

    pairs: tuple[tuple[Listed, Listed], ...]
    only_here: tuple[Listed, ...]
    only_there: tuple[Listed, ...]


def _tasks(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Each list of tasks held against the fullest: the danh mục, else the longest."""
    listing = [paper for paper in papers if len(paper.tasks) >= _FEWEST]
    if len(listing) < 2:
        return
    full = max(listing, key=lambda p: (_FULL_LIST.match(p.kind) is not None, len(p.tasks)))
    for paper in listing:
        if paper is full:
            continue
        matched = _matched(paper, full)
        shorter = min(len(paper.tasks), len(full.tasks))
        if len(matched.pairs) < max(_FEWEST, _SAME_PROGRAMME * shorter):
            continue
        yield from _lists(paper, full, matched)
        for here, there in matched.pairs:
            yield from _assigned(full, here, there)


def _matched(paper: Paper, full: Paper) -> _Matched:
    there = {task.key: task for task in full.tasks}
    pairs = [(task, there.pop(task.key)) for task in paper.tasks if task.key in there]
    paired = {task.key for task, _ in pairs}
    left = []
    for task in paper.tasks:
        if task.key in paired:
            continue
        near = process.extractOne(task.key, there.keys(), scorer=fuzz.ratio, score_cutoff=_REWORDED)
        if near is not None:
            pairs.append((task, there.pop(near[0])))
        elif task.key not in full.lines:
            left.append(task)
    missing = [task for key, task in there.items() if key not in paper.lines]
    return _Matched(tuple(pairs), tuple(left), tuple(missing))


def _lists(paper: Paper, full: Paper, matched: _Matched) -> Iterator[Finding]:
    """Tasks that only one of two papers on the same programme lists."""
    common = len(matched.pairs) / _WHOLE
    missing = [t for t in matched.only_there if len(full.tasks) <= common and not _makes(t, paper)]
    extra = [t for t in matched.only_here if len(paper.tasks) <= common and not _makes(t, full)]
    if not missing and not extra:
        return
    said = [
        f"{what}: {_named(tasks)}"
        for what, tasks in (("ở đây không có", missing), ("chỉ ở đây có", extra))
        if tasks
    ]
    message = (
        f"Danh sách nhiệm vụ khác '{_file(full)}' ({len(paper.tasks)} và {len(full.tasks)} nhiệm vụ): "
        f"{'; '.join(said)}. Sửa cho hai văn bản khớp nhau, hoặc làm lại cả bộ từ một hồ sơ."
    )
    at = extra[0].place if extra else paper.tasks[0].place
    yield _finding(at, message, "nhiem_vu")


def _named(tasks: Sequence[Listed]) -> str:
    more = f" và {len(tasks) - _SHOWN} nhiệm vụ nữa" if len(tasks) > _SHOWN else ""
    return ", ".join(task.name for task in tasks[:_SHOWN]) + more


def _makes(task: Listed, paper: Paper) -> bool:
    """Whether the task is to make this very paper, which then does not list it."""
    words = task.key.split()
    begins = " ".join(words[:_OPENING])
    return bool(paper.title) and fold(paper.kind) in begins and paper.title <= set(words)


def _assigned(full: Paper, here: Listed, there: Listed) -> Iterator[Finding]:
    """Another lead or another deadline for the same task."""
    if fuzz.ratio(here.key, there.key) < _SAME_WORDS:
        return
    if here.lead and there.lead and not _same_offices(here.lead, there.lead):
        yield _unlike("Cơ quan chủ trì", here.lead, there.lead, there, full)
    if here.time and there.time and here.time.key != there.time.key:
        yield _unlike("Thời hạn", here.time, there.time, there, full)


def _unlike(what: str, mine: Said, theirs: Said, task: Listed, full: Paper) -> Finding:
    message = (
        f"{what} '{mine.text}' khác '{theirs.text}' ở '{_file(full)}' cho cùng nhiệm vụ {task.name}."
        " Sửa cho hai văn bản khớp nhau."
    )
    return _finding(mine.place, message, task.key, mine.text)


def _same_offices(mine: Said, theirs: Said) -> bool:
    """Whether each office of one is one of the other, maybe in other words."""
    return all(
        any(fuzz.partial_ratio(one, other) >= _NEAR_NAME for other in others)
        for ones, others in ((mine.key, theirs.key), (theirs.key, mine.key))
        for one in ones
    )


def _themes(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Another theme of the unit, or none where the others name one."""
    speaking = [(paper, paper.themes) for paper in papers if paper.themes is not None]
    first = next(((paper, themes[0]) for paper, themes in speaking if themes), None)
    if first is None:
        return
    named, right = first
    for paper, themes in speaking:
        if paper is named or any(theme.key == right.key for theme in themes):
            continue
        if themes:
            found = f"Chủ đề năm '{themes[0].text}' khác '{right.text}' ở '{_file(named)}'."
        else:
            found = f"Không nêu chủ đề năm của đơn vị, '{_file(named)}' thì nêu '{right.text}'."
        place = themes[0].place if themes else paper.place
        yield _finding(
            place,
            f"{found} Sửa cho hai văn bản khớp nhau.",
            "chu_de",
            themes[0].text if themes else "",
        )


def _decisions(papers: Sequence[Paper]) -> Iterator[Finding]:
    """The line "(Kèm theo ...)" against the number and the day of the paper it names."""
    for paper in papers:
        decision = paper.decision
        if decision is None:
            continue
        meant = [p for p in papers if p is not paper and p.own[:2] == decision.key[:2]]
        if len(meant) != 1 or meant[0].own[2:] == decision.key[2:]:
            continue
        message = (
            f"Dòng kèm theo ghi {_number(decision.key)}, còn '{_file(meant[0])}' ghi {_number(meant[0].own)}."
            " Ghi số và ngày như văn bản ấy."
        )
        yield _finding(decision.place, message, "kem_theo")


def _number(key: tuple[str, ...]) -> str:
    number, day = key[2] or "để trống", key[3] if "/" in key[3][:-5] else "để trống"
    return f"số {number}, ngày {day}"


def _bases(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A document that two papers rest on, by its title, under two numbers or two days."""
    seen: dict[tuple[str, ...], tuple[Paper, Said]] = {}
    for paper in papers:
        for title, said in paper.basis.items():
            other, known = seen.setdefault(title, (paper, said))
            if known.key != said.key:
                message = (
                    f"Căn cứ '{said.text}', còn '{_file(other)}' ghi '{known.text}' cho cùng văn bản."
                    " Sửa cho hai văn bản khớp nhau."
                )
                yield _finding(said.place, message, "can_cu", said.text)


def _signers(papers: Sequence[Paper]) -> Iterator[Finding]:
    """DV618 on a signature unlike that of most papers."""
    signed = [(paper, paper.signature) for paper in papers if paper.signature is not None]
    counts = Counter(signature.key for _, signature in signed)
    first, usual = max(signed, key=lambda each: counts[each[1].key], default=(None, None))
    for _, signature in signed:
        if first is not None and usual is not None and signature.key != usual.key:
            message = (
                f"Người ký '{signature.text}' khác '{usual.text}' ở '{_file(first)}'. Hai người ký là"
                " đúng ý thì để nguyên và ghi nguoi_ky của văn bản này trong hồ sơ."
            )
            yield _finding(signature.place, message, "nguoi_ky", signature.text, code="DV618")
