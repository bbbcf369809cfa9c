"""`danvan render --tat-ca`: the documents of every unit, on all the cores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from danvan_cli.cli.console import note, out, progress
from danvan_cli.cli.papers import code_of, judge_of, papers_for, say, write_pdfs
from danvan_cli.cli.remarks import unanswered_by_all
from danvan_cli.cli.unit import OpenedUnit
from danvan_cli.files import Verdict, Written, make_new, new_folder, portable, write_all
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shown_path
from danvan_cli.localize.locality import Locality
from danvan_cli.parallel import spread

_LEFT = (
    "Giữ nguyên tệp đã sửa tay hoặc làm từ hồ sơ của đơn vị. Làm lại từng đơn vị bằng hồ sơ hoặc"
    " --giu-sua; --force làm lại tất cả, bản đã sửa tay được cất riêng:"
)


@dataclass(frozen=True)
class AllUnits:
    """What to render of each unit of a catalogue, and where to; called with a unit's place in it."""

    catalogue: Catalogue
    templates: Path
    loai: str | None
    folder: Path
    force: bool
    fresh: bool = False
    """Whether the folder is new: nobody has anything in it."""

    def __call__(self, number: int) -> tuple[Written, ...]:
        """The unit's documents rendered and written."""
        unit = self.catalogue.units[number]
        papers = papers_for(OpenedUnit(Locality.of(self.catalogue, unit), None), self.loai)
        folder = self.folder / portable(str(unit.ma))
        files = papers.files(folder, self.templates)
        if self.fresh:
            return make_new(files)
        return write_all(files, judge_of(force=self.force, with_file=False))


def render_all(units: AllUnits, jobs: int, *, pdf: bool = False) -> None:
    """Render and write for all units; say what came of it.

    A folder that is not there yet is there whole in the end, or not at all.
    """
    numbers = range(len(units.catalogue.units))
    fresh = not units.folder.exists()
    with new_folder(units.folder) if fresh else nullcontext(units.folder) as folder:
        work = replace(units, folder=folder, fresh=fresh)
        made = spread(work, numbers, jobs)
        written = [item for items in _shown(made, units.catalogue) for item in items]
    left = [item.path for item in written if item.verdict is Verdict.KEPT]
    out(
        f"{len(numbers)} đơn vị, {len(written)} văn bản trong {shown_path(units.folder)}"
        + (f", giữ nguyên {len(left)} tệp" if left else "")
    )
    for item in written:
        if item.verdict in (Verdict.SET_ASIDE, Verdict.LOCKED):
            say(item)
    if left:
        note(_LEFT)
    for path in left:
        note(f"  {shown_path(path)}")
    localities = (Locality.of(units.catalogue, unit) for unit in units.catalogue.units)
    for line in unanswered_by_all(localities):
        note(line)
    code = code_of(written)
    if pdf:
        # A new folder took its name after the files were made.
        papers = [units.folder / i.path.parent.name / i.path.name for i in written]
        code = max(code, write_pdfs(papers, force=units.force, each=False))
    raise typer.Exit(int(code))


def _shown(
    made: Iterable[tuple[Written, ...]], catalogue: Catalogue
) -> Iterator[tuple[Written, ...]]:
    """`made`, with its progress on a terminal."""
    with progress("Đơn vị", len(catalogue.units)) as said:
        for done, (unit, items) in enumerate(zip(catalogue.units, made, strict=True), start=1):
            said(done, str(unit.ten))
            yield items
