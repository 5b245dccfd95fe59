"""Triples → bytes, in every format that holds a graph. The same triples give the same bytes.

pyoxigraph writes all formats but JSON-LD.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox
from rdflib import Graph, URIRef

from sakata_lod.conversion import rdflib_graph
from sakata_lod.formats import JSON_LD, N3, N_TRIPLES, TRIG, TURTLE, Format
from sakata_lod.json_ld import json_ld
from sakata_lod.namespaces import PREFIXES, RDF, XSD

_TYPE = str(RDF.type)
_STRING, _LANG_STRING = str(XSD.string), str(RDF.langString)
_FOR_READING = (TURTLE, TRIG, N3)


_Place = tuple[str, str, str]
"""Where a triple stands: its subject, predicate and object as text, with nothing for what comes first."""

_Placed = tuple[_Place, ox.Triple, str]
"""A triple in its place, and its line: as N-Triples and N-Quads write it, but for the full stop."""


class SortedGraph:
    """A graph's triples in the order in which they are written, to be written in several formats.

    Subject by subject, with an rdf:type first among its subject's triples.
    """

    def __init__(self, triples: Iterable[ox.Triple], about: str | None = None) -> None:
        """about: the IRI whose triples come first."""
        self._about = about
        self._placed = sorted((_placed(each, about) for each in set(triples)), key=_by_place)

    @classmethod
    def union(cls, graphs: Iterable["SortedGraph"]) -> "SortedGraph":
        """The triples of several graphs, each once. They are sorted already, and only put together."""
        together = {each[0]: each for graph in graphs for each in graph._placed}  # noqa: SLF001
        return cls._of(sorted(together.values(), key=_by_place))

    def only(self, wanted: Callable[[str], bool]) -> "SortedGraph":
        """Those of its triples whose subject's IRI is wanted."""
        return self._of([each for each in self._placed if wanted(each[0][0])])

    @classmethod
    def _of(cls, placed: list[_Placed]) -> "SortedGraph":
        graph = cls(())
        graph._placed = placed
        return graph

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter([triple for _, triple, _ in self._placed])

    def __len__(self) -> int:
        return len(self._placed)

    @property
    def lines(self) -> Iterable[str]:
        """The triples as N-Triples and N-Quads write them, each without the full stop after it."""
        return [line for _, _, line in self._placed]

    @cached_property
    def texts(self) -> list[tuple[str, str, str]]:
        """Of each triple the IRIs of its subject and predicate, and its object as N-Triples writes it."""
        about = self._about or ""
        return [(subject or about, predicate or _TYPE, it) for (subject, predicate, it), _, _ in self._placed]

    def serialize(self, format_: Format) -> bytes:
        """Write the graph. Raises: ValueError: the format holds no graph."""
        if format_.rdf is None:
            raise ValueError(f"{format_.name} holds no graph")
        if format_ is JSON_LD:
            return json_ld(self)
        if format_ is N_TRIPLES:
            return "".join(f"{line} .\n" for line in self.lines).encode()
        written = ox.serialize(self, format=format_.rdf, prefixes=self._prefixes) or b""
        return _spaced(written) if format_ in _FOR_READING else written

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        """The prefixes whose namespaces the triples use."""
        subjects, predicates, objects = (
            map(set, zip(*self.texts, strict=True)) if self._placed else ((), (), ())
        )
        iris = {*subjects, *predicates, *map(_iri, objects)}
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
    return "".join(
        f"{line}{end}"
        for name, graph in graphs
        for end in (f" {ox.NamedNode(name)} .\n" if name else " .\n",)
        for line in graph.lines
    ).encode()


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


def _placed(triple: ox.Triple, about: str | None) -> _Placed:
    subject, predicate, line = triple.subject, triple.predicate.value, str(triple)
    if isinstance(subject, ox.NamedNode):
        it = subject.value
        # "<subject> <predicate> object"
        text = line[len(it) + len(predicate) + 6 :]
        return ("" if it == about else it, "" if predicate == _TYPE else predicate, text), triple, line
    return (str(subject), "" if predicate == _TYPE else predicate, str(triple.object)), triple, line


def _by_place(placed: _Placed) -> _Place:
    return placed[0]


def _iri(term: str) -> str:
    """The IRI of a term as N-Triples writes it, or that of its datatype."""
    if not term.endswith(">"):
        return _LANG_STRING if term.startswith('"') and not term.endswith('"') else _STRING
    return term[1:-1] if term.startswith("<") else term.rpartition("^^<")[2][:-1]


def _spaced(turtle: bytes) -> bytes:
    """Sort the prefixes, and set subjects apart by blank lines. Line breaks in literals are escaped."""
    lines = turtle.splitlines(keepends=True)
    prefixes = [line for line in lines if line.startswith(b"@prefix ")]
    text = b"".join(lines[len(prefixes) :])
    return b"".join(sorted(prefixes)) + re.sub(rb"(?m)^(?=[^\s}])", b"\n", text)
