"""The kinds of blocks a body is made of, and the named style each is printed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BlockStyle:
    """A kind of block: its style in Word, what it is, an example of its number and words."""

    style: str
    meaning: str
    lead: str = ""
    words: str = "Tăng cường công tác dân vận trên địa bàn xã."


BLOCK_STYLES = {
    "tieu_de1": BlockStyle("heading 1", "tiêu đề cấp 1", "I.", "MỤC ĐÍCH, YÊU CẦU"),
    "tieu_de2": BlockStyle("heading 2", "tiêu đề cấp 2", "1.", "Mục đích"),
    "tieu_de3": BlockStyle("heading 3", "tiêu đề cấp 3", "a)", "Về nhận thức"),
    "doan": BlockStyle("Body Text", "đoạn văn"),
    "khoan": BlockStyle("Khoản", "khoản đánh số 1, 2, 3", "1."),
    "diem": BlockStyle("Điểm", "điểm đánh chữ a, b, c", "a)"),
    "dieu": BlockStyle("Điều", "điều của quyết định", "Điều 1.", "Quyết định này có hiệu lực."),
    "gach": BlockStyle("Gạch đầu dòng", "gạch đầu dòng", "-"),
    "cong": BlockStyle("Cộng đầu dòng", "dòng có dấu cộng", "+"),
    "viec": BlockStyle("Việc", "nhiệm vụ kể từng việc", "1."),
    "dong": BlockStyle(
        "Dòng thực hiện", "dòng giao việc", "- Thời gian thực hiện:", "Quý II/2030."
    ),
}
"""Kind and level to style; styles "<style> - nhãn" and "<style> - lời" of characters, where a
template has them, are those of the number and of the words."""
