import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.errors import QueryRefused, QueryTooDeep, QueryTooLong, UpdateRefused
from sakata_lod.serve.policy import MOST_NESTED, QueryForm, check

MOST_BYTES = 64 * 1024


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o }", QueryForm.RESULTS),
        ("ask{}", QueryForm.RESULTS),
        ("PREFIX select: <http://x/#construct> CONSTRUCT WHERE { ?s ?p ?o }", QueryForm.GRAPH),
        ("# SELECT\nBASE <http://x/ask>\nDESCRIBE <x>", QueryForm.GRAPH),
        ("SELECT*{?s ?p ?o}", QueryForm.RESULTS),
        ("", None),
        ("SELEC * {}", None),
    ],
)
def test_form_of_a_query(query: str, form: QueryForm | None) -> None:
    assert check(query, MOST_BYTES) == form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE<http://x/>{} } } }",
        "SELECT * { ?s <http://x/\\u0070#> ?o . SERVICE <http://x/> {} }",
        "SELECT * { ?s a:b\\#c ?o . SERVICE <http://x/> {} }",
        "SELECT * { ?s a:b\\'c ?o . SERVICE <http://x/> {} } #'",
        "SELECT * { FILTER(?a < 3) SERVICE <http://x/> {} }",
        'SELECT * { ?s ?p "a\\"" . SERVICE <http://x/> {} }',
        'SELECT * { ?s ?p """a"b\\"""" . SERVICE <http://x/> {} }',
        "SELECT * { ?s ?p 'x' . SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p 1SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p ?o.SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p '''it's''' SERVICE <http://x/> {} }",
        "ASK { # ' \n SERVICE <http://x/> {} }",
    ],
)
def test_a_call_to_another_endpoint_is_refused(query: str) -> None:
    with pytest.raises(QueryRefused):
        check(query, MOST_BYTES)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s a <http://x/SERVICE> }",
        "SELECT * { ?s a <http://x/#a> . ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p "SERVICE" }',
        'SELECT * { ?s ?p """\n"SERVICE" """ }',
        "SELECT * { ?s ?p '''SERVICE''' }",
        "SELECT * { ?service dcat:service dcat:DataService } # SERVICE",
        "SELECT * { ?s ?p 'x'@service }",
        "SELECT $service { _:service ?p service:x }",
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service }",
    ],
)
def test_the_word_alone_is_no_call(query: str) -> None:
    check(query, MOST_BYTES)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX x: <http://x/> delete where { ?s ?p ?o }",
        "LOAD <http://x/>",
        "# a comment\nCLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <a:a>",
        "ADD DEFAULT TO <a:a>",
        "MOVE DEFAULT TO <a:a>",
        "COPY DEFAULT TO <a:a>",
        "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_told_to_be_one(update: str) -> None:
    with pytest.raises(UpdateRefused, match="update"):
        check(update, MOST_BYTES)


def test_update_words_inside_a_query_are_let_pass() -> None:
    check("SELECT ?insert { ?s ?insert 'DROP ALL' ; <a:load> ?copy }", MOST_BYTES)


@pytest.mark.parametrize("bracket", ["{}", "()", "[]"])
def test_deep_nesting_is_refused_before_any_parser_sees_it(bracket: str) -> None:
    with pytest.raises(QueryTooDeep, match="nested"):
        check("ASK " + bracket[0] * (MOST_NESTED + 1), MOST_BYTES)
    check("ASK " + bracket[0] * MOST_NESTED + bracket[1] * MOST_NESTED, MOST_BYTES)


def test_brackets_in_strings_and_comments_are_not_counted() -> None:
    check("ASK { ?s ?p '" + "(" * 1000 + "' } # " + "{" * 1000, MOST_BYTES)


def test_length_is_counted_in_bytes() -> None:
    with pytest.raises(QueryTooLong):
        check("ASK {} #" + "災" * 30, 64)
    check("ASK {} #" + "a" * 30, 64)


WORDS = ["SELECT", "ask", "SERVICE", "INSERT", "PREFIX x: <a:>", "<a:b>", "<", "'", '"', "\'\'\'", '"""', "\\", "#", "\n",
         "{", "}", "(", ")", "?s", "@en", "x:y", "1", ".", "災", "\0", "\ud800"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=300).map(" ".join) | st.text())
def test_any_text_passes_or_is_refused_for_a_documented_reason(text: str) -> None:
    with suppress(QueryRefused, QueryTooDeep, QueryTooLong, UpdateRefused):
        assert check(text, MOST_BYTES) in {*QueryForm, None}


# What a comment, a string, an IRI or a name may hold that a scan could stumble over.
HARMLESS = st.sampled_from(
    ["# ' \n", '# " \n', "'a'", '"#"', "<a:#'>", "x:y\\'z", "?service", "'\\''", '"""a"b\'"""', "\'\'\'it\'s\'\'\'", "'x'@service",
     "<a:SERVICE>", "1.5e3", "_:service", "(?a < 3)", "(?a > 3)", "x:\\#", "'\\\\'"]
)  # fmt: skip


@given(st.lists(HARMLESS, max_size=12), st.lists(HARMLESS, max_size=12))
def test_no_text_around_it_hides_a_call(before: list[str], after: list[str]) -> None:
    check(" ".join(["ASK {", *before, *after, "}"]), MOST_BYTES)
    with pytest.raises(QueryRefused):
        check(" ".join(["ASK {", *before, "SERVICE <http://x/> {}", *after, "}"]), MOST_BYTES)


@pytest.mark.parametrize(
    "unit",
    ['"\\', "'''", "<a", 'a"""\\', "a.", "-", '"\n', "a:\\", ".-", "?a", "@-", "#", "\\", "_:", "''", "<<"],
)
def test_no_text_makes_the_scan_slow(unit: str) -> None:
    text = unit * (1024 * 1024 // len(unit))
    begun = time.monotonic()
    check(text, 2 * 1024 * 1024)
    assert time.monotonic() - begun < 10
