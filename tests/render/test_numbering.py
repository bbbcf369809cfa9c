"""Numbers and letters of parts."""

from __future__ import annotations

from danvan_cli.render.numbers import letter, number_text
from danvan_cli.text import roman


def test_letters_and_roman_numbers() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 19, 40, 48)] == [
        *("I", "IV", "IX", "XIV", "XIX"),
        *("XL", "XLVIII"),
    ]
    assert "".join(letter(n) for n in range(1, 8)) == "abcdđeg"
    assert (letter(23), letter(24), letter(25)) == ("y", "aa", "ab")
    assert number_text("khong", 3, "") == number_text(None, 3, "") == ""
