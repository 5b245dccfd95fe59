"""A federation is served: below its code, each city answers as it would if it published alone."""

import json
import re
from http import HTTPStatus

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import RDF, Graph

from sakata_lod.conversion import ox_triples
from sakata_lod.formats import CSV, DOCUMENT_FORMATS, GRAPH_FORMATS, HTML, TURTLE, Format
from sakata_lod.namespaces import DCAT, DCTERMS, VOID
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.validation import validate
from sakata_lod.release import Release
from sakata_lod.vocabulary import CATALOGUE_SHAPES
from tests.cities.conftest import BASE, KAKUU, MABOROSHI, UTSUTSU

PAGE = {"Accept": "text/html"}


def iris_of_things(store: ox.Store) -> list[str]:
    """Every IRI of a city that is the subject of a statement, without fragments."""
    found = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    return sorted(each for each in found if re.fullmatch(rf"{BASE}\d{{6}}/id/[^#]*", each))


def graph(client: FlaskClient, path: str) -> Graph:
    answer = client.get(path)
    assert answer.status_code == HTTPStatus.OK, path
    return Graph().parse(data=answer.data, format="turtle")


def test_every_iri_of_every_city_leads_to_a_document_about_it(client: FlaskClient, store: ox.Store) -> None:
    things = iris_of_things(store)
    assert {each.removeprefix(BASE)[:6] for each in things} == {KAKUU, UTSUTSU, MABOROSHI}
    withdrawn = (f"{BASE}{UTSUTSU}/id/measure/jisshi/9-9-9", f"{BASE}{UTSUTSU}/id/department/mistake")
    for iri in (each for each in things if each not in withdrawn):
        path = iri.removeprefix(BASE.rstrip("/"))
        answer = client.get(path)
        assert answer.status_code == HTTPStatus.SEE_OTHER, path
        document = answer.headers["Location"]
        assert document == path.replace("/id/", "/doc/", 1)
        told = client.get(f"{document}.nt")
        assert told.status_code == HTTPStatus.OK, document
        assert f"<{iri}>" in told.text


@pytest.mark.parametrize("form", [*DOCUMENT_FORMATS, CSV], ids=lambda form: form.name)
@pytest.mark.parametrize(
    "name",
    [
        f"{KAKUU}/doc/plan/sogo", f"{KAKUU}/doc/measure/sogo/1-1", f"{KAKUU}/doc/division/sogo/1",
        f"{KAKUU}/doc/department/shimin", f"{KAKUU}/doc/fiscal-year/2022", f"{KAKUU}/doc/edition/sogo/2024-03-31",
        f"{UTSUTSU}/doc/source/jisshi/2024-05-31", f"{MABOROSHI}/doc/catalogue",
        f"{MABOROSHI}/doc/organization/{MABOROSHI}", f"{MABOROSHI}/doc/graph/edition/kanko/2021-03-31",
    ],
)  # fmt: skip
def test_a_thing_of_each_kind_is_told_in_every_format(client: FlaskClient, name: str, form: Format) -> None:
    answer = client.get(f"/{name}.{form.suffix}")
    assert answer.status_code == HTTPStatus.OK
    assert answer.content_type == form.content_type
    if form in GRAPH_FORMATS:
        assert set(ox.parse(answer.data, format=form.rdf)), name


def test_a_document_is_negotiated_and_bears_its_citys_terms(client: FlaskClient, release: Release) -> None:
    answer = client.get(f"/{KAKUU}/doc/measure/sogo/1-1", headers={"Accept": "text/turtle"})
    assert answer.headers["Content-Location"] == f"/{KAKUU}/doc/measure/sogo/1-1.ttl"
    city = release.manifest.city(KAKUU)
    assert city is not None
    assert city.licence != release.manifest.licence
    assert f'<{city.licence}>; rel="license"' in answer.headers["Link"]
    assert f'</{KAKUU}/doc/plan/sogo>; rel="collection"' in answer.headers["Link"]
    assert f"<{city.licence}>" in answer.text
    assert client.get(f"/{KAKUU}/doc/plan/sogo", headers={"Accept": "image/png"}).status_code == 406


def test_a_document_tells_what_links_to_its_thing(client: FlaskClient) -> None:
    told = graph(client, f"/{KAKUU}/doc/department/shimin.ttl")
    about = {str(subject) for subject in told.subjects() if "/measure/" in str(subject)}
    assert f"{BASE}{KAKUU}/id/measure/sogo/1-1" in about


@pytest.mark.parametrize(
    "path",
    [f"/{KAKUU}/id/measure/sogo/9-9", "/990009/id/plan/sogo", "/990009/doc/plan/sogo", "/990009/",
     f"/{KAKUU}/dataset/{KAKUU}_nothing", "/990009/catalog", "/990009/.well-known/void", f"/{KAKUU}/dump/nothing",
     f"/{KAKUU}/dataset/{UTSUTSU}_tables", "/id/plan/sogo"],
)  # fmt: skip
def test_what_no_city_publishes_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("kind", ["id", "doc"])
def test_what_a_city_withdrew_is_gone(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"/{UTSUTSU}/{kind}/measure/jisshi/9-9-9")
    assert answer.status_code == HTTPStatus.GONE
    assert f"{BASE}{UTSUTSU}/id/measure/jisshi/1-1-1" in answer.text
    assert client.get(f"/{UTSUTSU}/{kind}/department/mistake").status_code == HTTPStatus.GONE
    assert client.get(f"/{KAKUU}/{kind}/department/mistake").status_code == HTTPStatus.NOT_FOUND


def test_an_iri_spelt_otherwise_moves_to_its_city(client: FlaskClient) -> None:
    answer = client.get(f"/{KAKUU}/id/measure/sogo/1%2D1")
    assert answer.status_code == HTTPStatus.MOVED_PERMANENTLY
    assert answer.headers["Location"] == f"/{KAKUU}/id/measure/sogo/1-1"


# Pages


def test_the_first_page_lists_the_cities_with_their_counts(client: FlaskClient, release: Release) -> None:
    page = client.get("/?lang=en", headers=PAGE).text
    for city in release.manifest.members:
        row = page.partition(f'<a href="/{city.code}/?lang=en">')[2].partition("</tr>")[0]
        assert row.startswith(city.publisher["en"])
        counts = [city.counts[each] for each in ("measures", "activities", "anomalies")]
        assert re.findall(r'<td class="number">([\d,]+)</td>', row) == [str(each) for each in counts]
    assert f"{release.manifest.counts['measures']}</td>" in page
    assert "2021年3月31日 – 2025年3月31日" in client.get("/?lang=ja", headers=PAGE).text


def test_a_city_has_a_first_page_with_its_plans_files_and_terms(
    client: FlaskClient, release: Release
) -> None:
    page = client.get(f"/{MABOROSHI}/?lang=ja", headers=PAGE).text
    for plan in ("kankyo", "kanko"):
        assert f'href="/{MABOROSHI}/doc/plan/{plan}?lang=ja"' in page
    city = release.manifest.city(MABOROSHI)
    assert city is not None
    for file in release.manifest.files_of(city):
        assert f'href="/dump/{file.path}"' in page
    footer = page.partition("<footer")[2]
    assert city.licence in footer
    assert "https://maboroshi.example.jp/" in footer
    assert "架空" not in footer


def test_a_page_shows_the_years_of_its_own_city(client: FlaskClient) -> None:
    """One city's plan runs from 2021 to 2025, the other's from 2022 to 2024."""
    page = client.get(f"/{UTSUTSU}/doc/department/joho?lang=ja", headers=PAGE).text
    assert "（2022年度）" in page
    assert "（2021年度）" not in page


def test_a_shared_theme_tells_of_which_plan_each_measure_is(client: FlaskClient) -> None:
    page = client.get("/themes/online-procedures?lang=ja", headers=PAGE).text
    for city, plan, measure in ((KAKUU, "sogo", "1-1"), (UTSUTSU, "jisshi", "1-1-1")):
        assert f'href="/{city}/doc/measure/{plan}/{measure}?lang=ja"' in page
        assert f'href="/{city}/doc/plan/{plan}?lang=ja"' in page
    years = re.findall(r'<th scope="col"[^>]*>(令和.*?)</th>', page)
    assert years
    assert len(years) == len(set(years))


def test_the_list_of_all_pages_has_those_of_every_city(client: FlaskClient, store: ox.Store) -> None:
    listed = set(re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text))
    for code in (KAKUU, UTSUTSU, MABOROSHI):
        assert f"{BASE}{code}/" in listed
    assert f"{BASE}{KAKUU}/doc/measure/sogo/1-1" in listed
    for address in sorted(listed):
        assert client.head(address.removeprefix(BASE.rstrip("/"))).status_code == HTTPStatus.OK, address


def test_the_interface_described_is_the_one_there_is(app: Flask, client: FlaskClient) -> None:
    described = client.get("/openapi.json").json
    assert described is not None
    told = {re.sub(r"{\w+}", "{}", path) for path in described["paths"]}
    there = {re.sub(r"<[^>]+>", "{}", rule.rule) for rule in app.url_map.iter_rules()}
    assert {each for each in told if not each.startswith("/api/queries/")} | {"/api/queries/{}"} >= there
    names = [each["operationId"] for methods in described["paths"].values() for each in methods.values()]
    assert len(names) == len(set(names))


# The catalogue, and what the whole holds


def catalogued(client: FlaskClient, path: str) -> set[str]:
    return {str(each) for each in graph(client, path).subjects(RDF.type, DCAT.Dataset)}


def test_one_catalogue_has_the_datasets_of_all_cities(client: FlaskClient) -> None:
    whole = catalogued(client, "/catalog.ttl")
    by_city = {code: catalogued(client, f"/{code}/catalog.ttl") for code in (KAKUU, UTSUTSU, MABOROSHI)}
    assert [len(each) for each in by_city.values()] == [2, 3, 3]
    assert whole == set().union(*by_city.values())


def test_each_dataset_keeps_its_citys_publisher_licence_and_code(
    client: FlaskClient, release: Release
) -> None:
    told = graph(client, "/catalog.ttl")
    for dataset in told.subjects(RDF.type, DCAT.Dataset):
        city = release.manifest.city(str(dataset).removeprefix(BASE)[:6])
        assert city is not None
        publisher = told.value(dataset, DCTERMS.publisher)
        assert str(told.value(publisher, DCTERMS.identifier)) == city.code
        assert str(told.value(dataset, DCTERMS.license)) == city.licence
        assert str(told.value(dataset, DCTERMS.identifier)).startswith(f"{city.code}_")


def test_every_file_of_the_catalogue_is_there_with_its_size(client: FlaskClient) -> None:
    told = graph(client, "/catalog.ttl")
    files = list(told.subject_objects(DCAT.downloadURL))
    assert len(files) > 20
    for distribution, address in files:
        answer = client.get(str(address).removeprefix(BASE.rstrip("/")), buffered=True)
        assert answer.status_code == HTTPStatus.OK, address
        assert len(answer.data) == int(str(told.value(distribution, DCAT.byteSize)))


def test_the_page_of_a_dataset_stands_where_its_catalogue_says(client: FlaskClient) -> None:
    pages = set(graph(client, "/catalog.ttl").objects(None, DCAT.landingPage))
    for page in pages:
        path = str(page).removeprefix(BASE.rstrip("/"))
        assert client.get(path, headers=PAGE).status_code == HTTPStatus.OK
        name = path.rpartition("/")[2]
        assert client.get(f"/dataset/{name}.ttl").status_code == HTTPStatus.OK


def test_the_whole_catalogue_keeps_the_catalogues_rules(store: ox.Store) -> None:
    whole = Graph()
    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    whole.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert len(ox_triples(whole)) == len(triples)
    assert validate([whole], load_shapes(CATALOGUE_SHAPES)).violations == ()


def test_the_whole_and_each_city_are_counted(client: FlaskClient, release: Release, store: ox.Store) -> None:
    told = graph(client, "/.well-known/void.ttl")
    default = list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    whole = next(told.subjects(VOID.sparqlEndpoint))
    assert int(str(told.value(whole, VOID.triples))) == len(default) == release.manifest.counts["triples"]
    assert int(str(told.value(whole, VOID.distinctSubjects))) == len({each.subject for each in default})
    properties = {str(told.value(part, VOID.property)): int(str(told.value(part, VOID.triples)))
                  for part in told.objects(whole, VOID.propertyPartition)}  # fmt: skip
    assert sum(properties.values()) == len(default)
    assert len(list(told.objects(whole, VOID.subset))) == len(release.manifest.members)
    assert "架空市" in client.get("/.well-known/void?lang=ja", headers=PAGE).text
    for code in (KAKUU, UTSUTSU, MABOROSHI):
        assert (
            f"{BASE}{code}/.well-known/void#dataset"
            in graph(client, f"/{code}/.well-known/void.ttl").serialize()
        )


def test_a_city_can_be_downloaded_alone(client: FlaskClient, release: Release) -> None:
    with client.get(f"/{KAKUU}/dump/graph.ttl") as answer:
        assert answer.content_type == TURTLE.media_type
        alone = set(ox.parse(answer.data, format=ox.RdfFormat.TURTLE))
    # As the dataset's file says it: a store in memory changes datatypes.
    quads = ox.parse(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    default = (quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph())
    own = {each for each in default if str(each.subject).startswith(f"<{BASE}{KAKUU}/")}
    assert own
    assert own <= {quad.triple for quad in alone}


def test_a_file_is_the_same_below_its_city_and_among_all(client: FlaskClient) -> None:
    with (
        client.get(f"/{KAKUU}/dump/measures.csv") as below,
        client.get(f"/dump/members/{KAKUU}/measures.csv") as among,
    ):
        assert below.data == among.data
        assert below.headers["ETag"] == among.headers["ETag"]


def test_the_cities_share_one_endpoint(client: FlaskClient) -> None:
    query = "SELECT ?c (COUNT(?m) AS ?n) { ?m <http://purl.org/dc/terms/isPartOf>/<http://purl.org/dc/terms/publisher>/<http://purl.org/dc/terms/identifier> ?c ; a <https://w3id.org/municipal-plan#Measure> } GROUP BY ?c ORDER BY ?c"
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/json"})
    rows = json.loads(answer.data)["results"]["bindings"]
    assert [(row["c"]["value"], row["n"]["value"]) for row in rows] == [
        (KAKUU, "4"), (UTSUTSU, "6"), (MABOROSHI, "5"),
    ]  # fmt: skip


def test_html_is_offered_in_both_languages(client: FlaskClient) -> None:
    for path in ("/", f"/{KAKUU}/", f"/{KAKUU}/catalog", f"/{KAKUU}/.well-known/void"):
        for language in ("ja", "en"):
            answer = client.get(path, query_string={"lang": language}, headers=PAGE)
            assert answer.content_type == HTML.content_type
            assert f'<html lang="{language}">' in answer.text


def test_a_harvester_finds_the_datasets_of_all_cities_each_under_its_citys_code(client: FlaskClient) -> None:
    names = client.get("/api/3/action/package_list").json["result"]  # type: ignore[index]
    assert sorted({each[:6] for each in names}) == [KAKUU, UTSUTSU, MABOROSHI]
    for name in names:
        package = client.get(f"/api/3/action/package_show?id={name}").json["result"]  # type: ignore[index]
        assert package["organization"]["name"] == name[:6]
        for file in package["resources"]:
            with client.get(file["url"].removeprefix(BASE.rstrip("/"))) as answer:
                assert answer.status_code == HTTPStatus.OK, file["url"]


def test_search_finds_measures_of_several_cities(client: FlaskClient) -> None:
    page = client.get("/search?q=オンライン&lang=ja", headers=PAGE).text
    for measure in (f"/{KAKUU}/doc/measure/sogo/1-1", f"/{UTSUTSU}/doc/measure/jisshi/1-1-1"):
        assert f'href="{measure}?lang=ja"' in page


def test_a_plan_of_figures_alone_has_entries_where_there_are_figures(client: FlaskClient) -> None:
    page = client.get(f"/{KAKUU}/?lang=en", headers=PAGE).text
    assert "Most measures have an entry in" in page
    assert "figures of indicators are entered; the number tells of how many" in page
