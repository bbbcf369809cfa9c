"""The command line's own words in Vietnamese: help pages and usage errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from typer.core import TyperCommand, TyperGroup

from danvan_cli.text import did_you_mean, nearest

OPTIONS = "[TÙY CHỌN]"
HELP = "Xem hướng dẫn này."
_EXAMPLES = "Ví dụ:"

_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "Tham số",
    "OPTIONS_PANEL_TITLE": "Tùy chọn",
    "COMMANDS_PANEL_TITLE": "Các lệnh",
    "ERRORS_PANEL_TITLE": "Lỗi",
    "DEFAULT_STRING": "[mặc định: {}]",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
    "ENVVAR_STRING": "[biến môi trường: {}]",
}


def speak_vietnamese() -> None:
    """The titles of help pages become Vietnamese, where the library has them."""
    from typer import rich_utils  # heavy, and needed for help pages alone

    for name, words in _TITLES.items():
        if hasattr(rich_utils, name):
            setattr(rich_utils, name, words)


_COMPLETION = {
    "install_completion": "Cài gợi ý lệnh (phím Tab) cho shell đang dùng.",
    "show_completion": "In đoạn mã gợi ý lệnh để tự cài.",
}


class _InVietnamese:
    """Help pages in Vietnamese; stands before a command class of the library."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", "Cách dùng:")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help page, its examples on lines of their own without gaps."""
        speak_vietnamese()
        self.help: str | None = _compact(self.help or "")
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help with its Vietnamese words."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = HELP
        return option

    def get_params(self, ctx: Any) -> Any:
        """The options and arguments, those of the library with Vietnamese words."""
        params: list[Any] = list(super().get_params(ctx))  # type: ignore[misc]
        for param in params:
            if param.name in _COMPLETION:
                param.help = _COMPLETION[param.name]
            if hasattr(param, "display_type_rich"):
                param.display_type_rich = partial(_shown_value, param)
        return params


def _compact(text: str) -> str:
    """`text` with its examples kept as lines: a backspace before a paragraph keeps its line ends."""
    head, mark, rest = text.partition(_EXAMPLES)
    if not mark or "\b" in text:
        return text
    examples: list[str] = []
    tail: list[str] = []
    for line in rest.split("\n"):
        (tail if tail or (line and not line.startswith(" ")) else examples).append(line)
    lines = "\n".join(line for line in examples if line.strip())
    return f"{head}\b\n{mark}\n{lines}\n\n" + "\n".join(tail)


def _shown_value(param: Any, ctx: Any) -> str:  # noqa: ARG001 - the library passes it
    """What stands beside an option: what it takes, nothing for a flag or an argument."""
    return "" if param.param_type_name == "argument" else param.metavar or ""


class VietnameseCommand(_InVietnamese, TyperCommand):
    """A command whose help page is in Vietnamese."""


class VietnameseGroup(_InVietnamese, TyperGroup):
    """A group of commands whose help page is in Vietnamese."""


_Reworded = Callable[[re.Match[str], list[str]], str]


def _meant(name: str, known: list[str]) -> str:
    return did_you_mean(nearest(name, known, cutoff=0.5))


def _choice(name: str, given: str, choices: list[str]) -> str:
    return f"'{name}' không nhận '{given}'.{_meant(given, choices)} Nhận: {', '.join(choices)}."


def _bound(name: str, figure: str, *, least: bool) -> str:
    return f"'{name}' phải {f'từ {figure} trở lên' if least else f'không quá {figure}'}."


def _out_of_range(name: str, value: int, written: str) -> str:
    """`written` is the range as "1900<=x<=2199", "x>=1" or "x<=9"."""
    figures = re.findall(r"\d+", written)
    least = value < int(figures[0]) and not written.startswith("x<")
    return _bound(name, figures[0] if least else figures[-1], least=least)


_USAGE: tuple[tuple[str, _Reworded], ...] = (
    (
        r"No such option:? '?(?P<o>[^\s']+)'?",
        lambda m, k: f"Không có tùy chọn '{m['o']}'.{_meant(m['o'], k)}",
    ),
    (
        r"No such command '(?P<c>[^']*)'",
        lambda m, k: f"Không có lệnh '{m['c']}'.{_meant(m['c'], k)}",
    ),
    (r"Missing command", lambda _, k: f"Thiếu lệnh. Các lệnh: {', '.join(k)}."),
    (r"Missing argument '?(?P<a>[^'.]+)'?", lambda m, _: f"Thiếu tham số {m['a']}."),
    (r"Missing option '?(?P<o>[^'.]+)'?", lambda m, _: f"Thiếu tùy chọn {m['o']}."),
    (
        r"Option '(?P<o>[^']+)' requires an argument",
        lambda m, _: f"Tùy chọn '{m['o']}' cần một giá trị.",
    ),
    (
        r"Option '(?P<o>[^']+)' does not take a value",
        lambda m, _: f"Tùy chọn '{m['o']}' không nhận giá trị.",
    ),
    (
        r"unexpected extra argument(?:s|\(s\))? \((?P<x>.*)\)",
        lambda m, _: f"Thừa tham số: {m['x']}. Tên có dấu cách cần đặt trong ngoặc kép.",
    ),
    (
        r"Invalid value for '(?P<o>[^']+)': (?:Value error, )?'(?P<v>[^']*)' is not one of (?P<c>[^.]*)\.?",
        lambda m, _: _choice(m["o"], m["v"], m["c"].replace("'", "").split(", ")),
    ),
    (
        r"Invalid value for '(?P<o>[^']+)': .*(valid integer|not a valid int|as an integer)",
        lambda m, _: f"'{m['o']}' cần một số.",
    ),
    (
        r"Invalid value for '(?P<o>[^']+)': .*(?P<more>greater|less) than or equal to (?P<n>\d+)",
        lambda m, _: _bound(m["o"], m["n"], least=m["more"] == "greater"),
    ),
    (  # the words of older versions of the library
        r"Invalid value for '(?P<o>[^']+)': (?P<v>-?\d+) is not in the range (?P<r>[\d<>=x]+)",
        lambda m, _: _out_of_range(m["o"], int(m["v"]), m["r"]),
    ),
    (
        r"Invalid value for '(?P<o>[^']+)': (?P<w>.*)",
        lambda m, _: f"Giá trị của '{m['o']}' sai: {m['w']}",
    ),
)


def usage_sentence(english: str, known: list[str]) -> str:
    """The Vietnamese of a usage error; `known` are the names it may have meant."""
    for pattern, reword in _USAGE:
        match = re.search(pattern, english)
        if match:
            return reword(match, known)
    return f"Cách gọi lệnh sai: {english}"
