"""rdflib's graphs, and how their terms become pyoxigraph's and back: here alone."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.namespaces import XSD
from sakata_lod.namespaces import term as vocabulary_term


def new_graph() -> Graph:
    """An empty graph that keeps neither contexts nor prefixes: far faster to fill and to look into."""
    return Graph(store="SimpleMemory", bind_namespaces="none")


def ox_triples(graph: Graph) -> list[ox.Triple]:
    """Turn an rdflib graph into pyoxigraph's triples."""
    nodes: dict[Node, ox.NamedNode | ox.BlankNode] = {}
    predicates: dict[Node, ox.NamedNode] = {}
    found = []
    for subject, predicate, object_ in graph:
        # The same nodes come again and again; to look a literal up takes longer than to turn it.
        it = nodes.get(subject) or nodes.setdefault(subject, _ox_node(subject))
        says = predicates.get(predicate) or predicates.setdefault(predicate, ox.NamedNode(str(predicate)))
        if isinstance(object_, Literal):
            found.append(ox.Triple(it, says, ox_term(object_)))
        else:
            what = nodes.get(object_) or nodes.setdefault(object_, _ox_node(object_))
            found.append(ox.Triple(it, says, what))
    return found


def rdflib_graph(triples: Iterable[ox.Triple]) -> Graph:
    """Turn pyoxigraph's triples into an rdflib graph, each literal as it is written."""
    terms = ((each.subject, each.predicate, each.object) for each in triples)
    return filled(new_graph(), ((rdflib_term(s), rdflib_term(p), rdflib_term(o)) for s, p, o in terms))


def filled(graph: Graph, triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    """Add triples to a graph, and answer it. rdflib's own way looks at each term for what mypy knows."""
    store = graph.store
    for triple in triples:
        store.add(triple, graph)
    return graph


def _ox_node(node: Node) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


def ox_term(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Turn an rdflib term into pyoxigraph's."""
    match term:
        case Literal(language=str(language)):
            return ox.Literal(str(term), language=language)
        case Literal(datatype=URIRef() as datatype):
            return ox.Literal(str(term), datatype=ox.NamedNode(datatype))
        case Literal():
            return ox.Literal(str(term))
        case _:
            return _ox_node(term)


def rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | BNode | Literal:
    """Turn a pyoxigraph term into rdflib's, a literal as it is written.

    Raises: ValueError: a triple within a triple.
    """
    match term:
        case ox.NamedNode():
            return vocabulary_term(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            # rdflib would otherwise write "01"^^xsd:integer as "1": another literal.
            # And it takes a text without datatype for another than one of xsd:string, which RDF 1.1 does not.
            datatype = URIRef(term.datatype.value)
            plain = term.language is not None or datatype == XSD.string
            return Literal(
                term.value, lang=term.language, datatype=None if plain else datatype, normalize=False
            )
        case _:
            raise ValueError("a triple within a triple has no place here")
