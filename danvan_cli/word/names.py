"""The XML names of WordprocessingML, said once."""

from __future__ import annotations

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of a document's elements and attributes, as lxml writes it before a name."""
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What older programs read in place of a drawing: the same words a second time."""

_NUMBER = re.compile("-?[0-9]{1,9}")


def number(element: etree._Element | None, name: str, default: int = 0) -> int:
    """The attribute `name` of `element` as a whole number; `default` where it is none."""
    value = "" if element is None else element.get(f"{W}{name}", "")
    return int(value) if _NUMBER.fullmatch(value) else default
