"""Suppressed findings (`bo_qua`): taken out with their reason, and watched over.

A suppression is data beside what it excuses. One that excuses nothing any more, or whose day has
passed, is itself a finding (DV218).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from danvan_cli.findings import Finding
from danvan_cli.grammar.dates import from_figures, in_figures
from danvan_cli.models.catalogue import Suppression
from danvan_cli.text import did_you_mean, fold
from danvan_cli.validate.outcome import Excused
from danvan_cli.validate.rules import find_rule, nearest_code, rule_of

UNUSED = "DV218"


@dataclass(frozen=True)
class Sifted:
    """Findings less those excused; `faults` are the suppressions' own."""

    kept: tuple[Finding, ...]
    excused: tuple[Excused, ...]
    faults: tuple[Finding, ...]


@dataclass(frozen=True)
class Allowance:
    """A value that the catalogue excuses: the same code on it is excused in units and documents."""

    code: str
    value: str
    suppression: Suppression


def sift(
    findings: Iterable[Finding],
    suppressions: Sequence[Suppression],
    today: date,
    asked: Callable[[str], bool] = lambda _: True,
) -> Sifted:
    """`findings` as `suppressions` leave them on `today`, with what is wrong with these.

    A suppression of a rule that is not `asked` for is not unused.
    """
    used: set[int] = set()

    def excuse(finding: Finding) -> Suppression | None:
        at = next((i for i, s in enumerate(suppressions) if _covers(s, finding)), None)
        if at is None:
            return None
        used.add(at)
        return None if expired(suppressions[at], today) else suppressions[at]

    kept, excused = _parted(findings, excuse)
    faults = [
        fault
        for index, suppression in enumerate(suppressions)
        if (fault := _fault(suppression, today, asked, used=index in used)) is not None
    ]
    return Sifted(kept, excused, tuple(faults))


def allowances(
    excused: Iterable[Excused], suppressions: Iterable[Suppression]
) -> tuple[Allowance, ...]:
    """The values that the catalogue's own suppressions stand for."""
    by_place = {suppression.place: suppression for suppression in suppressions}
    return tuple(
        Allowance(e.finding.code, fold(e.finding.value), by_place[e.place])
        for e in excused
        if e.finding.value and e.place in by_place
    )


def allow(
    findings: Iterable[Finding], allowed: Iterable[Allowance]
) -> tuple[tuple[Finding, ...], tuple[Excused, ...]]:
    """`findings` less those on a value the catalogue excuses, and these with its reason."""
    by_value = {(a.code, a.value): a.suppression for a in allowed}
    return _parted(findings, lambda f: by_value.get((f.code, fold(f.value))))


def _parted(
    findings: Iterable[Finding], excuse: Callable[[Finding], Suppression | None]
) -> tuple[tuple[Finding, ...], tuple[Excused, ...]]:
    """`findings` that nothing excuses, and the others with the reason and where it stands."""
    kept: list[Finding] = []
    excused: list[Excused] = []
    for finding in findings:
        suppression = excuse(finding)
        if suppression is None:
            kept.append(finding)
        else:
            excused.append(Excused(finding, str(suppression.ly_do), suppression.place))
    return tuple(kept), tuple(excused)


def expired(suppression: Suppression, today: date) -> bool:
    """Whether its last day has passed; a day that cannot be read has (and is reported)."""
    if suppression.den_ngay is None:
        return False
    last = from_figures(suppression.den_ngay)
    return last is None or last < today


def _covers(suppression: Suppression, finding: Finding) -> bool:
    if rule_of(finding.code).of_form or finding.code == UNUSED:
        return False
    rule = find_rule(suppression.ma_luat)
    if rule is None or rule.code != finding.code:
        return False
    place = str(suppression.noi)
    return place == finding.subject or place in finding.subject.split(".")


def _fault(
    suppression: Suppression, today: date, asked: Callable[[str], bool], *, used: bool
) -> Finding | None:
    code, place = str(suppression.ma_luat), str(suppression.noi)
    rule = find_rule(code)
    if rule is None:
        hint = did_you_mean(nearest_code(code))
        message = f"Không có quy tắc '{code}'.{hint} Xem các quy tắc bằng 'danvan rule'."
        return _wrong(suppression, "ma_luat", message, code)
    if rule.of_form:
        message = f"{rule.code} là lỗi dạng của tệp, không bỏ qua được. Sửa lỗi rồi xóa mục này."
        return _wrong(suppression, "ma_luat", message, code)
    if suppression.den_ngay is not None:
        last = from_figures(suppression.den_ngay)
        if last is None:
            given = str(suppression.den_ngay)
            message = f"'den_ngay' không nhận '{given}'. Ghi ngày như 31/12/{today.year}."
            return _wrong(suppression, "den_ngay", message, given)
        if used and last < today:
            message = (
                f"Mục bỏ qua {rule.code} ở '{place}' đã hết hạn ngày {in_figures(last)}. "
                "Sửa lỗi, hoặc gia hạn 'den_ngay' và nêu lý do."
            )
            return _wrong(suppression, "den_ngay", message, place, UNUSED)
    if not used and asked(rule.code):
        message = f"Mục bỏ qua {rule.code} ở '{place}' không còn che phát hiện nào. Xóa mục này."
        return _wrong(suppression, "ma_luat", message, place, UNUSED)
    return None


def _wrong(
    suppression: Suppression, name: str, message: str, value: str, code: str = "DV105"
) -> Finding:
    subject = f"bo_qua.{suppression.ma_luat}.{suppression.noi}"
    return Finding(suppression.place_of(name), code, message, subject=subject, value=value)
