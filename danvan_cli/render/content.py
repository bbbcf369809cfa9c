"""What a document says before it is a file: head, blocks, tables, annexes, signature.

Every value keeps whose words it prints: the id of its block or task, its field, and through
`Prose` the place of each word. The fields are the names that templates use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal, TypeAlias

from danvan_cli.findings import Place
from danvan_cli.nodes import NOWHERE
from danvan_cli.prose import NOTHING, Origin, Prose

BlockKind: TypeAlias = Literal[
    "tieu_de", "doan", "khoan", "diem", "dieu", "gach", "cong", "viec", "dong", "bang"
]
CELLS = ("tt", "noi_dung", "chu_tri", "thuc_hien", "phoi_hop", "hinh_thuc", "thoi_gian")
"""The fields of a row that a column may show."""


@dataclass(frozen=True)
class Line:
    """A line of a list of the document, and the block `ma` it comes from."""

    ma: str
    chu: Prose

    @property
    def place(self) -> Place:
        """Where its first words stand."""
        return self.chu.place


@dataclass(frozen=True)
class Cell:
    """One field of one task as printed."""

    ma: str
    truong: str
    chu: Prose


@dataclass(frozen=True)
class Row:
    """A row of a table: a task, or a line of an annex; `place` is where the task stands.

    `co_diem` says that rows below are its points.
    """

    ma: str
    tt: Prose = NOTHING
    noi_dung: Prose = NOTHING
    chu_tri: Prose = NOTHING
    thuc_hien: Prose = NOTHING
    phoi_hop: Prose = NOTHING
    hinh_thuc: Prose = NOTHING
    thoi_gian: Prose = NOTHING
    chu_thich: tuple[Prose, ...] = ()
    co_diem: bool = False
    place: Place = NOWHERE

    def cell(self, truong: str) -> Cell:
        """The cell of the column that shows `truong`."""
        return Cell(self.ma, truong, getattr(self, truong))


@dataclass(frozen=True)
class Group:
    """Rows under one heading; an annex has a single group without name."""

    ma: str
    tt: Prose = NOTHING
    ten: Prose = NOTHING
    hang: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column: the field of a row it shows, and its name."""

    truong: str
    ten: Prose


@dataclass(frozen=True)
class Table:
    """A task list, or an annex, as a table."""

    cot: tuple[Column, ...] = ()
    nhom: tuple[Group, ...] = ()

    def rows(self) -> Iterator[Row]:
        """The rows of all groups, in order."""
        for group in self.nhom:
            yield from group.hang


@dataclass(frozen=True)
class Block:
    """A paragraph or a table of the body.

    `ma` is the block of the outline it comes from, `nhiem_vu` the tasks it speaks of and
    `truong` their field; `so` is what stands before its words: a number, a dash, a label.
    """

    ma: str
    loai: BlockKind
    chu: Prose = NOTHING
    so: Prose = NOTHING
    cap: int = 0
    nhiem_vu: tuple[str, ...] = ()
    truong: str = ""
    bang: Table | None = None

    @property
    def place(self) -> Place:
        """Where its first words stand."""
        return self.chu.place


@dataclass(frozen=True)
class Annex:
    """A phụ lục: its heading and its table."""

    ma: str
    ten: Prose = NOTHING
    tieu_de: Prose = NOTHING
    kem_theo: Prose = NOTHING
    bang: Table = Table()


@dataclass(frozen=True)
class Recipients:
    """Nơi nhận: the label and the lines."""

    nhan: Prose = NOTHING
    dong: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Who signs: the lines of authority and post, and the name, empty where it is not known."""

    quyen_han: tuple[Prose, ...] = ()
    ho_ten: Prose = NOTHING


@dataclass(frozen=True)
class Content:
    """One document, all of it words."""

    co_quan: tuple[Prose, ...] = ()
    quoc_hieu: Prose = NOTHING
    tieu_ngu: Prose = NOTHING
    so_ky_hieu: Prose = NOTHING
    dia_danh_ngay: Prose = NOTHING
    ten_loai: Prose = NOTHING
    trich_yeu: tuple[Line, ...] = ()
    kem_theo: tuple[Prose, ...] = ()
    tham_quyen: Prose = NOTHING
    can_cu: tuple[Line, ...] = ()
    lenh: Prose = NOTHING
    noi_dung: tuple[Block, ...] = ()
    noi_nhan: Recipients = Recipients()
    ky: Signature = Signature()
    phu_luc: tuple[Annex, ...] = ()

    def proses(self) -> Iterator[Prose]:
        """Every piece of prose of the document, in the order of the fields."""
        return _proses(self)

    def shares(self) -> Counter[Origin]:
        """How many of its words come from the catalogue, from a rule, from the unit's file."""
        return sum((text.words() for text in self.proses()), Counter())


def _proses(value: object) -> Iterator[Prose]:
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from _proses(member)
    elif is_dataclass(value) and not isinstance(value, Place | type):
        for each in fields(value):
            yield from _proses(getattr(value, each.name))
