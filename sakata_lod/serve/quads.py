"""Triples at rest, as the server's own questions need them: one protocol, and the embedded store behind it.

Another store behind it: `remote_quads`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from sakata_lod.serve.database import open_database, size

QUERIES = Path(__file__).parent / "queries"
"""The server's own queries, one a file. Each tells its purpose, inputs and columns at its top."""

_AT_ONCE = 200
"""Values in one query: engines take some hundreds, not thousands."""

Term = ox.NamedNode | ox.Literal
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Quads(Protocol):
    """The triples of a release: the default graph and the named graphs.

    `about` and `naming` answer with a store in memory that holds at least what was asked for.
    Raises: QueryError: where the triples are elsewhere, any method may.
    """

    def __len__(self) -> int:
        """How many there are, in all graphs."""

    def knows(self, thing: ox.NamedNode) -> bool:
        """Whether any graph says anything of a thing, or is it."""

    def about(self, things: Sequence[ox.NamedNode]) -> ox.Store:
        """All that a description of these things, taken together, is made of."""

    def naming(self, nodes: Sequence[ox.NamedNode]) -> ox.Store:
        """The names of things."""

    def said(self, things: Sequence[ox.NamedNode], graph: ox.NamedNode) -> list[ox.Triple]:
        """What one named graph says of some things."""

    def query(self, text: str, base_iri: str, bindings: Mapping[str, Term]) -> Found:
        """Ask a query, its variables bound to the values given."""


class EmbeddedQuads:
    """The triples of an N-Quads file, in memory; or of a database on disk, which is a folder."""

    def __init__(self, at: Path) -> None:
        self._quads = open_quads(at)
        self._size = size(at) if at.is_dir() else len(self._quads)

    def __len__(self) -> int:
        return self._size

    def knows(self, thing: ox.NamedNode) -> bool:
        """Whether any graph says anything of a thing, or is it."""
        return (
            any(True for _ in self._quads.quads_for_pattern(thing, None, None, None))
            or any(True for _ in self._quads.quads_for_pattern(None, None, thing, None))
            or self._quads.contains_named_graph(thing)
        )

    def about(self, things: Sequence[ox.NamedNode]) -> ox.Store:  # noqa: ARG002 - all are at hand
        """The whole store."""
        return self._quads

    def naming(self, nodes: Sequence[ox.NamedNode]) -> ox.Store:  # noqa: ARG002 - all are at hand
        """The whole store."""
        return self._quads

    def parts(self, thing: ox.NamedNode) -> list[ox.NamedNode]:
        """The things whose IRI is a thing's and a fragment: all that links lead to from it and from them.

        A table's rows are part of it, and its cells of those. To look for fragments would be to read all.
        """
        found: dict[ox.NamedNode, None] = {}
        waiting = [thing]
        while waiting:
            for each in self._linked(waiting.pop()):
                if each.value.startswith(f"{thing.value}#") and each not in found:
                    found[each] = None
                    waiting.append(each)
        return sorted(found, key=lambda each: each.value)

    def _linked(self, thing: ox.NamedNode) -> Iterator[ox.NamedNode]:
        for quad in self._quads.quads_for_pattern(thing, None, None, None):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object
        for quad in self._quads.quads_for_pattern(None, None, thing, None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject

    def subjects(self, predicate: ox.NamedNode, base: str) -> set[str]:
        """The IRIs below a base of which the default graph says so. A query would sort all cells, too."""
        found = self._quads.quads_for_pattern(None, predicate, None, ox.DefaultGraph())
        subjects = (quad.subject for quad in found)
        return {
            each.value for each in subjects if isinstance(each, ox.NamedNode) and each.value.startswith(base)
        }

    def said(self, things: Sequence[ox.NamedNode], graph: ox.NamedNode) -> list[ox.Triple]:
        """What one named graph says of some things."""
        return [
            quad.triple for each in things for quad in self._quads.quads_for_pattern(each, None, None, graph)
        ]

    def query(self, text: str, base_iri: str, bindings: Mapping[str, Term]) -> Found:
        """Ask a query, its variables bound to the values given."""
        return ask(self._quads, text, base_iri, bindings)


def ask(quads: ox.Store, text: str, base_iri: str, bindings: Mapping[str, Term]) -> Found:
    """Ask a query of a store, its variables bound to the values given."""
    substitutions: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(variable): value for variable, value in bindings.items()
    }
    # The engine plans better with the value itself than with a clause in each branch.
    for name in bindings:
        text = text.replace(_to_be_filled(name), "")
    return quads.query(text, base_iri=base_iri, substitutions=substitutions or None)


def load_quads(dataset: Path) -> ox.Store:
    """Load an N-Quads file into memory."""
    quads = ox.Store()
    quads.bulk_load(path=dataset, format=ox.RdfFormat.N_QUADS)
    return quads


def open_quads(at: Path) -> ox.Store:
    """Load an N-Quads file into memory, or open a database on disk for reading."""
    return open_database(at) if at.is_dir() else load_quads(at)


@cache
def query_text(name: str) -> str:
    """Read one of the server's own queries."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


@cache
def looks_at_one_city(name: str) -> bool:
    """Whether one of the server's own queries says that what one city says now is all that it looks at."""
    return "\n# Looks at: one city." in query_text(name)


def values_clause(name: str, terms: Iterable[Term]) -> str:
    """Write a VALUES clause."""
    # A term writes itself as N-Triples, which SPARQL reads alike: nothing in it can end it early.
    return f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"


def filled(text: str, **values: Iterable[Term]) -> str:
    """Fill in a query's empty VALUES clauses."""
    for name, terms in values.items():
        text = text.replace(_to_be_filled(name), values_clause(name, terms))
    return text


def bound(text: str, values: Mapping[str, Sequence[Term]]) -> str:
    """Bind a query's inputs: in the VALUES clauses that it has for them; else in one at its end.

    SPARQL takes but one at the end; Virtuoso lets that bind nothing in the branches of a UNION.
    """
    at_the_end = {name: terms for name, terms in values.items() if _to_be_filled(name) not in text}
    text = filled(text, **values)
    if not at_the_end:
        return text
    names = " ".join(f"?{each}" for each in at_the_end)
    rows = " ".join(f"({' '.join(map(str, row))})" for row in product(*at_the_end.values()))
    return f"{text}\nVALUES ({names}) {{ {rows} }}"


def _to_be_filled(name: str) -> str:
    return f"VALUES ?{name} {{}}"


def batches(nodes: Sequence[ox.NamedNode]) -> Iterator[Sequence[ox.NamedNode]]:
    """Cut into as many as one query takes."""
    return (nodes[start : start + _AT_ONCE] for start in range(0, len(nodes), _AT_ONCE))
