"""Fixes change the characters of a span and nothing else."""

import re
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from danvan_cli.errors import WriteError
from danvan_cli.findings import Edit, Finding, Place
from danvan_cli.validate.fix import Fixed, diff, fixed, spliced, write
from tests.validate.cities import SMALL, UNIT, city_in, codes, run, written

SPACED = UNIT + 'chu_de: "Gần dân , sát việc"  # chủ đề\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def fix_of(*paths: Path, root: Path = SMALL) -> Fixed:
    return fixed(lambda: run(*paths, root=root), lambda _: True)


def after(path: Path, text: str) -> str:
    """The text of the file at `path` once it is fixed; the disk is left as it is."""
    data = written(path, text).read_bytes()
    made = fix_of(path).files.get(path.resolve(), data)
    assert path.read_bytes() == data
    return made.decode()


def edit(column: int, old: str, new: str, line: int = 1) -> Edit:
    return Edit(Place("x", line, column), old, new)


def test_only_the_words_at_fault_change(tmp_path: Path) -> None:
    assert after(tmp_path / "ho-so.yaml", SPACED) == SPACED.replace("dân ,", "dân,")


@pytest.mark.parametrize("start", ["\ufeff", "# ghi chú , giữ nguyên\n", "\n\n"])
def test_marks_comments_and_empty_lines_stay(tmp_path: Path, start: str) -> None:
    text = start + SPACED
    assert after(tmp_path / "ho-so.yaml", text) == text.replace("dân ,", "dân,")


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    text = SPACED.replace("\n", "\r\n")
    assert after(tmp_path / "ho-so.yaml", text) == text.replace("dân ,", "dân,")


def test_a_folded_line_keeps_its_break(tmp_path: Path) -> None:
    text = UNIT + "chu_de: >\n  Gần dân, gần\n  dân , sát việc\n"
    assert after(tmp_path / "ho-so.yaml", text) == text.replace("dân ,", "dân,")


def test_decomposed_letters_become_composed(tmp_path: Path) -> None:
    text = UNIT + "chu_de: Gâ\u0300n dân, sát việc\n"
    assert after(tmp_path / "ho-so.yaml", text) == UNIT + "chu_de: Gần dân, sát việc\n"


def test_a_text_document_is_mended_too(tmp_path: Path) -> None:
    text = "KẾ HOẠCH\nCông tác dân vận năm 2027\n\nTổ chức đối thoại , tiếp công dân./.\n"
    assert after(tmp_path / "ke-hoach.txt", text) == text.replace("thoại ,", "thoại,")


def test_a_catalogue_is_mended_in_the_file_at_fault(tmp_path: Path) -> None:
    city = city_in(tmp_path, ngon_tu='  moi: "Gần dân , sát việc"\n')
    made = fix_of(city, root=city)
    assert [path.name for path in made.files] == ["ngon_tu.yaml"]
    assert codes(made.report) == []


def test_what_may_not_be_changed_is_left(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", SPACED)
    made = fixed(lambda: run(path), lambda _: False)
    assert made.files == {}
    assert codes(made.report) == ["DV703"]


def test_the_report_is_on_what_will_be_written(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", SPACED)
    made = fix_of(path)
    assert codes(made.first) == ["DV703"]
    assert codes(made.report) == []
    assert (made.applied, made.left) == (1, ())
    write(made)
    assert codes(run(path)) == []
    assert [p.name for p in tmp_path.iterdir()] == ["ho-so.yaml"]


def test_fixing_twice_is_fixing_once(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", SPACED)
    write(fix_of(path))
    assert fix_of(path).files == {}


def test_a_diff_says_what_would_be_written(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", SPACED)
    assert diff(fix_of(path).files) == (
        "--- ho-so.yaml\n"
        "+++ ho-so.yaml\n"
        "@@ -1,3 +1,3 @@\n"
        " don_vi: dong-xuan\n"
        " nguoi_ky: de_trong\n"
        '-chu_de: "Gần dân , sát việc"  # chủ đề\n'
        '+chu_de: "Gần dân, sát việc"  # chủ đề\n'
    )


def test_edits_that_overlap_wait_for_the_next_round() -> None:
    made = spliced("một hai ba", [edit(5, "hai", "HAI"), edit(5, "hai ba", "BA")])
    assert made.text == "một HAI ba"
    assert [e.new for e in made.overlapping] == ["BA"]


def test_an_edit_whose_words_are_not_there_is_lost() -> None:
    made = spliced("một hai ba", [edit(1, "hai", "HAI"), edit(1, "x", "y", line=9)])
    assert made.text == "một hai ba"
    assert len(made.lost) == 2


def test_an_edit_that_would_break_the_file_is_left(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", UNIT + 'chu_de: "Gần dân"\n')
    report = run(path)
    bad = Edit(Place("ho-so.yaml", 3, 10), "Gần", 'Gần" #')

    faulty = replace(report, findings=(Finding(bad.place, "DV703", "x", fix=bad),))
    made = fixed(lambda: faulty, lambda _: True)
    assert made.files == {}
    assert made.left == (bad,)


WORDS = st.text(alphabet="abc đế\u0301\n ,.'\"", max_size=30)


@example(before="a", old="\u0301", tail="\u0301", new="a")
@example(before="a\u0301", old="a.\u0301", tail="", new="\u0301")
@given(before=WORDS, old=WORDS.filter(bool), tail=WORDS, new=WORDS)
def test_all_outside_the_span_stays(before: str, old: str, tail: str, new: str) -> None:
    text = before + old + tail
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    made = spliced(text, [edit(column, old, new, line)])
    assert made.text.startswith(before)
    if made.made:
        assert made.text.endswith(tail)
        assert made.text == before + new + tail
    else:
        assert made.text == text


def test_a_file_that_cannot_be_written_is_said_and_none_is(tmp_path: Path) -> None:
    kept, gone = (written(tmp_path / name, SPACED) for name in ("a.yaml", "b.yaml"))
    made = fixed(lambda: run(kept, gone), lambda _: True)
    assert len(made.files) == 2
    gone.unlink()
    with pytest.raises(WriteError, match=r"b\.yaml: không còn tệp này\. Chạy lại\."):
        write(made)
    assert {p.name: p.read_text("utf-8") for p in tmp_path.iterdir()} == {"a.yaml": SPACED}


def test_a_file_saved_since_it_was_read_is_not_replaced(tmp_path: Path) -> None:
    path = written(tmp_path / "ho-so.yaml", SPACED)
    made = fix_of(path)
    written(path, SPACED + "# thêm sau khi đọc\n")
    with pytest.raises(WriteError, match="vừa được lưu từ chương trình khác"):
        write(made)
    assert path.read_text("utf-8").endswith("# thêm sau khi đọc\n")


WORDED = UNIT + '# Ghi chú của **xã nhà** về việc này\nchu_de: "Gần dân, sát việc"  # chủ đề năm\n'
PLAIN = (
    "KẾ HOẠCH\nMở đầu **việc đậm** và *việc nghiêng* của xã\n\n# Mục một: _làm rõ_ trách nhiệm\n"
)


@given(st.sampled_from([("ho-so.yaml", WORDED), ("k.txt", PLAIN)]), st.data())
def test_a_letter_that_is_not_right_is_mended_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory, sound: tuple[str, str], data: st.DataObject
) -> None:
    name, text = sound
    begin = text.index("#" if name == "ho-so.yaml" else "Mở")
    words = [m.span() for m in re.finditer(r"[^\W\d_]{3,}", text) if m.start() > begin]
    words = [(a, b) for a, b in words if text[a:b] not in ("chu", "chu_de")]
    start, end = data.draw(st.sampled_from(words))
    word = text[start:end]
    odd = data.draw(st.sampled_from([word[:1] + "\u200b" + word[1:], normalize("NFD", word)]))
    path = written(tmp_path_factory.mktemp("a") / name, text[:start] + odd + text[end:])
    made = fix_of(path)
    assert made.left == ()
    assert made.files.get(path.resolve(), path.read_bytes()).decode() == text
