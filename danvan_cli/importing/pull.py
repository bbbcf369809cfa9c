"""A paper edited by hand: what the person changed, as changes of the unit's file.

A paper keeps what danvan printed into it, so what the person changed is known; that is done to
the paper as danvan makes it today. Both are imported; where the two imports differ, the person
wrote. What no change of a unit's file can express is found by making the paper again from the
changed file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz import fuzz

from danvan_cli.findings import Finding
from danvan_cli.importing.agencies import Data, mapping
from danvan_cli.importing.unit import UnitImport, import_unit
from danvan_cli.importing.words import bare_wording
from danvan_cli.importing.written import (
    GONE,
    FileChange,
    file_changes,
    renamed,
    with_changes,
    words_of,
)
from danvan_cli.load.fields import read_model
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import DocumentChange, Profile
from danvan_cli.nodes import Text
from danvan_cli.reading.document import Document
from danvan_cli.reading.lines import word_lines
from danvan_cli.reading.reader import document_in
from danvan_cli.render.documents import LEFT_BLANK, documents_of
from danvan_cli.text import fold
from danvan_cli.word.package import PackageError
from danvan_cli.word.renewal.renew import CommentWords, Renewed, renewed

_LIKE = 50
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)*[.)]?|[a-zđ]\)?|[IVXL]+\.|Điều \d+\.)(?:\s+|$)")
_SAME_ENTRY = ("hop_nhat", "bo_sung")
_BOTH = CommentWords(
    changed="hồ sơ nay cho “{}”.",
    left_out="hồ sơ nay không còn đoạn đã sửa tay.",
    deleted="văn bản đã bỏ, hồ sơ nay cho “{}”.",
)


@dataclass(frozen=True)
class Pulled:
    """What a person's edits come to.

    `text` is the unit's file with `changes` made; `missing` are lines of the paper that the
    changed file does not give back, `extra` lines that it gives and the paper does not have,
    `moved` lines that both have, and not in the same order. `both` tells of places that the unit's
    file has changed too since the paper was made.
    """

    changes: tuple[FileChange, ...]
    text: str
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    both: tuple[str, ...] = ()


@dataclass(frozen=True)
class TwiceRead:
    """A paper read twice: as a document and as its bare lines; `word` are the bytes of a .docx."""

    document: Document
    lines: tuple[str, ...]
    word: bytes = b""

    @classmethod
    def of_word(cls, data: bytes, name: str) -> TwiceRead:
        """The .docx in `data`, called `name`.

        Raises:
            PackageError: it is no readable .docx.
        """
        return cls(document_in(data, name), word_lines(data), data)


def pull(edited: TwiceRead, locality: Locality, text: str, kind: str, templates: Path) -> Pulled:
    """What `edited`, a paper of `kind`, changes in the unit's file `text` that `locality` is of.

    Of a paper that does not keep what danvan printed, a blank number, date or signer is no edit:
    it may be older than these.

    Raises:
        TemplateError: the paper cannot be made from the unit's file.
    """
    made = _made(locality, kind, templates)
    renewal = _renewed(edited.word, made.word)
    known = text
    if renewal is not None:
        edited = TwiceRead.of_word(renewal.data, str(edited.document.path))
    after = _imported(edited, locality)
    if renewal is None and (blanks := _blanks(after.profile, locality.profile, kind)):
        known = with_changes(text, blanks)
        locality = _locality(known, locality)[0] or locality
        made = _made(locality, kind, templates)
    before = _imported(made, locality)
    own = _own_names(before.profile, locality)
    old = renamed(before.profile, own)
    new = renamed(_as_named(after.profile, before.profile), own)
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    changes = file_changes(old, new)
    again, findings = _again(with_changes(known, changes), locality, kind, templates)
    wanted, given = tuple(compared_lines(edited.lines)), tuple(compared_lines(again))
    one, other = Counter(wanted), Counter(given)
    return Pulled(
        changes,
        with_changes(text, changes) if changes else text,
        tuple((one - other).elements()),
        tuple((other - one).elements()),
        _moved(wanted, given),
        findings,
        renewal.conflicts if renewal is not None else (),
    )


def _renewed(edited: bytes, now: bytes) -> Renewed | None:
    """What the person did to `edited`, done to the paper `now`; None where nobody can tell."""
    try:
        return renewed(edited, now, _BOTH) if edited else None
    except PackageError:
        # It was read before: what is damaged is what it keeps of danvan's words.
        return None


def _blanks(after: Data, profile: Profile, kind: str) -> tuple[FileChange, ...]:
    """What makes the file silent of its number, date and signer where the paper is."""
    document = profile.van_ban.get(Text(kind), DocumentChange())
    printed = mapping(mapping(after.get("van_ban")).get(kind))
    made = [
        FileChange(("van_ban", kind, name), GONE)
        for name in ("so_hieu", "ngay")
        if getattr(document, name) is not None and name not in printed
    ]
    signer = document.nguoi_ky or profile.nguoi_ky
    if signer is not None and after["nguoi_ky"] == LEFT_BLANK:
        blank: Data = {"ho_ten": str(LEFT_BLANK)}
        if signer.chuc_vu is not None:
            blank["chuc_vu"] = str(signer.chuc_vu)
        own = ("van_ban", kind) if document.nguoi_ky is not None else ()
        made.append(FileChange((*own, "nguoi_ky"), blank))
    return tuple(made)


def _made(locality: Locality, kind: str, templates: Path) -> TwiceRead:
    documents, _ = documents_of(locality, localize(locality), [kind])
    data = next(d for d in documents if d.kind == kind).rendered(templates)
    return TwiceRead.of_word(data, f"{kind}.docx")


def _imported(paper: TwiceRead, locality: Locality) -> UnitImport:
    return import_unit(
        paper.document, paper.lines, locality.catalogue, locality.unit, whole_lists=True
    )


def _locality(text: str, locality: Locality) -> tuple[Locality | None, tuple[Finding, ...]]:
    """The unit of `locality` with the file `text`, and what is at fault in that file."""
    node, unread = read_yaml(text, "")
    profile, faults = read_model(Profile, node, "")
    findings = unread + faults
    if profile is None:
        return None, findings
    return Locality.of(locality.catalogue, locality.unit, profile), findings


def _again(
    text: str, locality: Locality, kind: str, templates: Path
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The lines of the paper as the changed file makes it, and what is at fault in that file."""
    changed, findings = _locality(text, locality)
    if changed is None:
        return (), findings
    programme = localize(changed)
    return _made(changed, kind, templates).lines, (*findings, *programme.findings)


def _moved(wanted: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    """The lines of `wanted` that stand elsewhere among those of `given`."""
    one = [line for line in wanted if line in set(given)]
    other = [line for line in given if line in set(wanted)]
    if one == other:
        return ()
    matcher = SequenceMatcher(None, other, one, autojunk=False)
    codes = matcher.get_opcodes()
    moved = (one[c:d] for tag, _, _, c, d in codes if tag in ("insert", "replace"))
    return tuple(dict.fromkeys(line for part in moved for line in part))


def compared_lines(lines: Iterable[str]) -> Iterator[str]:
    """`lines` as they compare; the numbers of pages, rows and paragraphs are danvan's own."""
    bare = (_unnumbered(bare_wording(line)) for line in lines)
    return (line for line in bare if any(char.isalpha() for char in line))


def _unnumbered(line: str) -> str:
    number = _NUMBER.match(line)
    return line[number.end() :] if number else line


def _own_names(before: Data, locality: Locality) -> dict[str, str]:
    """The ids the unit's file gives its own tasks and blocks, by those an import makes for them."""
    profile = locality.profile
    names: dict[str, str] = {}
    merged = {frozenset(map(str, order.tu)): str(order.ma) for order in profile.hop_nhat}
    for entry in _entries(before, "hop_nhat"):
        sources = entry["tu"]
        assert isinstance(sources, list)
        own = merged.get(frozenset(map(str, sources)))
        if own is not None:
            names[str(entry["ma"])] = own
    added = {str(order.ma): str(order.noi_dung) for order in profile.bo_sung}
    programme = {task.ma: str(task.noi_dung) for task in localize(locality).tasks}
    for entry in _entries(before, "bo_sung"):
        texts = {ma: programme.get(ma, text) for ma, text in added.items()}
        near = _nearest(str(entry["noi_dung"]), texts)
        if near is not None:
            names[str(entry["ma"])] = near
    for kind, change in profile.van_ban.items():
        known = {
            words_of({"khoi": {"chu": str(getattr(order.khoi, name))}}): str(order.khoi.ma)
            for order in change.them
            for name in ("doan", "gach", "cong", "khoan", "diem", "tieu_de")
            if getattr(order.khoi, name) is not None
        }
        for order in _blocks(before, str(kind)):
            near = _nearest(words_of(order), {ma: words for words, ma in known.items()})
            block = order["khoi"]
            if near is not None and isinstance(block, dict):
                names[str(block["ma"])] = near
    return names


def _as_named(after: Data, before: Data) -> Data:
    """`after` with the ids that `before` has for the same tasks of the unit's own."""
    names: dict[str, str] = {}
    for name in _SAME_ENTRY:
        texts = {str(e["ma"]): str(e.get("noi_dung", "")) for e in _entries(before, name)}
        for entry in _entries(after, name):
            near = _nearest(str(entry.get("noi_dung", "")), texts)
            if near is not None:
                names[str(entry["ma"])] = near
                del texts[near]
    made = renamed(after, names)
    assert isinstance(made, dict)
    return made


def _entries(data: Mapping[str, object], name: str) -> list[Data]:
    entries = data.get(name, [])
    return entries if isinstance(entries, list) else []


def _blocks(data: Mapping[str, object], kind: str) -> list[Data]:
    documents = data.get("van_ban", {})
    document = documents.get(kind, {}) if isinstance(documents, dict) else {}
    return _entries(document, "them") if isinstance(document, dict) else []


def _nearest(text: str, known: Mapping[str, str]) -> str | None:
    """The id of the text most like `text`, None where none is like it."""
    scores = {ma: fuzz.ratio(fold(text), fold(own)) for ma, own in known.items()}
    best = max(scores, key=lambda ma: scores[ma], default=None)
    return best if best is not None and scores[best] >= _LIKE else None
