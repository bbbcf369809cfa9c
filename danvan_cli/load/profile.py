"""A unit's file, and which unit a name means."""

from __future__ import annotations

from pathlib import Path

from danvan_cli.errors import UsageError
from danvan_cli.findings import Finding, Place
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.search import elsewhere, means, split_name
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.nodes import Text
from danvan_cli.problems import wrong_value
from danvan_cli.text import fold, nearest, plain_ascii, same_name, slug

PROFILE_NAMES = ("ho-so.yaml", "ho_so.yaml")


def unit_of(
    catalogue: Catalogue, profile: Profile, shown: str
) -> tuple[Unit | None, tuple[Finding, ...]]:
    """The unit a profile is about: one of the catalogue's, or one it names with its kind."""
    if profile.don_vi is not None:
        found = matching(catalogue, profile.don_vi)
        if len(found) == 1:
            return found[0], ()
        message = _not_one(profile.don_vi, found, catalogue)
        return None, (
            Finding(profile.don_vi.place, "DV205", message, "don_vi", str(profile.don_vi)),
        )
    if profile.ten is None or profile.loai is None:
        place = profile.place if profile.place.path else Place(shown, 1, 1)
        message = "Hồ sơ chưa nói là của đơn vị nào. Thêm 'don_vi:' (mã hoặc tên), hoặc 'ten:' và 'loai:'."
        return None, (Finding(place, "DV205", message, "don_vi"),)
    if profile.loai not in catalogue.kinds:
        near = nearest(profile.loai, catalogue.kinds, cutoff=0.5)
        hint = f" Có phải '{near}'?" if near else ""
        allowed = ", ".join(sorted(catalogue.kinds))
        message = f"'loai' không nhận giá trị '{profile.loai}'.{hint} Nhận: {allowed}."
        return None, (wrong_value(profile.loai.place, "loai", message, profile.loai),)
    if not slug(profile.ten):
        message = f"Tên '{profile.ten}' không có chữ cái nào. Ghi tên của đơn vị."
        return None, (Finding(profile.ten.place, "DV205", message, "ten", str(profile.ten)),)
    same = [
        u for u in catalogue.units if u.loai == profile.loai and fold(u.ten) == fold(profile.ten)
    ]
    if same:
        return same[0], ()
    return Unit(ma=Text(slug(profile.ten)), ten=profile.ten, loai=profile.loai), ()


def find_unit(catalogue: Catalogue, name: str) -> Unit:
    """The unit meant by a slug, a name, or a kind and a name (`xã An Lão`).

    Raises:
        UsageError: there is none, or more than one, with the nearest names.
    """
    found = matching(catalogue, name)
    if len(found) == 1:
        return found[0]
    if not found and Path(name).is_dir():
        raise UsageError(
            f"Thư mục '{name}' không có hồ sơ đơn vị (tệp .yaml).", "Tạo hồ sơ bằng 'danvan init'."
        )
    raise UsageError(_not_one(name, found, catalogue))


def matching(catalogue: Catalogue, name: str) -> list[Unit]:
    """Every unit that `name` may mean: an exact reading first, then one without diacritics.

    A name may say its province too: `tinh/xa`, `xã X, tỉnh Y`.
    """
    where, own = split_name(name)
    city = catalogue.city
    if where and means(where, city.ma, city.ten, str(catalogue.kinds[city.loai].ten)):
        name = own
    units = [catalogue.city, *catalogue.units]
    names = {unit.ma: _names(unit, catalogue) for unit in units}
    exact = [u for u in units if u.ma == name or fold(name) in {fold(n) for n in names[u.ma]}]
    if exact:
        return exact
    return [u for u in units if any(same_name(name, known) for known in names[u.ma])]


def _names(unit: Unit, catalogue: Catalogue) -> tuple[str, str]:
    return str(unit.ten), f"{catalogue.kinds[unit.loai].ten} {unit.ten}"


def _not_one(name: str, found: list[Unit], catalogue: Catalogue) -> str:
    if found:
        choices = ", ".join(f"'{u.ma}' ({catalogue.kinds[u.loai].ten} {u.ten})" for u in found)
        return f"'{name}' có thể là nhiều đơn vị. Chọn một: {choices}."
    known = [full for u in catalogue.units for full in (_names(u, catalogue)[1], str(u.ma))]
    same = [u for u in catalogue.units if slug(name).endswith(f"-{slug(u.ten)}")]
    if same:
        near: str | None = _names(same[0], catalogue)[1]
    else:
        near = nearest(name, known, cutoff=0.6) or nearest(plain_ascii(name), known, cutoff=0.6)
    examples = "' hoặc '".join(known[:2])
    hint = f" Có phải '{near}'?" if near else f" Ghi mã hoặc tên, ví dụ '{examples}'."
    other = elsewhere(catalogue.country, name) if catalogue.country is not None else ""
    if other:
        hint = f" {other}"
    return f"Không có đơn vị '{name}' trong danh sách của {catalogue.province}.{hint}"


def find_profile(name: str) -> Path | None:
    """The unit file that `name` points at: a file, or a folder with one; None for a unit's name.

    The folder a unit's documents were written to bears the unit's own name: without a unit file
    it is a name like another.

    Raises:
        UsageError: no file of that name, or a folder with several unit files.
    """
    path = Path(name)
    if path.is_file():
        if path.suffix.lower() in (".docx", ".doc", ".pdf", ".txt"):
            raise UsageError(
                f"'{name}' là văn bản, không phải hồ sơ đơn vị (tệp .yaml).",
                "Soát văn bản thì dùng 'danvan validate'.",
            )
        return path
    if not path.is_dir():
        if path.suffix in (".yaml", ".yml"):
            raise UsageError(
                f"Không có tệp '{name}'.",
                "Kiểm tra lại đường dẫn, hoặc tạo hồ sơ bằng 'danvan init'.",
            )
        if name.endswith(("/", "\\")):
            raise UsageError(f"Không có thư mục '{name}'.", "Kiểm tra lại đường dẫn.")
        return None
    named = [path / n for n in PROFILE_NAMES if (path / n).is_file()]
    files = named or sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml"))
    if len(files) == 1 or named:
        return files[0]
    if not files:
        return None
    names = ", ".join(p.name for p in files)
    raise UsageError(f"Thư mục '{name}' có nhiều tệp .yaml: {names}.", "Chỉ đúng một tệp.")
