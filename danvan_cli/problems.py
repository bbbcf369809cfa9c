"""The findings localising makes, one function a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from danvan_cli.findings import Edit, Finding, Place
from danvan_cli.nodes import Text
from danvan_cli.text import did_you_mean, fold, nearest, shortened, slug, squeeze

_SURE = 0.85
NO_SUCH_DAY = frozenset({"DV302", "DV505"})
"""A deadline, or the date of a document cited, that is on no calendar: never to be printed."""
HIDDEN = "DV220"
_SHORT = 8
"""An id no longer than this is like another with half of its letters."""
NO_POINTS_LEFT = "Mọi điểm của nhiệm vụ này đã bỏ."
"""Why a task that only heads points is not in a programme."""
MERGED_AWAY = "Đã hợp nhất vào nhiệm vụ khác."
"""Why a task that became part of another is not in a programme."""


def unknown_task(ma: str, place: Place, known: Iterable[str]) -> Finding:
    """DV201: a change that matches nothing."""
    hint = _meant(ma, known) or ' Ghi mã hoặc số của nhiệm vụ, ví dụ "2.1".'
    message = f"Không có nhiệm vụ '{ma}' trong danh mục.{hint}"
    return _finding(place, "DV201", ma, message)


def two_meanings(number: Text, printed: str, *tasks: tuple[str, str, str]) -> Finding:
    """DV221: a number on paper that is one task's in the city's list and another's in the unit's.

    Each of `tasks` is its id, what people call whose list it is in, and its words.
    """
    either = " hoặc ".join(
        f"'{ma}' ({printed} của {noun}: {shortened(words, 50)})" for ma, noun, words in tasks
    )
    message = f"'{number}' có thể là {either}. Ghi mã của nhiệm vụ muốn nói."
    return finding_on(number, "DV221", message, str(number))


def number_for_id(number: Text, ma: str, whose: str = "") -> Finding:
    """DV219: a task named by its number on paper; the id is known, and `whose` number it is."""
    said = f"'{number}' của {whose}" if whose else f"'{number}'"
    message = f"{said} là '{ma}'. Ghi mã: số đổi khi danh mục đổi, mã thì không bao giờ đổi."
    fix = Edit(number.place_at(0), str(number), ma)
    return finding_on(number, "DV219", message, ma, fix)


def not_in_programme(
    ma: str, number: str, noun: str, place: Place, why: str, remedy: str
) -> Finding:
    """DV201: a change to a task (`number` in the list of `noun`) that the unit's programme lacks."""
    message = f"Nhiệm vụ '{ma}' ({number} của {noun}) không có trong chương trình của đơn vị: {why} {remedy}"
    return _finding(place, "DV201", ma, message)


def set_twice(ma: str, name: str, place: Place, first: Place) -> Finding:
    """DV202: one field set by two changes."""
    message = f"'{name}' của '{ma}' được sửa hai lần; lần đầu ở {first}. Gộp hai chỗ làm một."
    return _finding(place, "DV202", ma, message)


def used_twice(ma: str, place: Place, first: Place) -> Finding:
    """DV204: one city task removed or merged twice."""
    message = f"Nhiệm vụ '{ma}' đã được dùng ở {first}: một nhiệm vụ chỉ bị loại bỏ hoặc hợp nhất một lần. Bỏ một trong hai."
    return _finding(place, "DV204", ma, message)


def words_not_found(old: str, place: Place, ma: str, times: int, text: str) -> Finding:
    """DV208: words to be changed that do not stand there exactly once."""
    how = "không có" if times == 0 else f"có {times} chỗ"
    remedy = "Chép đúng chữ cần thay" if times == 0 else "Chép dài hơn cho chỉ còn một chỗ"
    message = f"'{old}' {how} trong câu của '{ma}'. {remedy}; câu hiện là: {_round(text, old)}"
    return _finding(place, "DV208", ma, message)


def _round(text: str, words: str, most: int = 120) -> str:
    """`text`, where it is long as much of it as is most like `words`, with what stands round it."""
    if len(text) <= most:
        return text
    from rapidfuzz import fuzz  # only what is not found is looked for so

    like = fuzz.partial_ratio_alignment(fold(words), fold(text))
    at = like.dest_start if like is not None else 0
    start = max(0, min(at - (most - len(words)) // 2, len(text) - most))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = text.find(" ", start + most)
    cut = text[start:stop] if stop > 0 else text[start:]
    return ("… " if start else "") + cut + (" …" if stop > 0 else "")


def not_a_member(name: str, place: Place, ma: str, members: Iterable[str]) -> Finding:
    """DV209: a list member to be removed or replaced that is not in the list."""
    members = list(members)
    message = f"'{name}' không có trong danh sách của '{ma}'. Danh sách hiện có: {', '.join(members) or 'trống'}.{_meant(name, members)}"
    return _finding(place, "DV209", ma, message)


def id_taken(ma: str, place: Place) -> Finding:
    """DV210: a new task under an id that is taken."""
    message = f"Mã '{ma}' đã dùng cho nhiệm vụ khác. Đặt mã mới."
    return _finding(place, "DV210", ma, message)


def unknown_group(ma: str, place: Place, known: Iterable[str], *, whole: bool = False) -> Finding:
    """DV211: a group that neither the catalogue nor the unit's file has.

    `whole` says that it is given a name of its own, and that no task is put into it.
    """
    known = list(known)
    near = _meant(ma, known)
    listed = f" Các nhóm: {', '.join(known)}.{near}" if known else ""
    hint = ""
    if whole and not near:
        hint = f" Nhóm riêng phải có nhiệm vụ: ghi 'nhom: {ma}' ở một mục của 'bo_sung'."
    elif not known:
        hint = f" Khai ở 'nhom' của hồ sơ: {{ma: {ma or 'ma-nhom'}, ten: TÊN NHÓM}}."
    return _finding(place, "DV211", ma, f"Không có nhóm '{ma}'.{listed}{hint}")


def unplaced_block(ma: str, anchor: str, place: Place) -> Finding:
    """DV212: a block that is added or moved, and printed nowhere."""
    message = (
        f"Khối '{ma}' không in ở đâu: '{anchor}' không được in trong văn bản của đơn vị, hoặc khối"
        " không có chữ in được ở chỗ ấy. Đặt nó cạnh một khối được in."
    )
    return Finding(place, "DV212", message, subject=f"{ma}.them", value=ma)


def unknown_block(ma: str, place: Place, document: str, known: Iterable[str]) -> Finding:
    """DV212: a block that is not in the outline."""
    hint = _meant(ma, known) or " Mã các khối: danvan localize ĐƠN VỊ --khoi."
    return _finding(place, "DV212", ma, f"Văn bản '{document}' không có khối '{ma}'.{hint}")


def unknown_document(ma: str, place: Place, known: Iterable[str]) -> Finding:
    """DV213: a document kind or outline that the catalogue does not have."""
    known = list(known)
    message = f"Danh mục không có văn bản '{ma}'. Có: {', '.join(known)}.{_meant(ma, known)}"
    return _finding(place, "DV213", ma, message)


def unknown_agency(name: str, place: Place, near: str | None) -> Finding:
    """DV401: an agency that is in no register."""
    hint = " Thêm cơ quan này vào 'co_quan', hoặc dùng mã trong danh mục cơ quan."
    if ";" in name:
        hint = " Nhiều cơ quan thì ghi thành danh sách mã: [phong-van-hoa-xa-hoi, cong-an]."
    elif near:
        hint = f" Có phải '{near}'?"
    message = f"Cơ quan '{name}' không có trong danh mục cơ quan.{hint}"
    return _finding(place, "DV401", name, message)


def city_office(name: str, place: Place, ma: str) -> Finding:
    """DV403: a city office left with a commune's task."""
    message = f"'{name}' là cơ quan cấp trên, không làm nhiệm vụ '{ma}' của đơn vị. Ghi ở 'anh_xa' cơ quan của đơn vị làm thay."
    return Finding(place, "DV403", message, subject=ma, value=name)


def unmapped_office(ma: str, name: str, tasks: Iterable[str], place: Place) -> Finding:
    """DV403: a city office that the maps of a catalogue leave with many tasks of communes."""
    tasks = list(tasks)
    more = f" và {len(tasks) - 3} nhiệm vụ nữa" if len(tasks) > 3 else ""
    message = (
        f"Ánh xạ không cho biết cơ quan nào của đơn vị làm thay '{name}', là chủ trì hoặc phối hợp "
        f"của: {', '.join(tasks[:3])}{more}. Thêm '{ma}: <mã cơ quan của đơn vị>' vào đây."
    )
    return Finding(place, "DV403", message, subject=f"anh_xa.{ma}", value=name)


def without_maps(names: list[str], place: Place) -> Finding:
    """DV403: a catalogue without any map leaves every city office with the tasks of communes."""
    more = f" và {len(names) - 3} cơ quan nữa" if len(names) > 3 else ""
    shown = ", ".join(f"'{name}'" for name in names[:3])
    message = (
        f"Danh mục chưa có 'anh_xa' nên không biết cơ quan nào của đơn vị làm thay {shown}{more}. Thêm "
        f"'anh_xa' vào co_quan.yaml: dưới mỗi loại đơn vị, mỗi dòng '<mã cơ quan cấp trên>: <mã cơ quan của đơn vị>'."
    )
    return Finding(place, "DV403", message, subject="anh_xa")


def foreign_office(name: str, place: Place, ma: str, kind: str) -> Finding:
    """DV403: an office that units of this kind do not have."""
    message = f"'{name}' không phải cơ quan của {kind}, không làm nhiệm vụ '{ma}'. Ghi ở 'anh_xa' cơ quan của đơn vị làm thay."
    return _finding(place, "DV403", ma, message)


def merge_loses(ma: str, what: str, names: Iterable[str], place: Place) -> Finding:
    """DV214: a merge that drops an agency or a deadline of the tasks it merges."""
    message = f"Hợp nhất '{ma}' làm mất {what}: {', '.join(names)}. Thêm vào danh sách, hoặc nói rõ trong 'ly_do'."
    return _finding(place, "DV214", ma, message)


def stale_base(ma: str, place: Place, mark: str, now: str) -> Finding:
    """DV215: the city's words have changed since a text was written for them."""
    message = (
        f"Câu gốc của '{ma}' đã đổi từ khi viết câu này, nay là: “{squeeze(now)}”. "
        f"Xem lại câu đã viết, rồi ghi 'dau_goc: {mark}'."
    )
    return _finding(place, "DV215", ma, message)


def unknown_fact(name: str, place: Place, known: Mapping[str, str]) -> Finding:
    """DV207: a fact that is not one of the catalogue's (`known`: id to words)."""
    near = nearest(name, known, cutoff=0.6) or nearest(name, known.values(), cutoff=0.6)
    ma = next((ma for ma, title in known.items() if near in (ma, title)), None)
    hint = f"Có phải '{ma}'?" if ma else f"Các đặc điểm được dùng: {', '.join(sorted(known))}."
    message = f"Danh mục không có đặc điểm '{name}'. {hint}"
    return Finding(place, "DV207", message, subject="dac_diem", value=str(name))


def wrong_day(kind: str, day: str, place: Place, meant: str = "") -> Finding:
    """DV302: the date of a document that nobody can read, or that `meant` tells in figures."""
    message = (
        f"Ngày '{day}' của văn bản '{kind}' ghi năm trước. Ghi {meant}."
        if meant
        else f"Ngày '{day}' của văn bản '{kind}' không có trong lịch hoặc sai dạng. "
        "Ghi ngày/tháng/năm, hoặc tháng/năm khi chưa có ngày."
    )
    return Finding(place, "DV302", message, subject=f"{kind}.ngay", value=day)


def misspelt_placeholder(name: str, near: str, place: Place) -> Finding:
    """DV109: a placeholder that is not, near one that is."""
    message = f"Không có chỗ trống '{{{name}}}'. Có phải '{{{near}}}'?"
    return Finding(place, "DV109", message, subject=name, value=f"{{{name}}}")


def valueless_placeholder(name: str, place: Place) -> Finding:
    """DV109: a placeholder the unit has no value for."""
    where = f"'{name}' trong hồ sơ"
    if name == "chu_de_tinh":
        where = "'chu_de' ở đầu danh_muc.yaml của năm"
    elif name.endswith(".ban-hanh"):
        where = "'van_ban' ở đầu danh_muc.yaml của năm"
    message = (
        f"Chỗ trống '{{{name}}}' chưa có giá trị cho đơn vị này nên sẽ in nguyên ngoặc nhọn. "
        f"Ghi {where}, hoặc bỏ chỗ trống này."
    )
    return Finding(place, "DV109", message, subject=name, value=f"{{{name}}}")


def number_with_symbol(number: str, symbol: str, place: Place) -> Finding:
    """DV105: a document's number that is more than a number."""
    digits = "".join(c for c in number.partition("/")[0].partition("-")[0] if c.isdigit())
    hint = f" Ghi '{digits}'." if digits else ""
    message = f"'so_hieu' chỉ là số; ký hiệu '{symbol}' đã có sẵn, nhưng ở đây là '{number}'.{hint}"
    return wrong_value(place, "so_hieu", message, number)


def date_of_another_year(written: str, year: int, place: Place) -> Finding:
    """DV303: a document's date far from the year of the catalogue."""
    message = f"Ngày '{written}' cách năm {year} của danh mục quá xa. Xem lại năm."
    return Finding(place, "DV303", message, subject="ngay", value=written)


def missing_signer(place: Place) -> Finding:
    """DV203: a unit's file that does not say who signs."""
    message = "Hồ sơ chưa ghi người ký. Thêm 'nguoi_ky: Họ và tên', hoặc 'nguoi_ky: de_trong' để chừa trống."
    return _finding(place, "DV203", "nguoi_ky", message)


def unprinted_tasks(names: Iterable[str], document: str, place: Place) -> Finding:
    """DV217: tasks of the programme that a document which lists tasks prints nowhere."""
    message = (
        f"Văn bản '{document}' không in các nhiệm vụ: {', '.join(names)}. Thêm vào một danh sách, "
        "hoặc thêm danh sách không ghi 'nhiem_vu' để nhận phần còn lại."
    )
    return _finding(place, "DV217", document, message)


def hidden_task(ma: str, what: str, document: str, block: str, place: Place) -> Finding:
    """DV220: a document that does not print who leads a task, or until when."""
    message = (
        f"Văn bản '{document}' in chung hoặc bỏ chủ trì, thời hạn của nhiệm vụ '{ma}': {what}. Bỏ"
        f" 'dong' của khối '{block}' để mỗi nhiệm vụ có dòng của mình, hoặc ghi lý do ở 'bo_qua'."
    )
    return Finding(place, HIDDEN, message, subject=f"{document}.{block}.{ma}", value=ma)


def not_made(kind: str, place: Place) -> Finding:
    """DV216: changes to a document that the unit does not make."""
    message = (
        f"Sửa văn bản '{kind}' không in ở đâu: đơn vị không làm văn bản này. Thêm '{kind}' vào"
        " 'loai_van_ban', hoặc bỏ sửa đổi này."
    )
    return _finding(place, "DV216", kind, message)


def no_effect(ma: str, name: str, place: Place) -> Finding:
    """DV216: a change that changes nothing."""
    message = f"Sửa '{name}' của '{ma}' không làm thay đổi gì. Bỏ sửa đổi này."
    return _finding(place, "DV216", ma, message)


def unknown_post(post: str, place: Place, known: Mapping[str, Iterable[str]]) -> Finding:
    """DV105: a signer's post that the wording has no lines for (`known`: id to what is printed)."""
    near = max((ma for ma in known if slug(post).startswith(slug(ma))), key=len, default=None)
    near = near or nearest(slug(post).replace("-", "_"), known)
    listed = "; ".join(f"{ma} (ký {', '.join(known[ma])})" for ma in known if near in (None, ma))
    message = f"'chuc_vu' không nhận giá trị '{post}'. {'Có phải' if near else 'Nhận'}: {listed}."
    return wrong_value(place, "nguoi_ky", message, "nguoi_ky")


def finding_on(
    value: Text, code: str, message: str, subject: str, fix: Edit | None = None
) -> Finding:
    """The finding `code` on the whole of a value of a YAML file."""
    return Finding(value.place, code, message, subject=subject, value=str(value), fix=fix)


def wrong_value(place: Place, subject: str, message: str, value: str = "") -> Finding:
    """DV105: a value that is not taken."""
    return Finding(place, "DV105", message, subject=subject, value=str(value))


def unknown_id(ma: Text, known: Iterable[str], what: str, subject: str) -> Iterator[Finding]:
    """DV108: an id of a catalogue, of `what`, that is not among those `known`."""
    known = list(known)
    if ma in known:
        return
    near = meant(ma, known, cutoff=0.5 if len(ma) <= _SHORT else 0.6)
    hint = f"Có phải '{near}'?" if near else "Thêm mục này, hoặc sửa mã."
    sure = near and nearest(ma, [near], cutoff=_SURE)
    fix = Edit(ma.place, str(ma), sure) if sure else None
    yield finding_on(ma, "DV108", f"Không có {what} '{ma}'. {hint}", subject, fix)


def at_line(place: Place, here: Place) -> str:
    """`place` as a message at `here` tells it: the line, and the file where it is another."""
    file = "" if place.path == here.path else f" tệp {place.path.rpartition('/')[2]}"
    return f"dòng {place.line}{file}"


def meant(name: str, known: Iterable[str], *, cutoff: float) -> str | None:
    """The member of `known` that `name` is meant for: the one it begins, else the most like it."""
    known = list(known)
    longer = [one for one in known if len(name) > 4 and one.startswith(name)]
    return longer[0] if len(longer) == 1 else nearest(name, known, cutoff=cutoff)


def _meant(name: str, known: Iterable[str]) -> str:
    known = set(known)
    begun = [ma for ma in known if ma.startswith(f"{name}-")]
    return did_you_mean(begun[0] if len(begun) == 1 else nearest(name, known, cutoff=0.6))


def _finding(place: Place, code: str, subject: str, message: str) -> Finding:
    return Finding(place, code, message, subject=subject, value=subject)
