"""YAML bytes to plain text with places. The only module that knows the YAML library.

Every scalar is text as written: no "no" turned false, no date turned object, no 3.10 turned 3.1.
Duplicate keys, anchors, aliases, tags and second documents are refused, each as a finding.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

import yaml

from danvan_cli.findings import Finding, Place
from danvan_cli.load.bounded import UnfitError, file_bytes
from danvan_cli.nodes import Mapping, Node, Sequence, SourceText, Text
from danvan_cli.text import breakable, nfc, unwieldy

MAX_DEPTH = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_TAB = "found character '\\t'"
_UNCLOSED = ("found unexpected end of stream", "did not find expected ',' or")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PROBLEMS = (
    ("too deep", "lồng quá nhiều cấp"),
    (_TAB, "dùng phím Tab để thụt đầu dòng; YAML chỉ nhận dấu cách"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên khóa (hoặc dòng này thụt sai)"),
    (
        "did not find expected key",
        "dòng này thụt sai hoặc giá trị chứa dấu đặc biệt cần đặt trong ngoặc kép",
    ),
    ("did not find expected '-' indicator", "danh sách cần dấu '-' thẳng hàng ở đầu mỗi mục"),
    (
        "mapping values are not allowed",
        "có dấu hai chấm ở chỗ không được phép; đặt cả giá trị trong ngoặc kép",
    ),
    (_UNCLOSED[0], "ngoặc hoặc nháy chưa được đóng"),
    (_UNCLOSED[1], "danh sách trong ngoặc vuông hoặc ngoặc nhọn chưa được đóng"),
    (
        "found character that cannot start any token",
        "ký tự này không được đứng đầu giá trị; đặt giá trị trong ngoặc kép",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "dấu * hoặc & đứng đầu giá trị; đặt giá trị trong ngoặc kép",
    ),
    ("block sequence entries are not allowed", "dấu '-' đứng sai chỗ"),
    ("control characters are not allowed", "có ký tự điều khiển không được phép"),
    ("found unknown escape character", "dấu \\ trong ngoặc kép không được hiểu; dùng nháy đơn"),
)


class _Dumper(yaml.SafeDumper):
    """Writes every kind of text as text, and a value met twice twice: aliases are refused above."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the library's signature
        return True


_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))


def read_bytes(path: Path, shown: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of the file at `path`, or None with the finding that says why not.

    `shown` is the path as messages print it.
    """
    try:
        return decoded(file_bytes(path), shown)
    except UnfitError as error:
        return None, (_unreadable(Place(shown, 1, 1), f"{error.found}. {error.remedy}"),)
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        why = "không có tệp này" if gone else "không mở được tệp này"
        return None, (Finding(Place(shown, 1, 1), "DV101", f"Cần tệp này nhưng {why}."),)


def decoded(data: bytes, shown: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file's bytes, or None with the finding that says why it is none."""
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode()
        place = Place(shown, good.count("\n") + 1, len(good) - good.rfind("\n"))
        what = f"tệp không phải UTF-8: byte 0x{data[error.start]:02X} ở đây không đọc được."
        return None, (_unreadable(place, what + " Mở tệp và lưu lại với mã UTF-8."),)


def read_yaml(text: str, shown: str, layer: str = "") -> tuple[Node | None, tuple[Finding, ...]]:
    """The one document in `text`, a part of `layer`, as nodes with places, with its faults of form.

    None where there is no document or the syntax is broken; `shown` is the path in messages.
    """
    source = SourceText.of(shown, text, layer)
    builder = _Builder(source)
    try:
        node = builder.document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        return None, (*builder.findings, _broken(error, source))
    except yaml.reader.ReaderError as error:
        place = source.place(min(error.position, len(text)))
        return None, (_unreadable(place, "có ký tự điều khiển không được phép. Xóa ký tự này."),)
    return node, tuple(builder.findings)


def yaml_text(data: object) -> str:
    """`data` (plain dicts, lists, texts) as YAML, keys in their order, letters as they are."""
    made: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return made


def _broken(error: yaml.MarkedYAMLError, source: SourceText) -> Finding:
    """What is wrong with the syntax; a quote or bracket never closed is said where it opens."""
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if problem.startswith(_UNCLOSED):
        mark = error.context_mark or mark
    if mark is None:
        return _unreadable(Place(source.path, 1, 1), _problem(problem))
    # The C parser calls a tab "a character that cannot start any token".
    if source.text.startswith("\t", mark.index):
        problem = _TAB
    return _unreadable(Place(source.path, mark.line + 1, mark.column + 1), _problem(problem))


def _problem(english: str) -> str:
    for start, vietnamese in _PROBLEMS:
        if start in english:
            return f"cú pháp YAML sai: {vietnamese}."
    return "cú pháp YAML sai ở đây. Xem lại dấu hai chấm, ngoặc, nháy và thụt đầu dòng."


def _unreadable(place: Place, message: str) -> Finding:
    return Finding(place, "DV101", message[0].upper() + message[1:], subject="tep")


def _index(mark: object) -> int:
    """The index of a parser's mark; the parser gives every event its marks."""
    return int(getattr(mark, "index"))  # noqa: B009 - the stubs know two kinds of mark


class _Builder:
    """Turns parser events to nodes; collects what the format refuses."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self._depth = 0

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 1:
                    node = self._node(next(events), events)
                else:
                    self._refuse(event, "tệp có hơn một tài liệu YAML ('---'). Chỉ giữ một.")
                    break
        return node

    def _place(self, event: yaml.Event) -> Place:
        return self.source.place(_index(event.start_mark))

    def _refuse(self, event: yaml.Event, message: str) -> None:
        self.findings.append(
            Finding(self._place(event), "DV106", message[0].upper() + message[1:], subject="dang")
        )

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                event, f"bí danh YAML '*{event.anchor}' không được dùng. Chép lại giá trị."
            )
            return Text("", place)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self._refuse(event, f"mỏ neo YAML '&{anchor}' không được dùng. Bỏ mỏ neo.")
        if tag:
            self._refuse(event, f"thẻ YAML '{tag}' không được dùng. Bỏ thẻ.")
        if isinstance(event, yaml.ScalarEvent):
            start, end = _index(event.start_mark), _index(event.end_mark)
            illegal = _ILLEGAL.search(event.value)
            if illegal:
                code = f"U+{ord(illegal.group()):04X}"
                self._refuse(
                    event, f"ký tự điều khiển {code} không in được trong Word. Xóa ký tự này."
                )
            too_long = unwieldy(event.value)
            if too_long:
                self._refuse(event, f"giá trị này {too_long}. Chia thành nhiều câu, nhiều mục.")
                return Text("", place)
            return Text(breakable(nfc(event.value)).rstrip("\n"), place, self.source, start, end)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(
                problem="too deep",
                context_mark=yaml.Mark(
                    self.source.path, 0, place.line - 1, place.column - 1, None, 0
                ),
            )
        made = (
            self._mapping(place, events)
            if isinstance(event, yaml.MappingStartEvent)
            else self._sequence(place, events)
        )
        self._depth -= 1
        return made

    def _sequence(self, place: Place, events: Iterator[yaml.Event]) -> Sequence:
        made = Sequence(place=place)
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            made.append(self._node(event, events))
        return made

    def _mapping(self, place: Place, events: Iterator[yaml.Event]) -> Mapping:
        made = Mapping(place=place)
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events)
            value = self._node(next(events), events)
            if not isinstance(key, Text):
                self._refuse(event, "khóa phải là chữ, không phải danh sách hay nhóm.")
                continue
            if key in made:
                first = made.key_place(key)
                self.findings.append(
                    Finding(
                        key.place,
                        "DV102",
                        f"Khóa '{key}' lặp lại; lần đầu ở dòng {first.line}. Xóa một trong hai.",
                        subject=f"khoa:{key}",
                        value=str(key),
                    )
                )
                continue
            made[key] = value
        return made
