"""Dates of the registers: written as dates, and in an order that can be (DV105)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import from_figures, in_figures
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import cities_of, years_of
from danvan_cli.load.units import ListedPlace, provinces
from danvan_cli.models.registers import LegalDocument
from danvan_cli.nodes import Text
from danvan_cli.problems import wrong_value
from danvan_cli.validate.setting import Setting

_YEAR = re.compile(r"năm (\d{4})")


def check_registers(catalogue: Catalogue, setting: Setting) -> Iterator[Finding]:
    """DV105 on the dates of agencies, legal documents and days off, and on the catalogue's year."""
    yield from _folder(catalogue)
    yield from _year(catalogue)
    for agency in catalogue.agencies:
        yield from _span(agency.tu_ngay, agency.den_ngay, str(agency.ma), ("tu_ngay", "den_ngay"))
    for document in catalogue.legal:
        ma = str(document.ma)
        yield from _span(document.ngay, document.het_hieu_luc, ma, ("ngay", "het_hieu_luc"))
        yield from _span(document.ngay, document.ra_soat, ma, ("ngay", "ra_soat"))
        yield from _checked_later(document, setting)
    yield from _units(catalogue)
    for span in catalogue.calendar.nghi:
        yield from _span(span.tu_ngay, span.den_ngay, "ngay_nghi", ("tu_ngay", "den_ngay"))
    for work in catalogue.calendar.lam_bu:
        yield from _day(work.ngay, "lam_bu.ngay")


def _checked_later(document: LegalDocument, setting: Setting) -> Iterator[Finding]:
    """A day of checking that has not come; a clock that is behind makes none of this year's so."""
    day = from_figures(document.ra_soat)
    last = max(setting.today, date(setting.year, 12, 31))
    if day is not None and day > last:
        message = (
            f"'ra_soat' ghi ngày {in_figures(day)}, là ngày chưa đến. "
            f"Ghi ngày gần nhất có người kiểm tra."
        )
        yield wrong_value(
            document.ra_soat.place, f"{document.ma}.ra_soat", message, document.ra_soat
        )


def check_overlays(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV116 on what hides an entry of a layer below, or changes nothing there; loading noticed it."""
    yield from catalogue.overlaid


def _folder(catalogue: Catalogue) -> Iterator[Finding]:
    """A city's folder bears its id: its units are found by it, and it is told from others by it."""
    ma, own = catalogue.city.ma, catalogue.folder.parent
    if catalogue.is_country_only or own.name == ma:
        return
    listed = {p.ma for p in _listed(catalogue)}
    several = ma in listed and len(cities_of(own.parent)) > 1
    copied = own.name in listed or years_of(own.parent / ma)
    if copied or several:
        right = (
            f"Ghi 'tinh: {own.name}', hoặc đổi tên thư mục" if copied else f"Đổi tên thành '{ma}'"
        )
        message = (
            f"Danh mục ở thư mục '{own.name}' nhưng 'tinh' ghi '{ma}' ({catalogue.province}), có thể "
            f"còn sót khi chép. {right}."
        )
        yield wrong_value(ma.place, "tinh", message, ma)


def _units(catalogue: Catalogue) -> Iterator[Finding]:
    """Facts that a unit both has and has not."""
    for unit in catalogue.units:
        for fact in unit.dac_diem:
            if fact in unit.khong_co:
                message = f"Đơn vị '{unit.ma}' ghi vừa có vừa không có '{fact}'. Giữ một."
                yield wrong_value(fact.place, f"{unit.ma}.dac_diem", message, fact)


def _listed(catalogue: Catalogue) -> tuple[ListedPlace, ...]:
    """The provinces of the country the catalogue stands on."""
    return provinces(catalogue.country) if catalogue.country is not None else ()


def _year(catalogue: Catalogue) -> Iterator[Finding]:
    year, folder = catalogue.edition.nam, catalogue.folder.name
    copied = not folder.isdecimal() and (catalogue.folder.parent / year).is_dir()
    if copied or (folder.isdecimal() and folder != year):
        right = "Xóa bản chép này" if copied else f"Sửa 'nam' thành '{folder}'"
        message = (
            f"Danh mục ở thư mục '{folder}' nhưng ghi năm '{year}'. {right}, hoặc đổi tên thư mục."
        )
        yield wrong_value(year.place, "danh_muc.nam", message, year)
    yield from _decision(catalogue)


def _decision(catalogue: Catalogue) -> Iterator[Finding]:
    """The decision that issues the catalogue is of its year, or of the end of the year before."""
    named = catalogue.edition.van_ban
    decision = next((d for d in catalogue.legal if d.ma == named), None)
    day = from_figures(decision.ngay) if decision is not None and decision.ngay else None
    titled = [int(year) for year in _YEAR.findall(decision.ten)] if decision is not None else []
    right = not titled or catalogue.year in titled
    if day and named and not (right and catalogue.year - 1 <= day.year <= catalogue.year):
        message = (
            f"Danh mục năm {catalogue.year} ghi ban hành theo '{named}', ngày {in_figures(day)}. "
            f"Ghi quyết định của năm {catalogue.year}, thêm vào sổ văn bản nếu chưa có."
        )
        yield wrong_value(named.place, "danh_muc.van_ban", message, named)
    other = _other_province(catalogue, str(decision.co_quan or "")) if decision is not None else ""
    if other and named:
        message = (
            f"Danh mục của {catalogue.province} ghi ban hành theo '{named}' của {other}. "
            f"Ghi quyết định của {catalogue.province}, chưa có thì bỏ khóa này."
        )
        yield wrong_value(named.place, "danh_muc.van_ban", message, named)


def _other_province(catalogue: Catalogue, issuer: str) -> str:
    """The province an issuer's name ends with, where it is not the catalogue's own."""
    others = [p.ten for p in _listed(catalogue) if p.ten != catalogue.city.ten]
    return next((name for name in others if issuer.endswith(f" {name}")), "")


def _span(
    first: Text | None, last: Text | None, ma: str, names: tuple[str, str]
) -> Iterator[Finding]:
    """The two dates of a mapping, where given, and the second not before the first."""
    yield from _day(first, f"{ma}.{names[0]}")
    yield from _day(last, f"{ma}.{names[1]}")
    if first is None or last is None:
        return
    begin, end = from_figures(first), from_figures(last)
    if begin and end and end < begin:
        message = (
            f"'{names[1]}' ({in_figures(end)}) trước '{names[0]}' ({in_figures(begin)}). "
            f"Sửa một trong hai ngày."
        )
        yield wrong_value(last.place, f"{ma}.{names[1]}", message, last)


def _day(text: Text | None, subject: str) -> Iterator[Finding]:
    if text is not None and from_figures(text) is None:
        message = f"'{text}' không phải một ngày có thật. Ghi ngày/tháng/năm, như 05/6/2020."
        yield wrong_value(text.place, subject, message, text)
