import pyoxigraph as ox
import pytest

from sakata_lod.serve.rewriting import ascii_variables, dataset_words, with_no_named_graph


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?s ?p ?o }", set()),
        ("PREFIX from: <http://x/> SELECT ?from { ?from from:named 'FROM' } # FROM", set()),
        ("SELECT * FROM <http://x/g> {}", {"FROM"}),
        ("select * from<http://x/g> from named<http://x/h>{}", {"FROM", "NAMED"}),
    ],
)
def test_the_words_of_a_dataset_clause_are_found(query: str, words: set[str]) -> None:
    assert dataset_words(query) == words


def test_a_named_graph_that_is_not_there_is_put_before_the_first_from() -> None:
    query = "SELECT ?from # FROM\nFROM <http://x/g> { ?from ?p 'FROM' }"
    assert with_no_named_graph(query, "http://x/none") == (
        "SELECT ?from # FROM\nFROM NAMED <http://x/none> FROM <http://x/g> { ?from ?p 'FROM' }"
    )


def test_variables_get_names_in_ascii_and_nothing_else_changes() -> None:
    query = "SELECT ?施策 $年 ?v0 { ?施策 <http://x/?年> '?施策' ; ?v0 $年 } # ?年"
    rewritten, names = ascii_variables(query)
    assert rewritten == "SELECT ?vv0 ?vv1 ?v0 { ?vv0 <http://x/?年> '?施策' ; ?v0 ?vv1 } # ?年"
    assert names == {"vv0": "施策", "vv1": "年"}
    assert isinstance(ox.Store().query(rewritten), ox.QuerySolutions)


def test_a_query_in_ascii_stays_as_it_is() -> None:
    assert ascii_variables("SELECT ?a { ?a ?b ?c }") == ("SELECT ?a { ?a ?b ?c }", {})
