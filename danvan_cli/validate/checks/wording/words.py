"""DV701, DV705, DV708, DV711: doubled words, marks on the wrong letter, words Vietnamese has not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from danvan_cli.findings import Finding
from danvan_cli.grammar.syllables import is_syllable, parted, well_marked
from danvan_cli.grammar.vocabulary import words_of
from danvan_cli.validate.checks.phrases import PhraseBook, phrase_book, word_set
from danvan_cli.validate.checks.view import View, ViewWord
from danvan_cli.validate.checks.wording.lexicon import lexicon
from danvan_cli.validate.setting import Setting

_GRAMMATICAL = word_set(
    "các những của và là về với cho được trong trên theo tại từ có đã sẽ phải do bởi"
    " này để khi thì mà số như đến ở cần cùng hoặc nếu tới vào bằng đang nhằm giữa sau trước"
)
"""Words that stand twice in a row only by mistake."""
_OLD_FONT = str.maketrans("Ƣƣ", "Ưư")
"""Letters that fonts before Unicode leave behind where 'ư' was typed."""
_TWICE = word_set(
    "luôn ngày đêm tháng năm nhà người ngành xa dần mãi thường từ đời lớp hàng xanh đều rất"
    " vân ào ầm song chung riêng khăng lâu nhất một hai ba cao gần sáng chiều tối ai đâu gì"
    " nào bao hay vui nhẹ nhanh mau đăm phăng rành sờ lăm lăng nơi chốn lần tầng từng cứ"
    " mỗi hầm cười nói xinh đùng rào ngay đôi khe thi chầm chậm xưa xôm hao hao đùng vời vợi"
    " trùng điệp tết"
) | {*words_of("khu_dan_cu")}
"""Words that may stand twice: reduplication and "every"."""
_SURELY = 4
"""As many words in a row are no name and then what it does."""
_LINKS = _GRAMMATICAL | {"thuộc"}
_DOERS = word_set("người bên viên chủ quan vị chức nhà") | {*words_of("ten_viet_thuong")}
"""Words before a verb that names who does it: "người tố cáo"."""
_LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxy")
_VOWELS = frozenset("aăâeêioôơuưy")


def check_words(
    view: View, setting: Setting, known: Collection[tuple[int, int]] = ()
) -> Iterator[Finding]:
    """The faults of single words and of words beside each other.

    Words between the bounds of `known`, faults reported already, are not judged one by one.
    """
    book = phrase_book(setting.catalogue)
    stream, positions = view.stream
    skip = -1
    for at, token in enumerate(view.tokens):
        position = positions[at]
        word = stream[position]
        again = word in stream[position + 1 : position + 5]
        if again and at > skip and (count := _repeated(view.tokens, at, stream, position, book)):
            skip = at + 2 * count - 1
            while count == 1 and stream[position + skip - at + 1] == token.low:
                skip += 1
            yield _doubled(view, at, count, skip)
        if right := _well_marked(token):
            yield _marks(view, token, right)
        if again and _around_of(stream, position):
            yield _twice_around_of(view, at)
        if known and any(start <= token.start < end for start, end in known):
            continue
        if not _is_usual(setting.kind, book, stream[position - 1], word, stream[position + 1]):
            yield from _odd_word(view, at, token, book)


def _repeated(
    tokens: tuple[ViewWord, ...], at: int, stream: tuple[str, ...], position: int, book: PhraseBook
) -> int:
    """How many words from `at` are written again right after: 0, 1 or more."""
    word, again = stream[position], stream[position + 1]
    for count in (4, 3, 2):
        if word in stream[position + count : position + count + 1] and _run_repeated(
            tokens, at, stream, position, count
        ):
            return count
    if word != again or not word.isalpha() or word in _TWICE or len(word) < len("ab"):
        return 0
    before, after = stream[position - 1], stream[position + 2]
    if tokens[at].text[0].isupper() and tokens[at + 1].text[0].isupper():
        return int(before == "" and book.pairs[again, after] > 0)
    if word in _GRAMMATICAL or word == after:
        return 1
    together = book.triples[before, word, after]
    # Where the catalogue itself is judged, the book has learnt the slip too.
    elsewhere = book.pairs[again, after] - book.triples[word, again, after]
    known, opens = book.pairs[before, word] > 0, elsewhere > together
    if known and not opens and together:
        return 1
    return int((known and not after) or (before == "" and opens))


def _run_repeated(
    tokens: tuple[ViewWord, ...], at: int, stream: tuple[str, ...], position: int, count: int
) -> bool:
    """Whether `count` words stand twice in a row by mistake.

    "người khiếu nại khiếu nại" and "Bộ Xây dựng xây dựng" are a name, then what it does.
    """
    first, second = stream[position : position + count], stream[position + count :][:count]
    if first != second or "" in first or len(set(first)) == 1:
        return False
    if any(word.isdecimal() for word in first) or (count == 2 and _LINKS & set(first)):
        return False
    before = stream[position - 1]
    named = tokens[at].text[0].isupper() and tokens[at + count].text[0].islower()
    named = named and count < _SURELY
    return before == "" or (before not in _DOERS and not named)


def _around_of(stream: tuple[str, ...], position: int) -> bool:
    """Whether a word stands before "của" that begins the word after it: "phụ của phụ nữ"."""
    word, of, again = stream[position : position + 3] if position + 3 < len(stream) else ("",) * 3
    if of != "của" or word != again or not word:
        return False
    known = lexicon()
    whole = (again, stream[position + 3]) in known.pairs
    return whole and (stream[position - 1], word) not in known.pairs and word not in known.free


def _twice_around_of(view: View, at: int) -> Finding:
    start, end = view.tokens[at].start, view.tokens[at + 2].end
    new = view.text[view.tokens[at + 1].start : end]
    written = view.text[start:end]
    message = f"'{written}' lặp chữ '{view.tokens[at].text}'. Viết '{new}'."
    return view.finding("DV701", start, end, message, new)


def _doubled(view: View, at: int, count: int, last: int) -> Finding:
    start, end = view.tokens[at].start, view.tokens[last].end
    new = view.text[start : view.tokens[at + count - 1].end]
    again = view.text[view.tokens[at + count].start : view.tokens[at + 2 * count - 1].end]
    message = f"Lặp chữ '{again}': viết nhiều lần liền nhau. Chỉ giữ một lần: '{new}'."
    return view.finding("DV701", start, end, message, new)


def _well_marked(token: ViewWord) -> str | None:
    """A word with its tone mark on the right letter, where it is on the wrong one: "họat"."""
    right = well_marked(token.text.lower())
    return right if right and token.low != right and token.text.isalpha() else None


def _marks(view: View, token: ViewWord, right: str) -> Finding:
    new = _cased(right, token.text)
    message = f"Dấu thanh của '{token.text}' đặt sai chữ. Viết '{new}'."
    return view.finding("DV705", token.start, token.end, message, new)


@lru_cache(maxsize=65536)
def _is_usual(kind: str, book: PhraseBook, before: str, word: str, after: str) -> bool:
    """Whether a syllable stands between words it is known to stand between."""
    if not is_syllable(word):
        return False
    if word in book.words and book.pairs[before, word] and book.pairs[word, after]:
        return True
    # A paper has words that the catalogue has not.
    known = lexicon()
    return kind == "van_ban" and (
        word in known.free or (before, word) in known.pairs or (word, after) in known.pairs
    )


def _odd_word(view: View, at: int, token: ViewWord, book: PhraseBook) -> Iterator[Finding]:
    """A syllable that cannot be, or a word the catalogue never sets where it stands."""
    stream, positions = view.stream
    position = positions[at]
    before, word, after = stream[position - 1], stream[position], stream[position + 1]
    if right := _other_letters(token.text, before, after):
        yield _no_syllable(view, token, right)
        return
    if not token.text.isalpha() or len(word) < len("ab") or _is_name(view, at):
        return
    if (
        "-"
        in view.text[max(0, token.start - 1) : token.start] + view.text[token.end : token.end + 1]
    ):
        return  # Part of a foreign word: "hy-đrô".
    if (before, word) in lexicon().alike or any(_is_piece(one) for one in (before, after)):
        return
    if not is_syllable(word):
        capital = token.text[0].isupper()
        right = _right_syllable(word, before, after, book, capital=capital)
        if right is not None:
            yield _no_syllable(view, token, _cased(right, token.text))
        return
    if right := book.meant(stream, position):
        new = _cased(right, token.text)
        shown = " ".join(w for w in (before, word, after) if w)
        message = (
            f"'{token.text}' trong '{shown}' khác một chữ cái với câu chữ của danh mục, nơi luôn"
            f" viết '{new}'. Sửa thành '{new}' nếu gõ nhầm."
        )
        yield view.finding("DV711", token.start, token.end, message, new)
    elif missing := book.dropped(stream, position):
        new = f"{missing} {token.text}"
        message = f"Thiếu chữ '{missing}' trước '{token.text}'. Viết '{before} {new}'."
        yield view.finding("DV711", token.start, token.end, message, new)


def _no_syllable(view: View, token: ViewWord, right: str) -> Finding:
    message = f"'{token.text}' không phải âm tiết tiếng Việt; gần nhất là '{right}'. Sửa lại."
    return view.finding("DV708", token.start, token.end, message, right)


def _other_letters(text: str, before: str, after: str) -> str | None:
    """`text` in letters of today, where it has those of an old font or a capital typed inside it."""
    right = text.translate(_OLD_FONT)
    if right != text:
        return right if is_syllable(right.lower()) else None
    if text.islower() or not (text.isalpha() and text[0].islower()):
        return None
    capitals = [at for at, letter in enumerate(text) if letter.isupper()]
    if len(capitals) != 1 or capitals[0] == len(text) - 1:
        return None
    right = text[: capitals[0]] + text[capitals[0] + 1 :]
    pairs = lexicon().pairs
    known = (before, right) in pairs or (right, after) in pairs
    return right if known and is_syllable(right) else None


def _is_piece(word: str) -> bool:
    """Whether `word` is a few letters broken off another: the "ng" of "tướ ng"."""
    return word.isalpha() and 0 < len(word) <= 2 and not _VOWELS & set(parted(word)[0])


def _is_name(view: View, at: int) -> bool:
    """Whether a word may be a name or an abbreviation: capitals that no sentence's start asks."""
    token = view.tokens[at]
    if token.text.islower():
        return False
    if token.text.isascii():
        return True
    return not (token.text[1:].islower() and view.stream[0][view.stream[1][at] - 1] == "")


def _right_syllable(
    word: str, before: str, after: str, book: PhraseBook, *, capital: bool
) -> str | None:
    """What an impossible syllable stands for; None where it may be foreign, a name or an abbreviation."""
    letters, tones, _ = parted(word)
    if not _VOWELS & set(letters) or not set(letters) <= _LETTERS:
        return None
    near = book.nearest(before, word, after)
    if near and near[1]:
        return near[0]
    if letters.isascii() and not tones:
        return None
    for cut in range(2, len(word) - 1):
        parts = word[:cut], word[cut:]
        together = parts in lexicon().pairs if capital else all(p in book.words for p in parts)
        if together:
            return " ".join(parts)
    return near[0] if near and not capital else None


def _cased(new: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return new.upper()
    return new[0].upper() + new[1:] if like[0].isupper() else new
