"""A file edited by hand and the paper as danvan makes it now, to one file."""

from __future__ import annotations

from dataclasses import dataclass

from danvan_cli.text import breakable
from danvan_cli.word.comments import add_comments
from danvan_cli.word.names import W
from danvan_cli.word.pack import MADE, kept_part
from danvan_cli.word.package import (
    main_part,
    parse_xml,
    read_package,
    write_package,
    xml_bytes,
)
from danvan_cli.word.properties import own_properties, take_properties
from danvan_cli.word.renewal.graft import Grafter
from danvan_cli.word.renewal.merge import Conflict, Merge, listed


@dataclass(frozen=True)
class Words:
    """What is said to a person in a comment: danvan's words beside hers, or beside nothing."""

    changed: str
    left_out: str
    deleted: str

    def of(self, conflict: Conflict) -> str:
        """The comment for `conflict`."""
        if not conflict.theirs:
            return self.left_out
        pattern = self.changed if conflict.mine else self.deleted
        return pattern.format(breakable(conflict.theirs))


@dataclass(frozen=True)
class Renewed:
    """A paper made new round what a person wrote.

    `renewed` are the words that danvan changed, `kept` the person's, `conflicts` the comments
    where both changed the same.
    """

    data: bytes
    renewed: tuple[str, ...]
    kept: tuple[str, ...]
    conflicts: tuple[str, ...]


def renewed(edited: bytes, new: bytes, words: Words) -> Renewed | None:
    """The file `edited` with what danvan changed since; `new` is the paper as it makes it now.

    None where `edited` does not tell what danvan had made, so that nobody knows who wrote what.

    Raises:
        PackageError: one of them is no readable .docx.
    """
    parts, fresh = read_package(edited), read_package(new)
    kept = kept_part(own_properties(parts))
    if kept is None:
        return None
    main, new_main = main_part(parts), main_part(fresh)
    base = parse_xml(main, kept)
    mine, theirs = parse_xml(main, parts[main]), parse_xml(new_main, fresh[new_main])
    bodies = [root.find(f"{W}body") for root in (base, mine, theirs)]
    grafter = Grafter(parts, main, mine, fresh, new_main)
    merge = Merge(grafter.graft)
    if bodies[0] is not None and bodies[1] is not None and bodies[2] is not None:
        merge.containers(bodies[0], bodies[1], bodies[2])
    grafter.finish()
    notes = [(c.paragraph, words.of(c)) for c in merge.conflicts]
    add_comments(parts, main, notes)
    parts[main] = xml_bytes(mine)
    take_properties(parts, fresh, MADE)
    return Renewed(
        write_package(parts), listed(merge.renewed), listed(merge.kept), listed(t for _, t in notes)
    )
