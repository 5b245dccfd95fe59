"""The release's triples at rest, and the server's own questions to them.

Strangers' queries never come here: see `evaluation`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pyoxigraph as ox

from sakata_lod.errors import UnknownIri
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, FOAF, PROV, RDF, XSD
from sakata_lod.release import Manifest, Release
from sakata_lod.serve import description
from sakata_lod.serve.city_graphs import CityGraphs
from sakata_lod.serve.description import Description
from sakata_lod.serve.quads import (
    QUERIES,
    EmbeddedQuads,
    Found,
    Quads,
    Term,
    ask,
    batches,
    filled,
    load_quads,
    looks_at_one_city,
    query_text,
)
from sakata_lod.serve.summary import summary_of
from sakata_lod.serve.whole_numbers import as_published

__all__ = ["QUERIES", "QuadStore", "Solution", "Term", "load_quads"]


@dataclass(frozen=True, slots=True)
class Solution:
    """A row of a query's result. Unbound columns are left out."""

    terms: Mapping[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]

    def iri(self, column: str) -> str:
        """The IRI in a column; the empty text where there is none."""
        term = self.terms.get(column)
        return term.value if isinstance(term, ox.NamedNode) else ""

    def text(self, column: str) -> str:
        """The literal's text in a column; the empty text where there is none."""
        term = self.terms.get(column)
        return term.value if isinstance(term, ox.Literal) else ""


class QuadStore:
    """The triples of a release, read-only: in memory, or wherever `quads` has them.

    inverse_links: how many links to a thing one page of its description holds.
    summary: of a federation, counts and lists over all cities.
    """

    def __init__(
        self, release: Release, iris: IriSpace, inverse_links: int = 200, quads: Quads | None = None
    ) -> None:
        self._release = release
        self._iris = iris
        self._inverse_links = inverse_links
        self._quads = EmbeddedQuads(release.dataset) if quads is None else quads
        self._cities = CityGraphs(release)
        self.summary = summary_of(release)
        self._fragments: Mapping[str, Sequence[ox.NamedNode]] | None = None

    def __len__(self) -> int:
        return len(self._quads)

    @property
    def manifest(self) -> Manifest:
        """What the release says of itself."""
        return self._release.manifest

    def close(self) -> None:
        """Close the summary, if there is one."""
        if self.summary is not None:
            self.summary.close()

    def describe(self, iri: str, page: int = 1) -> Description:
        """Tell all that is said about a thing, and its document's own triples.

        page: which page of the links to it, from 1.
        Raises: UnknownIri: no graph of the release says anything of it.
        """
        thing = _thing(iri)
        parts = self._parts(thing)
        quads = self._quads.about((thing, *parts))
        found = description.describe(quads, thing, parts, self._inverse_links, page)
        if found is None:
            raise UnknownIri(iri)
        return replace(found, document=self._document(iri))

    def knows(self, iri: str) -> bool:
        """Whether any graph says anything of that thing."""
        try:
            thing = _thing(iri)
        except UnknownIri:
            return False
        return self._quads.knows(thing) or bool(self._parts(thing))

    def labels(self, iris: Iterable[str]) -> list[ox.Triple]:
        """Find the names of things."""
        nodes = [ox.NamedNode(each) for each in iris]
        return list(description.labels(self._quads.naming(nodes), nodes))

    def said(self, things: Iterable[str], graph: str) -> list[ox.Triple]:
        """Tell what one named graph says of some things."""
        nodes = [ox.NamedNode(each) for each in things]
        space = self._iris.space_of(graph)
        if self.summary is not None and space != self._iris and graph == str(space.graph("catalogue")):
            of_city = self.summary.catalogue(space.base.removeprefix(self._iris.base).rstrip("/"))
            said = [triple for each in nodes for triple in of_city.get(each, ())]
        else:
            said = self._quads.said(nodes, ox.NamedNode(graph))
        return [as_published(each) for each in said]

    def told(self, things: Sequence[str]) -> list[ox.Triple]:
        """Tell what the current data say of some things."""
        nodes = [ox.NamedNode(each) for each in things]
        quads, current = self._quads.about(nodes), ox.DefaultGraph()
        told = (quad.triple for each in nodes for quad in quads.quads_for_pattern(each, None, None, current))
        return [as_published(each) for each in told]

    def select(self, name: str, about: str = "", /, **bindings: Term) -> Sequence[Solution]:
        """Ask the query of that name, its variables bound to the values given.

        about: where the query looks at one city alone, a thing of that city; else, the first value.
        """
        return _solutions(name, self._ask_city(name, about, bindings) or self._query(name, bindings))

    def select_in(self, cities: Iterable[str], name: str, /, **bindings: Term) -> Sequence[Solution]:
        """Ask a query that looks at one city of each of some, by their codes; of all, if none is at hand."""
        if not isinstance(self._quads, EmbeddedQuads):
            return self.select(name, **bindings)
        spaces = (self._iris.city(each).base for each in cities)
        return [row for space in spaces for row in self.select(name, space, **bindings)]

    def _ask_city(self, name: str, about: str, bindings: Mapping[str, Term]) -> Found | None:
        """Ask one city's triples, if the query says that they are enough, and they are at hand."""
        if not looks_at_one_city(name) or not isinstance(self._quads, EmbeddedQuads):
            return None
        things = (each.value for each in bindings.values() if isinstance(each, ox.NamedNode))
        city = self._cities.of(about or next(things, ""))
        return None if city is None else ask(city, query_text(name), self._iris.base, bindings)

    def select_among(
        self, name: str, column: str, things: Sequence[str], **more: Sequence[Term]
    ) -> Iterator[Solution]:
        """Ask the query of that name with these things in its VALUES clauses for a column.

        more: the values of its other columns that have such clauses.
        Raises: UnknownIri: one is no IRI.
        """
        for some in batches([_thing(each) for each in things]):
            text = filled(query_text(name), **{column: some}, **more)
            yield from _solutions(name, self._quads.query(text, self._iris.base, {}))

    @cached_property
    def documents(self) -> Sequence[str]:
        """The IRIs of the things that have a page of their own, in order."""
        if isinstance(self._quads, EmbeddedQuads):
            return sorted(
                each for each in self._quads.subjects(_node(RDF.type), self._iris.base) if "#" not in each
            )
        return [each.iri("thing") for each in self.select("documents")]

    def construct(self, name: str) -> list[ox.Triple]:
        """Make the graph of the CONSTRUCT query of that name; its relative IRIs begin with the base IRI."""
        found = self._query(name, {})
        if not isinstance(found, ox.QueryTriples):
            raise TypeError(f"{name}.rq is no CONSTRUCT")
        return list(found)

    def _query(self, name: str, bindings: Mapping[str, Term]) -> Found:
        return self._quads.query(query_text(name), self._iris.base, bindings)

    def _parts(self, thing: ox.NamedNode) -> Sequence[ox.NamedNode]:
        """The things of this release whose IRI is a thing's and a fragment."""
        if not self._iris.has(thing.value):
            return ()
        if isinstance(self._quads, EmbeddedQuads):
            return self._quads.parts(thing)
        # Elsewhere, each link is a request: all are asked for in one, which waits until it is needed.
        if self._fragments is None:
            self._fragments = self._ask_fragments()
        return self._fragments.get(thing.value, ())

    def _ask_fragments(self) -> Mapping[str, Sequence[ox.NamedNode]]:
        found: dict[str, list[ox.NamedNode]] = {}
        for solution in self.select("fragments"):
            iri = solution.iri("part")
            found.setdefault(iri.partition("#")[0], []).append(ox.NamedNode(iri))
        return found

    def _document(self, iri: str) -> list[ox.Triple]:
        site = self._release.manifest.site_of(iri)
        document = _node(self._iris.document(iri))
        modified = ox.Literal(site.last_modified, datatype=_node(XSD.date))
        said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            (RDF.type, _node(FOAF.Document)),
            (FOAF.primaryTopic, ox.NamedNode(iri)),
            (DCTERMS.license, _node(site.licence)),
            (DCTERMS.modified, modified),
        ]
        said += [(PROV.wasDerivedFrom, _node(edition)) for edition in self._editions(iri)]
        return [ox.Triple(document, _node(predicate), value) for predicate, value in said]

    def _editions(self, iri: str) -> list[str]:
        """The editions that a document rests on: those its IRI names, else its plan's current one."""
        segments = self._iris.document_name(iri).split("/")
        published, iris = self._release.manifest.site_of(iri).plans, self._iris.space_of(iri)
        plans = [each for each in published if each.slug in segments]
        return [
            str(iris.edition(plan.slug, date.fromisoformat(as_of)))
            for plan in plans or published
            for as_of in [each for each in plan.editions if each in segments] or [plan.current_edition]
        ]


def _solutions(name: str, found: Found) -> Sequence[Solution]:
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is no SELECT")
    names = [each.value for each in found.variables]
    return [Solution({column: row[column] for column in names if row[column] is not None}) for row in found]


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


def _thing(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise UnknownIri(iri) from None
