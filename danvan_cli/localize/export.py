"""A programme as plain data: each value with where it comes from and what was done to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from danvan_cli.localize.locality import CITY_DECISION_FACT, CITY_THEME_FACT, Locality
from danvan_cli.localize.programme import Assigned, Dropped, LocalTask, Programme
from danvan_cli.localize.trail import Step, Value
from danvan_cli.localize.whereabouts import Whereabouts
from danvan_cli.prose import Origin, Prose

Data = dict[str, object]


def exported(locality: Locality, programme: Programme) -> Data:
    """The programme: unit, groups with tasks, city tasks left out with the reason."""
    return {
        "don_vi": {
            "ma": str(locality.unit.ma),
            "ten": locality.full_name,
            "loai": locality.unit.loai,
            "dac_diem": sorted(locality.facts - {CITY_THEME_FACT, CITY_DECISION_FACT}),
        },
        "danh_muc": {
            "nam": str(locality.catalogue.edition.nam),
            "thu_muc": locality.catalogue.shown,
        },
        "nhom": [
            {
                "ma": group.ma,
                "tt": group.tt,
                "ten": text_data(group.ten),
                "nhiem_vu": [_task(t) for t in programme.tasks if t.nhom == group.ma],
            }
            for group in programme.groups
        ],
        "khong_ap_dung": [_dropped(d) for d in programme.dropped],
    }


def _task(task: LocalTask) -> Data:
    made: Data = {"ma": task.ma, "tt": task.tt}
    if task.cha:
        made["diem_cua"] = task.cha
    made["noi_dung"] = text_data(task.noi_dung)
    if task.chi_tiet:
        made["chi_tiet"] = [text_data(t) for t in task.chi_tiet]
    if task.chu_thich:
        made["chu_thich"] = [text_data(t) for t in task.chu_thich]
    made["chu_tri"] = _agencies(task.chu_tri)
    made["phoi_hop"] = _agencies(task.phoi_hop)
    made["thoi_gian"] = text_data(task.thoi_gian) if task.thoi_gian else None
    made["tu"] = list(task.nguon)
    made["buoc"] = [step_data(step) for step in task.buoc]
    return made


def text_data(text: Prose) -> Data:
    """The words, and for each place they come from the place, whose they are, what called for them."""
    sources = []
    for piece in text.pieces:
        if not piece.place.path and not piece.ly_do:
            continue
        source: Data = {"noi": str(piece.place)} if piece.place.path else {}
        source["cua"] = piece.origin.value
        if piece.ly_do:
            source["ly_do"] = piece.ly_do
        if piece.via is not None and piece.extract is not None:
            source["goi"] = str(piece.via.place)
        if piece.layer:
            source["lop"] = piece.layer
        if source not in sources:
            sources.append(source)
    return {"chu": str(text), "nguon": sources}


def _agencies(agencies: Iterable[Assigned]) -> list[Data]:
    """Each agency with the places of its assignment, of the map that put it there, of its name."""
    made = []
    for agency in agencies:
        data: Data = {"ma": agency.ma, "ten": str(agency.ten)}
        for name, line in (("noi", agency.called), ("anh_xa", agency.mapped)):
            if line is not None:
                data[name] = str(line.place)
        data["so"] = str(agency.ten.place)
        if agency.vai_tro:
            data["vai_tro"] = str(agency.vai_tro)
        if agency.de_nghi:
            data["de_nghi"] = str(agency.de_nghi)
        made.append(data)
    return made


def step_data(step: Step) -> Data:
    """A step as plain data; `vi_tri` is the character (of a list: the member) it begins at."""
    made: Data = {"buoc": step.buoc.value, "truong": step.truong, "ma": step.ma}
    if step.muc is not None:
        made["muc"] = step.muc
    if step.at:
        made["vi_tri"] = step.at
    made["cu"], made["moi"] = _value(step.cu), _value(step.moi)
    if step.place.path:
        made["noi"] = str(step.place)
    if step.ly_do:
        made["ly_do"] = step.ly_do
    return made


def _value(value: Value) -> str | list[str]:
    return str(value) if isinstance(value, Prose) else [str(member) for member in value]


def _dropped(gone: Dropped) -> Data:
    return {
        "ma": gone.ma,
        "tt": gone.tt,
        "buoc": gone.buoc,
        "ly_do": gone.ly_do,
        "noi": str(gone.place),
    }


def whereabouts_data(found: Iterable[Whereabouts]) -> list[Data]:
    """Each city task with the unit's task it is in, or why it is in none."""
    made: list[Data] = []
    for one in found:
        data: Data = {"ket_qua": one.outcome.value}
        if one.ma:
            data["thanh_pho"] = {"ma": one.ma, "tt": one.tt, "noi_dung": one.noi_dung}
        if one.task is not None:
            text = str(one.task.noi_dung)
            data["don_vi"] = {"ma": one.task.ma, "tt": one.tt_don_vi, "noi_dung": text}
        if one.doi:
            data["doi"] = [vars(change) for change in one.doi]
        if one.ly_do:
            data["ly_do"] = one.ly_do
        made.append(data)
    return made


@dataclass(frozen=True)
class Share:
    """Words in all, and the part of each origin (0 to 1)."""

    so_chu: int
    danh_muc: float
    quy_tac: float
    ho_so: float


def share_of(words: Counter[Origin]) -> Share:
    """The shares of counted words."""
    total = sum(words.values())
    part = {origin: words[origin] / total if total else 0.0 for origin in Origin}
    return Share(total, part[Origin.CATALOGUE], part[Origin.RULE], part[Origin.UNIT])


def programme_share(programme: Programme) -> Share:
    """The shares of a programme: its groups' names and all its tasks say."""
    parts: list[Prose] = [group.ten for group in programme.groups]
    for task in programme.tasks:
        parts.extend(_proses(task))
    return share_of(sum((part.words() for part in parts), Counter()))


def _proses(task: LocalTask) -> list[Prose]:
    agencies = [*task.chu_tri, *task.phoi_hop]
    texts = [task.noi_dung, *task.chi_tiet, *task.chu_thich, task.thoi_gian]
    return texts + [p for a in agencies for p in (a.ten, a.vai_tro, a.de_nghi)]
