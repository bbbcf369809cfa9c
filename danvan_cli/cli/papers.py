"""The documents of a unit, and what is said of their files: Word, PDF beside it, those edited by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli.console import note, out, progress
from danvan_cli.cli.options import unknown
from danvan_cli.cli.unit import OpenedUnit, stop_on
from danvan_cli.errors import DanvanError, ExitCode, OfficeError, UsageError
from danvan_cli.files import Judge, Verdict, Written, replaced, write_all
from danvan_cli.load.folders import shown_path
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme
from danvan_cli.problems import missing_signer
from danvan_cli.render.documents import Draft, document_kinds, documents_of, every_kind
from danvan_cli.text import shortened

if TYPE_CHECKING:
    from danvan_cli.word.renewal.renew import Renewed


ALL = "all"
_SENTENCES = {
    Verdict.NEW: "{path}",
    Verdict.SAME: "{path} (không đổi)",
    Verdict.REPLACED: "{path} (làm lại)",
    Verdict.SET_ASIDE: "{path} (làm lại; bản đã sửa tay cất ở {aside})",
    Verdict.LOCKED: "{path}: tệp đang mở trong Word hoặc chỉ đọc, giữ nguyên. Đóng tệp rồi chạy lại.",
    Verdict.KEPT: "{path}: tệp đã có và khác bản mới, giữ nguyên. Thêm --force để ghi lại.",
}
_OF_A_FILE = (
    "{path}: làm từ hồ sơ {source}, mà lần này không có hồ sơ, giữ nguyên. Làm lại bằng hồ sơ ấy,"
    " hoặc thêm --force."
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
            missing = f"Không có loại văn bản '{kind}' cho {locality.full_name}."
            raise unknown(missing, kind, [*known, ALL])
    return kinds


def judge_of(*, force: bool, with_file: bool) -> Judge:
    """What may become of a paper that is there already: what nobody edited is made anew.

    Without force, what a unit's file gave is not made again from the catalogue alone:
    `with_file` says that there is one now.
    """

    def untouched(data: bytes) -> bool:
        from danvan_cli.word.pack import is_untouched  # reads Word files, which is seldom needed

        return is_untouched(data) and (force or with_file or not _source(data))

    return replaced(untouched, else_=Verdict.SET_ASIDE if force else Verdict.KEPT)


def _source(data: bytes) -> str:
    """The unit's file that an unedited paper was made from; "" where there was none."""
    from danvan_cli.word.pack import SOURCE
    from danvan_cli.word.package import own_properties, read_package

    return own_properties(read_package(data)).get(SOURCE, "")


def say(item: Written) -> None:
    """Print what became of a file: what was not written is for the conversation."""
    aside = shown_path(item.aside) if item.aside else ""
    sentence, source = (
        _why_kept(item.path) if item.verdict is Verdict.KEPT else (_SENTENCES[item.verdict], "")
    )
    line = sentence.format(path=shown_path(item.path), aside=aside, source=source)
    (note if item.verdict in _LEFT else out)(line)


def _why_kept(path: Path) -> tuple[str, str]:
    """Why a paper is left as it is, and the unit's file it was made from where that is why."""
    from danvan_cli.word.pack import is_untouched  # reads Word files, which is seldom needed

    try:
        data = path.read_bytes()
    except OSError:
        return _SENTENCES[Verdict.KEPT], ""
    if is_untouched(data):
        return _OF_A_FILE, _source(data)
    return (_EDITED if path.suffix == ".docx" else _SENTENCES[Verdict.KEPT]), ""


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
        with progress("PDF", len(papers)) as advance:
            made = pdfs_of([path.read_bytes() for path in papers], lambda n: advance(n, "PDF"))
    except OfficeError as error:
        raise OfficeError(error.found, f"{error.remedy} Các tệp Word đã làm vẫn ở đó.") from error
    files = [(path.with_suffix(".pdf"), data) for path, data in zip(papers, made, strict=True)]
    # One whose mark is that of its bytes is as LibreOffice made it: nobody has signed it.
    edited = Verdict.SET_ASIDE if force else Verdict.KEPT
    judge = replaced(lambda data: settled(data) == data, else_=edited)
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
    for item in write_all([(path, data)], judge_of(force=True, with_file=True)):
        say(item)


@dataclass
class _Files:
    """The files to be written, and what came of those a person had edited."""

    new: Mapping[Path, bytes]
    read: dict[Path, bytes] = field(default_factory=dict)
    made: dict[Path, Renewed] = field(default_factory=dict)
    unknown: dict[Path, str] = field(default_factory=dict)

    def bytes_for(self, path: Path) -> bytes:
        """What is to stand at `path`: the new paper, or the edited one made new."""
        from danvan_cli.word.pack import is_untouched  # reads Word files
        from danvan_cli.word.package import PackageError
        from danvan_cli.word.renewal.renew import CommentWords, renewed

        if not path.is_file():
            return self.new[path]
        present = self.read[path] = path.read_bytes()
        if is_untouched(present):
            return self.new[path]
        words = CommentWords(
            changed="Bản mới của danvan: {}",
            left_out="Bản mới của danvan không có đoạn này.",
            deleted="Sau đoạn này, bản mới của danvan có: {}",
        )
        try:
            made = renewed(present, self.new[path], words)
        except PackageError as error:
            self.unknown[path] = error.found
            return self.new[path]
        if made is None:
            self.unknown[path] = "tệp không cho biết danvan đã viết gì"
            return self.new[path]
        if not made.renewed and not made.conflicts:
            return present
        self.made[path] = made
        return made.data

    def judge(self, path: Path, present: bytes) -> Verdict:
        """Put aside what a person edited; leave what nobody can tell apart, or was just saved."""
        if path in self.unknown or self.read.get(path) != present:
            return Verdict.KEPT
        return Verdict.SET_ASIDE if path in self.made else Verdict.REPLACED


def renew(files: Iterable[tuple[Path, bytes]]) -> ExitCode:
    """Write `files`; those a person edited keep her changes, and the old ones are put aside."""
    work = _Files(dict(files))
    written = write_all([(path, work.bytes_for(path)) for path in work.new], work.judge)
    for item in written:
        _say(item, work)
    conflicts = any(made.conflicts for made in work.made.values())
    code = code_of(written)
    return ExitCode.FINDINGS if conflicts and code is ExitCode.CLEAN else code


def _say(item: Written, work: _Files) -> None:
    made = work.made.get(item.path)
    if item.path in work.unknown and item.verdict is Verdict.KEPT:
        note(
            f"{shown_path(item.path)}: {work.unknown[item.path]}, giữ nguyên."
            " Thêm --force thay cho --giu-sua để làm lại; tệp cũ được cất riêng."
        )
        return
    if made is None or item.verdict is not Verdict.SET_ASIDE:
        say(item)
        return
    aside = shown_path(item.aside) if item.aside else ""
    out(
        f"{shown_path(item.path)} (làm mới {len(made.renewed)} chỗ, giữ {len(made.kept)} chỗ sửa"
        f" tay; bản cũ cất ở {aside})"
    )
    for text in made.conflicts:
        note(f"Cả hai cùng đổi, giữ chữ đã sửa tay, bên cạnh có chú thích. {shortened(text)}")
