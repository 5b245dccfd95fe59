"""Other spellings of a thing's address, and documents whose links to the thing fill several pages."""

import csv
import io
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sakata_lod.formats import GRAPH_FORMATS, Format
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings

from .conftest import RunningServer
from .small_release import BASE

DOC = "/doc/measure/joho/2-1-2"
PLAN = "/doc/plan/joho"


@pytest.mark.parametrize(
    ("spelt", "canonical"),
    [
        ("/id/measure/joho/%32-1-2", "/id/measure/joho/2-1-2"),
        ("/id/measure%2Fjoho%2F2-1-2", "/id/measure/joho/2-1-2"),
        ("/id/measure/joho/2%2d1%2D2", "/id/measure/joho/2-1-2"),
        ("/id/measure/joho/%2532-1-2", "/id/measure/joho/2-1-2"),
        ("/id/%6deasure/joho/2-1-2?lang=en&x=%E7", "/id/measure/joho/2-1-2?lang=en&x=%E7"),
        ("/id/source/joho/2023-03-31%23cell=2,1", "/id/source/joho/2023-03-31#cell=2,1"),
        ("/id/source/joho/2023-03-31%23cell%3D2%2C1?a=b", "/id/source/joho/2023-03-31?a=b#cell=2,1"),
        ("/doc/measure/joho/%32-1-2", "/doc/measure/joho/2-1-2"),
        ("/doc/measure/joho/%32-1-2.ttl?page=1", "/doc/measure/joho/2-1-2.ttl?page=1"),
        ("/doc/measure/joho/2-1-2%2Ejsonld", "/doc/measure/joho/2-1-2.jsonld"),
        ("/doc/source/joho/2023-03-31%23cell=2,1", "/doc/source/joho/2023-03-31#cell=2,1"),
    ],
)
def test_another_spelling_moves_to_the_canonical_one(client: FlaskClient, spelt: str, canonical: str) -> None:
    answer = client.get(spelt)
    assert answer.status_code == 301
    assert answer.headers["Location"] == canonical
    assert client.get(canonical.partition("#")[0]).status_code in {200, 303}


@pytest.mark.parametrize(
    "path",
    ["/id/measure/joho/%39-9", "/id/%00", "/id/%FF", "/id/a%0D%0ASet-Cookie:x", "/doc/%2e%2e/%2e%2e", "/id/%25",
     "/id/%ED%A0%80", "/doc/measure/joho/%2", "/doc/%E7%81%BD.ttl", "/id/source/joho/2023-03-31%23cell=9,9"],
)  # fmt: skip
def test_what_decodes_to_nothing_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_spellings_meet_at_a_real_server(server: RunningServer) -> None:
    said = []
    for spelt in (
        "id/measure/joho/2-1-2",
        "id/measure/joho/%32-1-2",
        "id/measure/joho/%2532-1-2",
        "id/measure%2Fjoho/2-1-2",
    ):
        with urllib.request.urlopen(server.url(spelt), timeout=30) as answer:  # noqa: S310
            assert answer.headers["Content-Location"] == f"{DOC}.ttl"
            said.append(answer.read())
    assert len(set(said)) == 1


@pytest.fixture(scope="module")
def paged(release_folder: Path) -> Iterator[FlaskClient]:
    """A server whose pages hold two links each."""
    application = create_app(Settings(release=release_folder, inverse_links=2, query_workers=1))
    yield application.test_client()
    service_of(application).close()


def links(header: str) -> dict[str, str]:
    """The links to the pages before and after."""
    return {rel: target for target, rel in re.findall(r'<([^>]*)>; rel="(prev|next)"', header)}


def statements(content: bytes, format_: Format) -> set[ox.Triple]:
    assert format_.rdf is not None
    return {quad.triple for quad in ox.parse(content, format_.rdf, rename_blank_nodes=True)}


def about_the_plan(found: set[ox.Triple]) -> set[ox.Triple]:
    plan, document = ox.NamedNode(f"{BASE}id/plan/joho"), ox.NamedNode(f"{BASE}doc/plan/joho")
    return {each for each in found if each.object == plan and each.subject != document}


def test_pages_lead_from_one_to_the_next_and_hold_every_link_once(
    client: FlaskClient, paged: FlaskClient
) -> None:
    whole = about_the_plan(statements(client.get(f"{PLAN}.nt").data, GRAPH_FORMATS[2]))
    found: list[ox.Triple] = []
    address, number = f"{PLAN}.nt", 1
    while True:
        answer = paged.get(address)
        found += about_the_plan(statements(answer.data, GRAPH_FORMATS[2]))
        told = links(answer.headers["Link"])
        assert ("prev" in told) == (number > 1)
        assert answer.headers["Content-Location"] == address
        if "next" not in told:
            break
        number += 1
        address = told["next"]
        assert address == f"{PLAN}.nt?page={number}"
    assert number == -(-len(whole) // 2) > 2
    assert len(found) == len(set(found))
    assert set(found) == whole


def test_a_document_of_one_page_leads_nowhere(client: FlaskClient) -> None:
    assert links(client.get(PLAN).headers["Link"]) == {}


def test_links_of_a_negotiated_page_stay_negotiated(paged: FlaskClient) -> None:
    answer = paged.get(f"{PLAN}?page=2", headers={"Accept": "text/turtle"})
    assert links(answer.headers["Link"]) == {"prev": PLAN, "next": f"{PLAN}?page=3"}
    assert answer.headers["Content-Location"] == f"{PLAN}.ttl?page=2"
    assert f'<{BASE}doc/plan/joho?page=2>; rel="canonical"' in answer.headers["Link"]
    assert f'<{PLAN}.jsonld?page=2>; rel="alternate"' in answer.headers["Link"]


def test_what_the_thing_says_stands_on_every_page(paged: FlaskClient) -> None:
    for page in (1, 2, 3):
        assert 'dct:title "Minato City ICT Plan"@en' in paged.get(f"{PLAN}.ttl?page={page}").text


@pytest.mark.parametrize("page", [1, 2])
def test_a_page_is_one_graph_in_every_format(paged: FlaskClient, page: int) -> None:
    graphs = [
        frozenset(statements(paged.get(f"{PLAN}.{each.suffix}?page={page}").data, each))
        for each in GRAPH_FORMATS
    ]
    assert len(set(graphs)) == 1


def test_pages_have_tags_of_their_own(paged: FlaskClient) -> None:
    tags = {paged.get(f"{PLAN}.ttl?page={page}").headers["ETag"] for page in (1, 2, 3)}
    assert len(tags) == 3
    assert paged.get(f"{PLAN}.ttl").headers["ETag"] in tags


def test_a_person_leafs_through_the_pages(paged: FlaskClient) -> None:
    page = paged.get(f"{PLAN}.html?page=2&lang=en").text
    assert re.search(r"References 3 to 4 of \d+\.", page)
    assert f'<a href="{PLAN}?lang=en&amp;page=1" rel="prev">' in page
    assert f'<a href="{PLAN}?lang=en&amp;page=3" rel="next">' in page
    assert f'href="{PLAN}.ttl?page=2&amp;lang=en"' in page
    assert "Page 2 of " in page


@pytest.mark.parametrize(
    ("page", "status"),
    [("0", 400), ("-1", 400), ("x", 400), ("", 400), ("１", 400), ("9" * 30, 400), ("999", 404)],
)
def test_a_page_that_is_none(paged: FlaskClient, page: str, status: int) -> None:
    assert paged.get(PLAN, query_string={"page": page}).status_code == status


def test_a_things_statements_come_as_a_table(client: FlaskClient) -> None:
    answer = client.get(f"{DOC}.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Location"] == f"{DOC}.csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == [
        "subject",
        "property",
        "value",
        "language",
        "datatype",
        "value_name_ja",
        "value_name_en",
    ]
    thing = f"{BASE}id/measure/joho/2-1-2"
    assert [thing, "http://purl.org/dc/terms/title", "フリーWi-Fiエリアの拡充", "ja", "", "", ""] in rows
    department = f"{BASE}id/department/kanko"
    responsible = "https://w3id.org/municipal-plan#responsibleDepartment"
    assert [thing, responsible, department, "", "", "観光課", "Tourism Division"] in rows


def test_a_table_is_given_by_its_address_only(client: FlaskClient) -> None:
    assert client.get(DOC, headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/ontology.csv").status_code == 404
