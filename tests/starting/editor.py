"""What an editor offers in danvan's YAML: `python -m tests.starting.editor SERVER`, by hand.

SERVER is the `yaml-language-server` of `npm install yaml-language-server`. The schemas of the
shipped catalogue are written to a folder, a text is opened at each place below, and what the
server completes and shows on hover at the mark is printed: `=` where the words expected are among
it, `!` where they are not (then the exit code is 1).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from danvan_cli.cli.app import run
from danvan_cli.load.source import read_yaml
from tests.cities import ROOT

MARK = "│"
UNIT = 'don_vi: an-lao\ndanh_muc: "2026"\nnguoi_ky: de_trong\n'
TASK = (
    "nhom:\n  - ma: mot\n    ten: MỘT\n    nhiem_vu:\n      - ma: hai\n        chu_tri: so-noi-vu\n"
)


@dataclass(frozen=True)
class Place:
    """A text with the mark where a person stands, and what the editor should offer or show."""

    about: str
    kind: str
    text: str
    wanted: str
    hover: bool = False


PLACES = (
    Place("khóa của hồ sơ", "ho-so", f"{UNIT}{MARK}", "bo_sung"),
    Place("đơn vị theo mã", "ho-so", f"don_vi: {MARK}", "cat-hai"),
    Place("nhiệm vụ để sửa", "ho-so", f"{UNIT}sua_doi:\n  - ma: {MARK}", "doi-thoai-voi-nhan-dan"),
    Place(
        "khóa của một sửa đổi",
        "ho-so",
        f"{UNIT}sua_doi:\n  - ma: chuyen-doi-so\n    {MARK}",
        "noi_dung",
    ),
    Place(
        "cơ quan chủ trì",
        "ho-so",
        f"{UNIT}bo_sung:\n  - ma: a\n    chu_tri: {MARK}",
        "cong-an [Công an {loai}]",
    ),
    Place(
        "cơ quan trong danh sách",
        "ho-so",
        f"{UNIT}bo_sung:\n  - ma: a\n    phoi_hop: [cong-an, {MARK}]",
        "mttq",
    ),
    Place(
        "chỗ trống trong câu", "ho-so", f"{UNIT}bo_sung:\n  - ma: a\n    noi_dung: {MARK}", "{loai}"
    ),
    Place(
        "chỗ trống giữa câu",
        "ho-so",
        f"{UNIT}bo_sung:\n  - ma: a\n    noi_dung: Đối thoại ở {{{MARK}",
        "{loai}",
    ),
    Place("đặc điểm", "ho-so", f"{UNIT}dac_diem:\n  co: [{MARK}]", "thu_hoi_dat"),
    Place(
        "khối của kế hoạch",
        "ho-so",
        f"{UNIT}van_ban:\n  ke-hoach-nam:\n    bot: [{MARK}]",
        "ket-thuc",
    ),
    Place("loại văn bản", "ho-so", f"{UNIT}van_ban:\n  {MARK}", "ke-hoach-nam"),
    Place("khóa của một nhiệm vụ", "danh-muc", f"{TASK}        {MARK}", "thoi_gian"),
    Place("cơ quan của danh mục", "danh-muc", f"{TASK}        phoi_hop: {MARK}", "so-tu-phap"),
    Place("điều kiện", "danh-muc", f"{TASK}        ap_dung: {{loai: {MARK}}}", "cap_xa"),
    Place(
        "viện dẫn trong câu",
        "danh-muc",
        f"{TASK}        noi_dung: {MARK}",
        "{van_ban.ct-33-ct-ttg-2021}",
    ),
    Place("cơ quan để sửa", "co-quan", f"sua:\n  co_quan:\n    - ma: {MARK}", "phong-kinh-te"),
    Place("xem khóa của hồ sơ", "ho-so", f"{UNIT}loai_{MARK}bo: []", "không làm", hover=True),
    Place(
        "xem khóa của nhiệm vụ",
        "danh-muc",
        f"{TASK}        thoi_{MARK}gian: Quý I",
        "mỗi phần một dòng",
        hover=True,
    ),
    Place(
        "xem chỗ trống của câu",
        "danh-muc",
        f"{TASK}        noi_{MARK}dung: A",
        "{loai}",
        hover=True,
    ),
    Place(
        "xem mã cơ quan",
        "danh-muc",
        TASK.replace("so-noi", f"so-{MARK}noi"),
        "Sở Nội vụ",
        hover=True,
    ),
    Place(
        "xem mã nhiệm vụ",
        "ho-so",
        f"{UNIT}loai_bo:\n  - ma: chuyen-{MARK}doi-so",
        "chuyển đổi số",
        hover=True,
    ),
)


class Server:
    """A language server that is spoken to over its standard input and output."""

    def __init__(self, command: str) -> None:
        self._process = subprocess.Popen(
            [command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._last = 0
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.tell("initialized", {})
        on = {"completion": True, "hover": True, "validate": True, "schemaStore": {"enable": False}}
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": on}})

    def tell(self, method: str, params: object) -> None:
        """A notice that is not answered."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:
        """What the server answers."""
        self._last += 1
        asked = self._last
        self._send({"id": asked, "method": method, "params": params})
        while True:
            said = self._read()
            if said.get("id") == asked and "method" not in said:
                return said.get("result")
            if "id" in said and "method" in said:
                # It asks for settings: one empty answer for each.
                items = (said.get("params") or {}).get("items", [])
                self._send({"id": said["id"], "result": [{} for _ in items]})

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait()

    def _send(self, message: dict[str, object]) -> None:
        assert self._process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        found: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return found


def at(server: Server, place: Place, schemas: Path, number: int) -> list[str]:
    """What the server offers at the mark, or the words it shows there."""
    head = f"# yaml-language-server: $schema={(schemas / f'{place.kind}.json').as_uri()}\n"
    before, _, after = (head + place.text).partition(MARK)
    uri = (schemas / f"{number}.yaml").as_uri()
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}
    server.tell("textDocument/didOpen", {"textDocument": document})
    position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
    params = {"textDocument": {"uri": uri}, "position": position}
    if place.hover:
        found = server.ask("textDocument/hover", params) or {}
        shown = found.get("contents") or {}
        return [str(shown.get("value", shown))]
    found = server.ask("textDocument/completion", params) or {}
    return [_offered(item, before, after) for item in found.get("items", [])]


def _offered(item: dict[str, Any], before: str, after: str) -> str:
    """An offer with what is said of it, and a mark where taking it does harm.

    `(!)` is a text that cannot be read as YAML, `(thay cả chữ)` one that other words are lost by.
    """
    edit = item["textEdit"]
    first, last = edit["range"]["start"], edit["range"]["end"]
    lines = (before + after).split("\n")
    head = [*lines[: first["line"]], lines[first["line"]][: first["character"]]]
    tail = [lines[last["line"]][last["character"] :], *lines[last["line"] + 1 :]]
    new = re.sub(r"\$\d|\$\{\d+:?[^}]*\}", "x", edit["newText"]).replace("\\}", "}")
    _, faults = read_yaml("\n".join(head) + new + "\n".join(tail), "thu.yaml")
    lost = lines[first["line"]][first["character"] : last["character"]].strip(" [],{")
    harm = " (!)" if faults else " (thay cả chữ)" if lost and lost not in new else ""
    said = item.get("documentation") or ""
    words = said.get("value", "") if isinstance(said, dict) else said
    return f"{item['label']} [{words}]{harm}"


def main() -> int:
    """Ask at every place and print what came."""
    if len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        run(["--catalog", str(ROOT / "catalog" / "hai-phong"), "schema", "-o", f"{folder}/s"])
        server = Server(sys.argv[1])
        for number, place in enumerate(PLACES):
            offered = at(server, place, Path(folder) / "s", number)
            shown = "; ".join(" ".join(word.split()) for word in offered)
            right = place.wanted in shown
            wrong += not right
            sys.stdout.write(
                f"{'=' if right else '!'} {place.about}: {len(offered)} ({place.wanted}): {shown[:150]}\n"
            )
        server.stop()
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
