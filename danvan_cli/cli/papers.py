"""The documents of a unit, and what is said of their files: Word, and PDF beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.cli.console import note, out, progress
from danvan_cli.cli.unit import OpenedUnit, stop_on
from danvan_cli.errors import DanvanError, ExitCode, OfficeError, UsageError
from danvan_cli.files import Judge, Verdict, Written, kept, replaced, write_all
from danvan_cli.load.folders import shown_path
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme
from danvan_cli.problems import missing_signer
from danvan_cli.render.documents import Draft, document_kinds, documents_of, every_kind
from danvan_cli.text import did_you_mean, nearest

ALL = "all"
_SAID = {
    Verdict.NEW: "{path}",
    Verdict.SAME: "{path} (không đổi)",
    Verdict.REPLACED: "{path} (ghi lại)",
    Verdict.SET_ASIDE: "{path} (ghi lại; bản đã sửa tay cất ở {aside})",
    Verdict.LOCKED: "{path}: tệp đang mở trong Word hoặc chỉ đọc, giữ nguyên. Đóng tệp rồi chạy lại.",
    Verdict.KEPT: "{path}: tệp đã có và khác bản mới, giữ nguyên. Thêm --force để ghi lại.",
}
_DATA_CHANGED = (
    "{path}: hồ sơ hoặc danh mục đã đổi từ khi làm tệp này; tệp chưa sửa tay, giữ nguyên."
    " Thêm --force để làm lại."
)
_EDITED = (
    "{path}: tệp đã sửa tay, giữ nguyên. Thêm --giu-sua để làm lại mà giữ chỗ sửa, hoặc --force để"
    " làm lại và cất riêng bản này."
)
_LEFT = (Verdict.KEPT, Verdict.LOCKED)


@dataclass(frozen=True)
class Papers:
    """The documents asked for of a unit, ready to be rendered, and the programme they print."""

    locality: Locality
    programme: Programme
    documents: tuple[Draft, ...]
    empty: tuple[str, ...] = ()
    """Kinds of document that print tasks, of which there are none."""

    def files(self, folder: Path, templates: Path) -> list[tuple[Path, bytes]]:
        """The finished files, each at its path in `folder`.

        Raises:
            TemplateError: a template cannot be read or filled.
        """
        return [(folder / d.name, d.rendered(templates)) for d in self.documents]


def papers_for(subject: OpenedUnit, loai: str | None) -> Papers:
    """The documents asked for, ready to be rendered.

    Raises:
        FindingsError: localising or the documents have findings, or a file names no signer.
        UsageError: a kind of document that is not.
        DanvanError: the catalogue has no outline for such a unit.
    """
    locality = subject.locality
    wanted = wanted_kinds(locality, loai)
    programme = localize(locality)
    empty = () if programme.tasks else _listing(locality, wanted)
    kinds = [kind for kind in wanted if kind not in empty]
    documents, findings = documents_of(locality, programme, kinds)
    signer = locality.profile.nguoi_ky
    if subject.path is not None and signer is None:
        place = locality.profile.place
        findings = (*findings, missing_signer(place))
    stop_on((*programme.findings, *findings))
    if empty and not kinds:
        raise UsageError(
            "Chưa có nhiệm vụ nào để làm văn bản này.", f"Thiếu ở: {', '.join(empty)}."
        )
    if not documents:
        name = locality.full_name
        raise DanvanError(
            f"Danh mục không có dàn ý văn bản nào cho {name}, nên không làm được gì.",
            "Thêm dàn ý vào 'van_ban/', rồi soát: danvan validate.",
        )
    return Papers(locality, programme, documents, empty)


def _listing(locality: Locality, kinds: list[str]) -> tuple[str, ...]:
    """Those of `kinds` whose outline prints tasks."""
    listing = {
        str(outline.loai)
        for outline in locality.catalogue.outlines
        if any(block.danh_sach for block in outline.blocks())
    }
    return tuple(kind for kind in kinds if kind in listing)


def wanted_kinds(locality: Locality, loai: str | None) -> list[str]:
    """The kinds of document `loai` asks for.

    Raises:
        UsageError: one of them is not a kind this catalogue has for the unit.
    """
    if loai == ALL:
        return every_kind(locality)
    if loai is None:
        return document_kinds(locality)
    known = list(
        dict.fromkeys(str(o.loai) for o in locality.catalogue.outlines if locality.holds(o.ap_dung))
    )
    kinds = [name.strip() for name in loai.split(",") if name.strip()]
    if not kinds:
        raise UsageError("--loai bỏ trống.", f"Nhận: {', '.join(known)}, {ALL}.")
    for kind in kinds:
        if kind not in known:
            hint = did_you_mean(nearest(kind, [*known, ALL], cutoff=0.5))
            raise UsageError(
                f"Không có loại văn bản '{kind}' cho {locality.full_name}.{hint}",
                f"Nhận: {', '.join(known)}, {ALL}.",
            )
    return kinds


def judge_of(*, force: bool) -> Judge:
    """What may become of a paper that is there already."""
    if not force:
        return kept
    from danvan_cli.word.pack import is_untouched  # reads Word files, which is seldom needed

    return replaced(is_untouched)


def say(item: Written) -> None:
    """Print what became of a file: what was not written is for the conversation."""
    aside = shown_path(item.aside) if item.aside else ""
    said = _why_kept(item.path) if item.verdict is Verdict.KEPT else _SAID[item.verdict]
    line = said.format(path=shown_path(item.path), aside=aside)
    (note if item.verdict in _LEFT else out)(line)


def _why_kept(path: Path) -> str:
    """Whether a paper that is left as it is was edited by hand, or the data it was made from changed."""
    if path.suffix != ".docx":
        return _SAID[Verdict.KEPT]
    from danvan_cli.word.pack import is_untouched  # reads Word files, which is seldom needed

    try:
        data = path.read_bytes()
    except OSError:
        return _SAID[Verdict.KEPT]
    return _DATA_CHANGED if is_untouched(data) else _EDITED


def code_of(written: Iterable[Written]) -> ExitCode:
    """Clean, or what could not be written, or what was kept."""
    verdicts = {item.verdict for item in written}
    if Verdict.LOCKED in verdicts:
        return ExitCode.FAILED
    return ExitCode.FINDINGS if Verdict.KEPT in verdicts else ExitCode.CLEAN


def write_pdfs(papers: Sequence[Path], *, force: bool, each: bool = True) -> ExitCode:
    """Write the PDF of each Word file of `papers` beside it, and say what came of it.

    Without `each` only of those where it is unusual.

    Raises:
        OfficeError: LibreOffice cannot make them; the Word files stay.
        WriteError: one of them cannot be written.
    """
    from danvan_cli.word.office import pdfs_of, settled  # starts another program

    note(f"Đang làm PDF của {len(papers)} văn bản bằng LibreOffice.")
    try:
        with progress("PDF", len(papers)) as said:
            made = pdfs_of([path.read_bytes() for path in papers], lambda n: said(n, "PDF"))
    except OfficeError as error:
        raise OfficeError(error.found, f"{error.remedy} Các tệp Word đã làm vẫn ở đó.") from error
    files = [(path.with_suffix(".pdf"), data) for path, data in zip(papers, made, strict=True)]
    # One whose mark is that of its bytes is as LibreOffice made it: nobody has signed it.
    judge = replaced(lambda data: settled(data) == data) if force else kept
    written = write_all(files, judge)
    for item in written:
        if each or item.verdict not in (Verdict.NEW, Verdict.SAME, Verdict.REPLACED):
            say(item)
    return code_of(written)


def write_word(path: Path, data: bytes) -> None:
    """Write `data` to `path`; what danvan made there gives way, another file is kept aside.

    Raises:
        UsageError: the name is not that of a Word file.
        WriteError: it cannot be written.
    """
    if path.suffix.lower() != ".docx":
        raise UsageError(f"'{path}' không phải tên tệp Word.", "Ghi tên có đuôi .docx.")
    for item in write_all([(path, data)], judge_of(force=True)):
        say(item)
