"""What is said about a thing: the triples of the document about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyoxigraph as ox

from sakata_lod.namespaces import DCTERMS, FOAF, PLAN, RDFS, SKOS
from sakata_lod.serve.quads import ask, query_text
from sakata_lod.serve.whole_numbers import as_published

LABEL_PROPERTIES = tuple(
    ox.NamedNode(str(each)) for each in (SKOS.prefLabel, DCTERMS.title, RDFS.label, FOAF.name)
)
"""The properties whose values name a thing, the best first."""

RECORD_PROPERTY = ox.NamedNode(str(PLAN.measure))
"""The property by which progress, activities and the like say which measure they are about."""

MOST_SORTED = 10_000
"""Links to a thing that are put in order. All the measures of a nation have one of a few codes: reading them
takes longer than anyone waits, so that more are paged in the order that the engine has them in."""

MOST_NAMED = 1_000
"""Things whose names a document tells beside that of its own. A nation's catalogue lists thousands more."""

GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


@dataclass(frozen=True, slots=True)
class Description:
    """A thing, and all that its document says.

    outgoing: what the thing says, and what its parts say: the things whose IRI is the thing's and a fragment.
    incoming: what is said of the thing and its parts elsewhere, as much as one page holds: of
    `incoming_total`, from number `incoming_first` on, counted from 0. This is `page` of `pages`, from 1.
    records: the things that are about a measure, such as its progress and activities.
    recorded: what these say.
    labels: the names of everything named here.
    document: what the document says of itself.
    """

    thing: ox.NamedNode
    parts: Sequence[ox.NamedNode]
    outgoing: Sequence[ox.Triple]
    incoming: Sequence[ox.Triple]
    incoming_total: int
    records: Sequence[ox.NamedNode]
    recorded: Sequence[ox.Triple]
    labels: Sequence[ox.Triple]
    document: Sequence[ox.Triple] = field(default=())
    incoming_first: int = 0
    page: int = 1
    pages: int = 1

    @property
    def triples(self) -> frozenset[ox.Triple]:
        """The whole graph, the same whatever format it is written in."""
        return frozenset((*self.document, *self.outgoing, *self.incoming, *self.recorded, *self.labels))


def describe(
    quads: ox.Store, thing: ox.NamedNode, parts: Sequence[ox.NamedNode], inverse_links: int, page: int = 1
) -> Description | None:
    """Collect what a dataset says about a thing; None if it says nothing.

    inverse_links: how many of them a page holds. page: which, from 1; past the last it holds none.
    Looks in the default graph, and in the named graphs for what stands only there (an older edition's rows).
    """
    about = (thing, *parts)
    outgoing = _unique(_said_by(quads, about))
    first = (page - 1) * inverse_links
    total, shown = _links(quads, about, first, inverse_links)
    if not outgoing and not total and not quads.contains_named_graph(thing):
        return None
    records = _records(shown)
    recorded = _unique(triple for each in records for triple in _said_by(quads, (each,)))
    named = _labels(quads, (*outgoing, *shown, *recorded), about)
    return Description(
        thing,
        parts,
        outgoing,
        shown,
        total,
        records,
        recorded,
        named,
        incoming_first=first,
        page=page,
        pages=max(1, -(-total // inverse_links)) if inverse_links else 1,
    )


def labels(quads: ox.Store, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
    """Find the names of things: in the default graph, else in whatever graph has one."""
    for node in nodes:
        yield from _labels_in(quads, node, ox.DefaultGraph()) or _labels_in(quads, node, None)


def _labels_in(quads: ox.Store, node: ox.NamedNode, graph: GraphName | None) -> list[ox.Triple]:
    return [
        quad.triple
        for predicate in LABEL_PROPERTIES
        for quad in quads.quads_for_pattern(node, predicate, None, graph)
    ]


def _said_by(quads: ox.Store, about: Sequence[ox.NamedNode]) -> list[ox.Triple]:
    def said(graph: GraphName | None) -> list[ox.Triple]:
        return [quad.triple for each in about for quad in _quads(quads, each, None, graph)]

    return said(ox.DefaultGraph()) or said(None)


def _said_of(quads: ox.Store, about: Sequence[ox.NamedNode]) -> list[ox.Triple]:
    within = frozenset(about)

    def said(graph: GraphName | None) -> list[ox.Triple]:
        found = (quad.triple for each in about for quad in _quads(quads, None, each, graph))
        return [each for each in found if each.subject not in within]

    return said(ox.DefaultGraph()) or said(None)


def _links(
    quads: ox.Store, about: Sequence[ox.NamedNode], first: int, most: int
) -> tuple[int, Sequence[ox.Triple]]:
    """How much is said of a thing and its parts elsewhere, and so much of it, after the first so much."""
    thing = about[0]
    some = islice(_quads(quads, None, thing, ox.DefaultGraph()), MOST_SORTED + 1)
    if len(about) > 1 or sum(1 for _ in some) <= MOST_SORTED:
        incoming = _unique(_said_of(quads, about))
        return len(incoming), incoming[first : first + most]
    ((_, total),) = _asked(quads, query_text("inverse-link-count"), thing)
    rows = _asked(quads, f"{query_text('inverse-links')}\nOFFSET {first} LIMIT {most}", thing)
    return int(total.value), [ox.Triple(subject, predicate, thing) for _, subject, predicate in rows]


def _asked(quads: ox.Store, text: str, thing: ox.NamedNode) -> Iterator[tuple[Any, ...]]:
    found = ask(quads, text, thing.value, {"thing": thing})
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("a query about links is a SELECT")
    return (tuple(row) for row in found)


def _records(incoming: Iterable[ox.Triple]) -> list[ox.NamedNode]:
    subjects = {each.subject for each in incoming if each.predicate == RECORD_PROPERTY}
    return sorted((each for each in subjects if isinstance(each, ox.NamedNode)), key=str)


def _quads(
    quads: ox.Store, subject: ox.NamedNode | None, target: ox.NamedNode | None, graph: GraphName | None
) -> Iterator[ox.Quad]:
    return iter(quads.quads_for_pattern(subject, None, target, graph))


def _unique(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    published = {as_published(each) for each in triples}
    return sorted(published, key=lambda each: (each.predicate.value, str(each.subject), str(each.object)))


def _labels(quads: ox.Store, triples: Iterable[ox.Triple], about: Sequence[ox.NamedNode]) -> list[ox.Triple]:
    named = {
        term
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode)
    }
    wanted = sorted(named.difference(about), key=lambda each: each.value)
    return _unique(labels(quads, wanted[:MOST_NAMED]))
