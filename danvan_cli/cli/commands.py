"""The commands of `danvan` by name; the module of one is imported when it is called.

Help, completion and a misspelt name need the names and a line on each, which stand here. The
module of one has it as the function `command`, whose docstring is its help.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer

from danvan_cli.cli.vietnamese import OPTIONS, VietnameseCommand, VietnameseGroup

COMMANDS: Mapping[str, str] = {
    "init": "Tạo hồ sơ đơn vị có chú thích, để sửa rồi làm văn bản.",
    "localize": "In chương trình địa phương: nhiệm vụ nào, từ đâu, vì sao có hoặc không.",
    "explain": "Cho biết mỗi chữ của một nhiệm vụ từ đâu mà có, hoặc vì sao nhiệm vụ không có.",
    "import": "Đọc văn bản đã có thành YAML: của đơn vị thành hồ sơ, của tỉnh, thành phố thành danh mục.",
    "render": "Làm văn bản Word từ danh mục của tỉnh, thành phố và hồ sơ đơn vị.",
    "pull": "Đưa chỗ sửa tay trong văn bản về hồ sơ, để làm lại vẫn còn.",
    "validate": "Kiểm tra danh mục, hồ sơ đơn vị và văn bản đã làm xong.",
    "diff": "So hai bên, mỗi bên là danh mục, đơn vị, hồ sơ hay văn bản: thêm, bớt, đổi chữ, đổi số.",
    "impact": "Cho biết sửa danh mục làm đổi gì ở văn bản của từng đơn vị, gộp theo chỗ đổi.",
    "rule": "Xem một luật kiểm tra: kiểm gì, vì sao, ví dụ sai và đúng, cách sửa, căn cứ.",
    "new": "Bắt đầu danh mục của một tỉnh, thành phố mới, hoặc năm mới của danh mục đã có.",
    "upgrade": "Đưa hồ sơ đơn vị sang danh mục năm mới: thay đổi nào còn trúng, nào phải viết lại.",
    "parse": "Cho biết một cụm từ được hiểu thế nào, mỗi dòng một đối tượng JSON.",
    "templates": "Kể các mẫu Word, các tên mẫu được dùng; chép mẫu ra để sửa; soát mẫu đã sửa.",
    "schema": "In JSON Schema của các tệp YAML, để trình soạn thảo gợi ý khóa và mã đang dùng.",
}
"""The commands in the order of the help page, each with its line there."""


def loaded(name: str) -> VietnameseCommand:
    """The command `name` with its options, its module imported."""
    app = typer.Typer()
    # `import` is a word of Python: no module can be called so.
    module = import_module(f"danvan_cli.cli.{'importing' if name == 'import' else name}")
    app.command(name, cls=VietnameseCommand, options_metavar=OPTIONS)(module.command)
    # A callback makes it a group even where it has one command.
    app.callback()(lambda: None)
    command: VietnameseCommand = typer.main.get_group(app).commands[name]  # type: ignore[assignment]
    return command


class CommandGroup(VietnameseGroup):
    """The command `danvan`: what is in `COMMANDS`, each loaded when it is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {
            name: VietnameseCommand(name, help=line) for name, line in COMMANDS.items()
        }

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The name, the loaded command and the arguments left, as the library asks for them."""
        name, command, left = super().resolve_command(ctx, args)
        return name, loaded(name) if name is not None and name in COMMANDS else command, left
