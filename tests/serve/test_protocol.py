"""The rules of the SPARQL 1.1 Protocol for an endpoint that answers queries only, each by its name, at a real server.

Names that W3C's test suite (data-sparql11/protocol) has too mean the same here; graphs are those of the release.
"""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus, urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef

from sakata_lod.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from sakata_lod.namespaces import RDF, RDFS, SD

from .conftest import RunningServer

pytestmark = pytest.mark.outside

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
TURTLE = "text/turtle; charset=utf-8"
PROBLEM = "application/problem+json"
RESULTS = {each.content_type for each in RESULT_FORMATS}
GRAPHS = {each.content_type for each in GRAPH_FORMATS}

SITE, LINKS = "{base}id/graph/site", "{base}id/graph/links"
OLDER = "{base}id/graph/edition/joho/2022-03-31"

# Each holds only where its data come from the graphs that it names.
IN_SITE = "<id/department/kanko> ?p ?o"
IN_LINKS = "<id/measure/joho/2-1-10> <https://w3id.org/municipal-plan#relatedMeasure> ?m"
IN_OLDER = "<id/source/joho/2022-03-31> ?q ?r"

ASK_SITE_LINKS = f"ASK {{ {IN_SITE} . {IN_LINKS} }}"
ASK_NAMED = f"ASK {{ GRAPH ?g1 {{ {IN_SITE} }} GRAPH ?g2 {{ {IN_LINKS} }} }}"
ASK_FULL = f"ASK {{ {IN_OLDER} GRAPH ?g1 {{ {IN_SITE} }} GRAPH ?g2 {{ {IN_LINKS} }} }}"


def default(*graphs: str) -> str:
    """Parameters that name default graphs."""
    return "&".join(f"default-graph-uri={quote(each, safe='{}')}" for each in graphs)


def named(*graphs: str) -> str:
    """Parameters that name named graphs."""
    return "&".join(f"named-graph-uri={quote(each, safe='{}')}" for each in graphs)


@dataclass(frozen=True)
class Case:
    """A request, and what is said to it. `{base}` in a URL or body is the server's base IRI.

    boolean: what an ASK says. content: text that the answer holds.
    """

    name: str
    url: str = ""
    body: str | bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    status: int = 200
    types: set[str] | str = JSON
    boolean: bool | None = None
    content: str = ""

    def __str__(self) -> str:
        return self.name


def good(
    name: str,
    url: str = "",
    body: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Case:
    return Case(name, url, body, headers or {}, **({"boolean": True} | more))  # type: ignore[arg-type]


def bad(
    name: str,
    url: str = "",
    body: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Case:
    return Case(name, url, body, headers or {}, **({"status": 400, "types": PROBLEM} | more))  # type: ignore[arg-type]


def get(query: str, *more: str) -> str:
    """The URL of a GET."""
    return "?" + "&".join([f"query={quote(query)}", *more])


def form(query: str, *more: str) -> str:
    """The body of a form."""
    return "&".join([f"query={quote_plus(query)}", *more])


ASKING = [
    good("query_get", get("ASK {}", default(SITE))),
    good("query_post_form", f"?{default(SITE)}", form("ASK {}"), FORM),
    good("query_post_direct", f"?{default(SITE)}", "ASK {}", DIRECT),
    good("query_dataset_default_graphs_get", get(ASK_SITE_LINKS, default(SITE, LINKS))),
    good("query_dataset_default_graphs_post", f"?{default(SITE, LINKS)}", ASK_SITE_LINKS, DIRECT),
    good("query_dataset_default_graphs_post_form", "", form(ASK_SITE_LINKS, default(SITE, LINKS)), FORM),
    good("query_dataset_default_graphs_in_the_url_of_a_form", f"?{default(SITE)}",
         form(ASK_SITE_LINKS, default(LINKS)), FORM),
    good("query_dataset_one_default_graph_is_not_both", get(ASK_SITE_LINKS, default(SITE)), boolean=False),
    good("query_dataset_named_graphs_get", get(ASK_NAMED, named(SITE, LINKS))),
    good("query_dataset_named_graphs_post", f"?{named(SITE, LINKS)}", ASK_NAMED, DIRECT),
    good("query_dataset_named_graphs_post_form", "", form(ASK_NAMED, named(SITE, LINKS)), FORM),
    good("query_dataset_named_graphs_leave_the_default_graph_empty", get("ASK { ?s ?p ?o }", named(SITE)), boolean=False),
    good("query_dataset_default_graphs_leave_no_named_graph", get("ASK { GRAPH ?g { ?s ?p ?o } }", default(SITE)), boolean=False),
    good("query_dataset_full", f"?{default(OLDER)}&{named(SITE, LINKS)}", ASK_FULL, DIRECT),
    good("query_dataset_full_get", get(ASK_FULL, default(OLDER), named(SITE, LINKS))),
    good("query_multiple_dataset", f"?{named(SITE, LINKS)}", ASK_NAMED.replace("{", "FROM <id/graph/history> {", 1), DIRECT),
    good("query_multiple_dataset_from_is_overruled", get(f"ASK FROM <id/graph/links> {{ {IN_SITE} }}", default(SITE))),
    good("query_dataset_by_the_query", get(f"ASK FROM <id/graph/edition/joho/2022-03-31> {{ {IN_OLDER} }}")),
    good("query_dataset_unknown_graph_is_empty", get("ASK { ?s ?p ?o }", default("http://127.0.0.1:9/")), boolean=False),
    good("query_dataset_file_is_not_read", get("ASK { ?s ?p ?o }", default("file:///etc/passwd")), boolean=False),
    good("query_dataset_set_to_nothing_is_not_given", get(f"ASK {{ {IN_SITE} }}", "default-graph-uri=", "named-graph-uri=")),
    good("query_content_type_select", f"?{default(SITE)}", "SELECT (1 AS ?value) {}", DIRECT, types=RESULTS, boolean=None),
    good("query_content_type_ask", f"?{default(SITE)}", "ASK {}", DIRECT, types={JSON, XML}),
    good("query_content_type_describe", "", "DESCRIBE <http://example.org/>", DIRECT, types=GRAPHS, boolean=None),
    good("query_content_type_construct", "", "CONSTRUCT { <s> <p> 1 } WHERE {}", DIRECT, types=GRAPHS, boolean=None),
    good("query_without_accept_json", get("SELECT (1 AS ?value) {}"), types=JSON, boolean=None),
    good("query_without_accept_turtle", get("CONSTRUCT { <s> <p> 1 } WHERE {}"), types=TURTLE, boolean=None),
    good("query_direct_utf8_declared", "", "ASK {}", {"Content-Type": "application/sparql-query; charset=UTF-8"}),
    good("query_direct_utf8_quoted", "", "ASK {}", {"Content-Type": 'application/sparql-query;charset="utf-8"'}),
    good("query_direct_type_in_capitals", "", "ASK {}", {"Content-Type": "Application/SPARQL-Query"}),
    good("query_form_utf8_declared", "", form("ASK {}"), {"Content-Type": f"{FORM['Content-Type']}; charset=utf-8"}),
    good("query_form_raw_utf8", "", 'query=ASK {FILTER("災"="\\u707D")}'.encode(), FORM),
    good("query_get_raw_utf8_escapes", get('ASK {FILTER("災"="\\u707D")}')),
    good("query_form_decoded_once_percent", "", "query=ASK+{FILTER(STRLEN(%22%2541%22)=3)}", FORM),
    good("query_form_decoded_once_plus", "", "query=ASK+{FILTER(%22%2B%22=%22%5Cu002B%22)}", FORM),
    good("query_form_plus_is_a_space", "", "query=ASK+%7B%7D", FORM),
    good("query_get_plus_is_a_space", "?query=ASK+%7B%7D"),
    good("query_get_semicolon_is_no_separator", "?query=ASK%7B?s?p?o;?q?r%7D"),
    good("query_unknown_parameters_ignored", get("ASK {}", "format=xml", "output=csv", "results=x", "timeout=0", "x")),
    good("query_empty_parameters_ignored", "?&&query=ASK%7B%7D&&="),
    good("query_using_graph_uri_is_for_updates", get("ASK {}", "using-graph-uri=a%3Ab")),
    good("query_address_with_a_slash", "/" + get("ASK {}")),
    good("query_get_with_a_body_is_a_get", get("ASK {}"), "nonsense", {"Content-Type": "text/plain"}, method="GET"),
    good("query_relative_iris_by_the_base", get(f"ASK {{ {IN_SITE} }}")),
]  # fmt: skip

MISTAKEN = [
    bad("bad_query_method", get("ASK {}"), method="PUT", status=405),
    bad("bad_query_method_delete", get("ASK {}"), method="DELETE", status=405),
    bad("bad_query_method_patch", "", "ASK {}", DIRECT, method="PATCH", status=405),
    bad("bad_multiple_queries", get("ASK {}", "query=SELECT%20%2A%20%7B%7D")),
    bad("bad_multiple_queries_form", "", form("ASK {}", "query=ASK%7B%7D"), FORM),
    bad("bad_multiple_queries_url_and_form", get("ASK {}"), form("ASK {}"), FORM),
    bad("bad_multiple_queries_url_and_direct", get("ASK {}"), "ASK {}", DIRECT),
    bad("bad_query_of_a_post_in_the_url", get("ASK {}"), "", FORM),
    bad("bad_query_missing_in_form", "", "default-graph-uri=a%3Ab", FORM),
    bad("bad_query_missing_in_empty_form", "", "", FORM),
    bad("bad_query_empty_get", "?query="),
    bad("bad_query_empty_form", "", "query=", FORM),
    bad("bad_query_empty_direct", "", "", DIRECT),
    bad("bad_query_blank_direct", "", " \n", DIRECT),
    bad("bad_query_wrong_media_type", "", "ASK {}", {"Content-Type": "text/plain"}, status=415),
    bad("bad_query_wrong_media_type_json", "", '{"query":"ASK {}"}', {"Content-Type": "application/json"}, status=415),
    bad("bad_query_wrong_media_type_multipart", "", "", {"Content-Type": "multipart/form-data; boundary=x"}, status=415),
    bad("bad_query_missing_form_type", "", form("ASK {}"), method="POST", status=415),
    bad("bad_query_missing_direct_type", "", "ASK {}", method="POST", status=415),
    bad("bad_query_non_utf8", "", "ASK {}".encode("utf-16"), {"Content-Type": "application/sparql-query; charset=UTF-16"}),
    bad("bad_query_non_utf8_undeclared", "", b'ASK { ?s ?p "\xff" }', DIRECT),
    bad("bad_query_non_utf8_shift_jis", "", 'ASK { ?s ?p "災" }'.encode("cp932"), DIRECT),
    bad("bad_query_non_utf8_form", "", "query=ASK%7B?s?p%22%FF%22%7D", FORM),
    bad("bad_query_non_utf8_form_raw", "", b"query=ASK{?s?p'\xff'}", FORM),
    bad("bad_query_non_utf8_form_declared", "", form("ASK {}"), {"Content-Type": f"{FORM['Content-Type']}; charset=shift_jis"}),
    bad("bad_query_non_utf8_url", "?query=ASK%7B?s?p%22%FF%22%7D"),
    bad("bad_query_surrogate_url", "?query=ASK%7B?s?p%22%ED%A0%80%22%7D"),
    bad("bad_query_escape_url", "?query=ASK%7B%zz%7D"),
    bad("bad_query_escape_cut_off", "?query=ASK%7B%7D%"),
    bad("bad_query_escape_form", "", "query=ASK%7B%7D%2", FORM),
    bad("bad_query_syntax", get("ASK {")),
    bad("bad_query_syntax_direct", "", "SELECT * WHERE", DIRECT),
    bad("bad_query_nul", "", b"ASK {\0}", DIRECT),
    bad("bad_query_default_graph_relative", get("ASK {}", "default-graph-uri=site")),
    bad("bad_query_named_graph_no_iri", get("ASK {}", "named-graph-uri=a%3A%3Cb%3E")),
    bad("bad_query_default_graph_no_iri", get("ASK {}", "default-graph-uri=http%3A%2F%2F%5B")),
    bad("bad_query_is_an_update", "", "CLEAR ALL", DIRECT),
    bad("bad_query_is_an_update_get", get("INSERT DATA { <a:a> <a:b> 1 }")),
    bad("bad_query_too_deep", "", "ASK " + "{" * 300 + "}" * 300, DIRECT),
    bad("bad_query_too_long", "", "ASK {} #" + "a" * 70_000, DIRECT, status=413),
    bad("bad_query_body_too_long", "", "ASK {} #" + "a" * 700_000, DIRECT, status=413),
    bad("bad_query_url_too_long", get("ASK {} #" + "a" * 20_000), status=414),
    bad("bad_query_service", "", "ASK { SERVICE <http://127.0.0.1:9/> {} }", DIRECT, status=403),
    bad("bad_query_nothing_acceptable", get("ASK {}"), None, {"Accept": "image/png"}, status=406),
    bad("bad_update_get", "?update=CLEAR%20ALL"),
    bad("bad_update_get_with_a_query", get("ASK {}", "update=CLEAR%20ALL")),
    bad("bad_update_form", "", "update=CLEAR%20ALL", FORM),
    bad("bad_update_in_the_url_of_a_form", "?update=CLEAR%20ALL", form("ASK {}"), FORM),
    bad("bad_multiple_updates", "", "update=CLEAR%20ALL&update=CLEAR%20ALL", FORM),
    bad("bad_update_wrong_media_type", "", "CLEAR NAMED", {"Content-Type": "text/plain"}, status=415),
    bad("bad_update_missing_form_type", "", "update=CLEAR%20NAMED", method="POST", status=415),
    bad("bad_update_direct", "", "CLEAR ALL", UPDATE, status=415),
    bad("bad_update_non_utf8", "", "CLEAR ALL".encode("utf-16"), {"Content-Type": "application/sparql-update; charset=UTF-16"}, status=415),
    bad("bad_update_syntax", "", "INSERT DATA", UPDATE, status=415),
    bad("bad_update_dataset_conflict", "", "using-named-graph-uri=a%3Ab&update=WITH%20%3Ca%3Ab%3E", FORM),
]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def send(server: RunningServer, case: Case) -> Answer:
    """Send a request as it is written, with no header that is not asked for."""
    url = urlsplit(server.base)
    connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=30)
    body = case.body.replace("{base}", server.base).encode() if isinstance(case.body, str) else case.body
    method = case.method or ("GET" if case.body is None else "POST")
    connection.putrequest(
        method, f"/sparql{case.url.replace('{base}', quote(server.base))}", skip_accept_encoding=True
    )
    for name, value in case.headers.items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    try:
        answer = connection.getresponse()
        return Answer(
            answer.status, {name.title(): value for name, value in answer.getheaders()}, answer.read()
        )
    finally:
        connection.close()


@pytest.mark.parametrize("case", ASKING, ids=str)
def test_what_the_protocol_allows(server: RunningServer, case: Case) -> None:
    answer = send(server, case)
    assert answer.status == case.status, answer.content
    assert answer.headers["Content-Type"] in case.types
    if case.boolean is not None:
        assert json.loads(answer.content)["boolean"] is case.boolean


@pytest.mark.parametrize("case", MISTAKEN, ids=str)
def test_what_the_protocol_does_not_allow(server: RunningServer, case: Case) -> None:
    answer = send(server, case)
    assert answer.status == case.status, answer.content
    assert answer.headers["Content-Type"] == PROBLEM
    problem = json.loads(answer.content)
    assert problem["status"] == case.status
    assert problem["detail"]
    assert ("Allow" in answer.headers) == (case.status == 405)


@pytest.mark.parametrize("query", ["SELECT (1 AS ?value) {}", "ASK {}"])
@pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda each: each.name)
def test_every_format_of_a_result(server: RunningServer, query: str, format_: Format) -> None:
    answer = send(server, Case("", get(query), headers={"Accept": format_.media_type}))
    assert (answer.status, answer.headers["Content-Type"]) == (200, format_.content_type)
    assert answer.headers["Vary"].startswith("Accept")


@pytest.mark.parametrize("query", ["CONSTRUCT { <s> <p> 1 } WHERE {}", "DESCRIBE <id/plan/joho>", "?"])
@pytest.mark.parametrize("format_", GRAPH_FORMATS, ids=lambda each: each.name)
def test_every_format_of_a_graph(server: RunningServer, query: str, format_: Format) -> None:
    url = "" if query == "?" else get(query)
    answer = send(server, Case("", url, headers={"Accept": format_.media_type}))
    assert (answer.status, answer.headers["Content-Type"]) == (200, format_.content_type)


def test_head_says_what_get_says(server: RunningServer) -> None:
    for url in ("", get("ASK {}"), get("ASK {"), "?query="):
        got, head = (send(server, Case("", url, method=each)) for each in ("GET", "HEAD"))
        assert head.content == b""
        assert head.status == got.status
        for name in ("Content-Type", "Content-Length", "Vary"):
            assert head.headers[name] == got.headers[name]


def test_options_tells_the_methods(server: RunningServer) -> None:
    answer = send(server, Case("", method="OPTIONS"))
    assert (answer.status, answer.content) == (200, b"")
    assert sorted(answer.headers["Allow"].split(", ")) == ["GET", "HEAD", "OPTIONS", "POST"]
    preflight = {
        "Origin": "https://x.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = send(server, Case("", method="OPTIONS", headers=preflight))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def description(server: RunningServer) -> Graph:
    return Graph().parse(data=send(server, Case("")).content, format="turtle")


def test_the_service_description_is_one_graph_in_every_format(server: RunningServer) -> None:
    told = {
        frozenset(quad.triple for quad in ox.parse(said.content, each.rdf))
        for each in GRAPH_FORMATS
        if (said := send(server, Case("", headers={"Accept": each.media_type})))
    }
    assert len(told) == 1


def test_the_service_description_names_what_there_is(server: RunningServer) -> None:
    graph = description(server)
    endpoint = URIRef(server.url("sparql"))
    assert graph.value(endpoint, RDF.type) == SD.Service
    assert graph.value(endpoint, SD.endpoint) == endpoint
    assert set(graph.objects(endpoint, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert not set(graph.objects(endpoint, SD.feature))
    dataset = graph.value(endpoint, SD.defaultDataset)
    assert graph.value(dataset, SD.defaultGraph)
    names = {str(graph.value(each, SD.name)) for each in graph.objects(dataset, SD.namedGraph)}
    assert {each.format(base=server.base) for each in (SITE, LINKS, OLDER)} < names


def test_every_result_format_that_the_description_names_is_one(server: RunningServer) -> None:
    endpoint = URIRef(server.url("sparql"))
    named_there = {
        str(each).rpartition("/")[2] for each in description(server).objects(endpoint, SD.resultFormat)
    }
    assert named_there == {each.unique_name for each in (*RESULT_FORMATS, *GRAPH_FORMATS)}
    assert "" not in named_there


def test_the_description_tells_the_limits_in_both_languages(server: RunningServer) -> None:
    said = list(description(server).objects(URIRef(server.url("sparql")), RDFS.comment))
    assert Literal("10 seconds a query", lang="en") in said
    assert Literal("問い合わせ1件につき10秒まで", lang="ja") in said
    assert Literal("100000 rows or 64 MiB a result", lang="en") in said
