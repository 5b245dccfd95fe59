"""Which column is proposed as saying what a measure is, and which is asked about."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sakata_lod.publish.next_edition import propose_next
from sakata_lod.publish.proposal import Asked, propose
from sakata_lod.site import read_site
from tests.publish.small_tables import read_small
from tests.publish.test_descriptions import LIST, TABLE
from tests.sites import write_workbook


def proposed(folder: Path, table: str) -> tuple[dict[str, Any], str]:
    """The columns that are proposed for a table, and all that is written."""
    path = folder / "t.xlsx"
    write_workbook(f"# s\n{table}", path)
    text = propose(path, Asked()).plan_toml
    return tomllib.loads(text)["columns"], text


@pytest.mark.parametrize(
    "heading",
    [
        "事業概要", "事業の概要", "施策の概要", "取組概要", "概要", "目的・内容", "事業の目的・内容", "事業内容",
        "事業の内容", "施策内容",
    ],
)  # fmt: skip
def test_the_usual_headings_are_proposed_and_not_asked_about(tmp_path: Path, heading: str) -> None:
    table = f"番号 | 施策 | {heading} | 担当課 | 達成状況\n1 | 窓口 | 減らす | 情報課 | 達成\n2 | 広報 | 配る | 情報課 | 達成\n"
    columns, text = proposed(tmp_path, table)
    assert columns["description"] == heading
    assert f"列「{heading}」" not in text


def test_work_of_no_year_is_a_description_only_beside_years_that_have_work(tmp_path: Path) -> None:
    beside = "番号 | 施策 | 取組内容 | R4 | R5\n1 | 窓口 | 減らす | 調査した | 整備した\n2 | 広報 | 配る | 調べた | 配った\n"
    assert proposed(tmp_path, beside)[0]["description"] == "取組内容"
    named = beside.replace("R4 | R5", "R4実績 | R5の取組実績")
    assert proposed(tmp_path, named)[0]["description"] == "取組内容"
    alone = "番号 | 施策 | 取組内容 | 担当課 | 達成状況\n1 | 窓口 | 減らす | 情報課 | 達成\n2 | 広報 | 配る | 情報課 | 達成\n"
    columns, text = proposed(tmp_path, alone)
    assert "description" not in columns
    assert "列「取組内容」" in text
    figures = "番号 | 施策 | 取組内容 | 指標 | R4実績 | R5実績\n1 | 窓口 | 減らす | 件数 | 3 | 4\n2 | 広報 | 配る | 部数 | 5 | 6\n"
    columns, text = proposed(tmp_path, figures)
    assert "description" not in columns
    assert "列「取組内容」" in text


def test_work_of_a_year_stays_work(tmp_path: Path) -> None:
    of_a_year = (
        "番号 | 施策 | 令和5年度の取組内容 | 達成状況\n1 | 窓口 | 減らした | 達成\n2 | 広報 | 配った | 達成\n"
    )
    assert "description" not in proposed(tmp_path, of_a_year)[0]
    by_row = "番号 | 施策 | 年度 | 取組内容\n1 | 窓口 | R4 | 調査\n1 | 窓口 | R5 | 整備\n2 | 広報 | R4 | 調査\n2 | 広報 | R5 | 配布\n"
    columns, _ = proposed(tmp_path, by_row)
    assert columns["activity"] == "取組内容"
    assert "description" not in columns


def test_what_is_done_beside_what_was_done_in_a_row_s_year_describes_the_measure(tmp_path: Path) -> None:
    table = "番号 | 施策 | 事業内容 | 年度 | 取組実績\n1 | 窓口 | 減らす | R4 | 調査\n1 | 窓口 | 減らす | R5 | 整備\n2 | 広報 | 配る | R4 | 調査\n"
    columns, _ = proposed(tmp_path, table)
    assert (columns["activity"], columns["description"]) == ("取組実績", "事業内容")


def test_a_second_column_of_the_kind_is_asked_about(tmp_path: Path) -> None:
    table = "番号 | 施策 | 事業概要 | 事業内容 | 達成状況\n1 | 窓口 | 減らす | 出張所 | 達成\n2 | 広報 | 配る | 広報紙 | 達成\n"
    columns, text = proposed(tmp_path, table)
    assert columns["description"] == "事業概要"
    assert "列「事業内容」" in text


def test_of_two_columns_of_work_the_surer_one_is_taken(tmp_path: Path) -> None:
    table = "番号 | 施策 | 事業内容 | 取組内容 | R5\n1 | 窓口 | 減らす | 出張 | 設計した\n2 | 広報 | 紙にする | 配る | 配った\n"
    columns, text = proposed(tmp_path, table)
    assert columns["description"] == "事業内容"
    assert "列「取組内容」" in text


def test_a_column_over_which_titles_are_merged_is_asked_about(tmp_path: Path) -> None:
    table = "番号 | 施策 | 事業概要 | 達成状況\n1 | 窓口 | < | 達成\n2 | 広報 | 配る | 達成\n3 | 予約 | 取る | 達成\n"
    columns, text = proposed(tmp_path, table)
    assert "description" not in columns
    assert "列「事業概要」" in text


def test_what_differs_in_the_rows_of_one_measure_is_asked_about(tmp_path: Path) -> None:
    table = "番号 | 施策 | 事業概要 | 指標 | R5実績\n1 | 窓口 | 減らす | 件数 | 1\n^ | ^ | 増やす | 人数 | 2\n2 | 広報 | 配る | 部数 | 3\n"
    columns, text = proposed(tmp_path, table)
    assert "description" not in columns
    assert "列「事業概要」" in text


def test_a_table_of_descriptions_without_titles_is_asked_which_column_has_them(tmp_path: Path) -> None:
    table = "番号 | 事業概要 | 担当課 | 達成状況\n1 | 減らす | 情報課 | 達成\n2 | 配る | 情報課 | 達成\n"
    columns, text = proposed(tmp_path, table)
    assert (columns["title"], "description" in columns) == ("?", False)
    assert "施策の題名の列はどれですか: 事業概要" in text or "titles? 事業概要" in text


def test_the_label_of_a_form_is_proposed(tmp_path: Path) -> None:
    forms = "".join(
        f"事業番号 | {at} | 事業名 | {title} | 担当課 | 情報課\n事業概要 | {title}を進める\n評価 | A\n"
        for at, title in enumerate(("窓口の改善", "予約の更新", "見守りの輪"), start=1)
    )
    columns, text = proposed(tmp_path, forms)
    assert columns["description"] == "事業概要"
    assert "「事業概要」" not in text.replace('description = "事業概要"', "")


def test_the_next_edition_has_it_too_and_asks_what_is_in_its_place(tmp_path: Path) -> None:
    read_small(tmp_path, LIST, TABLE)
    site = read_site(tmp_path / "site")
    path = tmp_path / "next.csv"
    path.write_text(TABLE, encoding="utf-8")
    same = propose_next(site, site.plans[0], date(2025, 3, 31), path, Asked(language="en"))
    assert "columns" not in tomllib.loads(same.section)["editions"]["2025-03-31"]
    path.write_text(TABLE.replace("事業概要", "施策の概要"), encoding="utf-8")
    renamed = propose_next(site, site.plans[0], date(2025, 3, 31), path, Asked(language="en"))
    assert tomllib.loads(renamed.section)["editions"]["2025-03-31"]["columns"]["description"] == "?"
    assert "the column “事業概要” is gone. Which is in its place (施策の概要" in renamed.section
