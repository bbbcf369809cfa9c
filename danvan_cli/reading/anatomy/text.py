"""The text of a paper: căn cứ, headings by their numbers, paragraphs, annexes."""

from __future__ import annotations

import re

from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.reading.anatomy.head import as_read, bare_words
from danvan_cli.reading.anatomy.values import PaperPart, PartName
from danvan_cli.word.layout.values import Paragraph

_ANNEX = re.compile(r"phu luc(?: (?:so )?(?:[ivxl]+|\d{1,2}))?[:.]?")
_ATTACHED = re.compile(r"\(?\s*(?:ban hanh )?kem theo ")
_CAN_CU = re.compile(rf"(?i:căn cứ|theo đề nghị|xét (?:đề nghị|{any_of('xet')}))\s")
_ENDS_ITEM = (";", ".", ",")
_ORDER = re.compile(rf"{any_of('lenh', capitals=True)}\s*:")
_ARTICLE = re.compile(r"Điều\s+\d{1,3}\s*[.:]?")
_CHAPTER = re.compile(r"(?:Phần|Chương|PHẦN|CHƯƠNG)\s+(?:[IVXL]+|\d+|thứ \w+)\s*[.:]?$")
_SECTION = re.compile(r"(?P<mark>[IVXL]{1,6})\s*[.)/-]\s*\S")
_CLAUSE = re.compile(r"\d{1,2}\.\s*(?!\d)\S")
_POINT = re.compile(r"[a-zđ]\)\s*\S")
_LONGEST_HEADING = 160
_UNFINISHED = (".", ";", ",", ":", "…", "/")


class TextReader:
    """Takes the paragraphs after the head; `made` are their parts."""

    def __init__(self, *, decision: bool) -> None:
        self.made: list[PaperPart] = []
        self._decision = decision
        self._basis = True
        self._annex = False
        self._titled = False
        self._addressed = False
        self._attached = False

    def annex(self) -> None:
        """What follows is no longer the main text."""
        self._annex = True

    def paragraph(self, paragraph: Paragraph) -> None:
        """Take the next paragraph outside the signature."""
        text = as_read(paragraph.text)
        if not text or paragraph.boxed:
            return
        if paragraph.cell is not None:
            return
        if self._begins_annex(paragraph):
            self._annex, self._titled = True, True
            lines = paragraph.lines
            self.made.append(PaperPart("phu_luc", paragraph, lines[0]))
            self.made += [PaperPart("ten_phu_luc", paragraph, line) for line in lines[1:]]
            return
        self.made.append(PaperPart(self._name(paragraph, text), paragraph, paragraph.whole))

    def _begins_annex(self, paragraph: Paragraph) -> bool:
        lines = paragraph.lines
        return (
            bool(lines)
            and paragraph.shape.align == "giua"
            and bool(_ANNEX.fullmatch(bare_words(lines[0].text)))
        )

    def _name(self, paragraph: Paragraph, text: str) -> PartName:
        centred = paragraph.shape.align == "giua"
        if centred and (self._attached or _ATTACHED.match(bare_words(text))):
            self._titled, self._attached = False, ")" not in text
            return "kem_theo"
        if self._annex:
            if self._titled and centred:
                return "ten_phu_luc"
            self._titled = False
            return "doan_phu_luc"
        return self._main(text, centred=centred)

    def _main(self, text: str, *, centred: bool) -> PartName:
        self._addressed = bare_words(text).startswith("kinh gui") or (
            self._addressed and text.startswith(("-", "–", "+"))
        )
        if self._addressed:
            return "kinh_gui"
        if _ORDER.fullmatch(text):
            self._basis = False
            return "lenh"
        if self._basis and _CAN_CU.match(text) and self._ends(text):
            return "can_cu"
        if _ARTICLE.match(text):
            self._basis = False
            return "dieu"
        if _CHAPTER.match(text) and centred:
            return "phan"
        found = _SECTION.match(text)
        if found and len(text) <= _LONGEST_HEADING and not text.endswith(_UNFINISHED):
            self._basis = False
            return "muc"
        if _CLAUSE.match(text):
            self._basis = False
            return "khoan"
        if _POINT.match(text):
            return "diem"
        if self._basis and not self._decision and not text.startswith("-"):
            self._basis = text.endswith(";")
        return "doan"

    def _ends(self, text: str) -> bool:
        """Whether a basis ends as one: all of a decision's do, of another paper's those with ";"."""
        return text.endswith(_ENDS_ITEM) if self._decision else text.endswith(";")
