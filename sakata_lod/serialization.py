"""Triples → bytes, in every format that holds a graph. The same triples give the same bytes.

pyoxigraph writes all formats but JSON-LD, which rdflib writes, compacted with the shared context. The context
is embedded, so that a reader needs nothing from elsewhere.
"""

import json
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.serializers.jsonld import Converter
from rdflib.plugins.shared.jsonld.context import Context

from sakata_lod.conversion import rdflib_graph
from sakata_lod.formats import JSON_LD, N3, TRIG, TURTLE, Format
from sakata_lod.namespaces import PREFIXES, RDF, XSD
from sakata_lod.vocabulary import CONTEXT

_TYPE = str(RDF.type)
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what JSON readers take for a number without loss
_FOR_READING = (TURTLE, TRIG, N3)


def serialize(triples: Iterable[ox.Triple], format_: Format, about: str | None = None) -> bytes:
    """Write a graph, sorted, with an rdf:type first among its subject's triples.

    about: the IRI whose triples come first.
    Raises: ValueError: the format holds no graph.
    """
    if format_.rdf is None:
        raise ValueError(f"{format_.name} holds no graph")
    ordered = sorted(set(triples), key=lambda each: _order(each, about))
    if format_ is JSON_LD:
        return _json_ld(ordered)
    written = ox.serialize(ordered, format=format_.rdf, prefixes=_prefixes_of(ordered)) or b""
    return _spaced(written) if format_ in _FOR_READING else written


def serialize_dataset(graphs: Iterable[tuple[URIRef | None, Iterable[ox.Triple]]]) -> bytes:
    """Write a dataset as N-Quads, graph by graph, each sorted; None names the default graph."""
    quads = (
        ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(name) if name else ox.DefaultGraph())
        for name, triples in graphs
        for each in sorted(triples, key=lambda each: _order(each, None))
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


def _prefixes_of(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes whose namespaces the triples use."""
    iris = {_iri(term) for each in triples for term in (each.subject, each.predicate, each.object)}
    return {
        prefix: space for prefix, space in PREFIXES.items() if any(each.startswith(space) for each in iris)
    }


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


def _json_ld(triples: Iterable[ox.Triple]) -> bytes:
    content = _context()
    converter = _LiteralKeepingConverter(Context(content), use_native_types=True, use_rdf_type=False)
    found = converter.convert(rdflib_graph(triples))
    members = found if isinstance(found, list) else found.get("@graph", [found])
    document = {"@context": content, "@graph": _sorted(members, _lists(content))}
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


class _LiteralKeepingConverter(Converter):
    """Writes numbers and booleans as JSON's own only where reading them back gives the very same literal."""

    def to_raw_value(self, graph: Graph, s: Any, o: Any, nodemap: Any) -> Any:
        self.use_native_types = isinstance(o, Literal) and (
            (o.datatype == XSD.boolean and str(o) in {"true", "false"})
            or (o.datatype == XSD.integer and _CANONICAL_INTEGER.fullmatch(str(o)) is not None)
        )
        return super().to_raw_value(graph, s, o, nodemap)


def _sorted(value: Any, lists: AbstractSet[str], key: str = "") -> Any:
    """Order what JSON-LD leaves unordered: rdflib's order changes from process to process."""
    if isinstance(value, dict):
        return {name: _sorted(each, lists, name) for name, each in value.items()}
    if isinstance(value, list):
        members = [_sorted(each, lists) for each in value]
        return members if key in lists else sorted(members, key=lambda each: json.dumps(each, sort_keys=True))
    return value


def _lists(context: Mapping[str, Any]) -> AbstractSet[str]:
    terms = (name for name, term in context.items() if isinstance(term, dict) and "@list" in str(term))
    return {"@list", *terms}


@cache
def _context() -> dict[str, Any]:
    context: dict[str, Any] = json.loads(CONTEXT.path.read_bytes())["@context"]
    return context
