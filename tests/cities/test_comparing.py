"""The page that compares plans: its numbers are those of its queries, and nobody is ranked."""

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from tests.cities.conftest import BASE, KAKUU, MABOROSHI, UTSUTSU
from tests.serve.small_release import write_small_release

PAGE = {"Accept": "text/html"}
SOGO, BOSAI, JISSHI = f"{KAKUU}/sogo", f"{UTSUTSU}/bosai", f"{UTSUTSU}/jisshi"
KANKO, KANKYO = f"{MABOROSHI}/kanko", f"{MABOROSHI}/kankyo"
PLANS = [SOGO, BOSAI, JISSHI, KANKO, KANKYO]


def shown(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/compare?lang=en{query}", headers=PAGE)
    assert answer.status_code == 200
    return answer.text


def section(page: str, name: str) -> str:
    return page.partition(f'<h2 id="{name}">')[2].partition("</section>")[0]


def rows_of(client: FlaskClient, part: str) -> list[dict[str, str]]:
    """What the CSV link of a part of the page gives."""
    link = html.unescape(re.findall(r'href="(/sparql\?[^"]+)" rel="nofollow">CSV', part)[-1])
    answer = client.get("/sparql", query_string={"query": parse_qs(urlsplit(link).query)["query"][0]},
                        headers={"Accept": "text/csv"})  # fmt: skip
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def cells(row: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>|\s+", " ", each).strip()
        for each in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)
    ]


def test_coverage_comes_first_and_is_what_the_query_counts(client: FlaskClient) -> None:
    page = shown(client)
    part = section(page, "coverage")
    assert page.index('id="coverage"') < page.index('id="status"') < page.index('id="themes"')
    counted = {row["plan"]: row for row in rows_of(client, part)}
    lines = [cells(row) for row in re.findall(r"<tr>.*?</tr>", part, re.S)[1:]]
    assert len(lines) == len(counted) == len(PLANS)
    for line, key in zip(lines, PLANS, strict=True):
        code, _, slug = key.partition("/")
        row = counted[f"{BASE}{code}/id/plan/{slug}"]
        assert line[4:] == [row[each] for each in ("measures", "themed", "assessed", "decided")]
    assert [line[4:] for line in lines] == [["4", "1", "3", "4"], ["3", "0", "3", "0"], ["3", "1", "3", "0"],
                                            ["3", "0", "0", "0"], ["2", "0", "2", "0"]]  # fmt: skip


@pytest.mark.parametrize("by", ["achievement", "response"])
def test_every_measure_is_in_the_chart_and_those_without_status_too(client: FlaskClient, by: str) -> None:
    part = section(shown(client, f"&by={by}"), "status")
    table = part.partition("<table")[2].partition("</table>")[0]
    totals = [int(cells(row)[-1]) for row in re.findall(r"<tr>.*?</tr>", table, re.S)[1:]]
    assert totals == [4, 3, 3, 3, 2]
    assert "Not stated" in table
    counted = rows_of(client, part)
    assert sum(int(row["measures"]) for row in counted) == sum(totals)
    drawn = [int(each) for each in re.findall(r'<text [^>]*text-anchor="middle">(\d+)</text>', part)]
    assert sorted(drawn) == sorted(int(row["measures"]) for row in counted)


def test_the_themes_have_the_numbers_of_their_query(client: FlaskClient) -> None:
    part = section(shown(client), "themes")
    table = [cells(row) for row in re.findall(r"<tr>.*?</tr>", part, re.S)]
    counted = rows_of(client, part)
    numbers = [int(each) for line in table[1:] for cell in line[1:] for each in re.findall(r"\d+", cell)]
    assert sum(numbers) == sum(int(row["measures"]) for row in counted) == 15
    assert table[-1][0] == "No theme"


def test_what_cannot_be_compared_is_always_listed(client: FlaskClient) -> None:
    part = section(shown(client, f"&theme=online-procedures&plan={SOGO}&plan={KANKO}"), "unmapped")
    listed = re.findall(r"<li>(.*?)</li>", part, re.S)
    assert len(listed) == len(rows_of(client, part)) == 3 + 3
    assert sum("no theme, no status" in each for each in listed) == 3


def test_plans_stand_in_the_order_asked_for_and_not_by_result(client: FlaskClient) -> None:
    page = shown(client, f"&plan={JISSHI}&plan={SOGO}")
    part = section(page, "coverage")
    assert part.index("/990002/doc/plan/jisshi") < part.index("/990001/doc/plan/sogo")
    assert "no ranking" in page


def test_a_city_stands_for_its_plans(client: FlaskClient) -> None:
    part = section(shown(client, f"&city={MABOROSHI}"), "coverage")
    assert [each in part for each in ("/doc/plan/kanko", "/doc/plan/kankyo", "/doc/plan/sogo")] == [
        True,
        True,
        False,
    ]


def test_a_theme_chosen_is_drawn(client: FlaskClient) -> None:
    part = section(shown(client, "&theme=online-procedures"), "themes")
    assert "<figure" in part
    assert "<figure" not in section(shown(client), "themes")


def test_the_form_says_what_was_chosen(client: FlaskClient) -> None:
    part = section(shown(client, f"&plan={SOGO}&by=response&theme=online-procedures"), "choose")
    assert re.findall(r'value="([^"]+)" checked', part) == [SOGO, "response", "online-procedures"]


def test_the_page_speaks_japanese(client: FlaskClient) -> None:
    page = client.get("/compare?lang=ja", headers=PAGE).text
    assert "順位ではありません" in page
    assert "行政手続きのオンライン化" in page


@pytest.mark.parametrize("query", ["plan=nothing", "city=990009", "by=size", "theme=nothing"])
def test_what_there_is_not_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/compare?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[2] in answer.json["detail"]  # type: ignore[index]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    application = create_app(
        Settings(release=write_small_release(tmp_path_factory.mktemp("alone") / "small"))
    )
    yield application
    service_of(application).close()


def test_a_city_alone_with_one_plan_compares_its_chapters(alone: Flask, tmp_path: Path) -> None:
    page = shown(alone.test_client())
    assert "One plan is chosen" in page
    assert "<figure" in section(page, "chapters")
    assert 'value="joho" checked' in page


def test_chapters_without_any_status_are_not_called_achieved(client: FlaskClient) -> None:
    for page in (shown(client, f"&plan={KANKO}"), client.get(f"/{MABOROSHI}/doc/plan/kanko?lang=en").text):
        assert "every chapter was achieved" not in page
        assert "By chapter" not in page
    assert "By chapter" in shown(client, f"&plan={SOGO}")
