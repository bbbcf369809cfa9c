"""How the text form is to look; the other forms take no notice of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """Whether to colour, to show source lines, to tell all that is excused; how wide a line may be."""

    colour: bool = False
    snippets: bool = False
    excused: bool = False
    width: int = 100


PLAIN = Look()
