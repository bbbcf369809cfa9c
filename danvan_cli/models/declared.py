"""Every text of a value with what its field declares: what it says, what it names, what it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from danvan_cli.models.base import Item, Refers, Says, models_in
from danvan_cli.nodes import Text
from danvan_cli.passage import Role


class _Marks(NamedTuple):
    """What a field declares of the texts in it; of a mapping also of its keys and its values."""

    says: Says | None = None
    refers: Refers | None = None
    key: _Marks | None = None
    value: _Marks | None = None


class Declared(NamedTuple):
    """A text of a value and what its field declares of it.

    `role` is None for what is not printed, `refers` for what names nothing. `subject` is
    `<ma>.<truong>`, of what is inside a document `<văn bản>.<ma>.<truong>`. `owner` is the item
    that has the text, `piece` says that it is a part of a sentence.
    """

    text: Text
    subject: str
    owner: Item
    role: Role | None = None
    refers: Refers | None = None
    piece: bool = False


def declared_texts(
    item: Item, subject: str, *, without: Collection[str] = ()
) -> Iterator[Declared]:
    """The texts of `item` and of everything in it, in the order of the fields.

    `subject` is what it is about itself; the fields in `without` are passed over.
    """
    yield from _Walk(document=subject).item(item, subject, without=without)


@dataclass(frozen=True)
class _Walk:
    """The way down: the document one is inside of, and the role that a field above gives."""

    document: str
    role: Role | None = None
    instead: bool = False
    """Whether that role stands for what the texts below declare themselves."""

    def item(
        self, item: Item, subject: str, field: str = "", without: Collection[str] = ()
    ) -> Iterator[Declared]:
        """The texts of `item`; where it stands for a field, `field` is that."""
        for name, marks in _fields(type(item)):
            if name in without:
                continue
            about = field or name
            if marks.says is not None and marks.says.piece:
                about = f"{field or marks.says.role}.{name}"
            value = getattr(item, name, None)
            if value:
                yield from self._value(value, marks, item, subject, about)

    def _value(
        self, value: Any, marks: _Marks, owner: Item, subject: str, field: str
    ) -> Iterator[Declared]:
        if isinstance(value, Text):
            at = f"{subject}.{field}" if subject else field
            piece = marks.says is not None and marks.says.piece
            yield Declared(value, at, owner, self._role(marks.says), marks.refers, piece)
        elif isinstance(value, Item):
            yield from self._inside(value, marks.says, subject, field)
        elif isinstance(value, tuple):
            for member in value:
                yield from self._value(member, marks, owner, subject, field)
        elif isinstance(value, dict):
            of_key, of_value = marks.key or _Marks(), marks.value or _Marks()
            alone = of_value.says is not None and of_value.says.piece
            for key, member in value.items():
                yield from self._value(key, of_key, owner, subject, field)
                about, of = subject, field
                if isinstance(member, Item) and not member.STANDS_FOR_FIELD:
                    about = f"{self.document}.{key}"
                elif isinstance(member, Text | dict) and not alone:
                    of = f"{field}.{key}"
                yield from self._value(member, of_value, owner, about, of)

    def _role(self, says: Says | None) -> Role | None:
        if says is None:
            return None
        return self.role if self.instead or says.role is None else says.role

    def _inside(
        self, item: Item, says: Says | None, subject: str, field: str
    ) -> Iterator[Declared]:
        if item.STANDS_FOR_FIELD:
            role = self._role(says)
            yield from _Walk(self.document, role).item(item, subject, field)
            return
        way = self
        if says is not None:
            way = _Walk(self.document, says.role, instead=True)
        ma = getattr(item, "ma", None)
        if ma is not None:
            subject = f"{self.document}.{ma}" if item.IN_DOCUMENT else str(ma)
        yield from way.item(item, subject)


@cache
def _fields(model: type[Item]) -> tuple[tuple[str, _Marks], ...]:
    declared = (
        (name, _declared(info.annotation, info.metadata), info.annotation)
        for name, info in model.model_fields.items()
    )
    return tuple(
        (name, marks) for name, marks, kind in declared if marks != _Marks() or models_in(kind)
    )


def _declared(annotation: Any, metadata: Collection[Any] = ()) -> _Marks:
    """What an annotation declares; inside a model it is that model's fields that declare."""
    if get_origin(annotation) is dict:
        of_key, of_value = (_declared(one) for one in get_args(annotation))
        return of_value._replace(key=of_key, value=of_value)
    found = [m for m in metadata if isinstance(m, Says | Refers)]
    todo = [annotation]
    while todo:
        one = todo.pop(0)
        found += [m for m in getattr(one, "__metadata__", ()) if isinstance(m, Says | Refers)]
        todo += [arg for arg in get_args(one) if not isinstance(arg, str | Says | Refers)]
    says = next((m for m in found if isinstance(m, Says)), None)
    refers = next((m for m in found if isinstance(m, Refers)), None)
    return _Marks(says, refers)
