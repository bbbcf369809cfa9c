"""The command `danvan`: its commands by name, and the one place where errors become exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from danvan_cli import __version__
from danvan_cli.cli.console import leave, note, open_streams, out, report
from danvan_cli.cli.options import Context
from danvan_cli.cli.vietnamese import OPTIONS, VietnameseCommand, VietnameseGroup, usage_sentence
from danvan_cli.errors import DanvanError, ExitCode, FindingsError
from danvan_cli.load.bounded import UnfitError
from danvan_cli.load.folders import catalogue_worked_on, shown_path
from danvan_cli.shipped import shipped

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
    "rule": "Xem một quy tắc kiểm tra: kiểm gì, vì sao, ví dụ sai và đúng, cách sửa, căn cứ.",
    "new": "Bắt đầu danh mục của một tỉnh, thành phố mới, hoặc năm mới của danh mục đã có.",
    "upgrade": "Đưa hồ sơ đơn vị sang danh mục năm mới: thay đổi nào còn trúng, nào phải viết lại.",
    "parse": "Cho biết một cụm từ được hiểu thế nào, mỗi dòng một đối tượng JSON.",
    "templates": "Liệt kê các mẫu Word, các tên mẫu được dùng; chép mẫu ra để sửa; soát mẫu đã sửa.",
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


HELP = """Từ danh mục nhiệm vụ công tác dân vận của tỉnh, thành phố đến văn bản của xã, phường, đặc khu.

Ví dụ:

  danvan render tan-an                    các văn bản của xã Tân An

  danvan init "xã Tân An"                tạo hồ sơ để sửa cho đơn vị mình

  danvan render ho-so.yaml -o van-ban    làm văn bản theo hồ sơ

  danvan validate                        kiểm tra danh mục và hồ sơ

Mã thoát: 0 sạch, 1 có phát hiện, 2 gọi sai, 3 không đọc hoặc không làm được.
"""

app = typer.Typer(
    cls=CommandGroup,
    help=HELP,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    options_metavar=OPTIONS,
    subcommand_metavar="LỆNH ...",
)


def _version(wanted: bool) -> None:
    if wanted:
        out(f"danvan {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    ctx: typer.Context,
    catalog: Annotated[
        Path | None,
        typer.Option(
            metavar="THƯ MỤC",
            envvar="DANVAN_CATALOG",
            help="Danh mục khác danh mục đi kèm: thư mục của một thành phố, hoặc của một năm.",
        ),
    ] = None,
    nam: Annotated[
        str | None, typer.Option(metavar="NĂM", help="Năm của danh mục; mặc định là năm mới nhất.")
    ] = None,
    _debug: Annotated[
        bool, typer.Option("--debug", help="In cả chi tiết kỹ thuật khi có lỗi chương trình.")
    ] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In số phiên bản.")
    ] = False,
) -> None:
    # What `validate` judges by, its own report says.
    worked_on = None if catalog else _worked_on(announced=ctx.invoked_subcommand != "validate")
    ctx.obj = Context(catalog or worked_on or shipped("catalog"), nam, given=catalog is not None)
    if ctx.invoked_subcommand is None:
        from danvan_cli.cli.standing import standing  # with what reads unit files

        out(*standing(ctx.obj))


def _worked_on(*, announced: bool) -> Path | None:
    """The catalogue found from the working folder upward; named, if `announced`, where it is not ours."""
    try:
        found = catalogue_worked_on(Path.cwd())
    except OSError:
        return None
    if found is None or found.resolve() == shipped("catalog").resolve():
        return None
    if announced:
        note(
            f"Làm theo danh mục ở {shown_path(found)}, không theo bản cài cùng danvan."
            " Muốn theo bản ấy thì chạy ở thư mục khác."
        )
    return found


def main() -> None:
    """Run the command line; never returns."""
    open_streams()
    leave(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run `danvan` with `arguments`; the exit code, everything said already."""
    command = typer.main.get_command(app)
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"]
    try:
        code = command.main(arguments, prog_name="danvan", standalone_mode=False)
    except DanvanError as error:
        if isinstance(error, FindingsError):
            report(error.findings)
        note(f"Lỗi: {error}")
        return int(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        note("Đã dừng.")
        return 130
    except UnfitError as error:
        note(f"Lỗi: {error}")
        return int(ExitCode.FAILED)
    except OSError as error:
        where = f" '{error.filename}'" if error.filename else ""
        note(
            f"Lỗi: không đọc hoặc không ghi được{where}. Kiểm tra đường dẫn, quyền và chỗ trống trên đĩa."
        )
        return int(ExitCode.FAILED)
    except Exception as error:  # the one catch-all: a crash must not look like findings (exit 1)
        if hasattr(error, "format_message"):
            return _usage_error(error)
        if "--debug" in arguments:
            traceback.print_exc()
        else:
            note(f"Lỗi chương trình: {type(error).__name__}: {error}")
            note("Chạy lại với 'danvan --debug ...' để xem chi tiết và báo cho người bảo trì.")
        return int(ExitCode.FAILED)
    return code if isinstance(code, int) else 0


def _usage_error(error: Exception) -> int:
    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        out(str(getattr(error, "message", "")))
        return int(ExitCode.USAGE)
    known: list[str] = []
    if ctx is not None:
        known = [name for p in ctx.command.params for name in p.opts if name.startswith("-")]
        known += list(getattr(ctx.command, "commands", {}))
    english = error.format_message()  # type: ignore[attr-defined]
    note(f"Lỗi: {usage_sentence(english, known)}")
    if ctx is not None:
        note(f"Xem: {ctx.command_path} --help")
    return int(ExitCode.USAGE)
