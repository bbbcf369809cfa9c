"""Names of laws in running text, where they end; and where the name of an issuer ends."""

from __future__ import annotations

import re

from danvan_cli.grammar.citation.symbols import BARE, LAWS, PLANS, WITH_YEAR
from danvan_cli.grammar.vocabulary import words_of

_LAW = re.compile(r"(?<!\w)(Bộ [Ll]uật|Luật|Pháp lệnh)(?=\s)")
_WORD = re.compile(r"(?P<gap>\s*,\s*|(?<=\w)\s+|(?<=\w)\s-\s)?(?P<word>[^\W_]+)")
_NAME_WORDS = 30


# Not laws: a school of law, a firm, a trade.
_BEFORE_NO_LAW = frozenset(words_of("truoc_khong_la_luat"))
_AFTER_NO_LAW = frozenset(words_of("sau_khong_la_luat"))
_LOWER_STARTS = frozenset(words_of("dau_ten_luat"))
_STOPS = frozenset(words_of("het_ten_luat"))
_STOP_PAIRS = frozenset(words_of("het_ten_luat_cap"))
# Where a name goes on over a word or a sign that usually ends it: tác hại của thuốc lá, ...
_GOES_ON = frozenset(words_of("ten_luat_con_tiep"))
_AFTER_COMMA = frozenset(words_of("ten_luat_sau_phay"))
_AFTER_AND = frozenset(words_of("ten_luat_sau_va"))
_KIND_STARTS = tuple(sorted(kind.lower() for kind in LAWS | WITH_YEAR | BARE))


def law_heads(plain: str) -> list[tuple[int, int]]:
    """Where "Luật", "Bộ luật" or "Pháp lệnh" stands before what can be its name or number."""
    heads = []
    for found in _LAW.finditer(plain):
        before = re.search(r"(\w+)\s$", plain[max(0, found.start() - 12) : found.start()])
        after = re.match(r"\s+(\w+)", plain[found.end() : found.end() + 16])
        if before and before[1].lower() in _BEFORE_NO_LAW:
            continue
        if after and after[1].lower() not in _AFTER_NO_LAW:
            heads.append((found.start(), found.end()))
    return heads


def law_name_end(plain: str, start: int) -> int | None:
    """Where the name of a law that begins at `start` ends; None where no name begins there."""
    first = _WORD.match(plain, start)
    if first is None or first["gap"] or not first["word"][0].isalpha():
        return None
    amending = re.compile(r"sửa đổi\b", re.IGNORECASE).match(plain, start)
    lower = first["word"].lower()
    if lower == "luật":
        # The one law named after a word for law: Luật Luật sư.
        bar = re.compile(r"luật\s+sư(?!\w)", re.IGNORECASE).match(plain, start)
        return bar.end() if bar else None
    if lower in {"số", "và"} or (lower in _STOPS and first["word"][0].islower()):
        return None
    if first["word"][0].islower() and lower not in _LOWER_STARTS and not amending:
        return None
    return _run(plain, first, amending=bool(amending))


def _run(plain: str, first: re.Match[str], *, amending: bool) -> int:
    end, words = first.end(), [first["word"].lower()]
    while len(words) < _NAME_WORDS:
        found = _WORD.match(plain, end)
        if found is None or not found["gap"] or found["gap"].count("\n") > 1:
            break
        word = found["word"].lower()
        ahead = " ".join(re.findall(r"\w+", plain[found.start() : found.start() + 30])[:2]).lower()
        if not _continues(found, word, words, ahead, amending=amending):
            break
        end = found.end()
        words.append(word)
    return end


# "và An toàn thông tin mạng ngày 22/6/2023": a name in capitals that a date follows.
_NAMED_AND_DATED = re.compile(
    rf"\s+(?!(?:{'|'.join(sorted(LAWS | BARE))})\b)[^\W\d_a-zà-ỹ][^\W\d_]*"
    r"(?:\s+[^\W\d_]+){1,8}?\s+(?:ngày\s+\d|năm\s+(?:19|20)\d\d|số\s+\d+/\d{4}/\w)"
)


def _continues(
    found: re.Match[str], word: str, words: list[str], ahead: str, *, amending: bool
) -> bool:
    """Whether the name goes on with `word`, the name so far being `words`."""
    pair = f"{words[-1]} {word}"
    if word[0].isdigit():
        return False
    if ahead.startswith(_KIND_STARTS) and found["word"][0].isupper():
        return amending and words[-1] == "của"
    if "," in found["gap"]:
        return word in _AFTER_COMMA or ahead in _AFTER_COMMA
    if "-" in found["gap"]:
        return word == "kinh"
    if word == "và":
        following = re.match(r"\s+(\w+(?:\s+\w+)?)", found.string[found.end() : found.end() + 30])
        after = following[1].lower() if following else ""
        if after in _AFTER_AND or after.split(" ")[0] in _AFTER_AND:
            return True
        return _NAMED_AND_DATED.match(found.string, found.end()) is not None
    if ahead in _STOP_PAIRS:
        return False
    if word in _STOPS:
        triple = " ".join([*words[-2:], word])
        return pair in _GOES_ON or triple in _GOES_ON
    return True


_ISSUER_WORD = re.compile(r"(?P<gap>\s*,\s*|\s*&\s*|\s*-\s*|\s*/\s*|\s+)?(?P<word>[^\W_]+\.?)")
_ISSUER_STOPS = frozenset(words_of("het_co_quan"))
_ISSUER_STOP_PAIRS = frozenset(words_of("het_co_quan_cap"))
# What follows these is the office's own name: Ban Chỉ đạo, Cục Quản lý, Vụ Tổ chức.
_OFFICE_HEADS = frozenset(words_of("dau_co_quan"))
_SHORTENED = frozenset(words_of("viet_tat_dia_danh"))
_OTHER_KINDS = tuple(sorted({kind.lower() for kind in LAWS | WITH_YEAR | BARE | PLANS} - {"luật"}))
_OFFICE_LIST = re.compile(r",\s*[A-ZĐÂÊÔƠƯÁÀẢ]\w*(?:\s\w+){0,3}?\svà\s(?!(?:các|những)\b)\w")


def issuer_end(plain: str, start: int) -> int:
    """Where the name of an issuer that begins at `start` ends; `start` where none does."""
    end, last, words = start, "", 0
    while words < 40:
        found = _ISSUER_WORD.match(plain, end)
        if found is None or (end > start and not found["gap"]) or "\n\n" in (found["gap"] or ""):
            break
        word, gap = found["word"].rstrip("."), (found["gap"] or "").strip()
        ahead = " ".join(re.findall(r"\w+", plain[found.start() : found.start() + 30])[:2]).lower()
        if word == last or _ends_issuer(plain, found, gap, ahead, last):
            break
        end, last, words = found.start("word") + len(word), word, words + 1
        if found["word"].endswith("."):
            if word not in _SHORTENED or not plain[found.end() : found.end() + 2].strip():
                break
            end = found.end()
    term = re.compile(r"\s?\((?:khóa|nhiệm kỳ|lần thứ) [^()]{1,20}\)").match(plain, end)
    return term.end() if term and last else end


def _ends_issuer(plain: str, found: re.Match[str], gap: str, ahead: str, last: str) -> bool:
    """Whether the name of an issuer, whose last word so far is `last`, ends before `found`."""
    word = found["word"].rstrip(".").lower()
    if _names_kind(ahead, capital=found["word"][0].isupper()):
        return True
    if gap == "&" and found["gap"] == "&":
        return not found["word"][0].isupper()
    if word == "và" or gap == "&":
        following = re.match(r"\s+(\w+)", plain[found.end() : found.end() + 20])
        after = plain[found.end() : found.end() + 20].lower().split()
        named = following is not None and following[1][0].isupper()
        return not named or _names_kind(" ".join(after[:2]), capital=True)
    if gap == ",":
        return not _OFFICE_LIST.match(plain, found.start())
    if gap == "-" and " " in (found["gap"] or "") and not found["word"][0].isupper():
        return word not in words_of("cua_xa")
    if not last or last in _OFFICE_HEADS or (last.lower(), word) == ("đổi", "số"):
        return False
    if ahead in _ISSUER_STOP_PAIRS:
        return found["word"][0].islower() or found["word"].isupper() or word in {"quy", "ban"}
    return word in _ISSUER_STOPS and (found["word"][0].islower() or word in {"về", "ngày", "sửa"})


def _names_kind(ahead: str, *, capital: bool) -> bool:
    """Whether two lower-case words begin the name of another document."""
    if ahead.startswith(("luật ", "hiến pháp")):
        return capital
    return ahead.startswith(_OTHER_KINDS)
