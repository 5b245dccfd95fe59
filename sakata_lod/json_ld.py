"""Triples → JSON-LD, compacted with the shared context, which is embedded: a reader needs no other file.

rdflib compacts. It gets the triples by subject instead of in a store of its own, whose indices would take
longer to make than all the rest.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, cast

import pyoxigraph as ox
from pydantic_core import to_json
from rdflib import BNode, Graph, Literal
from rdflib.plugins.serializers.jsonld import Converter
from rdflib.plugins.shared.jsonld.context import Context
from rdflib.term import Node

from sakata_lod.conversion import rdflib_term
from sakata_lod.namespaces import XSD
from sakata_lod.vocabulary import CONTEXT

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what JSON readers take for a number without loss


def json_ld(triples: Iterable[ox.Triple]) -> bytes:
    """Write a graph. The same triples, in the same order, give the same bytes."""
    content, context = _context()
    converter = _LiteralKeepingConverter(context, use_native_types=True, use_rdf_type=False)
    found = converter.convert(cast("Graph", _BySubject(triples)))
    members = found if isinstance(found, list) else found.get("@graph", [found])
    document = {"@context": content, "@graph": _sorted(members, _lists(content))}
    return to_json(document, indent=1) + b"\n"


class _BySubject:
    """All that the converter asks of a graph, and nothing else."""

    context_aware = False

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.identifier = BNode()
        self._terms: dict[_Term, Node] = {}
        self._told: dict[Node, list[tuple[Node, Node]]] = {}
        self._pointing: dict[Node, list[Node]] = {}
        for each in triples:
            subject, value = self._term(each.subject), self._term(each.object)
            self._told.setdefault(subject, []).append((self._term(each.predicate), value))
            self._pointing.setdefault(value, []).append(subject)

    def _term(self, term: _Term) -> Node:
        if (known := self._terms.get(term)) is None:
            known = self._terms[term] = rdflib_term(term)
        return known

    def subjects(self, _predicate: None = None, value: Node | None = None) -> Iterator[Node]:
        return iter(self._told if value is None else self._pointing.get(value, ()))

    def predicate_objects(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        return iter(self._told.get(subject, ()))

    def value(self, subject: Node, predicate: Node) -> Node | None:
        return next((value for each, value in self._told.get(subject, ()) if each == predicate), None)


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
        return {name: _sorted(each, lists, name) for name, each in sorted(value.items())}
    if isinstance(value, list):
        members = [_sorted(each, lists) for each in value]
        return members if key in lists else sorted(members, key=json.dumps)
    return value


def _lists(context: Mapping[str, Any]) -> AbstractSet[str]:
    terms = (name for name, term in context.items() if isinstance(term, dict) and "@list" in str(term))
    return {"@list", *terms}


@cache
def _context() -> tuple[dict[str, Any], Context]:
    """The shared context, as it is embedded and as rdflib knows it."""
    content: dict[str, Any] = json.loads(CONTEXT.path.read_bytes())["@context"]
    return _sorted(content, frozenset()), Context(content)
