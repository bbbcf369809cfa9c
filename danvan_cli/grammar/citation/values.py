"""What reading a citation gives: the citation, its faults, and the parts they are judged by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from danvan_cli.grammar.spans import NO_SPAN, Span


@dataclass(frozen=True)
class CitationFault:
    """A fault of form in a citation, at `start:end` of the text it was found in.

    `suggestion` is the right form of `found`, None where more than one could be meant.
    """

    code: str
    start: int
    end: int
    found: str
    suggestion: str | None
    message: str = ""


@dataclass(frozen=True)
class Places:
    """Where the parts of a citation stand in the text it was found in; empty for what is not there.

    `so` holds the symbol too, `ngay` the figures of the date without the word before them. `ten`
    is a law's name, or a title that follows the citation.
    """

    loai: Span = NO_SPAN
    ten: Span = NO_SPAN
    so: Span = NO_SPAN
    ngay: Span = NO_SPAN
    co_quan: Span = NO_SPAN


@dataclass(frozen=True)
class Citation:
    """A citation of a legal or Party document, at `start:end` of the text it was found in.

    `so` keeps its leading zeros and is None for a law cited by name or a number left blank;
    `kieu` is the form of the number, "nha_nuoc" (33/CT-TTg) or "dang" (23-QĐ/TW), None for the
    old forms that are neither (112-HĐBT). `loi` are serious faults, `luu_y` slight ones.
    `date_in_words` tells "ngày 26 tháng 11 năm 2021" from "ngày 26/11/2021".
    """

    text: str
    start: int
    end: int
    loai: str | None = None
    ten: str | None = None
    so: str | None = None
    nam: str | None = None
    ky_hieu: str | None = None
    kieu: str | None = None
    ngay: date | None = None
    co_quan: str | None = None
    dieu: tuple[str, ...] = ()
    loi: tuple[CitationFault, ...] = ()
    luu_y: tuple[CitationFault, ...] = ()
    places: Places = field(default=Places(), repr=False)
    date_in_words: bool = False


@dataclass(frozen=True)
class Number:
    """The number and symbol of a document where they stand: 10/2022/QH15, 23 -QĐ/TW.

    Spans here and below are of the readable form of the text, see `Readable`.
    `ky_hieu` has look-alike letters set right, `as_written` keeps them. `signs` is the whole with
    its own slashes and hyphens, without spaces.
    """

    span: Span
    so: str | None
    nam: str | None
    separator: str
    ky_hieu: str
    as_written: str = ""
    signs: str = ""

    @property
    def kieu(self) -> str | None:
        """Form of the number: "nha_nuoc", "dang" or None (112-HĐBT, before 1997)."""
        if self.nam or self.separator == "/":
            return "nha_nuoc"
        if "/" in self.ky_hieu:
            return "dang"
        return None if self.separator == "-" else "nha_nuoc"

    @property
    def full_year(self) -> int | None:
        """The year in the number, None where there is none or only two of its figures."""
        return int(self.nam) if self.nam and len(self.nam) > 2 else None

    @property
    def code(self) -> str:
        """The first part of the symbol, where the abbreviation of the kind stands."""
        return re.split("[-/ ]", self.ky_hieu, maxsplit=1)[0]

    @property
    def organ(self) -> str:
        """What follows the abbreviation of the kind; empty where nothing does."""
        return self.ky_hieu[len(self.code) + 1 :]

    @property
    def between(self) -> str:
        """The mark between the abbreviation and the office; empty where there is no office."""
        return self.ky_hieu[len(self.code) : len(self.code) + 1]

    def printed(self, *, ky_hieu: str | None = None, party: bool | None = None) -> str:
        """The number as it should be written, with another symbol or in another form."""
        state = self.kieu == "nha_nuoc" if party is None else not party
        nam = f"/{self.nam}" if self.nam else ""
        return f"{self.so or ''}{nam}{'/' if state else '-'}{ky_hieu or self.ky_hieu}"


@dataclass(frozen=True)
class When:
    """The date of a citation: the whole phrase, its figures, and the day they name, if any."""

    span: Span
    figures: Span | None
    ngay: date | None
    swapped: date | None = None
    comma: Span | None = None
    in_words: bool = False
    broken: tuple[tuple[Span, str], ...] = ()


@dataclass(frozen=True)
class CitationParts:
    """A citation taken apart, before it is judged."""

    loai: str | None
    kind: Span | None
    short_kind: bool
    number: Number | None
    when: When | None
    issuer: Span | None
    broken: tuple[tuple[Span, str], ...] = ()
