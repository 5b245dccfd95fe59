"""The page at /sparql: what it shows of queries, answers, and mistakes. Browsers: tests/browser."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.bar_chart import MOST_BARS, bar_chart
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.sparql_page import excerpt

XSD = "http://www.w3.org/2001/XMLSchema#"
COUNTS = "SELECT ?l ?n { VALUES (?l ?n) { ('a' 4) ('b' 1) ('c' 3) } }"


def asked(client: FlaskClient, query: str, language: str = "en") -> str:
    return client.get(f"/sparql?query={quote(query)}&lang={language}", headers={"Accept": "text/html"}).text


def shown(client: FlaskClient, path: str) -> str:
    return client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"}).text


def number(value: str, kind: str = "integer") -> dict[str, str]:
    return {"type": "literal", "value": value, "datatype": f"{XSD}{kind}"}


def name(value: str) -> dict[str, str]:
    return {"type": "literal", "value": value}


def test_an_example_is_shown_with_its_question_its_answer_and_its_query(client: FlaskClient) -> None:
    page = shown(client, "/sparql?example=achievements")
    assert "How many measures have which achievement?" in page
    assert ">Achieved</td>" in page
    assert "VALUES ?language { &#34;en&#34; }" in page
    assert '<option value="achievements" selected>' in page


def test_values_of_an_example_can_be_changed_in_a_form(client: FlaskClient) -> None:
    page = shown(client, "/sparql?example=with-achievement&achievement=achieved")
    assert '<option value="achieved" selected>Achieved</option>' in page
    assert "VALUES ?achievement { &lt;https://w3id.org/municipal-plan/codes#achieved&gt; }" in page


def test_a_value_that_does_not_fit_leaves_the_form_in_place(client: FlaskClient) -> None:
    answer = client.get("/sparql?example=activities-in-year&year=x&lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "a year of four digits" in answer.text
    assert 'name="year"' in answer.text


def test_an_unknown_example_is_not_found(client: FlaskClient) -> None:
    assert client.get("/sparql?example=nothing", headers={"Accept": "text/html"}).status_code == 404


def test_programs_are_told_of_the_service_though_an_example_is_named(client: FlaskClient) -> None:
    assert "sd:Service" in client.get("/sparql?example=achievements", headers={"Accept": "text/turtle"}).text


def test_counts_are_drawn_and_the_title_states_the_finding(client: FlaskClient) -> None:
    page = asked(client, COUNTS)
    assert "“a” has the most: 4" in page
    assert re.findall(r'<rect [^>]*width="([\d.]+%)"', page) == ["100.00%", "25.00%", "75.00%"]
    assert '<desc id="chart-description">a: 4; b: 1; c: 3</desc>' in page


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"l": name("a"), "n": number("1")}],
        [{"l": name("a"), "n": number("1")}, {"l": name("b")}],
        [{"l": name("a"), "n": number("1")}, {"n": number("2")}],
        [{"l": name("a"), "n": number("-1")}, {"l": name("b"), "n": number("2")}],
        [{"l": name("a"), "n": number("INF", "double")}, {"l": name("b"), "n": number("2")}],
        [{"l": name("a"), "n": name("1")}, {"l": name("b"), "n": name("2")}],
        [{"l": number("1"), "n": number("1")}, {"l": number("2"), "n": number("2")}],
        [{"l": name(str(each)), "n": number("1")} for each in range(MOST_BARS + 1)],
    ],
)
def test_what_is_not_one_number_and_one_name_a_row_is_not_drawn(
    rows: list[dict[str, dict[str, str]]],
) -> None:
    assert bar_chart(["l", "n"], rows) is None


def test_bars_of_nothing_have_no_length_and_equal_ones_no_winner() -> None:
    drawn = bar_chart(["l", "n"], [{"l": name("a"), "n": number("0")}, {"l": name("b"), "n": number("0")}])
    assert drawn is not None
    assert [each.share for each in drawn.bars] == ["0.00%", "0.00%"]
    assert drawn.most is None


def test_a_syntax_error_shows_the_line_and_where_reading_stopped(client: FlaskClient) -> None:
    page = asked(client, "SELECT * {\r\n ?s x:p ?o\r\n}")
    assert "line 2, column 10" in page
    assert "<strong> ?s x:p ?<mark>o" in page
    assert "problem-query-malformed" in page


def test_an_excerpt_holds_the_lines_around() -> None:
    lines = excerpt("1\n2\n3\n4\n5\n6\n7", 5, 1)
    assert [each.number for each in lines] == [3, 4, 5, 6, 7]
    assert [(each.before, each.after) for each in lines if each.is_wrong] == [("", "5")]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("SELECT * { SERVICE <http://localhost:1/> {} }", "query-refused"),
        ("CLEAR ALL", "query-malformed"),
        ("SELECT * {", "query-malformed"),
    ],
)
def test_mistakes_are_told_apart_on_the_page(client: FlaskClient, query: str, slug: str) -> None:
    assert f"problem-{slug}" in asked(client, query)


def test_no_rows_is_no_mistake(client: FlaskClient) -> None:
    page = asked(client, "SELECT * { ?s <a:nothing> ?o }")
    assert "The query is valid, and nothing matches it." in page
    assert 'role="alert"' not in page


@pytest.mark.parametrize(
    ("limit", "query", "slug"),
    [
        (
            {"query_timeout_s": 0.2},
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
            "query-timed-out",
        ),
        ({"result_rows": 2}, "SELECT * { ?s ?p ?o }", "too-large"),
    ],
)
def test_time_out_and_limit_are_told_apart(
    app: Flask, limit: dict[str, float], query: str, slug: str
) -> None:
    limited = create_app(Settings(release=service_of(app).settings.release, **limit))  # type: ignore[arg-type]
    try:
        page = asked(limited.test_client(), query)
        answer = limited.test_client().get("/api/queries/measures")
    finally:
        service_of(limited).close()
    assert f"problem-{slug}" in page
    assert query[:6] in page
    assert answer.status_code == (413 if "result_rows" in limit else 200)


def test_without_the_editor_the_page_says_that_it_is_plain(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sakata_lod.serve.routes.sparql.EDITOR", tmp_path / "nowhere.js")
    page = shown(client, "/sparql?example=responses")
    assert "The editor is in its plain form" in page
    assert "yasqe" not in page
    assert "NOTICES.txt" not in page


def test_an_answer_has_its_link_and_its_downloads(client: FlaskClient) -> None:
    page = asked(client, COUNTS)
    links = re.findall(r'href="(/sparql\?query=[^"]*)"', page)
    assert [each.rpartition("as=")[2] for each in links if "as=" in each] == ["csv", "tsv", "srj", "srx"]
    for each in links:
        answer = client.get(each.replace("&amp;", "&"), headers={"Accept": "text/html"})
        assert answer.status_code == 200
    assert (
        client.get(
            re.findall(r'href="(/api/queries/[^"]*csv[^"]*)"', shown(client, "/sparql?example=themes"))[0]
        ).mimetype
        == "text/csv"
    )


def test_static_files_are_compressed_and_known_again(client: FlaskClient) -> None:
    answer = client.get("/static/workbench.css", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    known = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get("/static/workbench.css", headers=known).status_code == 304
