"""Tables of many shapes, each a few lines: what is read of them, or where and why they are refused."""

from pathlib import Path

import pytest

from sakata_lod.errors import (
    DuplicateNumber,
    HeaderNotFound,
    InvalidConfiguration,
    MergedAcrossRoles,
    MisplacedCell,
    NoMeasures,
    NumberOutOfPlace,
    RepeatedHeading,
    RowsDisagree,
    SameYearTwice,
    SourceError,
    UnitsDiffer,
    UnknownColumn,
    UnknownDepartment,
    UnknownEra,
    UnknownFigure,
    UnknownRow,
    UnnumberedRow,
    WrongCount,
)
from sakata_lod.publish.plan import Edition
from tests.publish.small_tables import COLUMNS, ROWS, read_small

SIMPLE = COLUMNS + ROWS
KPI = COLUMNS + 'indicator = "指標"\nunit = "単位"\n' + ROWS + '[years]\ntarget = "目標"\nactual = "実績"\n'


def activities(edition: Edition) -> list[tuple[str, int, str]]:
    return [(each.measure, each.fiscal_year.start_year, each.text) for each in edition.activities]


def values(edition: Edition) -> list[tuple[int, str, str]]:
    return [
        (each.fiscal_year.start_year, str(each.target), str(each.actual)) for each in edition.indicator_values
    ]


# Years


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("平成30年度", 2018), ("H30", 2018), ("R元", 2019), ("令和５", 2023), ("2022年度", 2022),
        ("2011(H23)", 2011), ("令和4年度（2022年度）", 2022), ("H31/R1", 2019), ("令和５年度の取組", 2023),
        ("取組（令和5年度）", 2023), ("現状", 2020), ("令和5年度以降", 2023),
    ],
)  # fmt: skip
def test_a_year_heading_is_read_in_any_of_its_forms(tmp_path: Path, heading: str, year: int) -> None:
    layout = SIMPLE + '[years]\nactivity = "取組"\nlabels = { "現状" = 2020, "令和5年度以降" = 2023 }\n'
    table = f"番号,施策,{heading}\n第1章 章,,\n1,施策,調査\n"
    assert activities(read_small(tmp_path, layout, table)) == [("1-1", year, "調査")]


@pytest.mark.parametrize(
    ("heading", "error"),
    [
        ("令和5年度以降", UnknownEra),
        ("2022(H23)", UnknownColumn),
        ("現状", UnknownColumn),
        ("令和5年度成果", UnknownEra),
    ],
)
def test_a_heading_that_names_no_single_year_is_refused(
    tmp_path: Path, heading: str, error: type[SourceError]
) -> None:
    with pytest.raises(error) as caught:
        read_small(tmp_path, SIMPLE, f"題\n番号,施策,{heading}\n第1章 章,,\n1,施策,調査\n")
    assert (caught.value.place.row, caught.value.place.column) == (2, 3)


def test_columns_that_are_no_years_may_be_kept_as_printed(tmp_path: Path) -> None:
    layout = COLUMNS + 'ignored = ["令和5年度以降", "備考"]\n' + ROWS
    edition = read_small(
        tmp_path, layout, "番号,施策,R4,令和5年度以降,備考\n第1章 章,,,,\n1,施策,調査,継続,○\n"
    )
    assert activities(edition) == [("1-1", 2022, "調査")]
    assert {cell.column_name for cell in edition.cells} >= {"令和5年度以降", "備考"}


def test_a_year_may_be_a_column(tmp_path: Path) -> None:
    layout = COLUMNS + 'year = "年度"\nactivity = "取組"\n' + ROWS
    table = "番号,施策,年度,取組\n第1章 章,,,\n1,施策,R4,調査\n1,施策,令和５年度,整備\n1,施策,R5,点検\n"
    edition = read_small(tmp_path, layout, table)
    assert activities(edition) == [("1-1", 2022, "調査"), ("1-1", 2023, "整備"), ("1-1", 2023, "点検")]
    assert [each.work_line for each in edition.activities] == [1, 1, 2]


def test_a_row_a_year_without_a_year_is_refused(tmp_path: Path) -> None:
    layout = COLUMNS + 'year = "年度"\nactivity = "取組"\n' + ROWS
    with pytest.raises(UnknownEra) as caught:
        read_small(tmp_path, layout, "番号,施策,年度,取組\n第1章 章,,,\n1,施策,5,調査\n")
    assert (caught.value.place.row, caught.value.place.column, caught.value.label) == (3, 3, "5")


@pytest.mark.parametrize(
    ("heading", "error"), [("令和4年度", UnknownColumn), ("予算", HeaderNotFound), ("", HeaderNotFound)]
)
def test_a_row_a_year_has_its_columns_of_figures_and_none_of_years(
    tmp_path: Path, heading: str, error: type[SourceError]
) -> None:
    layout = COLUMNS + 'year = "年度"\n' + ROWS + '[[indicators]]\ntitle = "事業費"\nactual = "決算"\n'
    headings = {UnknownColumn: f"決算,{heading}", HeaderNotFound: f"{heading},"}[error]
    with pytest.raises(error):
        read_small(tmp_path, layout, f"番号,施策,年度,{headings}\n第1章 章,,,,\n1,施策,R4,10,20\n")


# Headers


def test_the_upper_heading_of_a_csv_goes_on_over_its_group(tmp_path: Path) -> None:
    layout = KPI.replace("[rows]", "[rows]\nheader = 2")
    table = "番号,施策,指標,単位,R4,,R5,\n,,,,目標,実績,目標,実績\n第1章 章,,,,,,,\n1,施策,件数,件,1,2,3,4\n"
    assert values(read_small(tmp_path, layout, table)) == [(2022, "1", "2"), (2023, "3", "4")]


@pytest.mark.parametrize("above", [",,,,,,,", ",,,,,,,（単位：件）", "表題,,,,,,,", "番号,,,,,,,"])
def test_a_header_of_two_rows_begins_in_its_own_first_row_whatever_stands_above(
    tmp_path: Path, above: str
) -> None:
    layout = KPI.replace("[rows]", "[rows]\nheader = 2")
    table = f"{above}\n番号,施策,指標,単位,R4,,R5,\n,,,,目標,実績,目標,実績\n第1章 章,,,,,,,\n1,施策,件数,件,1,2,3,4\n"
    assert values(read_small(tmp_path, layout, table)) == [(2022, "1", "2"), (2023, "3", "4")]


def test_a_header_may_return_on_each_page_between_titles_and_notes(tmp_path: Path) -> None:
    layout = SIMPLE.replace("[rows]", "[rows]\nignored = ['※.*', '- \\d+ -']")
    table = "題名,\n\n番号,施策\n第1章 章,\n1,一\n- 1 -,\n番号,施策\n2,二\n※ 注,\n"
    assert [each.number for each in read_small(tmp_path, layout, table).measures] == ["1-1", "1-2"]


def test_a_heading_may_hold_a_line_break(tmp_path: Path) -> None:
    layout = SIMPLE.replace("施策", "施策 の名")
    edition = read_small(tmp_path, layout, '番号,"施策\nの名"\n第1章 章,\n1,一\n')
    assert [each.title for each in edition.measures] == ["一"]


def test_a_heading_beside_years_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownColumn, match="見込") as caught:
        read_small(tmp_path, KPI, "番号,施策,指標,単位,R4見込\n第1章 章,,,,\n1,施策,件数,件,1\n")
    assert (caught.value.place.row, caught.value.place.column) == (1, 5)


def test_two_columns_of_one_year_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SameYearTwice, match="令和4年度"):
        read_small(tmp_path, SIMPLE, "番号,施策,R4,令和4年度\n第1章 章,,,\n1,施策,a,b\n")


# Divisions and numbers


@pytest.mark.parametrize(
    ("chapter", "number", "expected"),
    [
        ("第１章 章", "１", "1-1"), ("第Ⅱ章 章", "③", "2-3"), ("第三章 章", "3-2", "3-2"), ("第2章 章", "2.5", "2-5"),
        ("第二章 章", "Ⅳ", "2-4"),
    ],
)  # fmt: skip
def test_numbers_are_read_however_they_are_printed(
    tmp_path: Path, chapter: str, number: str, expected: str
) -> None:
    edition = read_small(tmp_path, SIMPLE, f"番号,施策\n{chapter},\n{number},施策\n")
    assert [each.number for each in edition.measures] == [expected]


def test_a_full_number_must_begin_with_its_divisions(tmp_path: Path) -> None:
    with pytest.raises(NumberOutOfPlace) as caught:
        read_small(tmp_path, SIMPLE, "番号,施策\n第1章 章,\n2-1,施策\n")
    assert (caught.value.place.row, caught.value.number, caught.value.division) == (3, "2-1", "1")


def test_a_title_without_a_number_is_refused_unless_the_configuration_gives_one(tmp_path: Path) -> None:
    layout = COLUMNS.replace('number = "番号"\n', 'divisions = "分野"\n') + (
        "[rows]\ndivisions = ['(?P<title>.+)']\nmeasure = '(?P<number>\\d+)\\.(?P<title>.+)'\n"
        'numbers = { "福祉" = "1" }\n'
    )
    table = "分野,施策\n福祉,1.見守り\n"
    assert [each.number for each in read_small(tmp_path / "a", layout, table).measures] == ["1-1"]
    with pytest.raises(UnnumberedRow, match="防災") as caught:
        read_small(tmp_path / "b", layout, table + "防災,1.訓練\n")
    assert caught.value.place.row == 3


def test_a_section_belongs_to_the_chapter_it_stands_in(tmp_path: Path) -> None:
    layout = (
        COLUMNS
        + 'divisions = ["章", "節"]\nfill_down = ["章", "節"]\n'
        + (
            "[rows]\ndivisions = ['(?P<number>\\d) (?P<title>.+)', '(?P<number>\\d) (?P<title>.+)']\n"
            "measure = '(?P<number>\\d) (?P<title>.+)'\n"
        )
    )
    table = "章,節,番号,施策\n1 甲,1 子,1,い\n,,2,ろ\n,2 丑,1,は\n2 乙,1 寅,1,に\n"
    edition = read_small(tmp_path / "a", layout, table)
    assert [each.number for each in edition.measures] == ["1-1-1", "1-1-2", "1-2-1", "2-1-1"]
    with pytest.raises(UnknownRow) as caught:
        read_small(tmp_path / "b", layout, table + "3 丙,,1,ほ\n")
    assert (caught.value.place.row, caught.value.place.column) == (6, 2)


def test_a_division_with_two_titles_is_refused(tmp_path: Path) -> None:
    layout = COLUMNS + 'divisions = "章"\n' + ROWS.replace("第(?P<number>\\S+)章 ", "(?P<number>\\d) ")
    with pytest.raises(DuplicateNumber):
        read_small(tmp_path, layout, "章,番号,施策\n1 甲,1,い\n1 乙,2,ろ\n")


# Departments


@pytest.mark.parametrize(
    ("words", "cell", "expected"),
    [
        ("", "情報課 子育て課", ("joho", "kosodate")),
        ('separators = ["、"]', "情報課、子育て課", ("joho", "kosodate")),
        ('separators = ["、", "\\n"]', '"総務部　情報課\n民生部 福祉課"', ("joho", "fukushi")),
        ('separators = "・"', "総務部・福祉課", ("somu-bu", "fukushi")),
    ],
)
def test_departments_are_kept_apart_as_the_configuration_says(
    tmp_path: Path, words: str, cell: str, expected: tuple[str, ...]
) -> None:
    layout = COLUMNS + 'departments = "課"\n' + ROWS + f"[departments]\n{words}\n"
    edition = read_small(tmp_path, layout, f"番号,施策,課\n第1章 章,,\n1,施策,{cell}\n")
    assert edition.measures[0].departments == expected


def test_a_department_inside_another_than_the_register_says_is_refused(tmp_path: Path) -> None:
    layout = COLUMNS + 'departments = "課"\n' + ROWS + '[departments]\nseparators = "、"\n'
    with pytest.raises(UnknownDepartment, match="総務部 福祉課") as caught:
        read_small(tmp_path, layout, "番号,施策,課\n第1章 章,,\n1,施策,総務部 福祉課\n")
    assert (caught.value.place.row, caught.value.place.column) == (3, 3)


def test_a_department_alone_may_be_the_outer_one(tmp_path: Path) -> None:
    layout = COLUMNS + 'departments = ["部", "課"]\n' + ROWS
    edition = read_small(tmp_path, layout, "番号,施策,部,課\n第1章 章,,,\n1,施策,総務部,\n")
    assert (edition.measures[0].departments, edition.measures[0].department_text) == (("somu-bu",), "総務部")


# Status


def test_several_status_columns_count_in_their_order(tmp_path: Path) -> None:
    layout = (
        COLUMNS
        + 'achievement = ["外部評価", "内部評価"]\n'
        + ROWS
        + '[achievement]\n"A" = "achieved"\n"B" = "late"\n'
    )
    table = "番号,施策,内部評価,外部評価\n第1章 章,,,\n1,一,A,B\n2,二,A,\n"
    edition = read_small(tmp_path, layout, table)
    assert [(each.achievement, each.achievement_text) for each in edition.progress] == [
        ("late", "B"),
        ("achieved", "A"),
    ]
    assert [len(each.cells) for each in edition.progress] == [2, 1]


# Figures


def test_the_kind_of_a_row_of_figures_may_be_a_column(tmp_path: Path) -> None:
    layout = KPI.replace("[rows]", 'kind = "区分"\nfill_down = ["番号", "施策", "指標", "単位"]\n[rows]')
    table = "番号,施策,指標,単位,区分,R4,R5\n第1章 章,,,,,,\n1,一,件数,件,目標,10,20\n,,,,実績,9,集計前\n"
    with pytest.raises(UnknownFigure, match="集計前") as caught:
        read_small(tmp_path / "a", layout, table)
    assert (caught.value.place.row, caught.value.place.column) == (4, 7)
    known = layout + '[figures]\nwithout_figure = "集計前"\n'
    assert values(read_small(tmp_path / "b", known, table)) == [(2022, "10", "9"), (2023, "20", "None")]


def test_two_units_of_one_indicator_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnitsDiffer) as caught:
        read_small(tmp_path, KPI, "番号,施策,指標,単位,R4実績\n第1章 章,,,,\n1,一,件数,件,50%\n")
    assert (caught.value.place.row, caught.value.place.column) == (3, 5)


def test_a_figure_without_an_indicator_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MisplacedCell, match="12"):
        read_small(tmp_path, KPI, "番号,施策,指標,単位,R4実績\n第1章 章,,,,\n1,一,,,12\n")


def test_same_as_left_without_anything_on_the_left_is_refused(tmp_path: Path) -> None:
    layout = KPI + '[figures]\nsame_as_left = "同左"\n'
    with pytest.raises(UnknownFigure) as caught:
        read_small(tmp_path, layout, "番号,施策,指標,単位,R4実績,R5実績\n第1章 章,,,,,\n1,一,件数,件,,同左\n")
    assert caught.value.place.column == 6


def test_an_indicator_given_twice_for_a_year_is_refused(tmp_path: Path) -> None:
    table = "番号,施策,指標,単位,R4実績\n第1章 章,,,,\n1,一,件数,件,1\n1,一,件数,件,2\n"
    with pytest.raises(RowsDisagree) as caught:
        read_small(tmp_path, KPI, table)
    assert caught.value.place.row == 4


# Merged cells


def test_a_cell_merged_down_over_measures_holds_for_each(tmp_path: Path) -> None:
    layout = COLUMNS + 'departments = "課"\n' + ROWS
    table = "# 表\n番号 | 施策 | 課 | R4\n第1章 章 | < | < | <\n1 | 一 | 情報課 | 共通\n2 | 二 | ^ | ^\n"
    edition = read_small(tmp_path, layout, table, "xlsx")
    assert [each.departments for each in edition.measures] == [("joho",), ("joho",)]
    assert activities(edition) == [("1-1", 2022, "共通"), ("1-2", 2022, "共通")]
    assert {(each.cell.row, each.cell.row_span) for each in edition.activities} == {(3, 2)}


def test_a_measure_merged_over_two_rows_has_two_lines_of_work(tmp_path: Path) -> None:
    table = "# 表\n番号 | 施策 | R4 | R5\n第1章 章 | | |\n1 | 一 | 調査 | 通年\n^ | ^ | 設計 | ^\n"
    edition = read_small(tmp_path, SIMPLE, table, "xlsx")
    assert len(edition.measures) == 1
    assert [(each.text, each.work_line) for each in edition.activities] == [
        ("調査", 1),
        ("通年", 1),
        ("設計", 2),
    ]


def test_a_cell_merged_over_columns_of_two_roles_is_refused(tmp_path: Path) -> None:
    layout = COLUMNS + 'reason = "理由"\n' + ROWS
    table = "# 表\n番号 | 施策 | R4 | 理由\n第1章 章 | | |\n1 | 一 | 中止 | <\n"
    with pytest.raises(MergedAcrossRoles, match="理由") as caught:
        read_small(tmp_path, layout, table, "xlsx")
    assert (caught.value.place.row, caught.value.place.column, caught.value.place.sheet) == (3, 3, "表")


# What holds no measures, or not all


def test_a_table_of_totals_is_refused_with_the_reason(tmp_path: Path) -> None:
    layout = SIMPLE.replace("[rows]", "[rows]\nignored = ['合計.*']")
    with pytest.raises(NoMeasures, match="totals alone"):
        read_small(tmp_path, layout, "番号,施策\n合計,12\n")


def test_a_table_that_lost_rows_is_refused_if_its_measures_were_counted(tmp_path: Path) -> None:
    with pytest.raises(WrongCount) as caught:
        read_small(tmp_path, SIMPLE, "番号,施策\n第1章 章,\n1,一\n", counted=2)
    assert (caught.value.found, caught.value.expected) == (1, 2)


# Forms

FORM = (
    COLUMNS
    + 'ignored = ["備考"]\n'
    + ROWS
    + '[block]\nstarts_with = "番号"\nyears = "年度"\n[years]\nactivity = "取組"\n'
)


def test_a_form_is_read_beside_its_labels(tmp_path: Path) -> None:
    table = "第1章 章,,,\n番号,1,施策,一\n年度,R4,R5,\n取組,調査,整備,\n備考,なし,,\n番号,2,施策,二\n"
    edition = read_small(tmp_path, FORM, table)
    assert [each.number for each in edition.measures] == ["1-1", "1-2"]
    assert activities(edition) == [("1-1", 2022, "調査"), ("1-1", 2023, "整備")]


@pytest.mark.parametrize(
    ("line", "error", "place"),
    [
        ("取組,,,調査", MisplacedCell, (4, 4)),
        ("効果,あり,,", UnknownColumn, (4, 1)),
        ("施策,三,,", MisplacedCell, (4, 2)),
        ("年度,いつか,,", UnknownEra, (4, 2)),
    ],
)
def test_what_a_form_says_elsewhere_is_refused(
    tmp_path: Path, line: str, error: type[SourceError], place: tuple[int, int]
) -> None:
    with pytest.raises(error) as caught:
        read_small(tmp_path, FORM, f"第1章 章,,,\n番号,1,施策,一\n年度,R4,R5,\n{line}\n")
    assert (caught.value.place.row, caught.value.place.column) == place


def test_a_note_in_a_form_does_not_end_it(tmp_path: Path) -> None:
    layout = FORM.replace("[block]", "ignored = ['※.*']\n[block]")
    table = "第1章 章,,,\n番号,1,施策,一\n※ 注,,,\n年度,R4,R5,\n取組,調査,整備,\n"
    assert activities(read_small(tmp_path, layout, table)) == [("1-1", 2022, "調査"), ("1-1", 2023, "整備")]


def test_what_stands_in_no_form_is_refused_below_the_first_one_and_not_above(tmp_path: Path) -> None:
    table = "題名,,,\n第1章 章,,,\n説明,,,\n番号,1,施策,一\n"
    assert len(read_small(tmp_path / "a", FORM, table).measures) == 1
    with pytest.raises(UnknownRow, match="説明") as caught:
        read_small(tmp_path / "b", FORM, f"{table}第2章 章,,,\n説明,,,\n番号,1,施策,二\n")
    assert (caught.value.place.row, caught.value.place.column) == (6, 1)


def test_a_year_that_stands_twice_in_a_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SameYearTwice, match="令和4年度") as caught:
        read_small(tmp_path, FORM, "第1章 章,,,\n番号,1,施策,一\n年度,R4,令和4年度,\n取組,調査,整備,\n")
    assert (caught.value.place.row, caught.value.place.column) == (4, 3)


def test_a_year_may_be_the_label_of_what_was_done(tmp_path: Path) -> None:
    layout = FORM.replace('years = "年度"\n', "")
    table = "第1章 章,,,\n番号,1,施策,一\n令和4年度,調査,,\nR5の取組,整備,,\n備考,なし,,\n"
    edition = read_small(tmp_path, layout, table)
    assert activities(edition) == [("1-1", 2022, "調査"), ("1-1", 2023, "整備")]


# Forms whose years stand below one another

DOWN = (
    COLUMNS
    + 'departments = "課"\nyear = "年度"\nactivity = "取組"\nachievement = "評価"\nignored = ["経過", "備考"]\n'
    + ROWS
    + '[[indicators]]\ntitle = "利用"\nunit = "件"\ntarget = "目標"\nactual = "実績"\n'
    + '[achievement]\n"A" = "achieved"\n"B" = "late"\n'
    + '[block]\nstarts_with = "番号"\n'
)
DOWN_TABLE = """# 表
第1章 章 | < | < | < | < | <
番号 | 1 | 施策 | 一 | 課 | 情報課
経過 | 年度 | 取組 | 目標 | 実績 | 評価
^ | 令和4年度 | 調査 | 10 | 8 | B
^ | ^ | 試行 | | |
^ | R5 | 整備 | 20 | 21 | A
備考 | なし | | | |
番号 | 2 | 施策 | 二 | 課 | 福祉課
経過 | 年度 | 取組 | 目標 | 実績 | 評価
^ | R5 | 点検 | 5 | 5 | A
"""


def test_years_below_one_another_are_each_a_row_of_the_form(tmp_path: Path) -> None:
    edition = read_small(tmp_path, DOWN, DOWN_TABLE, "xlsx", counted=2)
    assert activities(edition) == [
        ("1-1", 2022, "調査"), ("1-1", 2022, "試行"), ("1-1", 2023, "整備"), ("1-2", 2023, "点検"),
    ]  # fmt: skip
    assert [each.work_line for each in edition.activities] == [1, 2, 1, 1]
    assert values(edition) == [(2022, "10", "8"), (2023, "20", "21"), (2023, "5", "5")]
    assert [each.departments for each in edition.measures] == [("joho",), ("fukushi",)]
    assert [(each.achievement, len(each.cells)) for each in edition.progress] == [
        ("achieved", 4),
        ("achieved", 2),
    ]
    named = {(cell.row, cell.column): cell.column_name for cell in edition.cells}
    assert (named[4, 3], named[6, 2], named[6, 6], named[3, 2], named[7, 2]) == (
        "取組", "年度", "評価", None, "備考",
    )  # fmt: skip


def test_a_cell_merged_over_years_that_run_down_holds_in_each(tmp_path: Path) -> None:
    table = DOWN_TABLE.replace(
        "| 10 | 8 | B\n^ | ^ | 試行 | | |\n^ | R5 | 整備 | 20 | 21 | A",
        "| 10 | 8 | B\n^ | R5 | ^ | 20 | 21 | ^",
    )
    edition = read_small(tmp_path, DOWN, table, "xlsx")
    assert activities(edition)[:2] == [("1-1", 2022, "調査"), ("1-1", 2023, "調査")]
    assert [each.achievement_text for each in edition.progress] == ["B", "A"]


def test_a_blank_below_a_year_means_the_same_year_where_that_is_said(tmp_path: Path) -> None:
    table = "第1章 章,,,\n番号,1,施策,一\n年度,取組,,\nR4,調査,,\n,試行,,\n"
    filled = DOWN.replace("[rows]", 'fill_down = "年度"\n[rows]', 1)
    edition = read_small(tmp_path / "a", filled, table)
    assert activities(edition) == [("1-1", 2022, "調査"), ("1-1", 2022, "試行")]
    with pytest.raises(UnknownEra) as caught:
        read_small(tmp_path / "b", DOWN, table)
    assert caught.value.place.row == 5


@pytest.mark.parametrize(
    ("lines", "error", "place"),
    [
        ("年度,取組,謎,\nR4,調査,1,\n", UnknownColumn, (3, 3)),
        ("年度,取組,取組,\nR4,調査,整備,\n", RepeatedHeading, (3, 3)),
        ("年度,取組,,\nR4,調査,,1\n", MisplacedCell, (4, 4)),
        ("年度,取組,,\n5年度,調査,,\n", UnknownEra, (4, 1)),
        ("年度,取組,,\n謎,調査,,\n", UnknownColumn, (4, 1)),
        ("課,福祉課,,\n年度,取組,課,\nR4,調査,情報課,\n", MisplacedCell, (3, 2)),
        ("年度,取組,目標,実績\nR4,調査,1,2\nR4,調査,3,4\n", RowsDisagree, (5, 3)),
        ("備考,なし,,\n", UnknownEra, (2, None)),
    ],
)
def test_what_stands_elsewhere_below_years_that_run_down_is_refused(
    tmp_path: Path, lines: str, error: type[SourceError], place: tuple[int, int | None]
) -> None:
    with pytest.raises(error) as caught:
        read_small(tmp_path, DOWN, f"第1章 章,,,\n番号,1,施策,一\n{lines}")
    assert (caught.value.place.row, caught.value.place.column) == place


def test_years_side_by_side_and_below_one_another_cannot_both_be_said(tmp_path: Path) -> None:
    layout = DOWN + 'years = "年度"\n'
    with pytest.raises(InvalidConfiguration, match="below one another"):
        read_small(tmp_path, layout, "番号,1,施策,一\n")


NO_KPI = "番号,施策,指標,単位,R4目標,R4実績\n第1章 章,,,,,\n1,一,満足度,％,80,82\n"


@pytest.mark.parametrize("row", ["2,二,－,－,－,―\n", "2,二,,,-,-\n", "2,二,－,,,\n"])
def test_a_dash_in_the_place_of_an_indicator_says_that_there_is_none(tmp_path: Path, row: str) -> None:
    edition = read_small(tmp_path, KPI, NO_KPI + row)
    assert [each.title for each in edition.indicators] == ["満足度"]
    assert values(edition) == [(2022, "80", "82")]
    silent = {cell.text for cell in edition.measures[1].cells}
    assert silent >= {text for text in row.strip().split(",")[2:] if text}


@pytest.mark.parametrize(
    ("row", "column"), [("2,二,－,,5,\n", 5), ("2,二,－,件,,\n", 4), ("2,二,,,,5\n", 6)], ids=str
)
def test_what_belongs_to_an_indicator_is_refused_where_a_dash_says_that_there_is_none(
    tmp_path: Path, row: str, column: int
) -> None:
    with pytest.raises(MisplacedCell) as caught:
        read_small(tmp_path, KPI, NO_KPI + row)
    assert (caught.value.place.row, caught.value.place.column) == (4, column)


def test_a_dash_in_the_place_of_a_unit_is_no_unit(tmp_path: Path) -> None:
    edition = read_small(tmp_path, KPI, "番号,施策,指標,単位,R4実績\n第1章 章,,,,\n1,一,順位,－,3\n")
    assert [(each.title, each.unit, len(each.cells)) for each in edition.indicators] == [("順位", None, 2)]
