"""The SPARQL 1.1 Protocol, query operation."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from sakata_lod.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from sakata_lod.namespaces import RDF

from .small_release import BASE

ASK = "ASK {}"
SELECT = "SELECT (1 AS ?one) {}"
CONSTRUCT = "CONSTRUCT { <a:a> <a:b> 'c' } WHERE {}"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
OLDER = f"{BASE}id/graph/edition/joho/2022-03-31"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CSV = {"Accept": "text/csv"}


def test_a_query_may_come_by_get(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": ASK})
    assert answer.json == {"head": {}, "boolean": True}
    assert answer.content_type == "application/sparql-results+json"
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"


def test_a_query_may_come_as_a_form(client: FlaskClient) -> None:
    answer = client.post("/sparql", data={"query": ASK}, content_type=FORM)
    assert answer.json == {"head": {}, "boolean": True}


def test_a_query_may_come_by_itself(client: FlaskClient) -> None:
    for kind in (QUERY, f"{QUERY}; charset=utf-8"):
        assert client.post("/sparql", data=ASK, content_type=kind).json == {"head": {}, "boolean": True}


def test_a_form_is_decoded_once(client: FlaskClient) -> None:
    answer = client.post(
        "/sparql", data="query=SELECT+(%22%2541%2B+%22+AS+?x)+{}", content_type=FORM, headers=CSV
    )
    assert answer.data == b"x\r\n%41+ \r\n"


def test_parameters_that_the_protocol_does_not_know_are_ignored(client: FlaskClient) -> None:
    asked = {"query": ASK, "format": "xml", "output": "xml", "results": "xml", "x": "y"}
    assert client.get("/sparql", query_string=asked).json == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        (FORM, "query=ASK%7B%7D&query=ASK%7B%7D", 400),
        (FORM, "", 400),
        (FORM, "update=CLEAR+ALL", 400),
        (FORM, "query=CLEAR+ALL", 400),
        (QUERY, "", 400),
        (QUERY, b"ASK { <a:a> <a:b> '\xff' }", 400),
        (QUERY, "ASK { ?s ?p }", 400),
        (QUERY, "INSERT DATA { <a:a> <a:b> 1 }", 400),
        ("application/sparql-update", "CLEAR ALL", 415),
        ("application/json", "{}", 415),
        ("text/plain", ASK, 415),
        (None, ASK, 415),
        (QUERY, "ASK { SERVICE <http://localhost:1/> {} }", 403),
        (QUERY, "ASK { SERVICE ?where {} }", 403),
        (QUERY, "ASK " + "{" * 300 + "}" * 300, 400),
        (QUERY, "ASK {} #" + "a" * 70_000, 413),
        (QUERY, "ASK {} #" + "a" * 700_000, 413),
    ],
)
def test_mistakes_of_the_client_are_told_apart(
    client: FlaskClient, kind: str, body: str, status: int
) -> None:
    answer = client.post("/sparql", data=body, content_type=kind)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == status


def test_two_queries_in_a_url_are_a_mistake(client: FlaskClient) -> None:
    assert client.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status_code == 400


def test_a_syntax_error_names_line_and_column(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": "SELECT * {\n ?s x:p ?o }"})
    assert answer.status_code == 400
    assert answer.json is not None
    assert (answer.json["line"], answer.json["column"]) == (2, 10)


@pytest.mark.parametrize("form", RESULT_FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("query", [SELECT, ASK])
def test_results_come_in_the_format_asked_for(client: FlaskClient, query: str, form: Format) -> None:
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": form.media_type})
    assert answer.status_code == 200
    assert answer.content_type == form.content_type


@pytest.mark.parametrize("form", GRAPH_FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("query", [CONSTRUCT, f"DESCRIBE <{BASE}id/measure/joho/2-1-2>"])
def test_graphs_come_in_the_format_asked_for(client: FlaskClient, query: str, form: Format) -> None:
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": form.media_type})
    assert answer.status_code == 200
    assert answer.content_type == form.content_type


@pytest.mark.parametrize(
    ("query", "accept", "chosen"),
    [
        (SELECT, "text/turtle, */*;q=0.1", "application/sparql-results+json"),
        (SELECT, "application/json", "application/sparql-results+json"),
        (SELECT, "text/turtle", None),
        (SELECT, "application/sparql-results+xml, text/turtle", "application/sparql-results+xml"),
        (CONSTRUCT, "application/sparql-results+json, */*;q=0.1", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/sparql-results+json", None),
        (CONSTRUCT, "application/sparql-results+json, application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "text/html", "text/html; charset=utf-8"),
        (SELECT, "text/html", "text/html; charset=utf-8"),
    ],
)
def test_the_form_of_the_query_narrows_the_formats(
    client: FlaskClient, query: str, accept: str, chosen: str | None
) -> None:
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert answer.status_code == (406 if chosen is None else 200)
    assert answer.content_type == (chosen or "application/problem+json")


def test_the_request_names_the_dataset(client: FlaskClient) -> None:
    def count(**asked: str | list[str]) -> bytes:
        return bytes(client.get("/sparql", query_string={"query": COUNT} | asked, headers=CSV).data)

    assert count(**{"default-graph-uri": OLDER}) == b"n\r\n8\r\n"
    assert count(**{"default-graph-uri": [OLDER, f"{BASE}id/graph/links"]}) == b"n\r\n11\r\n"
    assert count(**{"named-graph-uri": OLDER}) == b"n\r\n0\r\n"
    assert count(**{"default-graph-uri": "http://example.invalid/"}) == b"n\r\n0\r\n"
    by_post = client.post(
        f"/sparql?default-graph-uri={quote(OLDER)}", data=COUNT, content_type=QUERY, headers=CSV
    )
    assert by_post.data == b"n\r\n8\r\n"


def test_a_query_may_name_the_dataset_itself(client: FlaskClient) -> None:
    query = COUNT.replace("{", f"FROM <{OLDER}> {{", 1)
    assert client.get("/sparql", query_string={"query": query}, headers=CSV).data == b"n\r\n8\r\n"
    query = COUNT.replace("{", "FROM <file:///etc/passwd> FROM <http://example.invalid/> {", 1)
    assert client.get("/sparql", query_string={"query": query}, headers=CSV).data == b"n\r\n0\r\n"


def test_relative_iris_begin_with_the_base(client: FlaskClient) -> None:
    query = "ASK { <id/measure/joho/2-1-2> ?p ?o }"
    assert client.get("/sparql", query_string={"query": query}).json == {"head": {}, "boolean": True}


def test_without_a_query_the_endpoint_describes_itself(client: FlaskClient) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    graph = Graph().parse(data=client.get("/sparql").data, format="turtle")
    endpoint = URIRef(f"{BASE}sparql")
    assert (endpoint, RDF.type, URIRef(f"{sd}Service")) in graph
    assert (endpoint, URIRef(f"{sd}endpoint"), endpoint) in graph
    assert URIRef(OLDER) in set(graph.objects(None, URIRef(f"{sd}namedGraph")))


def test_without_a_query_a_browser_gets_the_form(client: FlaskClient) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html"}).text
    assert '<textarea id="query"' in page
    assert "plan:currentAchievement" in page


def test_the_form_shows_a_table(client: FlaskClient) -> None:
    query = 'SELECT ?thing ("<b>" AS ?text) ("災"@ja AS ?word) ?none { BIND(<id/plan/joho> AS ?thing) }'
    asked = {"query": query, "lang": "en"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": "text/html"}).text
    assert '<td class="iri"><a href="/doc/plan/joho?lang=en">' in page
    assert "<td>&lt;b&gt;</td>" in page
    assert '<span lang="ja">災</span>' in page
    assert "1 row." in page


def test_the_form_tells_of_a_mistake_beside_the_query(client: FlaskClient) -> None:
    asked = {"query": "SELECT * { <b>", "lang": "en"}
    answer = client.get("/sparql", query_string=asked, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "SELECT * { &lt;b&gt;</textarea>" in answer.text
    assert 'role="alert"' in answer.text


def test_the_form_gives_the_format_picked(client: FlaskClient) -> None:
    asked = {"query": SELECT, "as": "csv"}
    answer = client.get("/sparql", query_string=asked, headers={"Accept": "text/html"})
    assert answer.data == b"one\r\n1\r\n"


def test_a_long_result_is_not_cut_in_silence(client: FlaskClient) -> None:
    query = "SELECT ?s { ?s ?p ?o } LIMIT 1001"
    page = client.get(
        "/sparql", query_string={"query": query, "lang": "en"}, headers={"Accept": "text/html"}
    ).text
    assert "The first 1000 of 1001 rows are shown." in page
