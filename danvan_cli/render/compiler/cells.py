"""Cells that show one field of a row: told once from their programs, printed without them."""

from __future__ import annotations

from danvan_cli.render.looks import PlainCell, Program


def plain_cell(program: Program) -> PlainCell | None:
    """The cell that `program` prints where it is one field of the row and nothing else."""
    match program:
        case (
            (
                "cell",
                (("lines", (what, *path), (str() as start, ("keep", _), str() as middle, *rest)),),
                str() as empty,
            ),
        ):
            marked = len(rest) == 4 and rest[0][0] == "mark"
            inner = rest[1:2] if marked else rest[:1]
            field = path[1] if what == "member" else "noi_dung"
            if rest[-1] != "</w:p>" or len(rest) not in (2, 4) or inner[0][0] != "print":
                return None
            return PlainCell(field, start, middle, inner[0][2], empty, marked, what == "noted")
    return None
