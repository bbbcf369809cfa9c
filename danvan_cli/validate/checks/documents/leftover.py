"""DV615: what is left over from the paper that this one was made from: a body, a kind, an office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import any_of, words_of
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable
from danvan_cli.validate.checks.spans import inside, quoted_spans
from danvan_cli.validate.setting import Setting

_BODY = any_of("to_chuc_lap_ra")
_SETS_UP = re.compile(rf"(?:thành lập|kiện toàn|đổi tên)[^.;]{{0,40}}?(?P<body>{_BODY})")
_CALLED = re.compile(
    rf"(?:(?:các )?thành viên|{any_of('thuong_truc')}|quy chế (?:làm việc|hoạt động) của|kinh phí hoạt động của)"
    rf" (?P<body>{_BODY})(?=\s*(?:[.;,)]|làm việc|chịu|có trách|thực hiện|do|được|$))"
)
_KINDS = words_of("tu_goi_minh")
_ANY_KIND = any_of("tu_goi_minh")
_THIS = re.compile(rf"(?<!\w)(?P<kind>{_ANY_KIND}) này(?!\w)")
_DECIDES = re.compile(any_of("lap_to_chuc", capitals=True))
_NAMED_AFTER = rf" (?:{any_of('ten_to_chuc_di_tiep')}|\d)"
_ABOVE = re.compile(
    rf"^trên đây là (?:nội dung |toàn bộ nội dung |dự thảo )?(?P<kind>{_ANY_KIND})(?!\w)"
)
_LAST = 3


def left_over(document: Document, _: Setting) -> Iterator[Finding]:
    """Names of another body, and of another kind of paper, that this one cannot mean."""
    yield from _other_bodies(document)
    yield from _other_kinds(document)


def _other_bodies(document: Document) -> Iterator[Finding]:
    """Bare names of another body in a decision that sets one up, that it names nowhere in full."""
    title = _title(document)
    set_up = {match["body"] for match in _SETS_UP.finditer(title)}
    if len(set_up) != 1 or not _DECIDES.match(document.kind or ""):
        return
    own = set_up.pop()
    text = comparable(document.text)
    for passage in document.passages:
        for match in _CALLED.finditer(comparable(passage.text)):
            body = match["body"]
            if body == own or _named_in_full(body, text):
                continue
            shown = passage.text[match.start("body") : match.end("body")]
            right = own[0].upper() + own[1:]
            message = (
                f"'{shown}' là tên của tổ chức khác; quyết định này lập '{right}', có thể còn sót từ"
                f" văn bản cũ. Sửa thành '{right}'."
            )
            yield passage.finding("DV615", match.start("body"), match.end("body"), message, right)


def _named_in_full(body: str, text: str) -> bool:
    """Whether the text speaks of such a body by its own name, as of a standing one."""
    return re.search(re.escape(body) + _NAMED_AFTER, text) is not None


def _title(document: Document) -> str:
    return comparable(" ".join(passage.text for passage in document.title))


def _other_kinds(document: Document) -> Iterator[Finding]:
    """A plan that calls itself "Chương trình này", or ends "Trên đây là Báo cáo"."""
    own = next((k for k in _KINDS if comparable(document.kind or "").startswith(k)), None)
    if own is None:
        return
    # What goes with another paper may well call that one "this".
    about = f"{_title(document)} {comparable(document.attached or '')}"
    ending = {id(p) for p in _before_recipients(document)[-_LAST:]}
    said: set[str] = set()
    for passage in document.passages:
        low = comparable(passage.text)
        closing = _ABOVE.match(low) if id(passage) in ending else None
        if closing and closing["kind"] not in (own, *_of_own(own)) and closing["kind"] not in about:
            yield _kind_fault(passage, closing, own)
        for match in _THIS.finditer(low) if " này" in low else ():
            kind = match["kind"]
            spoken = f"{about} {low[: match.start()]}"
            if kind in (own, *_of_own(own)) or kind in said or kind in spoken:
                continue
            if passage.text[match.start()].isupper() and not inside(
                match.start(), quoted_spans(passage.text)
            ):
                yield _kind_fault(passage, match, own)
        said.update(_spoken_of(low))


@lru_cache(maxsize=16384)
def _spoken_of(low: str) -> tuple[str, ...]:
    """The kinds of paper of which a text names one, by its number or by what it is about."""
    return tuple(kind for kind in _KINDS if f"{kind} số" in low or f"{kind} về" in low)


def _of_own(own: str) -> tuple[str, ...]:
    """Kinds that a paper may call itself beside its own name."""
    return words_of("goi_la_viec") if own in words_of("con_goi_la_viec") else ()


def _before_recipients(document: Document) -> list[Passage]:
    if document.closing is None:
        return []
    end = document.closing.locate(0)
    at = next((i for i, p in enumerate(document.passages) if p.locate(0) == end), -1)
    return list(document.passages[: at + 1])


def _kind_fault(passage: Passage, match: re.Match[str], own: str) -> Finding:
    start, end = match.span("kind")
    right = own[0].upper() + own[1:]
    message = (
        f"'{passage.text[start:end]}' không phải văn bản này ({own}), có thể còn sót từ văn bản cũ."
        f" Sửa thành '{right}', hoặc ghi rõ số, ngày nếu nói văn bản khác."
    )
    return passage.finding("DV615", start, end, message, right)
