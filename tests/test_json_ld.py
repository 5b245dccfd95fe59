"""JSON-LD is what rdflib itself writes of the same graph, put in order."""

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from sakata_lod.conversion import rdflib_graph
from sakata_lod.json_ld import json_ld
from sakata_lod.namespaces import DCTERMS, PLAN, RDF, SKOS, XSD
from sakata_lod.vocabulary import CONTEXT, SHAPES, SHARED_GRAPHS, SharedFile, content

INTEGERS = st.sampled_from(["7", "12", "-3"])
NODES = st.one_of(
    st.integers(0, 3).map(lambda number: ox.NamedNode(f"http://localhost:8000/id/measure/a/{number}")),
    st.integers(0, 3).map(lambda number: ox.BlankNode(f"b{number}")),
)
VALUES = st.one_of(
    NODES,
    st.sampled_from([ox.NamedNode(PLAN.Measure), ox.Literal(""), ox.Literal("true", datatype=ox.NamedNode(XSD.boolean))]),
    INTEGERS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD.integer))),
    st.text("\"\\\x01\x7f\u2028施😀", min_size=1, max_size=3).map(lambda text: ox.Literal(text, language="ja")),
    st.dates().map(lambda day: ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD.date))),
)  # fmt: skip
PREDICATES = st.sampled_from(
    [ox.NamedNode(each) for each in (RDF.type, DCTERMS.title, DCTERMS.issued, PLAN.row, PLAN.theme, SKOS.note)]
)  # fmt: skip
TRIPLES = st.lists(st.builds(ox.Triple, NODES, PREDICATES, VALUES), max_size=12, unique=True)


def by_rdflib(graph: Graph) -> set[str]:
    """The nodes that rdflib's own serializer writes."""
    context = json.loads(CONTEXT.path.read_bytes())["@context"]
    written = json.loads(graph.serialize(format="json-ld", context=context, use_native_types=False))
    return nodes(written)


def nodes(document: dict[str, object]) -> set[str]:
    members = document.get("@graph", [{name: each for name, each in document.items() if name != "@context"}])
    assert isinstance(members, list)
    return {json.dumps(ordered(each), sort_keys=True) for each in members if each}


def ordered(value: object) -> object:
    """A node with its values in an order: rdflib's changes from process to process."""
    if isinstance(value, dict):
        return {name: each if name == "@list" else ordered(each) for name, each in value.items()}
    if isinstance(value, list):
        return sorted((ordered(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


@pytest.mark.parametrize("shared", [*SHAPES, *SHARED_GRAPHS], ids=lambda each: each.name)
def test_graphs_with_lists_and_blank_nodes_are_written_as_rdflib_writes_them(shared: SharedFile) -> None:
    triples = [quad.triple for quad in ox.parse(content(shared), format=ox.RdfFormat.TURTLE)]
    assert nodes(json.loads(json_ld(triples))) == by_rdflib(rdflib_graph(triples))


@given(TRIPLES)
def test_any_graph_is_written_as_rdflib_writes_it(triples: list[ox.Triple]) -> None:
    assert nodes(json.loads(json_ld(triples))) == by_rdflib(rdflib_graph(triples))
