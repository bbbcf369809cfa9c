"""DV615: the body that a decision sets up is called by another body's name in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.reading.document import Document
from danvan_cli.text import comparable
from danvan_cli.validate.setting import Setting

_BODIES = (
    "ban chỉ đạo", "ban chỉ huy", "ban tổ chức", "ban vì sự", "hội đồng", "tổ công tác", "tổ giúp việc",
    "tổ thẩm định", "tổ soạn thảo", "ban soạn thảo", "ban biên tập", "đoàn kiểm tra", "đoàn công tác",
    "đội ứng cứu", "ban quản lý", "tổ tư vấn",
)  # fmt: skip
_SETS_UP = re.compile(
    rf"(?:thành lập|kiện toàn|đổi tên)[^.;]{{0,40}}?(?P<body>{'|'.join(_BODIES)})"
)
_CALLED = re.compile(
    rf"(?:(?:các )?thành viên|thường trực|quy chế (?:làm việc|hoạt động) của|kinh phí hoạt động của)"
    rf" (?P<body>{'|'.join(_BODIES)})(?=\s*(?:[.;,)]|làm việc|chịu|có trách|thực hiện|do|được|$))"
)


def other_bodies(document: Document, _: Setting) -> Iterator[Finding]:
    """Bare names of another body in a decision that sets one up, that it names nowhere in full."""
    title = comparable(" ".join(passage.text for passage in document.title))
    set_up = {match["body"] for match in _SETS_UP.finditer(title)}
    if len(set_up) != 1 or not (document.kind or "").startswith("QUYẾT ĐỊNH"):
        return
    own = set_up.pop()
    text = comparable(document.text)
    for passage in document.passages:
        for match in _CALLED.finditer(comparable(passage.text)):
            body = match["body"]
            if body == own or _named_in_full(body, text):
                continue
            shown = passage.text[match.start("body") : match.end("body")]
            right = own[0].upper() + own[1:]
            message = (
                f"'{shown}' là tên của tổ chức khác; quyết định này lập '{right}', có thể còn sót từ"
                f" văn bản cũ. Sửa thành '{right}'."
            )
            yield passage.finding("DV615", match.start("body"), match.end("body"), message, right)


def _named_in_full(body: str, text: str) -> bool:
    """Whether the text speaks of such a body by its own name, as of a standing one."""
    return (
        re.search(rf"{body} (?:tỉnh|thành phố|trung ương|quốc gia|về|xã|phường|cải|phòng|\d)", text)
        is not None
    )
