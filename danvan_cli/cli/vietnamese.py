"""The command line's own words in Vietnamese: help pages and usage errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from danvan_cli.text import nearest

OPTIONS = "[TÙY CHỌN]"
HELP = "Xem hướng dẫn này."

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

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help with its Vietnamese words."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = HELP
        return option


class VietnameseCommand(_InVietnamese, TyperCommand):
    """A command whose help page is in Vietnamese."""


class VietnameseGroup(_InVietnamese, TyperGroup):
    """The command `danvan` itself, with a help page in Vietnamese."""

    def get_params(self, ctx: Any) -> Any:
        """The options, those of the library with Vietnamese words."""
        params: list[Any] = list(super().get_params(ctx))
        for param in params:
            if param.name in _COMPLETION:
                param.help = _COMPLETION[param.name]
        return params


_Said = Callable[[re.Match[str], list[str]], str]


def _meant(name: str, known: list[str]) -> str:
    near = nearest(name, known, cutoff=0.5)
    return f" Có phải '{near}'?" if near else ""


_USAGE: tuple[tuple[str, _Said], ...] = (
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
        r"unexpected extra arguments? \((?P<x>.*)\)",
        lambda m, _: f"Thừa tham số: {m['x']}. Tên có dấu cách cần đặt trong ngoặc kép.",
    ),
    (
        r"Invalid value for '(?P<o>[^']+)': '(?P<v>[^']*)' is not one of (?P<c>.*)\.",
        lambda m, _: f"'{m['o']}' không nhận '{m['v']}'. Nhận: {m['c'].replace(chr(39), '')}.",
    ),
    (
        r"Invalid value for '(?P<o>[^']+)': (?P<w>.*)",
        lambda m, _: f"Giá trị của '{m['o']}' sai: {m['w']}",
    ),
)


def usage_sentence(english: str, known: list[str]) -> str:
    """The Vietnamese of a usage error; `known` are the names it may have meant."""
    for pattern, said in _USAGE:
        match = re.search(pattern, english)
        if match:
            return said(match, known)
    return f"Cách gọi lệnh sai: {english}"
