"""Who leads a task and who helps: nobody leads (DV404), one agency does both (DV405)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.agency.names import name_key
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.localize.book import AgencyBook
from danvan_cli.text import comparable
from danvan_cli.validate.checks.agencies.named import Named, named_in
from danvan_cli.validate.setting import Setting, Work

_OFFICE = re.compile(any_of("duoc_giao"))
"""How those who can be given work are called."""
_NO_OFFICE = re.compile(
    rf"phòng,|{any_of('khong_la_co_quan')}|các (?:nội dung|nhiệm vụ|khoản|quy định|thủ tục|văn bản|hồ sơ)"
)
_LONGEST = 90
"""A longer text is a sentence, in a column that is of something else."""


def nobody_leads(work: Work, setting: Setting) -> Iterator[Finding]:
    """DV404 on helpers who have no one to help."""
    helping = [one for one in named_in(work.helpers, setting) if _may_help(one)]
    if not helping or named_in(work.leads, setting):
        return
    first = helping[0]
    message = (
        f"Nhiệm vụ có cơ quan phối hợp ('{first.shown}') mà không có cơ quan chủ trì. "
        f"Ghi cơ quan chủ trì, hoặc chuyển '{first.shown}' sang chủ trì."
    )
    yield first.passage.finding("DV404", first.mention.start, first.mention.end, message)


def _may_help(one: Named) -> bool:
    """Whether a cell under "phối hợp" names someone at all, not a sum, a paper or a step."""
    said = comparable(one.shown)
    if len(said) > _LONGEST or _NO_OFFICE.match(said):
        return False
    return bool(one.ma or one.mention.tap_the) or _OFFICE.match(said) is not None


def lead_helps(work: Work, setting: Setting) -> Iterator[Finding]:
    """DV405 on a helper that also leads and is given no part of its own."""
    leads = {_who(one) for one in named_in(work.leads, setting)}
    for one in named_in(work.helpers, setting) if leads else ():
        if _who(one) in leads and not one.mention.vai_tro:
            there = "'phoi_hop'" if one.passage.whole else "phần phối hợp"
            message = (
                f"'{one.shown}' vừa chủ trì vừa phối hợp cùng một nhiệm vụ. "
                f"Bỏ ở {there}, hoặc ghi cơ quan khác chủ trì."
            )
            yield one.passage.finding("DV405", one.mention.start, one.mention.end, message)


def helps_twice(work: Work, setting: Setting) -> Iterator[Finding]:
    """DV409 on an office that a list of YAML has twice, with no part of its own either time.

    The cell of a document is looked at whole.
    """
    seen: set[str] = set()
    for one in named_in(work.helpers, setting):
        if one.ma is None or one.mention.vai_tro or not one.passage.whole:
            continue
        if one.ma in seen:
            message = f"'{one.shown}' được kê hai lần trong một danh sách phối hợp. Bỏ một lần."
            yield one.passage.finding("DV409", one.mention.start, one.mention.end, message)
        seen.add(one.ma)


def _who(one: Named) -> str:
    """Whom a mention means; a collective only in so many words ("liên quan" narrows it)."""
    return (None if one.mention.tap_the else one.ma) or _words(one.book, one.mention.text)


@lru_cache(maxsize=8192)
def _words(book: AgencyBook, text: str) -> str:
    return book.places.sub("", name_key(text))
