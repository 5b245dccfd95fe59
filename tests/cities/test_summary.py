"""What a federation's summary says is what its graphs say, and pages that are made of it tell just that."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.cities import code, write_federation
from sakata_lod.namespaces import CODE, DCTERMS, THEME
from sakata_lod.publish.federation import build_federation
from sakata_lod.release import Release
from sakata_lod.serve import catalogue, description
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.ckan.index import Packages
from sakata_lod.serve.context import Service
from sakata_lod.serve.pagemodels import spread
from sakata_lod.serve.quads import EmbeddedQuads
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.store import QuadStore
from sakata_lod.serve.summary import Summary
from sakata_lod.site import read_federation
from tests.publish.conftest import unwatched

BASE = "http://localhost:8000/"
CITIES = 3
PAGE = {"Accept": "text/html"}
CONCEPTS = [
    *(str(THEME[each]) for each in ("wi-fi", "tourism")),
    str(CODE["achieved"]),
    str(CODE["continue"]),
]
STATUS = {"achievement": "group-achievements", "response": "group-responses"}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Invented cities whose tables have doubts, and measures with themes."""
    folder = tmp_path_factory.mktemp("nation")
    write_federation(folder / "cities", CITIES, seed=1)
    built = build_federation(read_federation(folder / "cities"), folder / "releases", 2, unwatched)
    assert built.release is not None
    return built.release


@pytest.fixture(scope="module")
def app(release: Release) -> Iterator[Flask]:
    """Served from a database, as a nation is."""
    application = create_app(Settings(release=release.folder, store_in_memory_quads=0))
    yield application
    service_of(application).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def whole(release: Release) -> QuadStore:
    """The release's graphs, asked without the summary."""
    store = QuadStore(release, release.manifest.iris, quads=EmbeddedQuads(release.dataset))
    store.close()
    store.summary = None
    return store


@pytest.fixture(scope="module")
def summary(release: Release) -> Iterator[Summary]:
    found = Summary(release)
    yield found
    found.close()


def counted(whole: QuadStore, name: str, concept: str) -> dict[str, int]:
    """What one of the server's queries counts over all cities."""
    rows = whole.select(name, group=ox.NamedNode(concept))
    return {row.iri("code"): int(row.text("measures")) for row in rows}


def city_of(iri: str) -> str:
    return iri.removeprefix(BASE).partition("/")[0]


def test_measures_are_counted_as_the_graphs_have_them(summary: Summary, whole: QuadStore) -> None:
    rows = whole.select("concept-measures")
    assert summary.measures == {row.iri("concept"): int(row.text("measures")) for row in rows}
    assert set(CONCEPTS) <= set(summary.measures)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_each_city_and_standing_is_counted_as_the_graphs_have_it(
    summary: Summary, whole: QuadStore, concept: str
) -> None:
    listed = whole.select("group-measures", group=ox.NamedNode(concept))
    measures = {row.iri("measure") for row in listed}
    assert summary.cities_with(concept) == Counter(map(city_of, measures))
    for status, name in STATUS.items():
        assert summary.standings(concept, status) == counted(whole, name, concept)


def test_doubts_are_counted_as_the_graphs_have_them(summary: Summary, whole: QuadStore) -> None:
    notes = {row.iri("anomaly"): row for row in whole.select("anomalies")}
    assert len(notes) >= CITIES
    assert {kind: each.total for kind, each in summary.doubts.items()} == Counter(
        row.iri("type") for row in notes.values()
    )
    assert sum(each.open for each in summary.doubts.values()) == sum(
        row.text("certain") != "true" for row in notes.values()
    )
    by_city = Counter(map(city_of, notes))
    assert {city: each.total for city, each in summary.doubts_by_city.items()} == by_city


def test_findings_are_counted_as_the_graphs_have_them(summary: Summary, whole: QuadStore) -> None:
    results = {row.iri("result"): row for row in whole.select("validation-results")}
    assert summary.findings == Counter((row.iri("severity"), row.iri("shape")) for row in results.values())
    by_city = Counter((city_of(iri), row.iri("severity")) for iri, row in results.items())
    assert {
        (city, severity): count
        for city, found in summary.findings_by_city.items()
        for severity, count in found.items()
    } == by_city


def test_names_are_those_of_the_graphs(summary: Summary, whole: QuadStore) -> None:
    found = [(each.thing, each.type, each.by, each.name, each.language) for each in summary.names()]
    told = [
        (row.iri("entity"), row.iri("type"), row.iri("property"), name.value, name.language or "")
        for row in whole.select("reconcilable")
        if isinstance(name := row.terms["name"], ox.Literal)
    ]
    assert Counter(found) == Counter(told)
    assert summary.broader() == {
        row.iri("division"): row.iri("broader") for row in whole.select("broader-divisions")
    }


def test_datasets_and_documents_are_those_of_the_graphs(
    summary: Summary, whole: QuadStore, release: Release
) -> None:
    iris = release.manifest.iris
    for space, city in ((iris, ""), (iris.city(code(2)), code(2))):
        rows = whole.select("catalogue-datasets", catalogue=ox.NamedNode(str(space.catalogue())))
        told = [(row.iri("dataset"), row.text("identifier"), row.text("modified")) for row in rows]
        assert [(each.iri, each.name, each.modified) for each in summary.datasets(city)] == told
    name = f"{code(2)}_tables"
    found = summary.dataset(name)
    assert found is not None
    assert found == summary.dataset(name, code(2))
    assert summary.dataset(name, code(1)) is None
    documents = summary.some_documents(0, summary.documents + 1)
    assert documents == list(whole.documents)
    assert summary.some_documents(5, 3) == documents[5:8]


def test_a_citys_catalogue_is_its_named_graph(app: Flask, whole: QuadStore, release: Release) -> None:
    graph = str(release.manifest.iris.city(code(2)).graph("catalogue"))
    things = [each.iri for each in service_of(app).store.summary.datasets(code(2))]  # type: ignore[union-attr]
    told = service_of(app).store.said(things, graph)
    assert set(told) == set(whole.said(things, graph))
    assert len(told) > len(things)


def test_packages_are_the_same_as_without_a_summary(app: Flask, whole: QuadStore, release: Release) -> None:
    found, told = (
        Packages(store, release.manifest.iris, None).index for store in (service_of(app).store, whole)
    )
    assert len(told.packages) == 2 * CITIES
    assert found == told


def test_a_page_of_the_catalogue_tells_of_the_places_on_it(
    app: Flask, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, iris = service_of(app).store, release.manifest.iris
    monkeypatch.setattr(catalogue, "DATASETS_A_PAGE", 2)
    places = set()
    for number in range(1, CITIES + 1):
        page = catalogue.catalogue_page(store, iris, number)
        told = {
            each.object
            for each in page.triples
            if each.subject == ox.NamedNode(str(iris.catalogue()))
            and each.predicate == ox.NamedNode(str(DCTERMS.spatial))
        }
        assert told == {ox.NamedNode(str(iris.city(code(number)).place(code(number))))}
        places |= told
    assert len(places) == CITIES


def test_a_federation_is_prepared_and_a_city_reads_when_asked(app: Flask, release: Release) -> None:
    service = service_of(app)
    fresh = Service(
        service.settings, release, service.iris, service.store, service.evaluator, service.fingerprint
    )
    fresh.prepare()
    assert fresh.packages._index is not None
    assert fresh.reconcilables._register is not None
    alone = replace(release, manifest=release.manifest.model_copy(update={"members": []}))
    lone = replace(fresh, release=alone)
    lone.prepare()
    assert lone.packages._index is None
    assert lone.reconcilables._register is None


def test_a_document_tells_so_many_names(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    store, iri = service_of(app).store, str(service_of(app).iris.catalogue())
    named = {each.subject for each in store.describe(iri).labels}
    monkeypatch.setattr(description, "MOST_NAMED", 5)
    found = {each.subject for each in store.describe(iri).labels}
    assert found < named
    assert len(found) <= 5


# Pages


def numbers(row: str) -> list[str]:
    return re.findall(r'<td class="number">([\d,]+)</td>', row)


def test_the_quality_of_a_federation_is_told_city_by_city(client: FlaskClient, release: Release) -> None:
    page = client.get("/quality?lang=en", headers=PAGE).text
    counts = release.manifest.counts
    assert f"{counts['anomalies']} places of the published tables are questionable" in page
    for city in release.manifest.members:
        row = page.partition(f'<a href="/{city.code}/quality?lang=en">')[2].partition("</tr>")[0]
        told = numbers(row)
        assert told[0] == str(city.counts["anomalies"])
        assert told[2:] == [str(each) for each in city.validation.values()]
    assert client.get("/quality?page=2", headers=PAGE).status_code == HTTPStatus.NOT_FOUND


def test_a_citys_quality_is_its_own(client: FlaskClient, release: Release) -> None:
    city = release.manifest.members[1]
    page = client.get(f"/{city.code}/quality?lang=en", headers=PAGE).text
    assert f"{city.counts['anomalies']} place of the published tables is questionable" in page
    tally = re.findall(r'<span class="severity v-\w+">\w+</span> ([\d,]+)</li>', page)
    assert tally == [str(each) for each in city.validation.values()]
    assert f"/{city.code}/doc/measure/" in page
    assert f"/{release.manifest.members[0].code}/doc/" not in page
    assert f'href="/dump/members/{city.code}/anomalies.csv"' in page
    assert f'<a href="/{city.code}/?lang=en">' in page
    assert client.get("/999999/quality", headers=PAGE).status_code == HTTPStatus.NOT_FOUND


def test_a_query_of_a_citys_quality_asks_for_that_city_alone(app: Flask, client: FlaskClient) -> None:
    page = client.get(f"/{code(2)}/quality?lang=en", headers=PAGE).text
    links = re.findall(r'<a href="(/sparql\?query=[^"]*as=csv[^"]*)"', page)
    assert len(links) == 2
    for link in links:
        rows = client.get(link.replace("&amp;", "&")).text.splitlines()[1:]
        assert rows
        assert all(f"/{code(2)}/" in row for row in rows)


def test_a_code_that_few_measures_have_lists_them(client: FlaskClient, summary: Summary) -> None:
    page = client.get("/themes/wi-fi?lang=en", headers=PAGE).text
    measures = summary.measures[str(THEME["wi-fi"])]
    assert f"{measures} measures are about it" in page
    listed = set(re.findall(r'<a href="(/\d+/doc/measure/[^"]+)"', page.partition('id="measures"')[2]))
    assert len(listed) >= measures
    assert {each[1:7] for each in listed} == set(summary.cities_with(str(THEME["wi-fi"])))


@pytest.mark.parametrize(
    ("path", "concept", "facet"),
    [("themes/wi-fi", THEME["wi-fi"], "theme"), ("codes/continue", CODE["continue"], "response")],
)
def test_a_code_that_many_measures_have_leads_to_those_of_each_city(
    client: FlaskClient,
    summary: Summary,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    concept: str,
    facet: str,
) -> None:
    monkeypatch.setattr(spread, "LISTED", 0)
    page = client.get(f"/{path}?lang=en&page=1", headers=PAGE).text
    assert 'id="measures"' not in page
    for city, measures in summary.cities_with(str(concept)).items():
        link = f'href="/search?city={city}&amp;{facet}={path.rpartition("/")[2]}&amp;lang=en"'
        told = page.partition(link)[2].partition("</a>")[0]
        assert told.endswith(f'<span class="tally">{measures}</span>')
        found = client.get(f"/search.json?city={city}&{facet}={path.rpartition('/')[2]}").json
        assert found is not None
        assert found["total"] == measures


def test_links_that_are_too_many_to_be_sorted_are_all_on_some_page(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, concept = service_of(app).store, str(CODE["achieved"])
    sorted_pages = [store.describe(concept, number) for number in (1, 2)]
    monkeypatch.setattr(description, "MOST_SORTED", 10)
    pages = [store.describe(concept, number) for number in range(1, sorted_pages[0].pages + 1)]
    assert [each.incoming_total for each in pages] == [sorted_pages[0].incoming_total] * len(pages)
    assert len(pages[0].incoming) == min(200, sorted_pages[0].incoming_total)
    found = [triple for each in pages for triple in each.incoming]
    assert len(found) == len(set(found)) == sorted_pages[0].incoming_total
    assert set(found) >= {triple for each in sorted_pages for triple in each.incoming}


def test_a_sitemap_has_every_page_once_in_parts_of_any_size(app: Flask, client: FlaskClient) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert len(listed) == len(set(listed))
    things = {each.partition("#")[0] for each in service_of(app).store.documents}
    own = {each.replace("/id/", "/doc/", 1) for each in things if "/id/" in each}
    assert own <= set(listed)
