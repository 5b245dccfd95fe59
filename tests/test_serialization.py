"""The same triples give the same bytes, and every format gives the same triples back."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from sakata_lod.conversion import ox_triples, rdflib_graph
from sakata_lod.formats import CSV, GRAPH_FORMATS, HTML, JSON_LD, N_TRIPLES, TURTLE, Format, format_of_suffix
from sakata_lod.namespaces import DCTERMS, PLAN, RDF, XSD
from sakata_lod.serialization import SortedGraph, canonical, read_graph, serialize, serialize_dataset

BASE = "http://localhost:8000/"
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n"))
LITERALS = st.one_of(
    TEXT.map(Literal),
    st.builds(
        lambda text, language: Literal(text, lang=language),
        TEXT,
        st.sampled_from(["ja", "en", "en-t-ja-t0-und"]),
    ),
    st.integers().map(lambda number: Literal(str(number), datatype=XSD.integer)),
    st.dates().map(lambda day: Literal(day.isoformat(), datatype=XSD.date)),
    st.booleans().map(Literal),
)
NODES = st.integers(0, 9).map(lambda number: URIRef(f"{BASE}id/measure/a/{number}"))
PREDICATES = st.sampled_from([DCTERMS.title, DCTERMS.identifier, PLAN.theme, PLAN.row, PLAN.reason])
TRIPLES = st.lists(st.tuples(NODES, PREDICATES, st.one_of(NODES, LITERALS)), max_size=12)


def graph_of(triples: list[tuple[URIRef, URIRef, URIRef | Literal]]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


@given(TRIPLES)
def test_a_graph_turned_into_the_other_library_and_back_is_the_same(
    triples: list[tuple[URIRef, URIRef, URIRef | Literal]],
) -> None:
    graph = graph_of(triples)
    assert set(rdflib_graph(ox_triples(graph))) == set(graph)


@pytest.mark.parametrize(
    "format_", [each for each in GRAPH_FORMATS if each is not JSON_LD], ids=lambda each: each.name
)
@given(triples=TRIPLES)
def test_every_format_gives_the_same_graph_back(
    format_: Format, triples: list[tuple[URIRef, URIRef, URIRef | Literal]]
) -> None:
    graph = graph_of(triples)
    written = serialize(ox_triples(graph), format_)
    assert set(read_graph(written, format_, BASE)) == set(graph)


def test_json_ld_is_compacted_with_the_context_embedded() -> None:
    measure = URIRef(f"{BASE}id/measure/a/1")
    graph = graph_of(
        [(measure, RDF.type, PLAN.Measure), (measure, DCTERMS.title, Literal("施策", lang="ja"))]
    )
    written = serialize(ox_triples(graph), JSON_LD)
    assert '"@context"' in written.decode()
    assert '"施策"' in written.decode()
    assert isomorphic(read_graph(written, JSON_LD, BASE), graph)


@given(st.permutations([(n, p) for n in range(4) for p in ("title", "type")]))
def test_the_order_of_triples_does_not_matter(order: list[tuple[int, str]]) -> None:
    triples = [
        ox.Triple(ox.NamedNode(f"{BASE}{n}"), ox.NamedNode(f"http://purl.org/dc/terms/{p}"), ox.Literal(p))
        for n, p in order
    ]
    for format_ in GRAPH_FORMATS:
        assert serialize(triples, format_) == serialize(sorted(triples, key=str), format_)


def test_turtle_begins_with_what_it_is_about_and_writes_only_the_prefixes_it_needs() -> None:
    first, second = URIRef(f"{BASE}id/plan/a"), URIRef(f"{BASE}id/plan/b")
    graph = graph_of([(first, RDF.type, PLAN.Plan), (second, RDF.type, PLAN.Plan)])
    text = serialize(ox_triples(graph), TURTLE, about=str(second)).decode()
    assert text.index(second) < text.index(first)
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == ["plan:", "rdf:"]


def test_a_line_break_in_a_text_leaves_turtle_readable() -> None:
    graph = graph_of([(URIRef(f"{BASE}a"), DCTERMS.title, Literal("一 .\n<b> <c> <d> .\n二", lang="ja"))])
    written = serialize(ox_triples(graph), TURTLE)
    assert set(read_graph(written, TURTLE, BASE)) == set(graph)


def test_a_dataset_has_the_default_graph_first() -> None:
    triple = ox.Triple(ox.NamedNode(f"{BASE}a"), ox.NamedNode(f"{BASE}b"), ox.Literal("c"))
    graph = SortedGraph([triple])
    written = serialize_dataset([(None, graph), (URIRef(f"{BASE}g"), graph)]).decode()
    line = f'<{BASE}a> <{BASE}b> "c"'
    assert written == f"{line} .\n{line} <{BASE}g> .\n"


def test_blank_nodes_get_labels_from_the_graph_alone() -> None:
    def graph(label: str) -> list[ox.Triple]:
        return [ox.Triple(ox.BlankNode(label), ox.NamedNode(f"{BASE}b"), ox.Literal("c"))]

    assert canonical(graph("x")) == canonical(graph("y"))


@pytest.mark.parametrize("format_", [CSV, HTML])
def test_a_format_that_holds_no_graph_is_refused(format_: Format) -> None:
    with pytest.raises(ValueError, match="holds no graph"):
        serialize([], format_)
    with pytest.raises(ValueError, match="holds no graph"):
        read_graph(b"", format_, BASE)


def test_what_is_not_of_its_format_is_refused_with_its_line() -> None:
    with pytest.raises(SyntaxError, match="line 2"):
        read_graph(b"<a> <b> <c> .\n<a> <b .", TURTLE, BASE)


def test_a_format_is_found_by_its_suffix() -> None:
    assert format_of_suffix("ttl", GRAPH_FORMATS) is TURTLE
    assert format_of_suffix("TTL", GRAPH_FORMATS) is TURTLE
    assert format_of_suffix("exe", GRAPH_FORMATS) is None


@pytest.mark.parametrize("format_", GRAPH_FORMATS, ids=lambda each: each.name)
def test_text_formats_say_that_they_are_utf_8(format_: Format) -> None:
    assert ("charset=utf-8" in format_.content_type) == format_.media_type.startswith("text/")


ODD = [
    ox.Triple(ox.NamedNode("http://a/é"), ox.NamedNode(str(RDF.type)), ox.NamedNode("http://a/C")),
    ox.Triple(
        ox.NamedNode("http://a/é"),
        ox.NamedNode("http://a/p"),
        ox.Literal('a"\\\n\t\r\u0001😀', language="ja"),
    ),
    ox.Triple(ox.NamedNode("http://a/é"), ox.NamedNode("http://a/p"), ox.Literal("<http://b/> .")),
    ox.Triple(
        ox.BlankNode("b"),
        ox.NamedNode("http://a/p"),
        ox.Literal("01", datatype=ox.NamedNode(str(XSD.integer))),
    ),
]


def test_lines_are_what_pyoxigraph_writes() -> None:
    graph = SortedGraph(ODD)
    expected = ox.serialize(list(graph), format=ox.RdfFormat.N_TRIPLES)
    assert graph.serialize(N_TRIPLES) == expected
    name = URIRef("http://a/graph")
    quads = [ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(name)) for each in graph]
    written = serialize_dataset([(None, graph), (name, graph)])
    assert written == (expected or b"") + (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def test_a_union_is_sorted_like_its_triples_and_has_each_once() -> None:
    union = SortedGraph.union([SortedGraph(ODD[:3]), SortedGraph(ODD[1:])])
    assert list(union) == list(SortedGraph(ODD))
    assert list(union.only(lambda subject: subject == "http://a/é")) == list(SortedGraph(ODD[:3]))
    assert {subject for subject, _, _ in union.texts} == {"http://a/é", "_:b"}
