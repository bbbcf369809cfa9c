"""The XML names of WordprocessingML, said once."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of a document's elements and attributes, as lxml writes it before a name."""
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What older programs read in place of a drawing: the same words a second time."""
