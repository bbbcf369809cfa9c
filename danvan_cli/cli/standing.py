"""`danvan` alone: where one stands in this folder, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from danvan_cli.cli.console import to_paste
from danvan_cli.cli.options import Context
from danvan_cli.cli.unit import OpenedUnit, open_catalogue, open_example, open_unit
from danvan_cli.errors import DanvanError
from danvan_cli.files import portable
from danvan_cli.load.folders import YAML, cities_of
from danvan_cli.validate.inputs import looks_like_profile

_MOST = 10
_HELP = "Xem các lệnh: danvan --help"


def standing(context: Context) -> Iterator[str]:
    """The unit files of this folder with their papers, each with the next step.

    Raises:
        DanvanError: the catalogue in use cannot be read.
    """
    cities = cities_of(context.catalogue_root)
    if len(cities) > 1:
        names = ", ".join(city.name for city in cities[:_MOST])
        more = ", ..." if len(cities) > _MOST else ""
        yield f"Danh mục đang dùng: {len(cities)} tỉnh, thành phố ({names}{more})."
    else:
        catalogue = open_catalogue(context)
        yield f"Danh mục đang dùng: {catalogue.province}, năm {catalogue.edition.nam}."
    profiles = sorted(p for p in Path().iterdir() if p.suffix in YAML and looks_like_profile(p))
    if not profiles:
        name, ma = open_example(context)
        yield "Thư mục này chưa có hồ sơ đơn vị nào."
        yield f'Tạo hồ sơ: danvan init "{name}"'
        yield f"Làm thử văn bản, chưa cần hồ sơ: danvan render {ma}"
    for path in profiles[:_MOST]:
        yield from _of_profile(path, context)
    if len(profiles) > _MOST:
        yield f"... và {len(profiles) - _MOST} hồ sơ khác."
    yield _HELP


def _of_profile(path: Path, context: Context) -> Iterator[str]:
    try:
        subject = open_unit(context, str(path))
    except DanvanError:
        yield f"{path}: hồ sơ có lỗi. Xem lỗi: danvan validate {to_paste(str(path))}"
        return
    yield f"{path}: hồ sơ của {subject.locality.full_name}."
    yield f"  {_next(path, subject)}"


def _next(path: Path, subject: OpenedUnit) -> str:
    folder = Path(portable(str(subject.locality.unit.ma)))
    papers = sorted(folder.glob("*.docx")) if folder.is_dir() else []
    render = f"danvan render {to_paste(str(path))}"
    if not papers:
        return f"Chưa có văn bản trong {folder}. Làm văn bản: {render}"
    made = min(paper.stat().st_mtime for paper in papers)
    if path.stat().st_mtime > made:
        return f"{folder} có {len(papers)} văn bản, làm trước lần sửa hồ sơ này. Làm lại: {render} --force"
    return f"{folder} có {len(papers)} văn bản. Soát trước khi ký: danvan validate {folder}"
