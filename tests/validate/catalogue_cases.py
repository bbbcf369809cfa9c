"""The small catalogue with some of its words changed."""

from pathlib import Path
from shutil import copytree

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from tests.validate.passages import SMALL


def edited(folder: Path, edits: list[tuple[str, str, str]]) -> Path:
    """A copy of the small catalogue in `folder`, each edit (file, old, new) made once."""
    root = folder / "thanh-pho"
    copytree(SMALL, root)
    for name, old, new in edits:
        path = root / name
        text = path.read_text("utf-8")
        assert text.count(old) >= 1, (name, old)
        path.write_text(text.replace(old, new, 1), "utf-8")
    return root


def changed(folder: Path, edits: list[tuple[str, str, str]]) -> Catalogue:
    """The small catalogue with these edits, which leave it sound."""
    catalogue, findings = load_catalogue(edited(folder, edits))
    assert findings == ()
    assert catalogue is not None
    return catalogue
