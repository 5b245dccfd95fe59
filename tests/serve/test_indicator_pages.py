"""What a measure's page says of its indicators: the figures and statuses that the table prints, in both languages."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.publish.build import build
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from tests.publish.conftest import unwatched
from tests.publish.small_tables import read_small
from tests.publish.test_indicator_statuses import WHOLE, WHOLE_TABLE

MEASURE = "/doc/measure/p/1-1"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("indicators")
    read_small(folder, WHOLE, WHOLE_TABLE, "xlsx", counted=1)
    releases = folder / "releases"
    assert build(folder / "site", releases, "http://localhost:8000/", unwatched).release is not None
    application = create_app(Settings(release=releases))
    yield application
    service_of(application).close()


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
