"""Styles as they take effect: document defaults, tables, paragraphs, characters, numbering.

The order in which they are laid over each other is that of ECMA-376 part 1, 17.7.2; a chain of
`basedOn` that comes back to itself ends there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from lxml import etree

from danvan_cli.word.layout.properties import (
    TOGGLES,
    Properties,
    is_on,
    paragraph_properties,
    run_properties,
    value,
)
from danvan_cli.word.layout.values import Align, Letters, Shape
from danvan_cli.word.names import W

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LONGEST_CHAIN = 50
_LEVELS = 9
Set = tuple[Properties, Properties]
"""What a style sets: of paragraphs, of letters."""


class StylesInEffect:
    """The styles, theme and numbering of a file; asked for what takes effect."""

    def __init__(
        self,
        styles: etree._Element | None,
        theme: etree._Element | None,
        numbering: etree._Element | None,
    ) -> None:
        self._theme = _theme_fonts(theme)
        self.elements: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._known: dict[str, Set] = {}
        self.names: dict[str, str] = {}
        self.base: Set = ({}, {})
        if styles is not None:
            self._read(styles)
        self._levels = _levels(numbering)
        self._shapes: dict[tuple[object, ...], tuple[Shape, str]] = {}
        self._letters: dict[tuple[object, ...], Properties] = {}

    def _read(self, root: etree._Element) -> None:
        for style in root.iterfind(f"{W}style"):
            ident = value(style, "styleId")
            self.elements.setdefault(ident, style)
            self.names[ident] = value(style.find(f"{W}name"))
            if value(style, "default") not in ("", "0", "false"):
                self._defaults.setdefault(value(style, "type"), ident)
        paragraphs = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        letters = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.base = (paragraph_properties(paragraphs), self.run(letters))

    def run(self, element: etree._Element | None) -> Properties:
        """What an rPr sets."""
        return run_properties(element, self._font)

    def _font(self, name: str) -> str:
        return self._theme.get(name[:5].lower(), "") if name else ""

    def usual(self, kind: str) -> str:
        """The style of what is given none, of paragraphs, characters or tables; "" for none."""
        return self._defaults.get(kind, "")

    def style(self, ident: str) -> Set:
        """What the style `ident` sets, those it is based on below."""
        if ident not in self._known:
            self._known[ident] = self._chain(ident)
        return self._known[ident]

    def _chain(self, ident: str) -> Set:
        chain: list[etree._Element] = []
        seen: set[str] = set()
        while ident in self.elements and ident not in seen and len(chain) < _LONGEST_CHAIN:
            seen.add(ident)
            chain.append(self.elements[ident])
            ident = value(chain[-1].find(f"{W}basedOn"))
        paragraph: Properties = {}
        letters: Properties = {}
        for style in reversed(chain):
            paragraph |= paragraph_properties(style.find(f"{W}pPr"))
            letters |= self.run(style.find(f"{W}rPr"))
        return paragraph, letters

    def of_paragraph(self, direct: Properties, table: str | None) -> tuple[Properties, str]:
        """What takes effect on a paragraph with `direct` properties, and the style it has.

        `table` is the style of the table it stands in, "" for one without, None outside tables.
        """
        ident = str(direct.get("pStyle", "")) or self.usual("paragraph")
        own = self.style(ident)[0]
        below = dict(self.base[0])
        if table is not None:
            below |= self.style(table or self.usual("table"))[0]
        if "numId" in direct:
            return below | own | self._numbered(own | direct) | direct, ident
        return below | self._numbered(own) | own | direct, ident

    def _numbered(self, given: Properties) -> Properties:
        return self._levels.get((str(given.get("numId", "")), str(given.get("ilvl", "0"))), {})

    def shape(self, direct: Properties, table: str | None) -> tuple[Shape, str]:
        """The shape of a paragraph with `direct` properties, and the style it has.

        Found once for all paragraphs alike: a document has few.
        """
        key = (frozenset(direct.items()), table)
        if key not in self._shapes:
            given, style = self.of_paragraph(direct, table)
            self._shapes[key] = (shape_of(given, self.names.get(style, style)), style)
        return self._shapes[key]

    def of_run(self, direct: Properties, paragraph: str, table: str | None) -> Properties:
        """What takes effect on a run with `direct` properties in a paragraph of that style."""
        key = (frozenset(direct.items()), paragraph, table)
        if key not in self._letters:
            self._letters[key] = self._of_run(direct, paragraph, table)
        return self._letters[key]

    def _of_run(self, direct: Properties, paragraph: str, table: str | None) -> Properties:
        kinds = [self.style(paragraph)[1]]
        if table is not None:
            kinds.insert(0, self.style(table or self.usual("table"))[1])
        character = str(direct.get("rStyle", "")) or self.usual("character")
        if character:
            kinds.append(self.style(character)[1])
        made = dict(self.base[1])
        for kind in kinds:
            made |= kind
        for name in TOGGLES:
            switched = sum(bool(kind.get(name)) for kind in kinds) % 2 == 1
            made[name] = switched or bool(self.base[1].get(name))
        return made | direct


def letters_of(given: Properties, *, vietnamese: bool) -> Letters:
    """The look of letters with the properties `given`.

    Word takes the font of ASCII letters from one attribute, that of Vietnamese ones from another.
    """
    font = given.get("hAnsi" if vietnamese else "ascii") or "Times New Roman"
    size = given.get("sz", 10.0)
    return Letters(
        font=str(font),
        size=float(str(size)),
        bold=bool(given.get("b")),
        italic=bool(given.get("i")),
        caps=bool(given.get("caps")),
        underlined=str(given.get("u", "none")) not in ("", "none"),
        hidden=bool(given.get("vanish")),
        raised=str(given.get("vertAlign", "")) in ("superscript", "subscript"),
        colour=str(given.get("color", "")),
    )


def shape_of(given: Properties, style: str) -> Shape:
    """The shape of a paragraph with the properties `given` and a style of that name."""
    number = partial(_number, given)
    line = given.get("line", 1.0)
    aligns: dict[str, Align] = {"giua": "giua", "deu": "deu", "phai": "phai"}
    tabs = given.get("tabs", ())
    return Shape(
        align=aligns.get(str(given.get("align")), "trai"),
        before=14.0 if given.get("beforeAuto") else number("before"),
        after=14.0 if given.get("afterAuto") else number("after"),
        line=float(str(line)) if line is not None else None,
        height=number("height") if line is None else 0.0,
        at_least=given.get("lineRule") == "atLeast",
        left=number("left"),
        right=number("right"),
        first=number("first"),
        contextual=bool(given.get("contextual")),
        style=style,
        tabs=tabs if isinstance(tabs, tuple) else (),
        numbering=str(given.get("numFmt", "")) if given.get("numId", "0") != "0" else "",
        bordered=bool(given.get("border.top")) or bool(given.get("border.bottom")),
    )


def _number(given: Properties, name: str) -> float:
    found = given.get(name)
    return found if isinstance(found, float) else 0.0


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    """The fonts that "majorHAnsi", "minorAscii" and the like stand for, by "major" and "minor"."""
    made: dict[str, str] = {}
    for name in ("major", "minor"):
        font = None if theme is None else theme.find(f".//{_A}{name}Font/{_A}latin")
        if font is not None:
            made[name] = font.get("typeface", "")
    return made


def _levels(root: etree._Element | None) -> dict[tuple[str, str], Properties]:
    """What each level of each list sets on its paragraphs, and the form of its number."""
    if root is None:
        return {}
    abstract = {value(e, "abstractNumId"): e for e in root.iterfind(f"{W}abstractNum")}
    made: dict[tuple[str, str], Properties] = {}
    for num in root.iterfind(f"{W}num"):
        source = abstract.get(value(num.find(f"{W}abstractNumId")))
        ident = value(num, "numId")
        overrides = num.iterfind(f"{W}lvlOverride/{W}lvl")
        levels: Iterable[etree._Element] = () if source is None else source.iterfind(f"{W}lvl")
        for level in (*list(levels)[:_LEVELS], *list(overrides)[:_LEVELS]):
            given = paragraph_properties(level.find(f"{W}pPr"))
            given["numFmt"] = value(level.find(f"{W}numFmt"), default="decimal")
            made[ident, value(level, "ilvl", "0")] = given
    return made


def switched_on(root: etree._Element | None, name: str) -> bool:
    """Whether the settings `root` switch `name` on."""
    return root is not None and is_on(root.find(f".//{W}{name}"))
