"""Lists as cities print them: what is read of years, kinds, reasons, chapters and hidden cells."""

import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sakata_lod.errors import HiddenCells, SameYearTwice
from sakata_lod.publish.assembly import read_edition
from sakata_lod.publish.build import build
from sakata_lod.publish.hidden_parts import told_together
from sakata_lod.publish.open_register import OpenRegister
from sakata_lod.publish.proposal import Asked, propose
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.publish.table import table_of
from sakata_lod.site import EditionFolder, EditionSource, TableLayout, read_site
from tests.publish.conftest import unwatched
from tests.publish.small_tables import COLUMNS, plan_with, read_small
from tests.sites import write_workbook


@pytest.mark.parametrize(("newest", "reason"), [("達成", ""), ("", "中止")])
def test_a_reason_is_of_the_year_whose_status_counts(tmp_path: Path, newest: str, reason: str) -> None:
    layout = f"{COLUMNS}year = '年度'\nachievement = '評価'\nreason = '理由'\nfill_down = ['番号', '施策']\n"
    layout += "[rows]\nmeasure = '(?P<number>.+) (?P<title>.+)'\n"
    layout += "[achievement]\n'達成' = 'achieved'\n'未達成' = 'notAchieved'\n"
    table = f"番号,施策,年度,評価,理由\n1,研修,R4,未達成,中止\n,,R5,{newest},\n"
    (progress,) = read_small(tmp_path, layout, table).progress
    assert progress.reason == reason


def test_an_indicator_named_by_the_measure_s_title_is_so_without_its_number(tmp_path: Path) -> None:
    layout = "[columns]\ntitle = '事業'\nindicator = '事業'\nunit = '単位'\n"
    layout += "[rows]\nmeasure = '（(?P<number>.+)）(?P<title>.+)'\n[years]\nactual = '実績'\n"
    edition = read_small(tmp_path, layout, "事業,単位,R4実績\n（1）延長保育,人,10\n（2）病児保育,人日,20\n")
    assert [(each.measure, each.title, each.unit) for each in edition.indicators] == [
        ("1", "延長保育", "人"), ("2", "病児保育", "人日")
    ]  # fmt: skip


def test_two_headings_of_one_year_are_refused_by_both_their_names(tmp_path: Path) -> None:
    layout = f"{COLUMNS}[rows]\nmeasure = '(?P<number>.+) (?P<title>.+)'\n[years]\nactivity = '取組状況'\n"
    with pytest.raises(SameYearTwice, match="“令和5年度の取組状況” and “R5”") as caught:
        read_small(tmp_path, layout, "番号,施策,R5,令和5年度の取組状況\n1,窓口,実施,設けた\n")
    assert (caught.value.place.row, caught.value.place.column) == (1, 4)
    layout = layout.replace("[rows]", "ignored = 'R5'\n[rows]")
    (activity,) = read_small(
        tmp_path / "other", layout, "番号,施策,R5,令和5年度の取組状況\n1,窓口,実施,設けた\n"
    ).activities
    assert activity.text == "設けた"


KINDS = """番号,施策,指標,区分,R4,R5
1,窓口,件数,目標,10,20
,,,実績,9,21
,,,達成率,90%,105%
"""
KINDS_LAYOUT = f"""{COLUMNS}
indicator = '指標'
kind = '区分'
fill_down = ['番号', '施策', '指標']
[rows]
measure = '(?P<number>.+) (?P<title>.+)'
[years]
target = '目標'
actual = '実績'
ignored = '達成率'
"""


def test_rows_of_a_kind_that_is_only_kept_are_read_as_such(tmp_path: Path) -> None:
    edition = read_small(tmp_path, KINDS_LAYOUT, KINDS)
    assert [(each.target_text, each.actual_text) for each in edition.indicator_values] == [
        ("10", "9"), ("20", "21")
    ]  # fmt: skip
    built = build(tmp_path / "site", tmp_path / "releases", None, unwatched)
    assert built.release is not None
    (table,) = reconstruct(read_site(tmp_path / "site"), built.release)
    assert (table.differences, table.unread, table.misstated) == ((), (), ())


def test_what_else_stands_above_the_first_header_is_not_read(tmp_path: Path) -> None:
    layout = f"{COLUMNS}[rows]\ndivisions = ['第(?P<number>\\d+)章 (?P<title>.+)']\n"
    layout += "measure = '(?P<number>\\d+) (?P<title>.+)'\n"
    table = "3 年間の計画,,\n第1章 くらし,,第9章\n第2章 産業,,\n番号,施策\n1,農業\n"
    edition = read_small(tmp_path, layout, table)
    assert [each.number for each in edition.divisions] == ["2"]


def test_where_measures_print_no_numbers_a_row_of_a_chapter_alone_is_the_chapter_s(tmp_path: Path) -> None:
    layout = "[columns]\ntitle = '施策'\ndepartments = '担当課'\n"
    layout += "[rows]\ndivisions = ['第(?P<number>.+)章 (?P<title>.+)']\nmeasure = '(?P<title>.+)'\n"
    layout += "numbers = { '窓口' = '1', '第2章 を読む会' = '2' }\n"
    table = "施策,担当課\n第1章 くらし,\n窓口,福祉課\n第2章 を読む会,福祉課\n"
    edition = read_small(tmp_path, layout, table)
    assert [each.title for each in edition.divisions] == ["くらし"]
    assert [each.title for each in edition.measures] == ["窓口", "第2章 を読む会"]


@pytest.fixture
def hidden(tmp_path: Path) -> Path:
    """A workbook with a hidden row of a measure, a hidden column of notes, and a blank one."""
    file = tmp_path / "t.xlsx"
    write_workbook("# 進捗\n番号 | 施策 | 評価 | メモ\n1 | 窓口 | 達成 |\n2 | 訓練 | 達成 | 内部\n", file)
    book = openpyxl.load_workbook(file)
    book["進捗"].row_dimensions[3].hidden = True
    book["進捗"].column_dimensions.group("D", "E", hidden=True)
    book.save(file)
    return file


def test_what_a_workbook_hides_is_asked_before_it_is_published(hidden: Path) -> None:
    text = propose(hidden, Asked()).plan_toml
    assert tomllib.loads(text)["editions"]["?"]["hidden"] == "?"
    assert "# ? 非表示のところ（シート「進捗」の行 3・列 4）に文字があります" in text


@pytest.mark.parametrize("said", [True, False])
def test_what_a_workbook_hides_is_read_only_if_people_say_so(hidden: Path, said: bool) -> None:
    source = {"source": "t.xlsx", "format": "xlsx"} | ({"hidden": "published"} if said else {})
    edition = EditionSource.model_validate(source)
    layout = TableLayout.model_validate(tomllib.loads(
        f"{COLUMNS}achievement = '評価'\nignored = 'メモ'\n[rows]\nmeasure = '(?P<number>.+) (?P<title>.+)'\n"
        "[achievement]\n'達成' = 'achieved'\n"
    ))  # fmt: skip
    folder = EditionFolder(
        folder=hidden.parent, as_of=date(2024, 3, 31), source=edition, layout=layout, corrections=()
    )
    plan, register = plan_with(layout, (folder,)), OpenRegister.of(layout.departments)
    if said:
        assert len(read_edition(plan, folder, register).measures) == 2
        return
    with pytest.raises(HiddenCells, match="rows 3, columns 4"):
        read_edition(plan, folder, register)


def workbook_with_a_second_sheet(file: Path, text: str | None, state: str) -> None:
    write_workbook("# 進捗\n番号 | 施策 | 評価\n1 | 窓口 | 達成\n", file)
    book = openpyxl.load_workbook(file)
    beside = book.create_sheet("内部")
    beside["B2"] = text
    beside.sheet_state = state
    book.save(file)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_beside_the_table_is_asked_about(tmp_path: Path, state: str) -> None:
    workbook_with_a_second_sheet(tmp_path / "t.xlsx", "議会には未説明", state)
    assert (
        "# ? 非表示のところ（シート「内部」）に文字があります"
        in propose(tmp_path / "t.xlsx", Asked()).plan_toml
    )
    said = propose(tmp_path / "t.xlsx", Asked(language="en")).plan_toml
    assert "what the workbook hides (sheet “内部”) holds text" in said


@pytest.mark.parametrize(("text", "state"), [(None, "hidden"), (" ", "hidden"), ("注記", "visible")])
def test_a_sheet_that_is_blank_or_seen_is_not_asked_about(
    tmp_path: Path, text: str | None, state: str
) -> None:
    workbook_with_a_second_sheet(tmp_path / "t.xlsx", text, state)
    assert "hidden" not in propose(tmp_path / "t.xlsx", Asked()).plan_toml


def test_all_that_a_workbook_hides_is_told_at_once(hidden: Path) -> None:
    book = openpyxl.load_workbook(hidden)
    book.create_sheet("内部")["A1"] = "案"
    book["内部"].sheet_state = "hidden"
    book.save(hidden)
    source = EditionSource.model_validate({"source": "t.xlsx", "format": "xlsx", "sheet": "進捗"})
    table = table_of(hidden, hidden.read_bytes(), source)
    assert told_together(table.hidden).en == "sheet “進捗”, rows 3, columns 4; sheet “内部”"
