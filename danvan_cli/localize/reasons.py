"""Why a step did what it did, where no file gives the reason: one function or constant a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.catalogue import Selector

HEAD_NOT_HERE = "Nhiệm vụ chứa điểm này không áp dụng."
UNKNOWN_AGENCY = "Không có trong danh mục cơ quan."
NOT_OF_UNIT = "Không phải cơ quan của đơn vị."
SAME_AGENCY = "Đã có trong danh sách."
PART_OF_ANOTHER = "Nằm trong tập thể đã kể."
ROLE_SAYS_MORE = "Đã có trong danh sách với vai trò riêng."
ALREADY_LEADS = "Đã chủ trì."
REGISTERED_NAME = "Tên trong danh mục cơ quan."
RESOLVED_NAME = "Mã của cơ quan có tên này."
NOTES_BECOME_POINTS = "Câu chữ của đơn vị có các ý dưới nhiệm vụ thay cho chú thích."
JOINED = "Nối câu của các nhiệm vụ."
UNITED = "Gộp cơ quan của các nhiệm vụ."
TAKEN_FROM_FIRST = "Theo nhiệm vụ đứng đầu."
NEW_NUMBER = "Đánh số theo thứ tự trong chương trình."
HEAD_GONE = "Nhiệm vụ chứa điểm này không còn."
GROUP_OF_HEAD = "Theo nhóm của nhiệm vụ chứa điểm này."
NUMBERED = "Đánh số theo thứ tự in."
BULLET = "Gạch đầu dòng."
AFTER_LABEL = "Dấu sau nhãn."
BETWEEN_MEMBERS = "Dấu giữa các thành phần của một danh sách."
BETWEEN_WORDS = "Dấu cách giữa hai phần của một tên."
NOTHING_FOLLOWS = "Dấu hết phụ lục."
MONTHS = "Các tháng của thời hạn."
LINE_END = "Dấu cuối dòng."
NOTE_MARK = "Dấu dẫn đến chú thích."
_MAPS = {
    "sua_doi": "Ánh xạ riêng của đơn vị cho nhiệm vụ này.",
    "nhiem_vu": "Ánh xạ của danh mục cho nhiệm vụ này.",
    "nhom_cua_don_vi": "Ánh xạ riêng của đơn vị cho nhóm.",
    "nhom": "Ánh xạ của danh mục cho nhóm.",
    "don_vi": "Ánh xạ riêng của đơn vị.",
    "loai": "Ánh xạ mặc định của {loai}.",
}
_VALUES = {
    "loai": "Loại đơn vị.",
    "don_vi": "Tên đầy đủ của đơn vị.",
    "ten": "Tên riêng của đơn vị.",
    "tinh": "Loại và tên của tỉnh, thành phố.",
    "loai_tinh": "Loại của tỉnh, thành phố.",
    "ten_tinh": "Tên của tỉnh, thành phố.",
    "cap_uy_tinh": "Cấp ủy của tỉnh, thành phố.",
    "nam": "Năm của danh mục.",
    "nam_sau": "Năm sau năm của danh mục.",
    "khu_dan_cu": "Khu dân cư của đơn vị.",
    "chu_de": "Chủ đề năm của đơn vị.",
    "chu_de_tinh": "Chủ đề năm của tỉnh, thành phố.",
    "co_quan": "Tên cơ quan ở đơn vị.",
    "viet_tat": "Tên viết tắt của cơ quan ở đơn vị.",
    "cum_tu": "Cụm từ dùng chung của danh mục.",
}
_CITATION = "Viện dẫn theo sổ văn bản."


def decided(tasks: Iterable[str], words: Iterable[str], noun: str) -> str:
    """What a fact decides: the `tasks` it brings in, by number, and those whose words it changes.

    `noun` is what people call whose numbers they are.
    """
    parts = [f"nhiệm vụ {', '.join(tasks)} của {noun}"] if tasks else []
    parts += [f"câu chữ của {', '.join(words)} của {noun}"] if words else []
    return "; ".join(parts)


def value_of(placeholder: str) -> str:
    """What stands where a placeholder stood."""
    return _VALUES.get(placeholder.partition(".")[0], _CITATION)


def by_map(layer: str, kind: str) -> str:
    """Which map put one agency in place of another."""
    return _MAPS[layer].format(loai=kind)


def not_for(selectors: Iterable[Selector], catalogue: Catalogue) -> str:
    """Why a task is not for a unit: whom it is for."""
    return f"Chỉ áp dụng cho: {_whom(selectors, catalogue)}."


def unknown_whether(facts: Iterable[str], catalogue: Catalogue) -> str:
    """Why a task is not there though it may be for the unit: what nobody has said of it."""
    names = {str(f.ma): str(f.ten) for f in catalogue.facts}
    return f"Chưa biết đơn vị {', '.join(names[fact] for fact in facts)} hay không."


def variant_for(selectors: Iterable[Selector], catalogue: Catalogue) -> str:
    """Why a variant speaks: whom it is for."""
    return f"Câu chữ cho: {_whom(selectors, catalogue)}."


def earliest_deadline(ma: str, end: date | None) -> str:
    """Why the deadline of one of the merged tasks was taken."""
    if end is None:
        return f"Thời hạn của '{ma}'; các nhiệm vụ hợp nhất không có ngày cuối."
    return f"Thời hạn sớm nhất, của '{ma}': đến {end:%d/%m/%Y}."


def _whom(selectors: Iterable[Selector], catalogue: Catalogue) -> str:
    return " hoặc ".join(_one(selector, catalogue) for selector in selectors)


def _one(selector: Selector, catalogue: Catalogue) -> str:
    names = {str(f.ma): str(f.ten) for f in catalogue.facts}
    kinds = {k: str(v.ten) for k, v in catalogue.kinds.items()}
    parts = [", ".join(kinds.get(k, k) for k in selector.loai)] if selector.loai else []
    parts += [names.get(str(f), str(f)) for f in selector.co]
    parts += [f"không: {names.get(str(f), str(f))}" for f in selector.khong]
    return "; ".join(parts)
