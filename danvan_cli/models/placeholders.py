"""The names between braces that a text may hold without naming an id."""

from __future__ import annotations

PLACEHOLDERS = {
    "loai": "loại đơn vị: xã",
    "don_vi": "loại và tên: xã Tân An",
    "ten": "tên riêng: Tân An",
    "tinh": "tỉnh, thành phố cả loại và tên",
    "loai_tinh": "tỉnh, hoặc thành phố",
    "ten_tinh": "tên riêng của tỉnh, thành phố",
    "cap_uy_tinh": "Tỉnh ủy, hoặc Thành ủy",
    "nam": "năm của danh mục",
    "khu_dan_cu": "thôn, tổ dân phố, khu dân cư",
    "chu_de": "chủ đề năm của đơn vị",
    "chu_de_tinh": "chủ đề năm của tỉnh, thành phố",
}
"""Every placeholder without an id, and what it prints."""
