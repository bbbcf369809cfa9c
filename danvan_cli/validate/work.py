"""A task as rules look at it: what is to be done, who leads, who helps, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danvan_cli.passage import Passage, joined_passages
from danvan_cli.reading.document import TaskRow


@dataclass(frozen=True)
class Work:
    """A task of a document, of the catalogue or of a unit's file; what is not judged is left out."""

    content: Passage | None = None
    leads: tuple[Passage, ...] = ()
    helpers: tuple[Passage, ...] = ()
    deadline: Passage | None = None
    given: tuple[Passage, ...] = ()
    """Those it is given to, where only who and until when is judged."""

    @classmethod
    def of(cls, row: TaskRow) -> Work:
        """The task that a row of a document is."""
        return cls(_whole(row.noi_dung), row.chu_tri, row.phoi_hop, _whole(row.thoi_gian))


def _whole(parts: Sequence[Passage]) -> Passage | None:
    if len(parts) > 1:
        return joined_passages(parts, "\n")
    return parts[0] if parts else None
