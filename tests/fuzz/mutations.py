"""Faults put into a sound input at random: of form, of letters, of bytes."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

import yaml

ODD = (
    *(
        "",
        "~",
        "null",
        "[]",
        "{}",
        "[[]]",
        "{a: b}",
        "- a",
        "a: b",
        "|",
        "? a",
        "*a",
        "&a b",
        "!!int 3",
    ),
    *(
        "...",
        "日本",
        "😀",
        "x(ã",
        "[a-z",
        "\\",
        "a\\b",
        "%s %d",
        "{}",
        "{0}",
        "{loai}",
        "{loai",
        "{{ a }}",
    ),
    *("{co_quan.ubnd}", "{nam", "../../x", "/etc/passwd", "C:\\x", "con", "nul", "a/b", "."),
    *(
        "0",
        "-1",
        "1e400",
        "99999999999999999999",
        "3.10",
        "0x10",
        "NaN",
        "no",
        "true",
        "2026-01-01",
    ),
    *(
        "30/02/2027",
        "31/6/2027",
        "Quý V/2027",
        "Năm 2026",
        "Trước ngày 01/01/0001",
        "ngày 32/13/99999",
    ),
    *(
        "Quý I/2027",
        "hằng tháng, trước ngày",
        "Quyết định số 0/QĐ-UBND ngày 30/02/2027 của UBND xã",
    ),
    *(
        "\u200b",
        "a\u0301\u0301\u0301",
        "Đ\u1ed3ng",
        "\ufeff",
        "\u202e",
        "I" * 40,
        "(" * 60,
        "a" * 5_000,
    ),
    *(
        "xa",
        "phuong",
        "thanh_pho",
        "doi-thoai",
        "ubnd",
        "so-noi-vu",
        "dong-xuan",
        "Sở Nội vụ, " * 30,
    ),
)
LETTERS = (
    "aáàảãạăâđêôơưỳĐỒNG I.,;:()[]{}“”\"'-–—/\\\t\n\r 0123456789%#&*!|>?@`~<>=+_\u0301\u200b\ufeff"
)


def odd(random: Random) -> str:
    """A text few would write."""
    return random.choice(ODD)


def in_yaml(text: str, random: Random) -> str:
    """`text` with one to three faults, most of them of a node, some of letters."""
    if random.random() < 0.02:
        return _swollen(text, random)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        text = _of_letters(text, random) if random.random() < 0.25 else _of_node(text, random)
    return text


def in_text(text: str, random: Random) -> str:
    """`text` with some letters or words changed."""
    if random.random() < 0.02:
        return _swollen(text, random)
    for _ in range(random.randint(1, 4)):
        text = _of_letters(text, random)
    return text


def in_bytes(data: bytes, random: Random) -> bytes:
    """`data` with a few bytes changed, cut or doubled."""
    made = bytearray(data)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(made) + 1)
        end = min(len(made), at + random.choice((1, 1, 4, 60)))
        new = random.choice((b"", bytes([random.randrange(256)]), bytes(made[at:end]) * 2))
        made[at:end] = new
    return bytes(made)


def in_package(parts: dict[str, bytes], random: Random) -> bytes:
    """A .docx of `parts` with a fault in one of them, or in the package itself."""
    parts = dict(parts)
    name = random.choice([n for n in parts if n.endswith((".xml", ".rels"))])
    kind = random.random()
    if kind < 0.75:
        parts[name] = _of_xml(parts[name].decode(), random).encode("utf-8", "surrogatepass")
    elif kind < 0.85:
        parts[name] = in_bytes(parts[name], random)
    elif kind < 0.92:
        del parts[name]
    data = zipped(parts, random)
    return in_bytes(data, random) if kind >= 0.96 else data


def zipped(parts: dict[str, bytes], random: Random) -> bytes:
    """`parts` as a zip file of a method picked at random."""
    return packed(
        parts, random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA))
    )


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """`parts` as a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _swollen(text: str, random: Random) -> str:
    """`text` with a piece of it repeated until it is as long as few would write."""
    at = random.randrange(len(text) + 1)
    piece = text[at : at + random.choice((1, 2, 7, 30, 200))] or " "
    return text[:at] + piece * (random.choice((3_000, 30_000)) // len(piece)) + text[at:]


def _of_letters(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    end = min(len(text), at + random.choice((0, 1, 1, 3, 12, 80)))
    other = random.randrange(len(text) + 1)
    new = random.choice(
        (
            "",
            random.choice(LETTERS),
            odd(random),
            text[at:end] * random.choice((2, 3, 40)),
            text[other : other + random.choice((5, 40))],
        )
    )
    return text[:at] + new + text[end:]


def _of_node(text: str, random: Random) -> str:
    """`text` with one node replaced, emptied, left out, doubled or renamed."""
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        return _of_letters(text, random)
    pairs = _pairs(root) if root is not None else []
    if not pairs:
        return _of_letters(text, random)
    key, value = random.choice(pairs)
    start, end = value.start_mark.index, value.end_mark.index
    tail = "\n" if text[start:end].endswith("\n") else ""
    kind = random.random()
    if kind < 0.5:
        new = odd(random)
        if random.random() < 0.5:
            new = '"' + new.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return text[:start] + new + tail + text[end:]
    if kind < 0.65:
        _, other = random.choice(pairs)
        new = text[other.start_mark.index : other.end_mark.index].strip()
        return text[:start] + new.replace("\n", " ") + tail + text[end:]
    begin = key.start_mark.index if key is not None else start
    if kind < 0.85:
        return text[:begin] + text[end:]
    if kind < 0.93 and key is not None:
        return text[:begin] + odd(random) + text[key.end_mark.index :]
    return text[:end] + text[begin:end] + text[end:]


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node | None, yaml.Node]]:
    made: list[tuple[yaml.Node | None, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            made += [(key, value), *_pairs(value)]
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            made += [(None, value), *_pairs(value)]
    return made


def _of_xml(text: str, random: Random) -> str:
    """`text` with an element dropped, doubled or wrapped, an attribute or a text changed."""
    if random.random() < 0.02:
        runs = list(re.finditer(r"<(w:p|w:tr|w:r|w:tc|w:tbl)[ >].*?</\1>|>([^<>]+)<", text, re.S))
        if runs:
            at = random.choice(runs)
            piece = at[2] or at[0]
            where = at.start(2) if at[2] else at.start()
            times = random.choice((10_000, 100_000)) // len(piece)
            return text[:where] + piece * times + text[where:]
    kind = random.random()
    if kind < 0.35:
        found = list(re.finditer(r'"([^"<>]*)"', text))
        new = random.choice(
            ("", "-1", "0", "9" * 5_000, "abc", "٣", "1e9", "../../x", "rId99", "x(ã")
        )
    elif kind < 0.6:
        found = list(re.finditer(r">([^<>]+)<", text))
        new = escaped(odd(random))
    else:
        found = list(re.finditer(r"(<(?:w:)?(\w+)[^<>]*/>|<(?P<tag>w:\w+)[ >][^<>]*>)", text))
        new = random.choice(
            ("", "<w:p/>", "<w:tbl/>", "<w:tr/>", "<w:tc/>", '<w:gridSpan w:val="99999"/>')
        )
    if not found:
        return _of_letters(text, random)
    at = random.choice(found)
    if kind >= 0.6 and random.random() < 0.4:
        new = at[1] * random.choice((2, 30))
    return text[: at.start(1)] + new + text[at.end(1) :]


def escaped(text: str) -> str:
    """`text` as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
