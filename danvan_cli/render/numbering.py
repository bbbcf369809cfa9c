"""Numbers as documents print them."""

from __future__ import annotations

from danvan_cli.text import ALPHABET, roman


def letter(number: int) -> str:
    """1, 2, 3 as a, b, c, d, đ, e; after y come aa, ab."""
    made = ""
    while number > 0:
        number, rest = divmod(number - 1, len(ALPHABET))
        made = ALPHABET[rest] + made
    return made


def number_text(style: str | None, index: int, above: str) -> str:
    """The number with its mark: `I.`, `1.`, `5.1.`, `a)`; empty for `khong`.

    `above` is the number of the heading above, for the double numbers of `so_kep`.
    """
    if style == "la_ma":
        return f"{roman(index)}."
    if style == "so":
        return f"{index}."
    if style == "so_kep":
        return f"{above.rstrip('.')}.{index}."
    if style == "chu":
        return f"{letter(index)})"
    return ""
