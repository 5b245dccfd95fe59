"""The figures are those counted by hand in the published table."""

import csv
import shutil
from collections import Counter

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sakata_lod.errors import (
    AmbiguousRow,
    CorrectionDoesNotFit,
    DuplicateNumber,
    HeaderNotFound,
    MarkAndWordsDisagree,
    MisplacedCell,
    RepeatedHeading,
    SourceError,
    UnknownColumn,
    UnknownDepartment,
    UnknownEra,
    UnknownMark,
    UnknownRow,
)
from sakata_lod.publish.plan import Activity, Edition, SourceCell
from sakata_lod.publish.tasks import tasks
from tests.conftest import EDITION, SAKATA, SiteCopy
from tests.publish.conftest import read_copy


def activities(edition: Edition, measure: str) -> dict[int, str]:
    return {
        each.fiscal_year.start_year: each.text
        for each in edition.activities
        if each.measure == measure and each.work_line == 1
    }


def test_three_chapters_seven_sections_and_thirty_three_measures_are_read(edition: Edition) -> None:
    levels = Counter(division.number.count("-") for division in edition.divisions)
    assert (levels[0], levels[1], len(edition.measures)) == (3, 7, 33)


def test_each_section_has_its_measures(edition: Edition) -> None:
    assert Counter(measure.division for measure in edition.measures) == {
        "2-1": 5, "3-1": 1, "3-2": 3, "3-3": 11, "3-4": 1, "4-1": 10, "4-2": 2,
    }  # fmt: skip


def test_achievement_and_response_are_counted_by_their_words(edition: Edition) -> None:
    assert Counter(each.achievement for each in edition.progress) == {
        "achieved": 27, "partlyAchieved": 3, "discontinued": 3,
    }  # fmt: skip
    assert Counter(each.response for each in edition.progress) == {
        "continue": 18,
        "complete": 13,
        "suspend": 2,
    }


def test_six_measures_have_a_reason(edition: Edition) -> None:
    assert sum(bool(each.reason) for each in edition.progress) == 6


def test_seventeen_departments_are_named(edition: Edition) -> None:
    assert len({slug for measure in edition.measures for slug in measure.departments}) == 17


def test_one_hundred_and_one_years_of_measures_have_a_text(edition: Edition) -> None:
    pairs = {(each.measure, each.fiscal_year.start_year) for each in edition.activities}
    assert len(pairs) == 101
    assert Counter(year for _, year in pairs) == {2018: 21, 2019: 25, 2020: 22, 2021: 17, 2022: 16}


def test_every_text_in_a_year_column_is_an_activity_with_its_cell(edition: Edition) -> None:
    year_cells = {each for each in edition.cells if each.column_name and each.column_name.endswith("年度")}
    headings = {each for each in year_cells if each.text == each.column_name}
    assert {each.cell for each in edition.activities} - year_cells == {
        cell for cell in edition.cells if (cell.row, cell.column) in {(48, 9), (49, 9), (50, 9)}
    }
    assert len(edition.activities) == len(year_cells - headings) + 3


def test_a_title_and_its_number_are_read_from_one_cell_or_two(edition: Edition) -> None:
    titles = {measure.number: measure.title for measure in edition.measures}
    assert titles["2-1-2"] == "フリーWi-Fiエリアの拡充"
    assert titles["3-3-8"] == "行政手続きオンライン化への取り組み"


def test_a_section_goes_on_across_the_page_break(edition: Edition) -> None:
    numbers = [measure.number for measure in edition.measures if measure.division == "3-3"]
    assert numbers == [f"3-3-{number}" for number in range(1, 12)]


def test_six_year_cells_are_read_as_the_corrections_say(edition: Edition) -> None:
    assert activities(edition, "4-1-8") == {
        2019: "業務の洗出し RPA導入支援予算要求",
        2020: "RPA仕様作成",
        2021: "AI・RPA導入支援業務開始 効果測定",
        2022: "RPAの庁内展開",
    }
    assert activities(edition, "4-1-9") == {
        2020: "電子決裁導入の検討", 2021: "仕様決定・R4予算要求", 2022: "業者選定・システム構築",
    }  # fmt: skip
    assert activities(edition, "4-1-10") == {
        2018: "情報収集・導入検討",
        2022: "基幹系システムの更新 国民健康保険市町村標準事務処理システムの導入",
    }


def test_a_second_line_is_another_line_of_work_of_the_same_measure(edition: Edition) -> None:
    lines = [each for each in edition.activities if each.measure == "3-4-1"]
    assert Counter(each.work_line for each in lines) == {1: 4, 2: 5}
    assert {each.cell.row for each in lines if each.work_line == 2} == {38}


def test_the_words_win_where_the_correction_says_so(edition: Edition) -> None:
    progress = next(each for each in edition.progress if each.measure == "4-1-4")
    assert (progress.achievement, progress.achievement_text) == ("partlyAchieved", "◎ 一部達成")


def test_two_spellings_are_one_department(edition: Edition) -> None:
    departments = {measure.number: measure.departments for measure in edition.measures}
    assert departments["3-3-1"][1] == departments["4-1-6"][0]


def test_departments_that_are_not_named_are_said_to_be_there(edition: Edition) -> None:
    others = {measure.number for measure in edition.measures if measure.other_departments}
    assert others == {"2-1-1", "3-2-3", "3-3-6", "3-3-8", "4-1-10"}
    measure = next(each for each in edition.measures if each.number == "4-1-10")
    assert measure.department_text == "国保年金課 情報企画課 担当課"
    assert len(measure.departments) == 2


def test_every_anomaly_is_a_record_with_its_places_and_measures(edition: Edition) -> None:
    found = {each.slug: (each.type, each.certain, each.measures) for each in edition.anomalies}
    assert found == {
        "4-1-4-mark-and-words": ("markAndWordsDisagree", True, ("4-1-4",)),
        "4-1-8-six-year-cells": ("surplusCell", False, ("4-1-8",)),
        "4-1-9-six-year-cells": ("surplusCell", False, ("4-1-9",)),
        "4-1-10-six-year-cells": ("surplusCell", True, ("4-1-10",)),
        "3-4-1-second-line": ("continuationRow", True, ("3-4-1",)),
        "3-2-2-puropobo": ("misprint", True, ("3-2-2", "4-1-1")),
        "hoiku-kodomoen-ka-spelling": ("spellingVariant", True, ("3-3-1", "4-1-6")),
        "joho-kikaku-ka-and-others": ("departmentsNotNamed", True, ("2-1-1", "3-2-3", "3-3-6", "3-3-8")),
        "4-1-10-department-in-charge": ("departmentsNotNamed", True, ("4-1-10",)),
        "asuka-or-tobishima": ("doubtfulName", False, ("2-1-3", "2-1-5")),
        "4-1-2-discontinued-and-complete": ("unusualCombination", True, ("4-1-2",)),
        "3-3-4-rounds-out-of-step": ("brokenSequence", False, ("3-3-4",)),
    }
    assert all(each.cells or each.rows for each in edition.anomalies)
    assert all(each.as_printed and each.as_read and each.comment["en"] for each in edition.anomalies)


def test_texts_stay_as_printed(edition: Edition) -> None:
    assert activities(edition, "3-2-2")[2019] == "業者との打合せ 公募の実施(プロボ) 業者の決定"
    assert activities(edition, "2-1-3")[2022] == "飛鳥地域へのWi-Fi整備"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("整備", ("整備",)),
        ("業者選定 検討", ("業者選定", "検討")),
        (
            "承認、ハザードマップ作成 (洪水ハザードマップ公開)",
            ("承認、ハザードマップ作成 (洪水ハザードマップ公開)",),
        ),
        ("(導入する場合) 関係部署との調整、仕様検討", ("(導入する場合) 関係部署との調整、仕様検討",)),
        ("作成(第1回) 公開", ("作成(第1回)", "公開")),
        ("設置 （山居倉庫）\n検討", ("設置 （山居倉庫）", "検討")),
    ],
)
def test_tasks_are_split_at_blanks_but_not_before_brackets(text: str, expected: tuple[str, ...]) -> None:
    assert tasks(text) == expected


@given(st.text())
def test_tasks_lose_nothing_but_blanks(text: str) -> None:
    assert "".join("".join(tasks(text)).split()) == "".join(text.split())


def in_format(site: SiteCopy, format_: str, encoding: str) -> None:
    """Write the table of a site in another format, and say so in its plan.toml."""
    rows = [line.split("\t") for line in site.source.read_text(encoding="utf-8").split("\n")]
    other = site.source.with_suffix(f".{format_}")
    if format_ == "xlsx":
        book = openpyxl.Workbook()
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                book.worksheets[0].cell(number, column, text or None)
        book.save(other)
    elif format_ == "csv":
        with other.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        other.write_text("\n".join("\t".join(row) for row in rows), encoding=encoding)
    declared = f'source = "source.{format_}"\nformat = "{format_}"\nencoding = "{encoding}"'
    site.replace(site.plan, 'source = "source.tsv"\nformat = "tsv"\nencoding = "utf-8"', declared)


@pytest.mark.parametrize(
    ("format_", "encoding"),
    [("csv", "utf-8"), ("csv", "utf-8-sig"), ("csv", "cp932"), ("tsv", "cp932"), ("xlsx", "utf-8")],
)
def test_the_same_table_in_another_format_says_the_same(
    site: SiteCopy, edition: Edition, format_: str, encoding: str
) -> None:
    in_format(site, format_, encoding)
    other = read_copy(site)
    assert other.cells == edition.cells
    assert other.divisions == edition.divisions
    assert other.measures == edition.measures
    assert other.progress == edition.progress
    assert other.activities == edition.activities
    assert other.anomalies == edition.anomalies


# What cannot be read without guessing


def test_a_cell_changed_under_a_correction_is_refused(site: SiteCopy) -> None:
    site.replace_cell(44, 9, "◎ 達成")
    with pytest.raises(CorrectionDoesNotFit, match="4-1-4-mark-and-words") as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.place.column) == (44, 9)
    assert (caught.value.expected, caught.value.found) == ("◎ 一部達成", "◎ 達成")


def test_a_row_changed_under_a_correction_is_refused_at_its_cell(site: SiteCopy) -> None:
    site.replace_cell(48, 7, "RPA仕様の作成")
    with pytest.raises(CorrectionDoesNotFit) as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.place.column) == (48, 7)


def test_a_row_that_lost_a_cell_under_a_correction_is_refused(site: SiteCopy) -> None:
    lines = site.source.read_text(encoding="utf-8").split("\n")
    cells = lines[47].split("\t")
    lines[47] = "\t".join([*cells[:3], *cells[4:]])
    site.source.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CorrectionDoesNotFit) as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.place.column) == (48, 4)


def test_a_correction_beyond_the_table_is_refused(site: SiteCopy) -> None:
    site.replace(site.corrections, "row = 44", "row = 444")
    with pytest.raises(CorrectionDoesNotFit):
        read_copy(site)


def test_mark_and_words_that_disagree_are_refused(site: SiteCopy) -> None:
    site.replace_cell(10, 9, "○ 達成")
    with pytest.raises(MarkAndWordsDisagree) as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.place.column_name) == (10, "目標達成")


def test_an_unknown_mark_is_refused_with_the_marks_that_are_known(site: SiteCopy) -> None:
    site.replace_cell(10, 9, "× 未達成")
    with pytest.raises(UnknownMark, match="一部達成") as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.place.column) == (10, 9)


def test_an_unknown_department_is_refused(site: SiteCopy) -> None:
    site.replace_cell(17, 3, "危機管理課 宇宙開発課")
    with pytest.raises(UnknownDepartment, match="宇宙開発課") as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.place.column) == (17, 3)


@pytest.mark.parametrize("row", [10, 32])
def test_seven_year_cells_are_refused_on_either_page(site: SiteCopy, row: int) -> None:
    lines = site.source.read_text(encoding="utf-8").split("\n")
    cells = lines[row - 1].split("\t")
    lines[row - 1] = "\t".join([*cells[:8], "何か", "", *cells[8:]])
    site.source.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(AmbiguousRow, match="7 year cells for 5 fiscal years") as caught:
        read_copy(site)
    assert caught.value.place.row == row


def test_a_lost_year_cell_is_refused(site: SiteCopy) -> None:
    lines = site.source.read_text(encoding="utf-8").split("\n")
    cells = lines[9].split("\t")
    lines[9] = "\t".join([*cells[:7], *cells[8:], ""])
    site.source.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(AmbiguousRow, match="4 year cells for 5 fiscal years"):
        read_copy(site)


def test_a_six_cell_row_without_its_correction_is_refused(site: SiteCopy) -> None:
    text = site.corrections.read_text(encoding="utf-8")
    blocks = [block for block in text.split("[[correction]]") if "4-1-9-six" not in block]
    site.corrections.write_text("[[correction]]".join(blocks), encoding="utf-8")
    with pytest.raises(AmbiguousRow, match="6 year cells for 5") as caught:
        read_copy(site)
    assert caught.value.place.row == 49


def test_a_row_without_number_is_refused_unless_a_correction_says_what_it_continues(site: SiteCopy) -> None:
    text = site.corrections.read_text(encoding="utf-8")
    blocks = [block for block in text.split("[[correction]]") if "second-line" not in block]
    site.corrections.write_text("[[correction]]".join(blocks), encoding="utf-8")
    with pytest.raises(UnknownRow) as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.place.column) == (38, 4)


def test_a_row_that_continues_no_measure_is_refused(site: SiteCopy) -> None:
    site.replace(site.corrections, "continues = 37", "continues = 36")
    with pytest.raises(MisplacedCell):
        read_copy(site)


def test_a_footnote_is_refused_rather_than_lost(site: SiteCopy) -> None:
    site.source.write_text(site.source.read_text(encoding="utf-8") + "\n※ 注記", encoding="utf-8")
    with pytest.raises(UnknownRow, match="※ 注記") as caught:
        read_copy(site)
    assert caught.value.place.row == 54


def test_text_beside_a_section_heading_is_refused(site: SiteCopy) -> None:
    site.replace_cell(9, 4, "何か")
    with pytest.raises(MisplacedCell) as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.place.column) == (9, 4)


def test_text_under_no_heading_is_refused(site: SiteCopy) -> None:
    site.replace_cell(32, 12, "何か")
    with pytest.raises(MisplacedCell, match="何か"):
        read_copy(site)


def test_a_number_given_twice_is_refused(site: SiteCopy) -> None:
    site.replace_cell(11, 1, "(1)")
    with pytest.raises(DuplicateNumber, match="2-1-1") as caught:
        read_copy(site)
    assert (caught.value.place.row, caught.value.first.row) == (11, 10)


def test_a_measure_outside_any_section_is_refused(site: SiteCopy) -> None:
    for column in (1, 2):
        site.replace_cell(9, column, "")
    with pytest.raises(UnknownRow) as caught:
        read_copy(site)
    assert caught.value.place.row == 10


@pytest.mark.parametrize(
    ("heading", "error"),
    [
        ("所管部署", HeaderNotFound),
        ("光文5年度", UnknownEra),
        ("備考", UnknownColumn),
        ("令和2年度", RepeatedHeading),
    ],
)
def test_a_header_that_is_not_as_configured_is_refused(
    site: SiteCopy, heading: str, error: type[Exception]
) -> None:
    column = 3 if error is HeaderNotFound else 8
    for row in (7, 31):
        site.replace_cell(row, column, heading)
    with pytest.raises(error):
        read_copy(site)


def test_a_column_may_be_kept_as_printed_without_being_read(site: SiteCopy) -> None:
    site.replace(site.source, "達成できなかった理由\n第2章", "達成できなかった理由\t備考\n第2章")
    site.replace(site.source, "◎ 達成\t継続\t\n(2)", "◎ 達成\t継続\t\tひとこと\n(2)")
    with pytest.raises(UnknownColumn, match="備考"):
        read_copy(site)
    site.replace(site.plan, "[columns]", '[columns]\nignored = ["備考"]')
    kept = [cell for cell in read_copy(site).cells if cell.column_name == "備考"]
    assert [(cell.row, cell.column, cell.text) for cell in kept] == [(10, 12, "ひとこと")]


def test_a_correction_that_names_no_column_of_the_table_is_refused(site: SiteCopy) -> None:
    site.replace(site.corrections, '"", "令和2年度", "令和3年度"', '"", "令和8年度", "令和3年度"')
    with pytest.raises(CorrectionDoesNotFit, match="令和8年度"):
        read_copy(site)


def test_activities_are_sorted_as_the_table_prints_them(edition: Edition) -> None:
    def place(each: Activity) -> tuple[int, int]:
        return each.cell.row, each.cell.column

    assert list(edition.activities) == sorted(edition.activities, key=place)


TEXTS = st.sampled_from(
    [
        "",
        " ",
        "◎",
        "◎ 達成",
        "○ 達成",
        "継続",
        "(1)",
        "(99) 施策",
        "第5章 章",
        "7 節",
        "情報企画課",
        "令和4年度",
        "項目",
        "何か",
    ]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=st.lists(st.tuples(st.integers(1, 53), st.integers(1, 11), TEXTS), min_size=1, max_size=3))
def test_a_table_changed_anywhere_is_read_or_refused_at_a_place(
    site: SiteCopy, changes: list[tuple[int, int, str]]
) -> None:
    shutil.copy(SAKATA / EDITION / "source.tsv", site.source)
    for row, column, text in changes:
        lines = site.source.read_text(encoding="utf-8").split("\n")
        if column <= len(lines[row - 1].split("\t")):
            site.replace_cell(row, column, text)
    try:
        edition = read_copy(site)
    except SourceError as error:
        refused = error.place.row
    else:
        assert printed_below_headings(edition) <= read_cells(edition)
        return
    assert refused is not None


def printed_below_headings(edition: Edition) -> set[SourceCell]:
    return {
        cell
        for cell in edition.cells
        if cell.text.strip() and cell.column_name and cell.text.strip() != cell.column_name
    }


def read_cells(edition: Edition) -> set[SourceCell]:
    read = {each.cell for each in edition.activities}
    for cells in (
        *(each.cells for each in edition.divisions),
        *(each.cells for each in edition.measures),
        *(each.cells for each in edition.progress),
    ):
        read.update(cells)
    return read
