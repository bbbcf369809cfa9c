"""What an edit of a catalogue does, in words and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from danvan_cli.comparing.changes import FIELD_NAMES, Difference, DifferenceKind
from danvan_cli.text import alike_at_start, shortened
from danvan_cli.validate.impact import Impact, WordsChange

_SHOWN, _AROUND, _UNITS, _EXCEPT = 90, 3, 6, 3


def impact_lines(impacts: Iterable[Impact]) -> Iterator[str]:
    """Each change once with the units it comes to; a city and a year at a time."""
    impacts = list(impacts)
    several = len({impact.tinh for impact in impacts}) > 1
    for impact in impacts:
        where = f" của {impact.tinh}" if several else ""
        yield from _lines(impact, f"Danh mục {impact.nam}{where}")


def impact_data(impact: Impact) -> dict[str, object]:
    """The same as plain data."""
    return {
        "nam": impact.nam,
        "tinh": impact.tinh,
        "don_vi_them": list(impact.them),
        "don_vi_bot": list(impact.bot),
        "doi": [{**_data(one.change), "don_vi": list(one.don_vi)} for one in impact.doi],
        "khong_xac_dinh": [
            {"don_vi": one.don_vi, "noi": str(one.finding.place), "ly_do": one.finding.message}
            for one in impact.khong_xac_dinh
        ],
        "danh_muc_con_loi": [f"{f.place} {f.code} {f.message}" for f in impact.loi],
    }


def _data(change: Difference | WordsChange) -> dict[str, str]:
    if isinstance(change, WordsChange):
        return {"van_ban": change.loai, "khoi": change.khoi, "cu": change.cu, "moi": change.moi}
    return change.data()


def _lines(impact: Impact, called: str) -> Iterator[str]:
    for finding in impact.loi[:1]:
        more = f" (và {len(impact.loi) - 1} lỗi nữa)" if len(impact.loi) > 1 else ""
        yield (
            f"{called}: không xác định được hết, danh mục còn lỗi: "
            f"{finding.place} {finding.code}{more}. Sửa rồi so lại."
        )
    if impact.them:
        yield f"{called}: thêm đơn vị {_some(impact.them)}."
    if impact.bot:
        yield f"{called}: bớt đơn vị {_some(impact.bot)}."
    touched = impact.touched
    if touched:
        yield f"{called}: sửa danh mục làm đổi văn bản của {len(touched)} đơn vị:"
    elif not (impact.khong_xac_dinh or impact.loi or impact.them or impact.bot):
        yield f"{called}: sửa danh mục không làm đổi văn bản của đơn vị nào."
    by_text: dict[str, list[str]] = {}
    for one in impact.doi:
        # What differs only further on ("thôn", "tổ dân phố") is the same change to a reader.
        by_text.setdefault(_sentence(one.change), []).extend(one.don_vi)
    yield from (f"- {text}: {_whom(names, impact)}" for text, names in by_text.items())
    yield from _unknown(impact)


def _unknown(impact: Impact) -> Iterator[str]:
    """What cannot be determined, each cause once with the units it is the cause for."""
    causes: dict[str, list[str]] = {}
    for one in impact.khong_xac_dinh:
        fault = one.finding
        causes.setdefault(f"{fault.place} {fault.code} {fault.message}", []).append(one.don_vi)
    if causes:
        units = len(impact.khong_xac_dinh)
        yield f"Danh mục {impact.nam}: không xác định được văn bản của {units} đơn vị đổi gì, vì:"
    yield from (f"- {cause} ({_whom(names, impact)})" for cause, names in causes.items())


def _sentence(change: Difference | WordsChange) -> str:
    if isinstance(change, WordsChange):
        if not change.khoi:
            return f"{'thêm' if change.moi else 'bớt'} văn bản '{change.moi or change.cu}'"
        return f"văn bản '{change.loai}', khối '{change.khoi}' {_from_to(change.cu, change.moi)}"
    what = "nhóm" if change.truong == "ten" else "nhiệm vụ"
    if change.kind is DifferenceKind.ADDED:
        return f"thêm {what} '{change.ma}' “{shortened(change.moi, _SHOWN)}”"
    if change.kind is DifferenceKind.GONE:
        return f"bớt {what} '{change.ma}' “{shortened(change.cu, _SHOWN)}”"
    if change.kind is DifferenceKind.RENUMBERED:
        return f"'{change.ma}' đổi số {change.cu} thành {change.moi}"
    if change.kind is DifferenceKind.MOVED:
        return f"'{change.ma}' chuyển từ nhóm '{change.cu}' sang nhóm '{change.moi}'"
    return f"'{change.ma}' đổi {FIELD_NAMES[change.truong]} {_from_to(change.cu, change.moi)}"


def _from_to(old: str, new: str) -> str:
    """The words that differ with a few around them."""
    if not old:
        return f"thêm “{shortened(new, _SHOWN)}”"
    if not new:
        return f"bỏ “{shortened(old, _SHOWN)}”"
    before, after = old.split(), new.split()
    start = alike_at_start(before, after)
    end = alike_at_start(before[start:][::-1], after[start:][::-1])
    return f"“{_cut(before, start, end)}” thành “{_cut(after, start, end)}”"


def _cut(words: list[str], start: int, end: int) -> str:
    low, high = max(start - _AROUND, 0), min(len(words) - end + _AROUND, len(words))
    text = shortened(" ".join(words[low:high]), _SHOWN)
    return ("… " if low else "") + text + (" …" if high < len(words) else "")


def _whom(units: list[str], impact: Impact) -> str:
    if len(units) == impact.so_don_vi:
        return f"mọi đơn vị ({impact.so_don_vi})"
    left, parts = set(units), []
    for kind, names in impact.loai.items():
        without = [name for name in names if name not in left]
        reached = len(names) - len(without)
        if reached > 1 and len(without) <= min(_EXCEPT, reached // 2):
            parts.append(
                f"mọi {kind} ({reached})" + (f" trừ {_some(tuple(without))}" if without else "")
            )
            left -= set(names)
    rest = tuple(name for name in units if name in left)
    return ", ".join([*parts, *([_some(rest)] if rest else [])])


def _some(names: tuple[str, ...]) -> str:
    more = f" và {len(names) - _UNITS} đơn vị nữa" if len(names) > _UNITS else ""
    return ", ".join(names[:_UNITS]) + more
