"""The query library: its files, its addresses, and what it says of itself as RDF."""

import ast
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

from sakata_lod.namespaces import CSVW, RDF, RDFS, SH
from sakata_lod.serve.parameter_types import TYPES
from sakata_lod.serve.query_library import LIBRARY, TOPICS, LibraryQuery, by_topic, library
from sakata_lod.serve.snippets import snippets

from .conftest import RunningServer
from .small_release import BASE

QUERIES = list(library().values())


def rows_of(text: str) -> list[list[str]]:
    found = ox.Store().query(text)
    assert isinstance(found, ox.QuerySolutions)
    return [[str(value) for value in row] for row in found]


def test_there_are_at_least_twenty_on_every_topic_together() -> None:
    assert len(QUERIES) >= 20
    assert tuple(by_topic()) == TOPICS


@pytest.mark.parametrize("query", QUERIES, ids=lambda each: each.name)
def test_each_query_tells_its_columns_in_order(query: LibraryQuery) -> None:
    found = ox.Store().query(query.text, base_iri=BASE)
    assert isinstance(found, ox.QuerySolutions)
    assert [each.value for each in found.variables] == list(query.columns)


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.rq")), ids=lambda path: path.stem)
def test_each_file_is_sparql_as_it_stands(path: Path) -> None:
    ox.Store().query(path.read_text(encoding="utf-8"), base_iri=BASE)


@pytest.mark.parametrize("query", QUERIES, ids=lambda each: each.name)
def test_the_default_of_each_parameter_is_of_its_type(query: LibraryQuery) -> None:
    for each in query.parameters.values():
        written = each.type.written(each.default)
        assert each.type.read(written) == each.default
        assert not each.type.choices or written in each.type.choices


@pytest.mark.parametrize("query", [each for each in QUERIES if each.parameters], ids=lambda each: each.name)
def test_a_query_bound_to_its_defaults_asks_the_same(query: LibraryQuery) -> None:
    bound = query.bound({name: each.default for name, each in query.parameters.items()})
    slots = "\n".join(line for line in bound.splitlines() if line.startswith("PREFIX"))
    for name, each in query.parameters.items():
        line = next(line for line in bound.splitlines() if f"VALUES ?{name} " in line)
        assert rows_of(f"{slots} SELECT ?{name} {{ {line} }}") == [[str(each.default)]]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_value_is_ever_more_than_a_value(word: str) -> None:
    bound = library()["words"].bound({"word": ox.Literal(word)})
    clause = bound[bound.index("VALUES") : bound.index("\n  ?activity")]
    found = ox.Store().query(f"SELECT * {{ {clause} }}")
    assert isinstance(found, ox.QuerySolutions)
    assert [row["word"] for row in found] == [ox.Literal(word)]
    assert bound.endswith(library()["words"].text.partition("\n  ?activity")[2])


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("year", "21"),
        ("year", "２０２１"),
        ("year", "2021\n"),
        ("number", "2-"),
        ("number", '2" } #'),
        ("text", "a\nb"),
        ("text", "あ" * 201),
        ("count", "0"),
        ("count", "-1"),
        ("language", "fr"),
        ("achievement", "continue"),
        ("theme", "https://w3id.org/municipal-plan/themes#wi-fi"),
    ],
)
def test_what_is_not_of_the_type_is_no_value(kind: str, written: str) -> None:
    assert TYPES[kind].read(written) is None


def test_the_list_tells_all_that_a_program_needs(client: FlaskClient) -> None:
    answer = client.get("/api/queries")
    assert answer.json is not None
    told = {each["name"]: each for each in answer.json["queries"]}
    assert list(told) == list(library())
    year = told["activities-in-year"]
    assert year["question"]["ja"] == "ある年度に何が行われたか"
    assert year["url"] == f"{BASE}api/queries/activities-in-year"
    assert [each["name"] for each in year["columns"]] == ["activity", "number", "text"]
    assert year["parameters"][0]["default"] == "2021"
    assert "wi-fi" in told["with-theme"]["parameters"][0]["choices"]


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("achievements", "*/*", "application/sparql-results+json"),
        ("achievements", "text/csv", "text/csv"),
        ("achievements", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("achievements.csv", "application/json", "text/csv"),
        ("achievements.json", "text/html", "application/sparql-results+json"),
        ("achievements?format=tsv", "text/html", "text/tab-separated-values"),
    ],
)
def test_the_format_is_the_suffix_then_the_parameter_then_what_is_accepted(
    client: FlaskClient, path: str, accept: str, media_type: str
) -> None:
    answer = client.get(f"/api/queries/{path}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.mimetype == media_type


def test_values_change_the_answer(client: FlaskClient) -> None:
    japanese = client.get("/api/queries/achievements.csv").text
    english = client.get("/api/queries/achievements.csv?language=en").text
    assert "達成" in japanese
    assert "Achieved" in english
    assert client.get("/api/queries/achievements.csv?language=").text == japanese


@pytest.mark.parametrize(
    ("asked", "parameter", "expected"),
    [
        ("activities-in-year?year=21", "year", "a year of four digits"),
        ("activities-in-year?yaer=2021", "yaer", "It has: year, format, lang."),
        ("activities-in-year?year=2020&year=2021", "year", "more than once"),
        ("with-theme?theme=nothing", "theme", "a theme: its name"),
        ("achievements?format=docx", "format", "json, xml, csv, tsv"),
    ],
)
def test_a_value_that_does_not_fit_is_told_by_its_parameter_and_what_is_expected(
    client: FlaskClient, asked: str, parameter: str, expected: str
) -> None:
    answer = client.get(
        f"/api/queries/{asked}", headers={"Accept": "application/json, */*", "Accept-Language": "en"}
    )
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["parameter"] == parameter
    assert expected in answer.json["detail"]


@pytest.mark.parametrize("name", ["nothing", "achievements.docx", "../achievements"])
def test_what_is_no_query_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/api/queries/{name}").status_code == 404


def test_a_browser_is_led_to_the_pages(client: FlaskClient) -> None:
    html = {"Accept": "text/html,*/*;q=0.8"}
    assert client.get("/api/queries", headers=html).headers["Location"] == "/queries"
    asked = client.get("/api/queries/with-theme?theme=tourism", headers=html)
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/sparql?example=with-theme&theme=tourism"


def test_an_answer_is_known_again(client: FlaskClient) -> None:
    answer = client.get("/api/queries/achievements.csv")
    head = client.head("/api/queries/achievements.csv")
    assert head.data == b""
    assert head.headers["ETag"] == answer.headers["ETag"]
    known = client.get("/api/queries/achievements.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert known.status_code == 304


def test_the_library_is_rdf_in_the_words_of_shacl(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/queries.ttl").data, format="turtle")
    about = URIRef(f"{BASE}queries")
    assert len(set(graph.subjects(RDF.type, SH.SPARQLSelectExecutable))) == len(QUERIES)
    each = URIRef(f"{about}#with-theme")
    assert graph.value(each, SH.select) == Literal(library()["with-theme"].text)
    assert {
        str(label.language) for label in graph.objects(each, RDFS.label) if isinstance(label, Literal)
    } == {
        "ja",
        "en",
    }
    assert {graph.value(column, CSVW.name) for column in graph.objects(each, CSVW.column)} == {
        Literal(name) for name in library()["with-theme"].columns
    }
    theme = URIRef(f"{each}/parameter/theme")
    assert graph.value(theme, SH.defaultValue) == URIRef(
        "https://w3id.org/municipal-plan/themes#connectivity"
    )
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(about, SH.declare)
    }
    assert all(query.prefixes.items() <= declared.items() for query in QUERIES)


def test_terms_for_completion_are_ours_and_named_in_both_languages(client: FlaskClient) -> None:
    told = client.get("/api/terms").json
    assert told is not None
    by_iri = {each["iri"]: each for each in told["terms"]}
    assert by_iri["https://w3id.org/municipal-plan/codes#achieved"]["ja"] == "達成"
    assert by_iri["https://w3id.org/municipal-plan#Measure"]["en"] == "Measure"
    assert "http://purl.org/dc/terms/title" in by_iri
    assert told["prefixes"]["plan"] == "https://w3id.org/municipal-plan#"


@pytest.mark.parametrize("name", ["words", "compare-themes"])
def test_the_snippets_run(server: RunningServer, tmp_path: Path, name: str) -> None:
    query = library()[name].text + '# \'quotes\', """more""" and a \\ backslash\n#\n'
    programs = {each.name: each.program for each in snippets(server.url("sparql"), query)}
    header = subprocess.run(
        ["bash", "-c", programs["curl"]], capture_output=True, text=True, check=True
    ).stdout
    assert header.splitlines()[0] == ",".join(library()[name].columns)
    program = tmp_path / "asks.py"
    program.write_text(programs["Python"], encoding="utf-8")
    subprocess.run([sys.executable, program], capture_output=True, check=True)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_program_holds_the_query_whole(query: str) -> None:
    plain = query.replace("\r\n", "\n").rstrip("\n")
    programs = {each.name: each.program for each in snippets("http://localhost/sparql", query)}
    called = [each for each in ast.walk(ast.parse(programs["Python"])) if isinstance(each, ast.Call)]
    asked = next(each for each in called if getattr(each.func, "attr", "") == "setQuery")
    assert ast.literal_eval(asked.args[0]).strip("\n") == plain.strip("\n")
    opening = programs["R"].partition('r"')[2].partition("(")[0]
    text = programs["R"].partition(f'r"{opening}(')[2]
    assert text.partition(f'){opening}"')[0] == f"\n{plain}\n"
    end = programs["curl"].partition("<<'")[2].partition("'")[0]
    assert end not in plain.split("\n")
