"""Cases kept as data: YAML files of named cases, read as plain text and written anew on demand.

A file is a list; each case has a `name` of its own (its first value, if that is a short text and
no name is given) and the keys its tests read. Every value is a text, a list or a mapping: nothing
is turned into a number or a date.
"""

from __future__ import annotations

import inspect
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import yaml

T = TypeVar("T")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Case:
    """A named case of a file."""

    file: Path
    name: str
    data: Mapping[str, Any] = field(compare=False)

    def __str__(self) -> str:
        return f"{self.file.stem}/{self.name}"

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def get(self, key: str, usual: Any = None) -> Any:
        return self.data.get(key, usual)


THOROUGH = bool(os.environ.get("DANVAN_THOROUGH"))
"""Whether everything is tried that a plain run tries a share of, as the weekly run does."""


def some(things: Sequence[T], one_of: int, kind: Callable[[T], object] = bool) -> list[T]:
    """The first of `things` of each `kind`, and every `one_of`-th: all of them in a thorough run."""
    if THOROUGH:
        return list(things)
    seen: set[object] = set()
    made = []
    for at, thing in enumerate(things):
        if at % one_of == 0 or kind(thing) not in seen:
            made.append(thing)
        seen.add(kind(thing))
    return made


def each(
    name: str, values: Iterable[Any], called: Callable[[Any], object] = str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a test one test of all `values` of its argument `name`; it says every one that fails.

    For thousands of short cases: pytest takes longer over a test than such a case. `called` gives
    what a value is called in the failure.
    """
    cases = [(str(called(value)), value) for value in values]
    assert cases, f"không có trường hợp nào cho '{name}'"

    def one_for_all(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def tried(**given: Any) -> None:
            failed: list[Exception] = []
            for label, value in cases:
                try:
                    test(**given, **{name: value})
                except Exception as error:
                    error.add_note(f"{name}: {label}")
                    failed.append(error)
            if failed:
                raise ExceptionGroup(f"{len(failed)} of {len(cases)} cases fail", failed)

        signature = inspect.signature(test)
        others = [p for p in signature.parameters.values() if p.name != name]
        tried.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return tried

    return one_for_all


@cache
def cases_in(*files: Path) -> tuple[Case, ...]:
    """The cases of `files`, in order; two of one file may not have one name."""
    return tuple(case for path in files for case in _read(path))


def _read(path: Path) -> Iterator[Case]:
    seen: set[str] = set()
    for data in yaml.load(path.read_text(encoding="utf-8"), _LOADER):
        name = name_of(data)
        assert name not in seen, f"{path}: two cases named {name!r}"
        seen.add(name)
        yield Case(path, name, data)


def name_of(data: Mapping[str, Any]) -> str:
    """The name of a case: that given, or the text it is about."""
    name: str = data.get("name") or next(iter(data.values()))
    return name


def rewrite(case: Case, key: str, value: object) -> None:
    """Write the file of `case` anew with another `value` under `key`; none if it is empty."""
    old = case.file.read_text(encoding="utf-8")
    head = [line for line in old.split("\n\n", 1)[0].splitlines() if line.startswith("#")]
    cases = yaml.load(old, _LOADER)
    for data in cases:
        if name_of(data) == case.name:
            data.pop(key, None)
            if value:
                data[key] = value
    text = "".join(f"{line}\n" for line in head) + ("\n" if head else "") + written(cases)
    case.file.write_text(text, encoding="utf-8", newline="\n")


def written(cases: list[dict[str, Any]]) -> str:
    """The YAML of `cases`, a blank line between two."""
    return "\n".join(dumped([case]) for case in cases)


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None
    if any(_unseen(char) for char in text):
        style = '"'
    elif "\n" in text:
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _unseen(char: str) -> bool:
    return char != "\n" and (char == "\t" or unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp"))


_Dumper.add_representer(str, _text)


def dumped(data: object) -> str:
    """`data` as the files of cases have it."""
    made: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return made
