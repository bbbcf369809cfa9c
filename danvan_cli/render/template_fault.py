"""Faults of a template put in words: which tag, near which text, which name was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from types import TracebackType

import jinja2

from danvan_cli import text
from danvan_cli.render.environment import UnprintableError

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CLOSING = re.compile(r"\{%\s*(?:end\w+|else)\s*%\}|\{#")
_MARKUP = re.compile(r"<[^>]*>")


class FaultError(Exception):
    """A fault in a template whose path is not known here."""

    def __init__(self, found: str, remedy: str = "") -> None:
        self.found = found
        self.remedy = remedy
        super().__init__(found)


def syntax_fault(source: str, error: jinja2.TemplateSyntaxError) -> FaultError:
    """What Jinja could not read in `source`."""
    message = error.message or ""
    if "looking for the following tags" in message:
        found = "thiếu thẻ đóng {% endfor %} hoặc {% endif %}"
    elif "No filter named" in message or "No test named" in message:
        found = f"dùng bộ lọc hoặc phép thử không có: {message.rpartition('named ')[2]}"
    elif "unknown tag" in message:
        found = f"thẻ lạ {message.partition('unknown tag ')[2].partition('.')[0]}"
    else:
        found = "thẻ viết sai"
    return FaultError(f"{found}{near(source, error.lineno)}.")


def value_fault(source: str, context: Mapping[str, object], error: Exception) -> FaultError:
    """A value of `context` that is not there or cannot be printed, with the nearest name."""
    line = line_of(error.__traceback__)
    if isinstance(error, UnprintableError):
        return FaultError(f"giá trị {error}{near(source, line)}.")
    name = str(error)
    where = near(source, line, name)
    guess = text.nearest(name, _names(context))
    return FaultError(
        f"không có biến “{name}”{where}.", f"Có phải “{guess}”?" if guess and guess != name else ""
    )


def line_of(traceback: TracebackType | None) -> int | None:
    """The template's line in `traceback`, which Jinja rewrites to speak of the template."""
    line = None
    while traceback is not None:
        if "__jinja_exception__" in traceback.tb_frame.f_globals:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _names(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield str(key)
            yield from _names(member)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for member in value:
            yield from _names(member)


def near(source: str, line: int | None, name: str = "") -> str:
    """Where `line` of `source` stands, in words: its tags and the nearest visible text.

    Of the tags only those that speak of `name`, and never the closing ones.
    """
    lines = source.split("\n")
    here = min(max((line or 1) - 1, 0), len(lines) - 1)
    tags = [" ".join(unescape(tag).split()) for tag in _TAG.findall(lines[here])]
    tags = [tag for tag in tags if name in tag and not _CLOSING.match(tag)]
    words = ""
    for place in (*range(here, -1, -1), *range(here + 1, len(lines))):
        words = text.squeeze(unescape(_MARKUP.sub("", _TAG.sub("", lines[place]))))
        if any(letter.isalpha() for letter in words):
            break
    said = f" ở {', '.join(dict.fromkeys(tags))}" if tags else ""
    return f"{said}, gần chữ “{words[:60]}”" if words else said
