"""What a page and the search tell of what a measure is, in the words of the published table."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.publish.build import build
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from tests.publish.conftest import unwatched
from tests.publish.small_tables import read_small
from tests.publish.test_descriptions import LIST, TABLE


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("described")
    read_small(folder, LIST, TABLE)
    assert (
        build(folder / "site", folder / "releases", "http://localhost:8000/", unwatched).release is not None
    )
    app = create_app(Settings(release=folder / "releases"))
    yield app
    service_of(app).close()


@pytest.fixture
def client(served: Flask) -> FlaskClient:
    return served.test_client()


def page(client: FlaskClient, path: str, language: str) -> str:
    return client.get(path, headers={"Accept": "text/html", "Accept-Language": language}).text


@pytest.mark.parametrize(("language", "heading"), [("ja", "施策の概要"), ("en", "What the measure is")])
def test_the_page_of_a_measure_says_first_what_it_is(
    client: FlaskClient, language: str, heading: str
) -> None:
    one, two = (page(client, f"/doc/measure/p/1-{number}", language) for number in (1, 2))
    found = re.search(r'<h2 id="description">(.*?)</h2>(.*?)</section>', one, re.DOTALL)
    assert found is not None
    assert found[1] == heading
    assert "窓口を　減らす。" in found[2]
    assert ('lang="ja"' in found[2]) == (language == "en")
    assert one.index('id="description"') < one.index('id="standing"')
    assert 'id="description"' not in two


def test_a_word_of_it_finds_the_measure_and_is_marked(client: FlaskClient) -> None:
    found = client.get("/search.json?q=減らす").json
    assert found is not None
    (measure,) = found["measures"]
    snippet = measure["snippet"]
    assert (measure["number"], snippet["kind"], snippet["year"]) == ("1-1", "description", None)
    assert [each["text"] for each in snippet["parts"] if each["hit"]] == ["減らす"]
    assert "概要：" in page(client, "/search?q=減らす", "ja")
    assert "Description:" in page(client, "/search?q=減らす", "en")
