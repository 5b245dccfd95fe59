"""Whose a status of an unknown table is: what is proposed, by the rows; and what a newer table asks."""

import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sakata_lod.publish.next_edition import propose_next
from sakata_lod.publish.proposal import Asked, propose
from sakata_lod.site import read_site
from tests.publish.small_tables import read_small
from tests.publish.test_indicator_statuses import AS_A_KIND, BESIDE_A_YEAR, OF_THE_ROW
from tests.publish.test_tables_in_forms import IN_CSV, IN_ONE_ROW, KPI, KPI_TABLE, UNDER_THE_WORD_YEAR
from tests.sites import write_workbook

OF_THE_MEASURE = {"achievement": "評価"}
OF_INDICATORS = {"indicator_achievement": "評価"}


def proposed(folder: Path, table: str, language: str = "en") -> tuple[dict[str, Any], str]:
    file = folder / "t.csv"
    file.write_text(table, encoding="utf-8")
    text = propose(file, Asked(language=language)).plan_toml
    return tomllib.loads(text), text


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1,一,件数,達成,1\n1,一,人数,遅延,2\n", OF_INDICATORS),
        ("1,一,件数,達成,1\n,,人数,遅延,2\n", OF_INDICATORS),
        ("1,一,件数,達成,1\n,,人数,,2\n2,二,回数,遅延,2\n", OF_THE_MEASURE),
        ("1,一,件数,達成,1\n1,一,人数,達成,2\n2,二,回数,遅延,2\n", OF_THE_MEASURE),
        ("1,一,件数,達成,1\n2,二,回数,遅延,2\n", OF_THE_MEASURE),
    ],
)
def test_a_status_in_which_rows_of_one_measure_differ_is_proposed_as_the_indicator_s(
    tmp_path: Path, rows: str, expected: dict[str, str]
) -> None:
    said, text = proposed(tmp_path, "番号,施策,指標,評価,R4実績\n第1章 章,,,,\n" + rows)
    axes = ("achievement", "indicator_achievement")
    assert {key: value for key, value in said["columns"].items() if key in axes} == expected
    assert ("is each indicator's own" in text) == (expected is OF_INDICATORS)
    assert said["achievement"] == {"達成": "achieved", "遅延": "late"}


def test_a_heading_may_say_that_a_status_is_the_indicator_s(tmp_path: Path) -> None:
    table = "番号,施策,指標,KPIの達成状況,総合評価,R4実績\n第1章 章,,,,,\n1,一,件数,達成,遅延,1\n"
    said, _ = proposed(tmp_path, table)
    assert (said["columns"]["achievement"], said["columns"]["indicator_achievement"]) == (
        "総合評価",
        "KPIの達成状況",
    )
    assert set(said["achievement"]) == {"達成", "遅延"}


def test_of_a_row_a_year_only_rows_of_one_year_tell_whose_a_status_is(tmp_path: Path) -> None:
    head = "番号,施策,指標,年度,目標,実績,評価\n第1章 章,,,,,,\n1,一,件数,R4,1,1,達成\n,,,R5,2,1,遅延\n"
    assert proposed(tmp_path, head)[0]["columns"]["achievement"] == "評価"
    said, _ = proposed(tmp_path, head + ",,人数,R5,1,1,達成\n")
    assert said["columns"]["indicator_achievement"] == "評価"


@pytest.mark.parametrize(("last", "key"), [("達成", "indicator_achievement"), ("", "achievement")])
def test_a_status_beside_years_is_proposed_by_the_same_rule(tmp_path: Path, last: str, key: str) -> None:
    table = f"番号,施策,指標,R4実績,R4評価,R5実績,R5評価\n第1章 章,,,,,,\n1,一,件数,1,達成,2,遅延\n,,人数,1,,2,{last}\n"
    said, text = proposed(tmp_path, table)
    assert said["years"] == {"actual": "実績", key: "評価"}
    assert ("is each indicator's own" in text) == (key == "indicator_achievement")
    assert said["achievement"] == {"達成": "achieved", "遅延": "late"}


def test_a_status_beside_years_without_indicators_is_the_measure_s(tmp_path: Path) -> None:
    table = "番号,施策,R4取組,R4評価\n第1章 章,,,\n1,一,調査,達成\n2,二,整備,遅延\n"
    said, _ = proposed(tmp_path, table)
    assert said["years"] == {"activity": "取組", "achievement": "評価"}


def test_a_row_of_statuses_is_proposed_as_a_kind_and_holds_no_figures(tmp_path: Path) -> None:
    table = AS_A_KIND[1].replace("A", "達成").replace("B", "遅延")
    said, text = proposed(tmp_path, table)
    assert said["columns"]["kind"] == "区分"
    assert said["years"] == {"target": "目標", "actual": "実績", "indicator_achievement": "評価"}
    assert said["achievement"] == {"達成": "achieved", "遅延": "late"}
    assert "figures" not in said, text


def test_a_column_of_indicators_statuses_that_is_blank_yet_is_asked(tmp_path: Path) -> None:
    table = "番号,施策,指標,KPIの達成状況,R4実績\n第1章 章,,,,\n1,一,件数,,1\n"
    said, text = proposed(tmp_path, table)
    assert "indicator_achievement" not in said["columns"]
    assert "what is the column “KPIの達成状況”?" in text


@pytest.mark.parametrize("shape", [OF_THE_ROW, BESIDE_A_YEAR, AS_A_KIND])
def test_a_newer_table_asks_what_a_new_mark_of_an_indicator_means(
    tmp_path: Path, shape: tuple[str, str, dict[object, str]]
) -> None:
    layout, table, _ = shape
    read_small(tmp_path, layout, table)
    site = read_site(tmp_path / "site")
    newer = tmp_path / "newer.csv"
    newer.write_text(table.replace("B", "Z"), encoding="utf-8")
    proposal = propose_next(site, site.plans[0], date(2025, 3, 31), newer, Asked(language="en"))
    said = tomllib.loads(proposal.section)["editions"]["2025-03-31"]
    assert said["achievement"] == {"A": "achieved", "B": "late", "Z": "?"}
    assert (proposal.questions, proposal.measures is not None) == (1, True)


def test_a_table_of_indicators_in_forms_is_proposed_with_its_header_of_two_rows(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    write_workbook(KPI_TABLE, file)
    text = propose(file, Asked(language="en")).plan_toml
    said = tomllib.loads(text)
    assert said["columns"] == {
        "number": "番号", "title": "施策", "departments": "課", "indicator": "指標", "unit": "単位",
        "indicator_achievement": "評価", "ignored": "成果",
    }  # fmt: skip
    assert (said["rows"]["header"], said["block"]) == (2, {"starts_with": "番号", "years": "年度"})
    assert said["years"] == {"activity": "取組", "target": "目標", "actual": "実績", "ignored": "備考"}
    assert set(said["achievement"]) == {"A", "B"}
    layout = text[text.index("[columns]") : text.index("# ? the day")]
    layout = layout.replace('"A" = "?"', '"A" = "achieved"').replace('"B" = "?"', '"B" = "late"')
    proposed, by_hand = (
        read_small(tmp_path / name, each, KPI_TABLE, "xlsx") for name, each in (("a", layout), ("b", KPI))
    )
    assert proposed.indicators == by_hand.indicators
    assert proposed.indicator_values == by_hand.indicator_values
    assert proposed.activities == by_hand.activities


@pytest.mark.parametrize(
    ("shape", "indicator", "header"),
    [(IN_ONE_ROW, "指標", None), (IN_CSV, "指標", 2), (UNDER_THE_WORD_YEAR, "年度／指標", 2)],
)
def test_the_header_of_a_table_in_forms_is_found_however_it_is_printed(
    tmp_path: Path, shape: tuple[str, str], indicator: str, header: int | None
) -> None:
    said, text = proposed(tmp_path, shape[1] + "担当,情報課,,,\n")
    assert (said["columns"]["indicator"], said["rows"].get("header")) == (indicator, header)
    assert said["years"] == {"target": "目標", "actual": "実績"}
    assert "# ignored" not in text


ENDED = "番号,施策,R4,評価,今後の方向性\n第1章 章,,,,\n1,一,調査,達成,継続\n"


@pytest.mark.parametrize("dash", ["－", "-", "―", "ー", "…", "――", "—"])
def test_dashes_alone_are_proposed_as_no_status(tmp_path: Path, dash: str) -> None:
    table = ENDED + f"2,二,整備,{dash},廃止\n3,三,整備,達成,{dash}\n"
    said, text = proposed(tmp_path, table)
    assert (said["achievement"], said["response"]) == (
        {"達成": "achieved"},
        {"継続": "continue", "廃止": "abolish"},
    )
    written = unicodedata.normalize("NFKC", dash)
    assert said["statuses"] == {"without_achievement": [written], "without_response": [written]}
    assert f"# “{written}” (cells: 1): dashes alone, which are read as no status and kept as printed" in text
    assert "線だけなので、評価を言わない" in proposed(tmp_path, table, "ja")[1]
    layout = text[text.index("[columns]") : text.index("# ? the day")]
    edition = read_small(tmp_path / "read", layout, table)
    assert [(each.achievement, each.response) for each in edition.progress] == [
        ("achieved", "continue"),
        (None, "abolish"),
        ("achieved", None),
    ]


def test_a_column_of_dashes_alone_is_read_as_one_of_no_status(tmp_path: Path) -> None:
    said, _ = proposed(tmp_path, "番号,施策,R4,評価\n第1章 章,,,\n1,一,調査,－\n2,二,整備,－\n")
    assert said["columns"]["achievement"] == "評価"
    assert (said["statuses"], "achievement" in said) == ({"without_achievement": ["-"]}, False)


@pytest.mark.parametrize(("language", "answer"), [("ja", "[statuses] の without_response に書く"),
                                                  ("en", "write it at without_response in [statuses]")])  # fmt: skip
def test_another_mark_that_is_not_known_is_asked_with_no_status_among_the_answers(
    tmp_path: Path, language: str, answer: str
) -> None:
    said, text = proposed(tmp_path, ENDED + "2,二,整備,達成,該当なし\n", language)
    assert (said["response"], "statuses" in said) == ({"継続": "continue", "該当なし": "?"}, False)
    assert text.count(answer) == 1


@pytest.mark.parametrize(
    ("note", "achievement", "statuses"),
    [
        ("※ －：未着手", {"達成": "achieved", "-": "notStarted"}, None),
        ("※ － … 未着手", {"達成": "achieved", "-": "notStarted"}, None),
        ("※ －：判定の外", {"達成": "achieved", "-": "?"}, None),
        ("○○計画 － 進捗状況", {"達成": "achieved"}, {"without_achievement": ["-"]}),
    ],
)
def test_what_a_note_says_of_a_dash_counts_before_its_being_one(
    tmp_path: Path, note: str, achievement: dict[str, str], statuses: dict[str, list[str]] | None
) -> None:
    said, _ = proposed(tmp_path, f"{note},,,,\n" + ENDED + "2,二,整備,－,廃止\n")
    assert (said["achievement"], said.get("statuses")) == (achievement, statuses)


def test_a_dash_beside_a_word_is_asked_with_it(tmp_path: Path) -> None:
    said, _ = proposed(tmp_path, ENDED + "2,二,整備,－ 外,廃止\n")
    assert said["achievement"] == {"達成": "achieved", "-": "?", "外": "?"}
    assert "statuses" not in said


def test_grades_in_digits_are_statuses_beside_dashes(tmp_path: Path) -> None:
    said, _ = proposed(tmp_path, "番号,施策,R4,評価\n第1章 章,,,\n1,一,調査,5\n2,二,整備,3\n3,三,整備,－\n")
    assert (said["columns"]["achievement"], said["achievement"]) == ("評価", {"5": "?", "3": "?"})
    assert said["statuses"] == {"without_achievement": ["-"]}


def test_a_row_whose_status_is_a_dash_is_not_taken_for_a_shifted_one(tmp_path: Path) -> None:
    rows = "2,二,整備,達成,継続\n3,三,整備,達成,継続\n4,四,整備,達成,継続\n5,五,整備,－,中止\n"
    said, text = proposed(tmp_path, ENDED + rows)
    assert "beside their columns" not in text
    assert said["response"] == {"継続": "continue", "中止": "?"}
