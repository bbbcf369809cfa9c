"""A finished document as readable text: what stands where, in which style."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tests.render.word_files import W, parts_of, text_of

_NOTE, _CELL = f"{W}footnoteReference", f"{W}tc"
EMPTY = ("Sau bảng", "Đường kẻ ngắn", "Đường kẻ dài")


def outline(data: bytes) -> str:
    """The header, the body block by block, then the footnotes.

    A paragraph is `[its style] its text`, a table a line a row, its cells between bars.
    """
    parts = parts_of(data)
    styles = _styles(parts)
    lines: list[str] = []
    for name in sorted(n for n in parts if n.startswith("word/header")):
        root = etree.fromstring(parts[name])
        lines += [f"(đầu trang) {line}" for p in root.iter(f"{W}p") if (line := _shown(p))]
    body = etree.fromstring(parts["word/document.xml"]).find(f"{W}body")
    assert body is not None
    for block in body:
        if block.tag == f"{W}p":
            lines.append(f"[{_style(block, styles)}] {_shown(block)}")
        elif block.tag == f"{W}tbl":
            lines += ["(bảng)", *_rows(block), "(hết bảng)"]
    lines += _notes(parts)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def body_texts(data: bytes) -> list[tuple[str, bool]]:
    """The text of each paragraph of the body, and whether it may be empty.

    That is one in a table, the one that Word wants after a table, or a drawn line.
    """
    parts = parts_of(data)
    styles = _styles(parts)
    root = etree.fromstring(parts["word/document.xml"])
    return [
        (text_of(p), _style(p, styles) in EMPTY or any(True for _ in p.iterancestors(_CELL)))
        for p in root.iter(f"{W}p")
    ]


def words(data: bytes) -> str:
    """All that can be read in the document: body, header, footnotes, properties."""
    parts = parts_of(data)
    names = [n for n in parts if n.startswith(("word/document", "word/header", "word/foot"))]
    names += [n for n in parts if n.startswith("docProps/")]
    roots = [etree.fromstring(parts[n]) for n in names]
    return "\n".join(text_of(p) for root in roots for p in root.iter(f"{W}p")) + "\n".join(
        str(t) for root in roots for t in root.itertext() if "docProps" in str(root.tag)
    )


def _styles(parts: dict[str, bytes]) -> dict[str, str]:
    root = etree.fromstring(parts["word/styles.xml"])
    made = {}
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            made[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "")
    return made


def _style(paragraph: etree._Element, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return styles[style.get(f"{W}val", "")] if style is not None else ""


def _shown(paragraph: etree._Element) -> str:
    marks = "".join(f" [^{note.get(f'{W}id')}]" for note in paragraph.iter(_NOTE))
    return text_of(paragraph).replace("\n", " ⏎ ").replace("\t", " ⇥ ") + marks


def _rows(table: etree._Element) -> Iterator[str]:
    for row in table.iterchildren(f"{W}tr"):
        cells = [
            " / ".join(_shown(p) for p in cell.iterchildren(f"{W}p"))
            for cell in row.iterchildren(f"{W}tc")
        ]
        head = row.find(f"{W}trPr/{W}tblHeader") is not None
        yield f"{'=' if head else '-'} " + " | ".join(cells)


def _notes(parts: dict[str, bytes]) -> Iterator[str]:
    data = parts.get("word/footnotes.xml")
    if data is None:
        return
    for note in etree.fromstring(data).iter(f"{W}footnote"):
        if note.get(f"{W}type") is None:
            for paragraph in note.iter(f"{W}p"):
                yield f"[^{note.get(f'{W}id')}] {_shown(paragraph)}"
