"""Triples → bytes, in every format that holds a graph. The same triples give the same bytes.

pyoxigraph writes all formats but JSON-LD.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox
from rdflib import Graph, URIRef

from sakata_lod.conversion import rdflib_graph
from sakata_lod.formats import JSON_LD, N3, TRIG, TURTLE, Format
from sakata_lod.json_ld import json_ld
from sakata_lod.namespaces import PREFIXES, RDF

_TYPE = str(RDF.type)
_FOR_READING = (TURTLE, TRIG, N3)


class SortedGraph:
    """A graph's triples in the order in which they are written, to be written in several formats.

    Subject by subject, with an rdf:type first among its subject's triples.
    """

    def __init__(self, triples: Iterable[ox.Triple], about: str | None = None) -> None:
        """about: the IRI whose triples come first."""
        self._triples = sorted(set(triples), key=lambda each: _order(each, about))

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self._triples)

    def __len__(self) -> int:
        return len(self._triples)

    def serialize(self, format_: Format) -> bytes:
        """Write the graph. Raises: ValueError: the format holds no graph."""
        if format_.rdf is None:
            raise ValueError(f"{format_.name} holds no graph")
        if format_ is JSON_LD:
            return json_ld(self._triples)
        written = ox.serialize(self._triples, format=format_.rdf, prefixes=self._prefixes) or b""
        return _spaced(written) if format_ in _FOR_READING else written

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        """The prefixes whose namespaces the triples use."""
        iris = {_iri(term) for each in self for term in (each.subject, each.predicate, each.object)}
        return {
            prefix: space
            for prefix, space in PREFIXES.items()
            if any(each.startswith(space) for each in iris)
        }


def serialize(triples: Iterable[ox.Triple], format_: Format, about: str | None = None) -> bytes:
    """Write a graph in one format, as SortedGraph does."""
    return SortedGraph(triples, about).serialize(format_)


def serialize_dataset(graphs: Iterable[tuple[URIRef | None, SortedGraph]]) -> bytes:
    """Write a dataset as N-Quads, graph by graph; None names the default graph."""
    quads = (
        ox.Quad(each.subject, each.predicate, each.object, graph)
        for name, triples in graphs
        for graph in (ox.NamedNode(name) if name else ox.DefaultGraph(),)
        for each in triples
    )
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def read_graph(content: bytes, format_: Format, base: str) -> Graph:
    """Read a graph; of a dataset, the union of its graphs.

    Raises: SyntaxError, ValueError: the content is not of that format; says at which line.
    """
    if format_.rdf is None:
        raise ValueError(f"{format_.name} holds no graph")
    return rdflib_graph(quad.triple for quad in ox.parse(content, format=format_.rdf, base_iri=base))


def canonical(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Give blank nodes labels that depend on the graph alone (RDF Dataset Canonicalization)."""
    dataset = ox.Dataset(ox.Quad(each.subject, each.predicate, each.object) for each in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in dataset]


def _order(triple: ox.Triple, about: str | None) -> tuple[bool, str, bool, str, str]:
    subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)
    predicate = triple.predicate.value
    return subject != about, subject, predicate != _TYPE, predicate, str(triple.object)


def _iri(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.Literal):
        return term.datatype.value
    return term.value if isinstance(term, ox.NamedNode) else ""


def _spaced(turtle: bytes) -> bytes:
    """Sort the prefixes, and set subjects apart by blank lines. Line breaks in literals are escaped."""
    lines = turtle.splitlines(keepends=True)
    prefixes = [line for line in lines if line.startswith(b"@prefix ")]
    text = b"".join(lines[len(prefixes) :])
    return b"".join(sorted(prefixes)) + re.sub(rb"(?m)^(?=[^\s}])", b"\n", text)
