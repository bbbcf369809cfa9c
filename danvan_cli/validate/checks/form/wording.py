"""What the decree says of the words of the frame: tiêu ngữ, number, name.

How the date is written is DV706, in any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from danvan_cli.models.form import FormFile
from danvan_cli.reading.anatomy.values import Anatomy, PaperPart
from danvan_cli.text import nfc, squeeze
from danvan_cli.validate.checks.form.faults import FormFault

TIEU_NGU = "Độc lập - Tự do - Hạnh phúc"
_NO_COLON = re.compile(r"Số\s*[\d.…\s]*/")
_SHORT_NUMBER = re.compile(r"Số\s*:\s*(?P<number>[1-9])\s*/")
_GAP = re.compile(r"/\s*[^\W\d_]+(?:\s+-\s*|-\s+)[^\W\d_]")
_DEGREE = re.compile(r"(?:PGS|GS|TS|ThS|BS|CN|KS)\b\.?\s", re.IGNORECASE)


def check_wording(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    """The faults in how fixed words, figures and names of the frame are written."""
    for part in anatomy.of("tieu_ngu"):
        if squeeze(nfc(part.text)) != TIEU_NGU:
            advice = "Dùng gạch nối ngắn, có dấu cách hai bên."
            yield _fault(
                form, part, f"viết '{squeeze(nfc(part.text))}'", f"là '{TIEU_NGU}'", advice
            )
    for part in anatomy.of("so_ky_hieu"):
        yield from _number(form, part)
    for part in anatomy.of("ho_ten"):
        if found := _DEGREE.match(part.text):
            written = found.group().strip()
            asked = "không ghi học hàm, học vị"
            yield _fault(form, part, f"có '{written}'", asked, f"Bỏ '{written}'.")


def _number(form: FormFile, part: PaperPart) -> Iterator[FormFault]:
    text = nfc(part.text)
    if _NO_COLON.match(text):
        yield _fault(form, part, "thiếu dấu ':' sau chữ Số", "có dấu ':'", "Ghi 'Số: …/…'.")
    if found := _SHORT_NUMBER.match(text):
        number = found.group("number")
        asked = f"ghi 0{number}"
        yield _fault(form, part, f"ghi số {number}", asked, f"Thêm số 0: 'Số: 0{number}/…'.")
    if _GAP.search(text):
        yield _fault(form, part, "có dấu cách trong ký hiệu", "viết liền", "Bỏ dấu cách.")


def _fault(form: FormFile, part: PaperPart, found: str, asked: str, advice: str) -> FormFault:
    rule = form.thanh_phan[part.name]
    codes = {"tieu_ngu": "DV805", "so_ky_hieu": "DV807", "ho_ten": "DV815"}
    code = codes[part.name]
    return FormFault(code, str(rule.ten), found, asked, str(rule.muc), advice, part.paragraph)
