"""A plan whose table lacks a column of statuses: its pages show what there is, and no empty chart or table."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.publish.build import build
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from tests.publish.conftest import unwatched
from tests.sites import make_site

WITHOUT_RESPONSES, WITHOUT_ANY = "/doc/plan/kankyo", "/doc/plan/kanko"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("maboroshi")
    site = make_site("maboroshi", folder)
    assert build(site, folder / "releases", "http://localhost:8000/", unwatched).release is not None
    application = create_app(Settings(release=folder / "releases"))
    yield application
    service_of(application).close()


@pytest.fixture
def client(served: Flask) -> FlaskClient:
    return served.test_client()


def page(client: FlaskClient, path: str, language: str) -> str:
    answered = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert answered.status_code == 200, path
    return answered.text


def headings(text: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", text)]


@pytest.mark.parametrize(
    ("language", "achieved", "going_on", "both"),
    [
        ("ja", "目標達成の状況", "今後の対応の状況", "目標達成と今後の対応"),
        ("en", "Measures by achievement", "Measures by how they go on", "Achievement and how it goes on"),
    ],
)
def test_without_responses_the_achievement_is_shown_alone(
    client: FlaskClient, language: str, achieved: str, going_on: str, both: str
) -> None:
    text = page(client, WITHOUT_RESPONSES, language)
    assert achieved in headings(text)
    assert not {going_on, both} & set(headings(text))
    assert 'class="matrix"' not in text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ja", "全3施策。表に施策ごとの評価の記載はありません。"),
        ("en", "3 measures. The table states no status of measures."),
    ],
)
def test_without_any_status_a_sentence_says_so_and_no_column_of_them_is_shown(
    client: FlaskClient, language: str, told: str
) -> None:
    text = page(client, WITHOUT_ANY, language)
    assert told in text
    assert 'class="matrix"' not in text
    assert 'class="state"' not in text
    assert 'class="chip' not in text
    assert not {"進捗のまとめ", "How it went"} & set(headings(text))


def test_lists_have_a_column_for_what_some_measure_in_them_says(client: FlaskClient) -> None:
    lists = {
        plan: re.findall(
            r'<table class="measures.*?<thead>(.*?)</thead>',
            page(client, f"/doc/edition/{plan}", "en"),
            re.DOTALL,
        )
        for plan in ("kankyo/2025-03-31", "kanko/2021-03-31")
    }
    shown = {plan: re.findall(r"<th[^>]*>(.*?)</th>", found[0]) for plan, found in lists.items()}
    assert shown["kanko/2021-03-31"] == ["Measure"]
    assert shown["kankyo/2025-03-31"] == ["Measure", "Achievement", "Why it was not achieved (as printed)"]


def test_a_measure_without_a_response_stands_by_its_achievement(client: FlaskClient) -> None:
    text = page(client, "/doc/measure/kankyo/1-1", "en")
    (standing,) = re.findall(r'<p class="standing">(.*?)</p>', text, re.DOTALL)
    assert standing.count('class="chip') == 1
    assert 'class="standing"' not in page(client, "/doc/measure/kanko/1-1", "en")
