"""Lists as cities print them: what is proposed for the ways in which they number, note and arrange things."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sakata_lod.errors import UnknownColumn
from sakata_lod.publish.proposal import Asked, propose
from tests.publish.small_tables import COLUMNS, read_small
from tests.sites import write_workbook


def proposed(folder: Path, table: str) -> tuple[dict[str, Any], str]:
    """What is proposed for a table: as read, and as written."""
    file = folder / "t.csv"
    file.write_text(table, encoding="utf-8")
    text = propose(file, Asked()).plan_toml
    return tomllib.loads(text), text


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1-(1)-①", "1-1-1"),
        ("１－（２）－③", "1-2-3"),
        ("1-①", "1-1"),
        ("１①", "1-1"),
        ("1(2)①", "1-2-1"),
        ("Ⅰ-1-2", "1-1-2"),
        ("Ⅱ－２－（１）", "2-2-1"),
        ("三-2", "3-2"),
    ],
)
def test_a_number_of_parts_of_several_kinds_is_proposed_and_read(
    tmp_path: Path, printed: str, number: str
) -> None:
    table = f"番号,施策,評価\n{printed},窓口の改善,達成\n"
    said, _ = proposed(tmp_path, table)
    assert "numbers" not in said["rows"]
    layout = f"{COLUMNS}achievement = '評価'\n[rows]\nmeasure = '{said['rows']['measure']}'\n"
    layout += "[achievement]\n'達成' = 'achieved'\n"
    (measure,) = read_small(tmp_path, layout, table).measures
    assert (measure.number, measure.title) == (number, "窓口の改善")


def test_a_rate_is_no_status(tmp_path: Path) -> None:
    said, _ = proposed(tmp_path, "番号,施策,達成率,達成状況\n1,窓口の改善,80.0%,達成\n2,見守り,95%,未達成\n")
    assert (said["columns"]["achievement"], said["columns"]["ignored"]) == ("達成状況", "達成率")
    assert set(said["achievement"]) == {"達成", "未達成"}


def test_figures_below_a_heading_of_statuses_are_asked(tmp_path: Path) -> None:
    said, text = proposed(tmp_path, "番号,施策,進捗,評価\n1,窓口の改善,80%,達成\n2,見守り,100%,未達成\n")
    assert said["columns"]["achievement"] == "評価"
    assert "# ? 列「進捗」の役割は？" in text


@pytest.mark.parametrize(
    "legend",
    [
        "評価：◎ 目標達成、△ 遅延、× 未達成",
        "【評価基準】◎…達成　△…遅延　×…未達成",
        "◎達成　△遅延　×未達成",
        "◎…達成　△…遅延　×…未達成",
    ],
)
def test_a_legend_below_the_table_is_no_row_of_it_and_tells_its_marks(tmp_path: Path, legend: str) -> None:
    table = f"番号,施策,評価\n1,窓口,◎\n2,見守り,△\n3,防災,×\n{legend},,\n"
    said, text = proposed(tmp_path, table)
    assert said["achievement"] == {"◎": "achieved", "△": "late", "×": "notAchieved"}
    assert "章・節でも施策でもありません" not in text


def test_a_chapter_of_a_letter_is_no_legend(tmp_path: Path) -> None:
    _, text = proposed(tmp_path, "番号,施策,評価\nA：安心のまち,,\n1,窓口,達成\n")
    assert "2行は章・節でも施策でもありません" in text


def test_a_note_merged_below_a_column_of_chapters_is_no_chapter(tmp_path: Path) -> None:
    said, _ = proposed(tmp_path, "柱,番号,施策,評価\n採用,1,窓口,達成\n※評価：自己評価,,,\n")
    assert said["rows"]["numbers"] == {"?": "?", "採用": "1"}


def test_a_column_left_of_the_titles_in_which_all_is_numbered_is_of_divisions(tmp_path: Path) -> None:
    table = "リスク,目標,施策,備え,評価,担当課\n1 地震,1-1 倒壊,(1) 耐震化,1 点検,達成,課\n,1-2 津波,(1) 避難,2 訓練,達成,課\n"
    said, text = proposed(tmp_path, table)
    assert said["columns"]["divisions"] == ["リスク", "目標"]
    assert "列「備え」の役割は？" in text


def test_a_word_that_is_not_known_is_asked_and_not_taken_for_a_shifted_row(tmp_path: Path) -> None:
    rows = "".join(f"{n},施策{n},課,達成\n" for n in range(1, 6))
    said, text = proposed(tmp_path, f"番号,施策,担当,評価\n{rows}6,施策6,課,完了\n")
    assert "ずれている" not in text
    assert said["achievement"]["完了"] == "?"
    said, text = proposed(tmp_path, f"番号,施策,担当,評価\n{rows}6,施策6,達成,課\n")
    assert "セルが列からずれている行: 7" in text


def test_two_header_rows_of_a_csv_are_told_by_the_blanks_beside_groups(tmp_path: Path) -> None:
    table = "番号,施策,令和4年度,,,令和5年度,,,評価\n,,目標,実績,効果額（千円）,目標,実績,効果額（千円）,\n1,窓口,1,2,30,2,3,40,達成\n"
    said, _ = proposed(tmp_path, table)
    assert said["rows"]["header"] == 2
    assert [each["actual"] for each in said["indicators"]] == ["効果額（千円）", "実績"]


def test_years_without_an_era_are_asked_with_the_newest(tmp_path: Path) -> None:
    said, text = proposed(tmp_path, "番号,施策,3年度,４年度の実施内容,評価\n1,窓口,調査,整備,達成\n")
    assert said["years"]["labels"] == {"3年度": "?", "４年度の実施内容": "?"}
    assert "3年度 → 2021、４年度の実施内容 → 2022" in text


def test_a_column_of_years_without_an_era_is_of_years_and_asks_which(tmp_path: Path) -> None:
    table = (
        "番号,施策,年度,計画,実績,評価\n1,窓口,4年度,検討,検討を始めた,達成\n,,5年度,実施,窓口を設けた,達成\n"
    )
    said, _ = proposed(tmp_path, table)
    assert (said["columns"]["year"], said["columns"]["activity"]) == ("年度", "実績")
    assert said["years"]["labels"] == {"4年度": "?", "5年度": "?"}


def test_words_below_plan_and_result_are_what_was_done_and_no_figures(tmp_path: Path) -> None:
    table = "番号,施策,R4計画,R4実績,R5計画,R5実績\n1,窓口,検討,検討した,実施,3か所に設けた\n2,訓練,10回,8回,開催,開催した\n"
    said, text = proposed(tmp_path, table)
    assert said["years"] == {"activity": "実績", "ignored": "計画"}
    assert "「計画」は予定の文" in text
    assert "figures" not in said
    assert "indicators" not in said


def test_the_value_at_the_start_is_an_actual_figure_of_its_year(tmp_path: Path) -> None:
    table = "番号,施策,指標,基準値（H30）,R5年度末実績値,目標値（R6）\n1,窓口,件数,10,15,20\n"
    said, text = proposed(tmp_path, table)
    assert said["years"] == {"target": "目標値", "actual": ["基準値", "実績値"]}
    assert "labels" not in text


def test_a_table_of_indicators_alone_is_proposed_with_each_as_a_measure(tmp_path: Path) -> None:
    said, text = proposed(
        tmp_path, "環境目標,指標,単位,R4実績,R5実績\n1 気候,排出量,t,512,480\n,導入容量,kW,10,12\n"
    )
    columns = said["columns"]
    assert (columns["title"], columns["indicator"], columns["unit"]) == ("指標", "指標", "単位")
    assert "施策の列がありません" in text


def test_figures_with_approximations_days_and_notes_are_proposed_as_such(tmp_path: Path) -> None:
    table = "番号,施策,指標,R3実績,R4実績,R5実績\n1,窓口,人数,約1200,R5.3月末現在 45,※1\n"
    said, text = proposed(tmp_path, table)
    assert "数値として読めません" not in text
    layout = text.split("[columns]")[1].split("[editions")[0]
    values = read_small(tmp_path, f"[columns]{layout}", table).indicator_values
    assert [(each.actual_text, each.actual) for each in values] == [
        ("約1200", 1200), ("R5.3月末現在 45", 45), ("※1", None)
    ]  # fmt: skip
    assert said["figures"]["without_figure"][-1] == "※1"


def test_numbers_of_indicators_are_not_those_of_measures(tmp_path: Path) -> None:
    table = "施策,No.,指標,単位,R4実績,評価\n(1) 窓口,1,件数,件,10,達成\n,2,人数,人,20,達成\n(2) 訓練,3,回数,回,3,達成\n"
    said, text = proposed(tmp_path, table)
    assert "number" not in said["columns"]
    assert said["columns"]["ignored"] == "No."
    assert "「No.」は一つの題名に幾つもあり" in text
    assert "# measures = 2" in text


def test_a_column_of_units_tells_that_titles_name_the_indicators(tmp_path: Path) -> None:
    table = "区分,サービス名,単位,R4見込量,R4実績\n訪問系,居宅介護,時間,520,498\n,重度訪問介護,時間,100,0\n日中系,生活介護,人日,210,205\n"
    said, text = proposed(tmp_path, table)
    columns = said["columns"]
    assert (columns["divisions"], columns["title"], columns["indicator"]) == (
        "区分",
        "サービス名",
        "サービス名",
    )
    assert columns["fill_down"] == ["区分"]
    assert said["years"] == {"target": "見込量", "actual": "実績"}
    assert "題名を指標の名称としても読みます" in text


def test_a_kind_of_figure_that_is_not_known_is_proposed_as_an_indicator_of_its_own(tmp_path: Path) -> None:
    table = "番号,事業名,区分,単位,R4,R5\n1,延長保育,量の見込み,人,3,4\n,,確保方策,人,5,6\n,,実績,人,7,\n"
    said, _ = proposed(tmp_path, table)
    assert said["columns"]["kind"] == "区分"
    assert said["years"] == {"target": "量の見込み", "actual": "実績"}
    assert [each["target"] for each in said["indicators"]] == ["確保方策"]


def test_of_several_statuses_it_is_said_which_one_counts(tmp_path: Path) -> None:
    _, text = proposed(tmp_path, "番号,施策,自己評価,外部評価\n1,窓口,達成,未達成\n")
    assert "先頭は「自己評価」" in text


@pytest.mark.parametrize("sheets", [(), ("進捗",)])
def test_a_legend_on_another_sheet_tells_the_marks(tmp_path: Path, sheets: tuple[str, ...]) -> None:
    file = tmp_path / "t.xlsx"
    table = "# 進捗\n番号 | 施策 | 担当課 | 評価\n1 | 窓口 | 市民課 | A\n2 | 訓練 | 市民課 | B\n"
    write_workbook(f"{table}# 凡例\n区分 | 内容\nA | 目標達成\nB | やや遅れ\n", file)
    said = tomllib.loads(propose(file, Asked(sheets=sheets)).plan_toml)
    assert said["achievement"] == {"A": "achieved", "B": "late"}
    assert said["editions"]["?"]["sheet"] == "進捗"


def test_columns_of_one_year_are_asked_and_the_schedule_is_offered_to_be_left(tmp_path: Path) -> None:
    table = "番号,施策,R4,R5,R6,令和5年度の取組状況,評価\n1,窓口,検討,実施,→,窓口を設けた,達成\n"
    _, text = proposed(tmp_path, table)
    assert "# ? 「R5」と「令和5年度の取組状況」は同じ年度の列です" in text
    assert '# ignored = ["R4", "R5", "R6"]' in text


def test_rows_that_repeat_their_measure_are_counted_as_one(tmp_path: Path) -> None:
    _, text = proposed(tmp_path, "番号,施策,指標,R4実績\n1,窓口,件数,1\n1,窓口,人数,2\n2,訓練,回数,3\n")
    assert "# measures = 2" in text


def test_a_schedule_below_a_heading_of_its_own_is_offered_to_be_left_as_a_whole(tmp_path: Path) -> None:
    table = "番号,施策,スケジュール,,,5年度の実施内容,評価\n,,4年度,5年度,6年度,,\n1,窓口,検討,実施,→,設けた,達成\n"
    _, text = proposed(tmp_path, table)
    assert '# ignored = ["スケジュール／4年度", "スケジュール／5年度", "スケジュール／6年度"]' in text


KINDS = """番号,施策,指標,区分,R4,R5
1,窓口,件数,目標,10,20
,,,実績,9,21
,,,達成率,90%,105%
"""


def test_rows_of_a_kind_that_is_only_kept_are_proposed_and_read_as_such(tmp_path: Path) -> None:
    said, text = proposed(tmp_path, KINDS)
    assert said["years"] == {"target": "目標", "actual": "実績", "ignored": "達成率"}
    layout = text.split("[columns]")[1].split("[editions")[0]
    edition = read_small(tmp_path, f"[columns]{layout}", KINDS)
    assert [(each.target_text, each.actual_text) for each in edition.indicator_values] == [
        ("10", "9"), ("20", "21")
    ]  # fmt: skip


def test_a_kind_that_is_not_known_is_refused_all_the_same(tmp_path: Path) -> None:
    _, text = proposed(tmp_path, KINDS)
    layout = text.split("[columns]")[1].split("[editions")[0].replace('ignored = "達成率"', "")
    with pytest.raises(UnknownColumn, match="達成率"):
        read_small(tmp_path, f"[columns]{layout}", KINDS)


def test_what_is_called_issues_is_asked_and_not_taken_for_why_a_target_was_missed(tmp_path: Path) -> None:
    notes = ("－", "応募者の確保", "引き続き周知", "感染症の影響", "派遣先の調整")
    rows = "".join(f"{number},施策{number},達成,{note}\n" for number, note in enumerate(notes, start=1))
    said, text = proposed(tmp_path, f"番号,施策,評価,課題・今後の対応\n{rows}")
    assert {"reason", "response"}.isdisjoint(said["columns"])
    assert "# ? 列「課題・今後の対応」の役割は？" in text


def test_headings_merged_over_groups_of_words_that_are_not_known_make_a_header_of_two_rows(
    tmp_path: Path,
) -> None:
    file = tmp_path / "t.xlsx"
    table = "# 評価\n番号 | 事務事業名 | 所管 | < | 評価 | < | <\n^ | ^ | 部 | 課 | 必要性 | 有効性 | 総合\n"
    write_workbook(f"{table}1 | 医療費助成 | 福祉部 | 福祉課 | A | A | B\n", file)
    said = tomllib.loads(propose(file, Asked()).plan_toml)
    assert said["rows"]["header"] == 2
    assert said["columns"]["title"] == "事務事業名"
    assert said["columns"]["departments"] == ["所管／部", "所管／課"]
    assert said["columns"]["achievement"] == ["評価／総合", "評価／必要性", "評価／有効性"]


def test_a_heading_that_stands_several_times_is_asked_once(tmp_path: Path) -> None:
    said, text = proposed(tmp_path, "番号,施策,担当課,評価,評価\n1,窓口,市民課,達成,未達成\n")
    assert "achievement" not in said["columns"]
    assert text.count("列「評価」の役割は？") == 1


@pytest.mark.parametrize(
    ("table", "divisions"),
    [
        (
            "計画の進捗\n第1章 くらし,,\n番号,施策,評価\n1,窓口,達成\n第2章 産業,,\n番号,施策,評価\n2,農業,達成\n",
            ["1", "2"],
        ),
        ("計画の進捗\n基本目標２　食の健康,,\n番号,施策,評価\n2-1,食育,達成\n", ["2"]),
    ],
)
def test_a_chapter_that_is_named_above_the_first_header_is_proposed_and_read(
    tmp_path: Path, table: str, divisions: list[str]
) -> None:
    _, text = proposed(tmp_path, table)
    layout = text.split("[columns]")[1].split("[editions")[0]
    edition = read_small(tmp_path, f"[columns]{layout}", table)
    assert [each.number for each in edition.divisions] == divisions
    assert [each.division for each in edition.measures] == divisions


def test_proposed_numbers_begin_anew_in_each_division_and_are_read(tmp_path: Path) -> None:
    table = (
        "施策,担当課,評価\n第1章 くらし,,\n窓口,福祉課,達成\n訓練,福祉課,達成\n"
        "第2章 学び,,\n訓練,福祉課,達成\n本,福祉課,達成\n"
    )
    said, text = proposed(tmp_path, table)
    assert said["rows"]["numbers"] == {"?": "?", "窓口": "1", "訓練": "2", "本": "1"}
    layout = text.split("[columns]")[1].split("[editions")[0].replace('"?" = "?", ', "")
    edition = read_small(tmp_path, f"[columns]{layout}", table)
    assert [each.number for each in edition.measures] == ["1-1", "1-2", "2-2", "2-1"]


def test_a_row_that_lists_a_measure_again_is_proposed_to_be_passed_over(tmp_path: Path) -> None:
    said, text = proposed(
        tmp_path, "番号,施策,担当課,評価\n1,窓口,課,達成\n再掲,窓口,課,達成\n（再掲２）,窓口,,\n"
    )
    assert "章・節でも施策でもありません" not in text
    assert len(said["rows"]["ignored"]) == 1


def test_gregorian_years_without_a_word_make_a_column_of_years(tmp_path: Path) -> None:
    said, _ = proposed(tmp_path, "番号,施策,年度,取組実績,評価\n1,窓口,2022,検討,達成\n,,2023,導入,達成\n")
    assert (said["columns"]["year"], said["columns"]["activity"]) == ("年度", "取組実績")


def test_grades_in_digits_are_statuses_that_the_legend_tells(tmp_path: Path) -> None:
    legend = "自己評価：5…目標以上　3…おおむね達成　1…未達成,,\n"
    said, _ = proposed(tmp_path, f"番号,施策,自己評価\n1,窓口,5\n2,訓練,3\n3,本,1\n{legend}")
    assert said["achievement"] == {"5": "exceeded", "3": "mostlyAchieved", "1": "notAchieved"}


def test_marks_below_years_without_words_are_asked_and_have_their_codes_proposed(tmp_path: Path) -> None:
    table = "番号,施策,R3,R4,R5\n1,窓口,Ａ,Ｂ,－\n2,訓練,Ｂ,Ａ,\n※Ａ：達成　Ｂ：やや遅れ,,,,\n"
    said, text = proposed(tmp_path, table)
    assert said["years"] == {"holds": "?"}
    assert "記号（Ａ、Ｂ、－）があります" in text
    assert (said["achievement"]["A"], said["achievement"]["B"]) == ("achieved", "late")


def test_a_schedule_of_one_mark_is_none_of_statuses(tmp_path: Path) -> None:
    said, _ = proposed(tmp_path, "番号,施策,R3,R4,R5\n1,窓口,○,→,→\n2,訓練,,○,→\n")
    assert {"years", "achievement"}.isdisjoint(said)


@pytest.mark.parametrize(("first", "is_reason"), [("", True), ("周知が足りない", False)])
def test_issues_are_the_reason_where_only_rows_that_fall_short_tell_any(
    tmp_path: Path, first: str, is_reason: bool
) -> None:
    table = f"番号,施策,評価,課題\n1,窓口,◎ 達成,{first}\n2,訓練,× 未達成,人が集まらない\n"
    said, text = proposed(tmp_path, table)
    assert ("reason" in said["columns"]) == is_reason
    assert ("# ? 列「課題」の役割は？" in text) != is_reason
