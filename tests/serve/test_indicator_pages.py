"""What a measure's page says of its indicators: the figures and statuses that the table prints, in both languages."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.publish.build import build
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from tests.publish.conftest import unwatched
from tests.publish.small_tables import COLUMNS, ROWS, read_small
from tests.publish.test_indicator_statuses import BELOW_A_YEAR, WHOLE, WHOLE_TABLE
from tests.publish.test_without_status import WITHOUT

MEASURE = "/doc/measure/p/1-1"


def application(folder: Path, layout: str, table: str, format_: str) -> Flask:
    """A server of a plan that has one table."""
    read_small(folder, layout, table, format_)
    releases = folder / "releases"
    assert build(folder / "site", releases, "http://localhost:8000/", unwatched).release is not None
    return create_app(Settings(release=releases))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    served = application(tmp_path_factory.mktemp("indicators"), WHOLE, WHOLE_TABLE, "xlsx")
    yield served
    service_of(served).close()


@pytest.fixture
def client(served: Flask) -> FlaskClient:
    return served.test_client()


def rows(client: FlaskClient, language: str) -> list[list[str]]:
    page = client.get(MEASURE, headers={"Accept": "text/html", "Accept-Language": language}).text
    found = re.search(r'<table class="indicators">(.*?)</table>', page, re.DOTALL)
    assert found is not None, page
    lines = re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in line] for line in cells]


def test_each_indicator_has_its_status_as_a_whole_and_year_by_year(client: FlaskClient) -> None:
    assert rows(client, "ja") == [
        ["指標", "年度", "目標値", "実績値", "目標達成", "今後の対応"],
        ["件数", "全体", "", "", "遅延 B", "拡充"],
        ["令和4年度（2022年度）", "", "1", "達成 A", ""],
        ["令和5年度（2023年度）", "", "2", "遅延 B", ""],
        ["人数", "全体", "", "", "達成 A", "拡充"],
        ["令和4年度（2022年度）", "", "3", "達成 A", ""],
        ["満足度", "全体", "", "", "達成 A", ""],
    ]
    assert rows(client, "en")[:3] == [
        ["Indicator", "Fiscal year", "Target figure", "Actual figure", "Achievement", "How it goes on"],
        ["件数", "As a whole", "", "", "Late B", "Expand 拡充"],
        ["FY2022 (R4)", "", "1", "Achieved A", ""],
    ]


def test_what_is_told_of_indicators_counts_as_told_of_the_year(client: FlaskClient) -> None:
    page = client.get(MEASURE, headers={"Accept": "text/html", "Accept-Language": "en"}).text
    assert "Something is entered for 2 of 8 fiscal years." in page
    assert "What was done, year by year" not in page
    assert "達成状況" in page[page.index("Where it is printed") :]


def counted(client: FlaskClient) -> list[str]:
    page = client.get("/doc/plan/p", headers={"Accept": "text/html", "Accept-Language": "ja"}).text
    assert "指標の目標達成の状況" in page
    (found,) = re.findall(r'<ul class="counts">(.*?)</ul>', page, re.DOTALL)
    assert "<a" not in found
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in found.split("</li>")[:-1]]


def test_a_plan_s_page_counts_indicators_by_their_status_as_a_whole(client: FlaskClient) -> None:
    assert counted(client) == ["達成 2 / 3", "遅延 1 / 3"]


def test_an_indicator_without_a_status_as_a_whole_counts_by_its_newest_year(tmp_path: Path) -> None:
    layout, table, _ = BELOW_A_YEAR
    served = application(tmp_path, layout, table, "csv")
    assert counted(served.test_client()) == ["達成 1 / 2", "遅延 1 / 2"]
    service_of(served).close()


@pytest.mark.parametrize("path", ["/", "/doc/plan/p"])
def test_a_plan_of_indicators_alone_has_entries_in_the_years_of_their_figures(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"}).text
    assert "No measure has an entry in any year" not in page
    strip = page[page.index('<div class="strip"') :]
    cells = re.findall(r'<td class="entry">(.*?)<span', strip)
    entered = [" ".join(each.split()) for each in cells]
    assert entered == ["◆ 2", "◆"]
    assert "figures of indicators are entered; the number tells of how many" in strip


def test_a_fiscal_year_has_the_measures_of_whose_indicators_it_has_figures(client: FlaskClient) -> None:
    page = client.get("/doc/fiscal-year/2022", headers={"Accept": "text/html", "Accept-Language": "en"}).text
    assert "1 measure has an entry for it" in page
    assert "/doc/measure/p/1-1" in page
    assert '<table class="work">' not in page


def test_a_plan_without_any_entry_is_not_said_to_have_most_in_a_year(tmp_path: Path) -> None:
    table = "番号,施策,R4\n第1章 章,,\n1,一,\n"
    empty = application(tmp_path, COLUMNS + ROWS, table, "csv")
    page = empty.test_client().get("/", headers={"Accept": "text/html", "Accept-Language": "en"}).text
    service_of(empty).close()
    assert "No measure has an entry in any year." in page
    assert "Most measures have an entry" not in page


NOT_SAID = WHOLE.replace("[columns]\n", '[columns]\nachievement = "総合"\n') + WITHOUT
NOT_SAID_TABLE = """# 表
番号 | 施策 | 指標 | R4 | < | R5 | < | 達成状況 | 方向性 | 総合
^ | ^ | ^ | 実績 | 評価 | 実績 | 評価 | ^ | ^ | ^
第1章 章 | < | < | < | < | < | < | < | < | <
1 | 一 | 件数 | 1 | A | 2 | {mark} | {mark} | 拡充 | {mark}
"""


@pytest.mark.parametrize("mark", ["－", ""])
def test_a_mark_that_says_no_status_is_shown_as_a_blank_cell_is(tmp_path: Path, mark: str) -> None:
    served = application(tmp_path, NOT_SAID, NOT_SAID_TABLE.format(mark=mark), "xlsx")
    client = served.test_client()
    assert rows(client, "ja") == [
        ["指標", "年度", "目標値", "実績値", "目標達成", "今後の対応"],
        ["件数", "全体", "", "", "", "拡充"],
        ["令和4年度（2022年度）", "", "1", "達成 A", ""],
        ["令和5年度（2023年度）", "", "2", "", ""],
    ]
    pages = [client.get(each, headers={"Accept": "text/html"}).text for each in (MEASURE, "/doc/plan/p")]
    service_of(served).close()
    shown = [len(re.findall(r">\s*－\s*<", each)) for each in pages]
    as_source_cells = re.findall(">(?:R5／評価|達成状況|総合)</td><td>－<", pages[0])
    assert (len(as_source_cells), shown) == ((3, [3, 0]) if mark else (0, [0, 0]))
    assert ">目標達成の状況<" not in pages[1]
