"""What is wrong with a template, in words."""

from __future__ import annotations

from dataclasses import dataclass

from danvan_cli.render.names import names


@dataclass(frozen=True)
class TemplateFault:
    """Something wrong in a template: what, what to do, and where in words.

    `blocks` is False where it only matters for some documents, which say so when they are made;
    `name` is the name that no document has.
    """

    found: str
    remedy: str = ""
    where: str = ""
    blocks: bool = True
    name: str = ""

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.found}{place}."


def missing_fault(path: str) -> TemplateFault:
    """What is said of a name that is made and not printed."""
    name = next((n for n in names() if n.path == path), None)
    meaning = f" ({name.meaning})" if name is not None and name.meaning else ""
    return TemplateFault(
        f"mẫu không in {{{{ {path} }}}}{meaning}",
        f"Thêm thẻ ấy; nếu cố ý không in thì ghi {{# không in: {path} #}} vào mẫu.",
        blocks=False,
    )
