"""What harvesters are found to store of a site, and to refuse: at this site, and at others that are wrong."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.cli import main
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.harvest.answers import Answer
from sakata_lod.serve.harvest.clients import CLIENTS, check
from sakata_lod.serve.harvest.offered import of_package
from sakata_lod.serve.harvest.replay import Check, Site
from sakata_lod.serve.harvest.rules import CKAN, XCKAN, findings
from sakata_lod.serve.settings import Settings

from .catalogued import write_catalogued_release
from .conftest import free_port, start_server, stop_server
from .small_release import BASE

DATASETS = 130
ELSEWHERE = "https://data.example.jp/"
JSON_TYPE = "application/json"
PACKAGE: Mapping[str, Any] = {
    "id": "1",
    "name": "062049_a",
    "title": "表",
    "license_id": "cc-by",
    "metadata_modified": "2026-01-31T00:00:00.000000",
    "organization": {"name": "062049"},
    "tags": [{"name": "フリーWi-Fi"}],
    "extras": [{"key": "a", "value": "b"}],
    "resources": [{"url": "https://data.example.jp/a.csv", "format": "CSV", "size": 7}],
}


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = write_catalogued_release(tmp_path_factory.mktemp("two-pages") / "release", DATASETS)
    application = create_app(Settings(release=folder))
    yield application
    service_of(application).close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server of two pages of datasets."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    folder = write_catalogued_release(tmp_path_factory.mktemp("served") / "release", DATASETS, base)
    running = start_server(port, folder, base)
    yield base
    stop_server(running)


def elsewhere(answers: Mapping[str, tuple[int, str, str]]) -> dict[str, list[Check]]:
    """Check a site that gives these answers by their paths, which may leave out a query."""

    def ask(method: str, path: str, _accept: str) -> Answer:
        status, media_type, content = (
            answers.get(path) or answers.get(path.partition("?")[0]) or (404, "", "")
        )
        return Answer(method, path, status, media_type, content.encode())

    checks = check(Site(ELSEWHERE, ask, 4))
    clients = {each.client for each in checks}
    return {client: [each for each in checks if each.client == client] for client in clients}


def problems(checked: Check) -> list[str]:
    return [each.problem.sentence("en") for each in checked.found]


def result(value: object) -> tuple[int, str, str]:
    return 200, JSON_TYPE, json.dumps({"success": True, "result": value})


def test_a_site_of_ours_is_harvested_whole_by_every_client(served: str) -> None:
    done = CliRunner().invoke(main, ["harvest-check", served, "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert len(told) == len(CLIENTS)
    assert all(each["findings"] == [] and each["whole"] for each in told), told
    stored = {each["title"]: len(each["stored"]) for each in told}
    assert stored["CKAN, everything"] == stored["DCAT in RDF"] == stored["DCAT in JSON"] == DATASETS
    assert stored["CKAN, what changed"] == 1
    first = told[0]["stored"][0]
    assert (first["licence"], first["formats"], first["bytes"]) == (
        "Creative Commons Attribution", ["CSV", "Turtle"], 84,
    )  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("ja", "✓ DCAT（RDF）"), ("en", "✓ DCAT in RDF")])
def test_the_command_tells_it_in_both_languages(served: str, language: str, words: str) -> None:
    done = CliRunner().invoke(main, ["harvest-check", served, "--pages", "2", "--lang", language])
    assert done.exit_code == 0, done.output
    assert words in done.stdout


def test_a_site_that_does_not_answer_ends_the_command_with_1() -> None:
    done = CliRunner().invoke(main, ["harvest-check", f"http://127.0.0.1:{free_port()}/", "--lang", "en"])
    assert done.exit_code == 1
    assert "no answer" in done.stdout


@pytest.mark.parametrize("url", ["ftp://example.jp/", "example.jp", "https://example.jp/?page=1"])
def test_what_is_no_address_of_a_site_is_refused(url: str) -> None:
    assert CliRunner().invoke(main, ["harvest-check", url]).exit_code == 2


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "すべて登録できます。"), ("en", "Nothing is refused.")]
)
def test_the_page_checks_this_very_site(application: Flask, language: str, words: str) -> None:
    page = application.test_client().get("/harvest", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert page.text.count(words) == len(CLIENTS)
    # CKAN and DCAT in RDF store the first twenty, what changed is one, NII's first packages are three.
    assert page.text.count('<th scope="row">999999_invented-') == 2 * 20 + 1 + 3
    assert page.text.count(f'<th scope="row">{BASE}id/dataset/') == 20


def test_the_page_says_what_a_catalogue_without_datasets_lacks(client: FlaskClient) -> None:
    page = client.get("/harvest", headers={"Accept-Language": "en"}).text
    assert "the sitemap lists no page of a dataset" in page


def test_a_package_that_is_as_it_should_be_is_not_found_fault_with() -> None:
    assert list(findings(CKAN, [of_package(PACKAGE)])) == []


@pytest.mark.parametrize(
    ("client", "changed", "problem", "refused"),
    [
        (CKAN, {"id": None}, "has no identifier: id", True),
        (CKAN, {"title": ""}, "has no title, which may stop the whole harvest: title", True),
        (CKAN, {"name": "Ａ表"}, "its name is not 2 to 100 of a-z, 0-9, - and _: Ａ表", True),
        (CKAN, {"tags": [{"name": "AI・RPA"}, {"name": "ok"}]}, "has tags that CKAN refuses: AI・RPA", True),
        (CKAN, {"extras": [{"key": "a"}, {"key": "a"}]}, "has an extra twice: a", True),
        (XCKAN, {"organization": None}, "has no organization, which stops NII's harvester: organization", True),
        (CKAN, {"metadata_modified": "31.1.2026"}, "its metadata_modified does not compare as a text: 31.1.2026", True),
        (CKAN, {"resources": [{"format": "CSV"}]}, "has a file without an address: url", True),
        (CKAN, {"resources": []}, "has no files: resources", False),
        (CKAN, {"license_id": None}, "has no licence: license", False),
    ],
)  # fmt: skip
def test_what_a_harvester_refuses_is_found(
    client: str, changed: Mapping[str, Any], problem: str, refused: bool
) -> None:
    [finding] = findings(client, [of_package({**PACKAGE, **changed})])
    assert (finding.problem.en, finding.refused) == (problem, refused)


def test_only_what_stops_a_client_is_held_against_it() -> None:
    assert list(findings(CKAN, [of_package({**PACKAGE, "organization": None})])) == []


def test_a_static_file_is_no_action_api() -> None:
    [everything, changed] = elsewhere({
        "api/3/action/package_search": result({"count": 2, "results": [PACKAGE, {**PACKAGE, "id": "2"}]}),
    })[CKAN]  # fmt: skip
    assert problems(everything) == ["the next page is the same again: the harvest fails"]
    assert everything.refused
    assert not changed.refused


def test_a_search_that_ignores_times_is_found() -> None:
    older = {**PACKAGE, "id": "2", "metadata_modified": "2020-01-01T00:00:00.000000"}
    [_, changed] = elsewhere({"api/3/action/package_search": result({"results": [PACKAGE, older]})})[CKAN]
    assert problems(changed) == ["older ones are given too: the time is ignored"]


def test_names_without_a_code_are_not_counted_by_it() -> None:
    [counted] = elsewhere({
        "api/3/action/package_list": result(["table"]),
        "api/3/action/package_search": result({"results": [], "facets": {"name": {"table": 1}}}),
    })["bodik"]  # fmt: skip
    assert problems(counted) == ["names do not begin with a municipality's code of 6 digits"]
    assert not counted.refused


@pytest.mark.parametrize(
    ("media_type", "content", "problem"),
    [
        ("text/html", "<p>", "the Content-Type is none of RDF: text/html"),
        ("text/turtle", "<a> <b>", "it is not well-formed"),
        (
            "text/turtle",
            "<> <http://www.w3.org/ns/hydra/core#next> <https://other.example/> .",
            "hydra:next leads to another site, or back",
        ),
        (
            "text/turtle",
            "<> <http://www.w3.org/ns/hydra/core#next> <catalog.xml> .",
            "hydra:next leads to another site, or back",
        ),
        ("text/turtle", "<a> a <http://www.w3.org/ns/dcat#Dataset> .", "has no title"),
    ],
)
def test_rdf_that_cannot_be_harvested_is_found(media_type: str, content: str, problem: str) -> None:
    [rdf] = elsewhere({"catalog.xml": (200, media_type, content)})["dcat-rdf"]
    assert problems(rdf)[0].startswith(problem)
    assert rdf.refused


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("no JSON", "this is no list of datasets in application/json"),
        ('{"dataset": [{"title": "a", "license": "b", "distribution": [{"accessURL": "c"}]}]}', "has no identifier: id"),
    ],
)  # fmt: skip
def test_dcat_json_that_cannot_be_harvested_is_found(content: str, problem: str) -> None:
    [told] = elsewhere({"dcat.json": (200, JSON_TYPE, content)})["dcat-json"]
    assert problems(told) == [problem]


def test_a_page_without_schema_org_is_found() -> None:
    page = f"{ELSEWHERE}dataset/a"
    [engine] = elsewhere({
        "robots.txt": (200, "text/plain", ""),
        "sitemap.xml": (200, "application/xml", f"<urlset><url><loc>{page}</loc></url></urlset>"),
        "dataset/a": (200, "text/html", '<script type="application/ld+json">{"@type": "Thing"}</script>'),
    })["schema-org"]  # fmt: skip
    assert problems(engine) == ["no schema.org Dataset with name and description"]


def test_a_sitemap_of_another_address_is_told_with_that_address() -> None:
    page = "http://localhost:8000/dataset/a"
    [engine] = elsewhere({
        "robots.txt": (200, "text/plain", ""),
        "sitemap.xml": (200, "application/xml", f"<urlset><url><loc>{page}</loc></url></urlset>"),
    })["schema-org"]  # fmt: skip
    assert problems(engine) == [f"the sitemap lists addresses of another site: {page}"]


def test_a_site_without_anything_is_refused_by_all() -> None:
    assert all(each.refused for some in elsewhere({}).values() for each in some)
