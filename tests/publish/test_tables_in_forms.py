"""Tables within forms: headings of one or two rows, a row an indicator or a year, and what is refused."""

from pathlib import Path

import pytest

from sakata_lod.errors import (
    MisplacedCell,
    RepeatedHeading,
    SourceError,
    UnknownColumn,
    UnknownEra,
)
from sakata_lod.publish.build import build
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.site import read_site
from tests.publish.conftest import unwatched
from tests.publish.small_tables import COLUMNS, ROWS, read_small

TWO_ROWS = ROWS.replace("[rows]", "[rows]\nheader = 2")
MARKS = '[achievement]\n"A" = "achieved"\n"B" = "late"\n'
KPI = (
    COLUMNS
    + 'departments = "課"\nindicator = "指標"\nunit = "単位"\nindicator_achievement = "評価"\nignored = ["成果", "備考"]\n'
    + TWO_ROWS
    + '[years]\ntarget = "目標"\nactual = "実績"\nactivity = "取組"\n'
    + MARKS
    + '[block]\nstarts_with = "番号"\nyears = "年度"\n'
)
KPI_TABLE = """# 表
第1章 章 | < | < | < | < | < | < | <
番号 | 1 | 施策 | 一 | 課 | 情報課 | |
年度 | 令和4年度 | 令和5年度 | | | | |
取組 | 調査 | 整備 | | | | |
成果 | 指標 | 単位 | 令和4年度 | < | 令和5年度 | < | 評価
^ | ^ | ^ | 目標 | 実績 | 目標 | 実績 | ^
^ | 満足度 | ％ | 90 | 94 | 95 | 96 | A
^ | 申請件数 | 件 | 10 | 8 | 12 | 9 | B
備考 | なし | | | | | |
番号 | 2 | 施策 | 二 | 課 | 福祉課 | |
成果 | 指標 | 単位 | 令和4年度 | < | 令和5年度 | < | 評価
^ | ^ | ^ | 目標 | 実績 | 目標 | 実績 | ^
^ | 利用者 | 人 | 1 | 1 | 2 | 2 | A
"""


def test_a_blank_row_above_the_header_of_a_table_in_a_form_is_none_of_it(tmp_path: Path) -> None:
    header = "成果 | 指標 | 単位 | 令和4年度 | < | 令和5年度 | < | 評価"
    table = KPI_TABLE.replace(header, f"| | | | | | |\n{header}")
    assert figures(read_small(tmp_path, KPI, table, "xlsx")) == figures(
        read_small(tmp_path / "plain", KPI, KPI_TABLE, "xlsx")
    )


def figures(edition: Edition) -> list[tuple[str, str, int, str, str]]:
    titles = {(each.measure, each.key): each.title for each in edition.indicators}
    return [
        (
            each.measure,
            titles[each.measure, each.indicator],
            each.fiscal_year.start_year,
            each.target_text,
            each.actual_text,
        )
        for each in edition.indicator_values
    ]


def test_a_table_of_indicators_in_a_form_has_a_header_of_two_rows(tmp_path: Path) -> None:
    edition = read_small(tmp_path, KPI, KPI_TABLE, "xlsx", counted=2)
    assert figures(edition) == [
        ("1-1", "満足度", 2022, "90", "94"), ("1-1", "満足度", 2023, "95", "96"),
        ("1-1", "申請件数", 2022, "10", "8"), ("1-1", "申請件数", 2023, "12", "9"),
        ("1-2", "利用者", 2022, "1", "1"), ("1-2", "利用者", 2023, "2", "2"),
    ]  # fmt: skip
    assert [(each.title, each.unit, each.status.achievement) for each in edition.indicators] == [
        ("満足度", "％", "achieved"), ("申請件数", "件", "late"), ("利用者", "人", "achieved"),
    ]  # fmt: skip
    assert [(each.measure, each.text) for each in edition.activities] == [("1-1", "調査"), ("1-1", "整備")]
    assert [each.departments for each in edition.measures] == [("joho",), ("fukushi",)]
    named = {(cell.row, cell.column): cell.column_name for cell in edition.cells}
    assert (named[7, 4], named[8, 7], named[7, 2], named[5, 2], named[6, 4]) == (
        "令和4年度／目標", "令和5年度／実績", "指標", None, None,
    )  # fmt: skip


def test_the_graph_of_such_forms_rebuilds_every_cell(tmp_path: Path) -> None:
    read_small(tmp_path, KPI, KPI_TABLE, "xlsx", counted=2)
    built = build(tmp_path / "site", tmp_path / "releases", None, unwatched)
    assert built.release is not None
    assert {kind for kind, count in built.report.counts.items() if count} <= {"Info"}
    (table,) = reconstruct(read_site(tmp_path / "site"), built.release)
    assert (table.differences, table.unread, table.misstated) == ((), (), ())


IN_CSV = (
    COLUMNS
    + 'indicator = "指標"\n'
    + TWO_ROWS
    + '[block]\nstarts_with = "番号"\n[years]\ntarget = "目標"\nactual = "実績"\n',
    "第1章 章,,,,\n番号,1,施策,一,\n指標,R4,,R5,\n,目標,実績,目標,実績\n件数,1,2,3,4\n人数,5,6,,8\n",
)
UNDER_THE_WORD_YEAR = (
    IN_CSV[0].replace('indicator = "指標"', 'indicator = "年度／指標"'),
    "第1章 章,,,,\n番号,1,施策,一,\n年度,R4,,R5,\n指標,目標,実績,目標,実績\n件数,1,2,3,4\n人数,5,6,,8\n",
)
IN_ONE_ROW = (
    IN_CSV[0].replace("header = 2\n", ""),
    "第1章 章,,,,\n番号,1,施策,一,\n指標,R4目標,R4実績,R5目標,R5実績\n件数,1,2,3,4\n人数,5,6,,8\n",
)


@pytest.mark.parametrize(("layout", "table"), [IN_CSV, UNDER_THE_WORD_YEAR, IN_ONE_ROW])
def test_such_a_table_is_read_however_its_header_is_printed(tmp_path: Path, layout: str, table: str) -> None:
    assert figures(read_small(tmp_path, layout, table)) == [
        ("1-1", "件数", 2022, "1", "2"), ("1-1", "件数", 2023, "3", "4"),
        ("1-1", "人数", 2022, "5", "6"), ("1-1", "人数", 2023, "", "8"),
    ]  # fmt: skip


DOWN = (
    COLUMNS
    + 'year = "年度"\nactivity = "取組"\nindicator = "成果／指標"\ntarget = "成果／目標"\nactual = "成果／実績"\n'
    + 'ignored = ["経過"]\n'
    + TWO_ROWS
    + '[block]\nstarts_with = "番号"\n'
)
DOWN_TABLE = """# 表
第1章 章 | < | < | < | < | <
番号 | 1 | 施策 | 一 | |
経過 | 年度 | 取組 | 成果 | < | <
^ | ^ | ^ | 指標 | 目標 | 実績
^ | R4 | 調査 | 件数 | 1 | 2
^ | R5 | 整備 | 件数 | 3 | 4
"""


def test_years_that_run_down_may_stand_below_a_header_of_two_rows(tmp_path: Path) -> None:
    edition = read_small(tmp_path, DOWN, DOWN_TABLE, "xlsx")
    assert figures(edition) == [("1-1", "件数", 2022, "1", "2"), ("1-1", "件数", 2023, "3", "4")]
    assert [each.text for each in edition.activities] == ["調査", "整備"]


def test_an_indicator_beside_its_label_is_no_header(tmp_path: Path) -> None:
    table = "第1章 章,,,,\n番号,1,施策,一,\n指標,件数,R4目標,10,\nR4実績,9,,,\n"
    assert figures(read_small(tmp_path, IN_ONE_ROW[0], table)) == [("1-1", "件数", 2022, "10", "9")]


def test_a_year_that_is_a_label_ends_a_table_of_indicators(tmp_path: Path) -> None:
    layout = IN_ONE_ROW[0] + 'activity = "取組"\n'
    edition = read_small(tmp_path, layout, IN_ONE_ROW[1] + "R4の取組,調査,,,\n")
    assert [(each.fiscal_year.start_year, each.text) for each in edition.activities] == [(2022, "調査")]
    assert len(edition.indicators) == 2


@pytest.mark.parametrize(
    ("lines", "error", "place"),
    [
        ("指標,R4,,R5,\n,目標,見込,目標,実績\n件数,1,2,3,4\n", UnknownColumn, (3, 3)),
        ("指標,R4,,いつか,\n,目標,実績,目標,実績\n件数,1,2,3,4\n", UnknownColumn, (3, 4)),
        ("指標,R4,,5年度,\n,目標,実績,目標,実績\n件数,1,2,3,4\n", UnknownEra, (3, 4)),
        ("指標,R4,,R4,\n,目標,実績,目標,実績\n件数,1,2,3,4\n", RepeatedHeading, (3, 4)),
        ("指標,R4,,,\n,目標,実績,,\n件数,1,2,,4\n", MisplacedCell, (5, 5)),
        ("指標,R4,,,\n,目標,実績,,\n件数,1,2,,\n指標,人数,,,\n", MisplacedCell, (6, 2)),
        ("評価,A,,,\n指標,R4,,,\n,目標,実績,,\n件数,1,2,,\n", MisplacedCell, (3, 2)),
    ],
)
def test_what_stands_elsewhere_in_such_a_table_is_refused(
    tmp_path: Path, lines: str, error: type[SourceError], place: tuple[int, int]
) -> None:
    layout = IN_CSV[0].replace("[rows]", 'indicator_achievement = "評価"\n[rows]') + MARKS
    with pytest.raises(error) as caught:
        read_small(tmp_path, layout, f"第1章 章,,,,\n番号,1,施策,一,\n{lines}")
    assert (caught.value.place.row, caught.value.place.column) == place
