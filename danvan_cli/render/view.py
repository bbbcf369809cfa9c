"""A document's content as the plain values a template is given."""

from __future__ import annotations

from collections.abc import Iterable

from danvan_cli.prose import Prose
from danvan_cli.render.content import Annex, Block, Content, Line, Row, Table
from danvan_cli.render.footnotes import marker

_HEADINGS = ("", "phan", "muc", "tieu_muc")
_CELLS = ("noi_dung", "chu_tri", "phoi_hop", "thoi_gian")
_PAIRS = {"dieu": "ten", "viec": "tt", "dong": "nhan"}


def document_values(content: Content) -> dict[str, object]:
    """What the template of the document itself is given; what is not there has no name."""
    notes: list[list[str]] = []
    made: dict[str, object] = {
        name: str(text)
        for name in (
            *("quoc_hieu", "tieu_ngu", "ten_loai", "so_ky_hieu", "dia_danh_ngay"),
            *("tham_quyen", "lenh"),
        )
        if (text := getattr(content, name))
    }
    made |= {"co_quan": _texts(content.co_quan), "trich_yeu": _texts(content.trich_yeu)}
    made |= {n: _texts(v) for n in ("kem_theo", "can_cu") if (v := getattr(content, n))}
    blocks = [_block(block, notes) for block in content.noi_dung]
    if len(blocks) == 1 and "bang" in blocks[0]:
        made["bang"] = blocks[0]["bang"]
    else:
        made["khoi"] = blocks
    made["chu_thich"] = notes
    if content.ky.quyen_han:
        made["ky"] = {
            "quyen_han": _texts(content.ky.quyen_han),
            "ho_ten": str(content.ky.ho_ten),
        }
        nhan, dong = content.noi_nhan.nhan, content.noi_nhan.dong
        made["noi_nhan"] = {"nhan": str(nhan), "dong": _texts(dong)}
    return made


def annex_values(content: Content) -> dict[str, object]:
    """What the template of the annexes is given."""
    return {
        "co_quan": _texts(content.co_quan),
        "ten_loai": str(content.ten_loai),
        "trich_yeu": _texts(content.trich_yeu),
        "phu_luc": [_annex(annex) for annex in content.phu_luc],
        "chu_thich": [],
    }


def _texts(values: Iterable[Prose | Line]) -> list[str]:
    return [str(v.chu if isinstance(v, Line) else v) for v in values]


def _block(block: Block, notes: list[list[str]]) -> dict[str, object]:
    lead, text = str(block.so), str(block.chu)
    if block.bang is not None:
        return {"bang": _table(block.bang, notes)}
    if block.loai in _PAIRS:
        lead = lead.removesuffix(":") if block.loai == "dong" else lead
        return {block.loai: {_PAIRS[block.loai]: lead, "noi_dung": text}}
    name = _HEADINGS[block.cap] or ("doan" if block.loai in ("khoan", "diem") else block.loai)
    return {name: f"{lead} {text}" if lead else text}


def _table(table: Table, notes: list[list[str]]) -> dict[str, object]:
    groups = [
        {"tt": str(g.tt), "ten": str(g.ten), "nhiem_vu": [_row(r, notes) for r in g.hang]}
        for g in table.nhom
    ]
    return {"cot": [str(column.ten) for column in table.cot], "nhom": groups}


def _row(row: Row, notes: list[list[str]]) -> dict[str, object]:
    made: dict[str, object] = {"tt": str(row.tt)}
    made |= {name: _texts(getattr(row, name).lines()) for name in _CELLS}
    if row.chu_thich:
        *before, last = _texts(row.noi_dung.lines())
        made["noi_dung"] = [*before, last + marker(len(notes))]
        notes.append(_texts(row.chu_thich))
    return made


def _annex(annex: Annex) -> dict[str, object]:
    return {
        "ten": str(annex.ten),
        "tieu_de": str(annex.tieu_de),
        "kem_theo": str(annex.kem_theo),
        "cot": [str(column.ten) for column in annex.bang.cot],
        "dong": [
            [_texts(row.cell(c.truong).chu.lines()) for c in annex.bang.cot]
            for row in annex.bang.rows()
        ],
    }
