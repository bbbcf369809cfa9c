"""What a reader gives knows where it stands: its span slices to the words it stands for."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.grammar.agency.reader import read_agencies
from danvan_cli.grammar.citation.reader import find_citations
from danvan_cli.grammar.deadline.moments import Moment, Point
from danvan_cli.grammar.deadline.reader import Deadline, read_deadline
from danvan_cli.grammar.spans import NO_SPAN, Span
from danvan_cli.text import nfc, squeeze
from tests.cases import each

HERE = Path(__file__).parent
FORMS = ("NFC", "NFD")


def phrases(name: str) -> list[str]:
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def in_forms(name: str) -> list[str]:
    return [unicodedata.normalize(form, text) for text in phrases(name) for form in FORMS]  # type: ignore[arg-type]


def moments_of(deadline: Deadline) -> Iterator[Moment]:
    for part in deadline.phan or (deadline,):
        if part.moment:
            yield part.moment
            if part.moment.narrowed:
                yield part.moment.narrowed


def words(text: str, span: Span) -> str:
    return squeeze(nfc(span.of(text)))


def figures(point: Point) -> set[int]:
    numbers = {point.day, point.number, point.year, abs(point.number or 0)}
    return {n for n in numbers if n is not None} | {n % 100 for n in numbers if n}


@each("text", in_forms("deadlines"))
def test_every_time_of_a_deadline_stands_at_its_words(text: str) -> None:
    deadline = read_deadline(text, 2026)
    points = [p for moment in moments_of(deadline) for p in moment.points]
    assert all(p.span for p in points)
    assert len({p.span for p in points}) == len(points)
    for point in points:
        said = words(text, point.span)
        assert any(c.isalnum() for c in said)
        assert {int(n) for n in re.findall(r"\d+", said)} <= figures(point)
    for part in deadline.phan:
        assert part.span
        if part.moment:
            assert all(part.span.start <= p.span.start < p.span.end for p in part.moment.points)
    assert all(words(text, Span(t.start, t.end)) for t in deadline.tokens if t.kind != "line")


@each("text", in_forms("citations"))
def test_every_part_of_a_citation_stands_at_its_words(text: str) -> None:
    for citation in find_citations(text):
        places = citation.places
        assert words(text, places.ten) == (citation.ten or "")
        assert words(text, places.co_quan) == (citation.co_quan or "")
        if citation.so:
            assert words(text, places.so).startswith(citation.so)
        assert (citation.ngay is None) or any(c.isdigit() for c in places.ngay.of(text))
        for span in (places.loai, places.so, places.ngay, places.co_quan):
            assert span == NO_SPAN or citation.start <= span.start < span.end <= citation.end


@each("text", in_forms("agencies"))
def test_every_agency_and_role_stands_at_its_words(text: str) -> None:
    for mention in read_agencies(text).phan:
        assert text[mention.start : mention.end] == mention.text
        assert words(text, mention.role_span).lower() == mention.vai_tro.lower()


TIMES = (
    "31/6/2027",
    "ngày 5 tháng 6 năm 2027",
    "quý II/2027",
    "tháng 5/2027",
    "6 tháng đầu năm 2027",
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(TIMES), min_size=1, max_size=5), st.sampled_from(FORMS))
def test_times_said_again_stand_at_places_of_their_own(said: list[str], form: str) -> None:
    line = "; ".join(f"lần {n} trước {time}" for n, time in enumerate(said, 1))
    text = unicodedata.normalize(form, line)  # type: ignore[arg-type]
    deadline = read_deadline(text, 2027)
    points = [point for moment in moments_of(deadline) for point in moment.points]
    assert [words(text, p.span) for p in points] == said
