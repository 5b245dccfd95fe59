"""The catalogue over HTTP: its pages, its datasets, VoID, the sitemap."""

import json
import re
import tracemalloc
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCAT, HYDRA, RDF
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.catalogue import DATASETS_A_PAGE
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.sitemap import Addresses, Sitemap

from .catalogued import write_catalogued_release
from .small_release import BASE

DATASETS = 2_000
MOST_MIB_A_PAGE = 32
SUFFIXES = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "xml": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "n3": ("text/n3", ox.RdfFormat.N3),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A catalogue of two thousand datasets."""
    folder = write_catalogued_release(tmp_path_factory.mktemp("many") / "release", DATASETS)
    application = create_app(Settings(release=folder, cache_bytes=0))
    yield application.test_client()
    service_of(application).close()


def triples(client: FlaskClient, path: str, suffix: str = "ttl") -> set[ox.Triple]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.content_type.partition(";")[0] == SUFFIXES[suffix][0]
    return {quad.triple for quad in ox.parse(answer.data, format=SUFFIXES[suffix][1])}


def objects(found: set[ox.Triple], predicate: str) -> set[str]:
    return {each.object.value for each in found if each.predicate.value == str(predicate)}  # type: ignore[union-attr]


def subjects(found: set[ox.Triple], type_: str) -> set[str]:
    wanted = ox.NamedNode(str(type_))
    return {
        each.subject.value  # type: ignore[union-attr]
        for each in found
        if each.predicate.value == str(RDF.type) and each.object == wanted
    }


def test_every_dataset_is_on_one_page_and_the_pages_lead_on(many: FlaskClient) -> None:
    seen: list[str] = []
    path, following = "/catalog.ttl", {""}
    while following:
        found = triples(many, path)
        on_page = subjects(found, DCAT.Dataset)
        assert on_page == objects(found, DCAT.dataset)
        assert len(on_page) <= DATASETS_A_PAGE
        seen += on_page
        following = objects(found, HYDRA.next)
        assert len(following) <= 1
        assert all(each.startswith(f"{BASE}catalog.ttl?page=") for each in following)
        path = f"/{next(iter(following), BASE).removeprefix(BASE)}"
    assert len(seen) == len(set(seen)) == DATASETS


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_next_page_is_in_the_format_of_this_one(many: FlaskClient, suffix: str) -> None:
    found = triples(many, f"/catalog.{suffix}?page=2", suffix)
    view = f"{BASE}catalog.{suffix}?page="
    assert subjects(found, HYDRA.PartialCollectionView) == {f"{view}2"}
    assert objects(found, HYDRA.next) == {f"{view}3"}
    assert objects(found, HYDRA.previous) == objects(found, HYDRA.first) == {f"{view}1"}
    assert objects(found, HYDRA.last) == {f"{view}{DATASETS // DATASETS_A_PAGE}"}


def test_head_says_what_get_says(many: FlaskClient) -> None:
    get, head = many.get("/catalog.rdf"), many.head("/catalog.rdf")
    assert (head.status_code, head.data, head.content_type) == (200, b"", get.content_type)
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize(
    "path", ["/catalog?page=21", "/catalog.ttl?page=21", "/dataset/999999_none", "/catalog.pdf"]
)
def test_what_is_not_there_is_404(many: FlaskClient, path: str) -> None:
    assert many.get(path).status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=x", "modified_since=yesterday"])
def test_what_cannot_be_read_is_400(many: FlaskClient, query: str) -> None:
    answer = many.get(f"/catalog.ttl?{query}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_only_what_changed_since_a_day_is_told(many: FlaskClient) -> None:
    # The first changed on 2020-01-01, each further one a day later: the last on 2025-06-22.
    found = triples(many, "/catalog.ttl?modified_since=2025-06-22T00:00:00.123456Z")
    assert subjects(found, DCAT.Dataset) == {f"{BASE}id/dataset/invented-1999"}
    assert objects(found, HYDRA.totalItems) == {"1"}
    paged = triples(many, "/catalog.ttl?modified_since=2025-01-01")
    assert objects(paged, HYDRA.next) == {f"{BASE}catalog.ttl?page=2&modified_since=2025-01-01"}
    assert not subjects(triples(many, "/catalog.ttl?modified_since=2030-01-01"), DCAT.Dataset)


def test_a_page_has_all_that_its_datasets_name(many: FlaskClient) -> None:
    found = triples(many, "/catalog.ttl?page=2")
    told = {each.subject for each in found}
    iris = IriSpace(BASE)
    for each in found:
        if each.predicate.value in {str(DCAT.distribution), str(DCAT.contactPoint), str(DCAT.inSeries)}:
            assert each.object in told
    assert ox.NamedNode(iris.catalogue()) in told


def test_a_page_of_a_long_catalogue_takes_little_memory(many: FlaskClient) -> None:
    many.get("/catalog.ttl")
    tracemalloc.start()
    try:
        assert many.get("/catalog.ttl?page=7").status_code == 200
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_MIB_A_PAGE * 2**20


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_catalogue_is_a_page_for_people_too(many: FlaskClient, language: str) -> None:
    headers = {"Accept": "text/html", "Accept-Language": language}
    page = many.get("/catalog?page=2", headers=headers).text
    assert f'<html lang="{language}">' in page
    assert page.count("/dataset/999999_") == DATASETS_A_PAGE
    assert 'rel="next" href="/catalog?page=3"' in page


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_dataset_comes_in_each_format(many: FlaskClient, suffix: str) -> None:
    found = triples(many, f"/dataset/999999_invented-0007.{suffix}", suffix)
    assert subjects(found, DCAT.Dataset) == {f"{BASE}id/dataset/invented-0007"}
    assert len(subjects(found, DCAT.Distribution)) == 2
    assert found == triples(many, "/dataset/999999_invented-0007.ttl")


def structured(client: FlaskClient, language: str) -> dict[str, object]:
    headers = {"Accept": "text/html", "Accept-Language": language}
    page = client.get("/dataset/999999_invented-0007", headers=headers).text
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(scripts) == 1
    content: dict[str, object] = json.loads(scripts[0])
    return content


def test_a_datasets_page_tells_search_engines_what_they_ask_for(many: FlaskClient) -> None:
    found = structured(many, "en")
    assert found["@type"] == "Dataset"
    assert found["name"] == "Data 7"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["temporalCoverage"] == "2018-04-01/2023-03-31"
    assert found["spatialCoverage"] == {
        "@type": "Place",
        "name": "Minato City",
        "sameAs": ["https://sws.geonames.org/1/"],
    }
    assert found["creator"]["name"] == "Minato City"  # type: ignore[index]
    assert found["includedInDataCatalog"]["url"] == f"{BASE}catalog"  # type: ignore[index]
    files = found["distribution"]
    assert isinstance(files, list)
    assert [(each["@type"], each["encodingFormat"]) for each in files] == [
        ("DataDownload", "text/csv"),
        ("DataDownload", "text/turtle"),
    ]
    assert all(each["contentUrl"].startswith(f"{BASE}dump/") and len(each["sha256"]) == 64 for each in files)


def test_no_text_ends_the_script_that_it_stands_in(many: FlaskClient) -> None:
    assert structured(many, "ja")["description"] == "7番の</script>説明。"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_void_is_told_in_each_format(many: FlaskClient, suffix: str) -> None:
    found = triples(many, f"/.well-known/void.{suffix}", suffix)
    assert found == triples(many, "/.well-known/void.ttl")
    assert ox.NamedNode(f"{BASE}.well-known/void#dataset") in {each.subject for each in found}


def test_void_is_a_page_for_people_too(many: FlaskClient) -> None:
    page = many.get("/.well-known/void", headers={"Accept": "text/html", "Accept-Language": "en"}).text
    assert '<th scope="row">Catalogue</th>' in page


def test_a_release_without_void_has_none(client: FlaskClient) -> None:
    assert client.get("/.well-known/void").status_code == 404


def test_packages_are_searched_page_by_page_in_little_memory(many: FlaskClient) -> None:
    search = "/api/3/action/package_search?rows=100&sort=id+asc"
    assert many.get(search).get_json()["result"]["count"] == DATASETS
    ids: list[str] = []
    while page := many.get(f"{search}&start={len(ids)}").get_json()["result"]["results"]:
        ids += [each["id"] for each in page]
    assert len(ids) == len(set(ids)) == DATASETS
    tracemalloc.start()
    try:
        assert many.get(f"{search}&start=700").status_code == 200
        left, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert left < 2 * 2**20
    assert peak < MOST_MIB_A_PAGE * 2**20


def test_the_sitemap_lists_every_page_in_both_languages(many: FlaskClient) -> None:
    answer = many.get("/sitemap.xml")
    assert answer.content_type == "application/xml; charset=utf-8"
    urls = ET.fromstring(answer.data).findall(f"{SITEMAP}url")  # noqa: S314
    addresses = [each.findtext(f"{SITEMAP}loc") for each in urls]
    assert f"{BASE}dataset/999999_invented-0007" in addresses
    assert f"{BASE}doc/dataset/invented-0007" in addresses
    assert len(addresses) == len(set(addresses))
    for each in urls:
        assert each.findtext(f"{SITEMAP}lastmod") == "2023-05-10"
        assert [link.get("hreflang") for link in each.findall(f"{XHTML}link")] == ["ja", "en"]
    for path in addresses[:9]:
        assert many.get(f"/{str(path).removeprefix(BASE)}").status_code == 200


def test_a_sitemap_that_is_too_large_is_split() -> None:
    addresses = [f"{BASE}doc/{number}" for number in range(5)]
    pages = Sitemap(Addresses(addresses), "2023-05-10", largest=2)
    index = ET.fromstring(pages.index(BASE).encode())  # noqa: S314
    assert [each.text for each in index.iter(f"{SITEMAP}loc")] == [
        f"{BASE}sitemap-{n}.xml" for n in (1, 2, 3)
    ]
    found = [
        each.text
        for number in (1, 2, 3)
        for each in ET.fromstring(pages.part(number).encode()).iter(f"{SITEMAP}loc")  # noqa: S314
    ]
    assert found == addresses


def test_a_part_of_a_sitemap_that_is_whole_is_404(many: FlaskClient) -> None:
    assert many.get("/sitemap-1.xml").status_code == 404
