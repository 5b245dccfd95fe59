"""The release's triples at rest, and the server's own questions to them.

Strangers' queries never come here: see `evaluation`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.errors import UnknownIri
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, FOAF, PROV, RDF, XSD
from sakata_lod.release import Release
from sakata_lod.serve import description
from sakata_lod.serve.description import Description

QUERIES = Path(__file__).parent / "queries"
"""The server's own queries, one a file. Each tells its purpose, inputs and columns at its top."""

Term = ox.NamedNode | ox.Literal


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


def load_quads(dataset: Path) -> ox.Store:
    """Load an N-Quads file into memory."""
    quads = ox.Store()
    quads.bulk_load(path=dataset, format=ox.RdfFormat.N_QUADS)
    return quads


class QuadStore:
    """The triples of a release, in memory, read-only.

    inverse_links: how many links to a thing one page of its description holds.
    """

    def __init__(self, release: Release, iris: IriSpace, inverse_links: int = 200) -> None:
        self._release = release
        self._iris = iris
        self._inverse_links = inverse_links
        self._quads = load_quads(release.dataset)
        self._parts: dict[str, list[ox.NamedNode]] = {}
        for solution in self.select("fragments"):
            iri = solution.iri("part")
            self._parts.setdefault(iri.partition("#")[0], []).append(ox.NamedNode(iri))

    def __len__(self) -> int:
        return len(self._quads)

    def describe(self, iri: str, page: int = 1) -> Description:
        """Tell all that is said about a thing, and its document's own triples.

        page: which page of the links to it, from 1.
        Raises: UnknownIri: no graph of the release says anything of it.
        """
        thing = _thing(iri)
        parts = self._parts.get(thing.value, ())  # by a plain text: a URIRef never equals one
        found = description.describe(self._quads, thing, parts, self._inverse_links, page)
        if found is None:
            raise UnknownIri(iri)
        return replace(found, document=self._document(iri))

    def knows(self, iri: str) -> bool:
        """Whether any graph says anything of that thing."""
        try:
            thing = _thing(iri)
        except UnknownIri:
            return False
        return (
            thing.value in self._parts
            or any(True for _ in self._quads.quads_for_pattern(thing, None, None, None))
            or any(True for _ in self._quads.quads_for_pattern(None, None, thing, None))
            or self._quads.contains_named_graph(thing)
        )

    def labels(self, iris: Iterable[str]) -> list[ox.Triple]:
        """Find the names of things."""
        return list(description.labels(self._quads, (ox.NamedNode(each) for each in iris)))

    def select(self, name: str, **bindings: Term) -> Sequence[Solution]:
        """Ask the query of that name, its variables bound to the values given."""
        found = self._query(name, bindings)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError(f"{name}.rq is no SELECT")
        names = [each.value for each in found.variables]
        return [
            Solution({column: row[column] for column in names if row[column] is not None}) for row in found
        ]

    def construct(self, name: str) -> list[ox.Triple]:
        """Make the graph of the CONSTRUCT query of that name; its relative IRIs begin with the base IRI."""
        found = self._query(name, {})
        if not isinstance(found, ox.QueryTriples):
            raise TypeError(f"{name}.rq is no CONSTRUCT")
        return list(found)

    def _query(
        self, name: str, bindings: Mapping[str, Term]
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        substitutions: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(variable): value for variable, value in bindings.items()
        }
        return self._quads.query(_text(name), base_iri=self._iris.base, substitutions=substitutions or None)

    def _document(self, iri: str) -> list[ox.Triple]:
        manifest = self._release.manifest
        document = _node(self._iris.document(iri))
        modified = ox.Literal(manifest.last_modified, datatype=_node(XSD.date))
        said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            (RDF.type, _node(FOAF.Document)),
            (FOAF.primaryTopic, ox.NamedNode(iri)),
            (DCTERMS.license, _node(manifest.licence)),
            (DCTERMS.modified, modified),
        ]
        said += [(PROV.wasDerivedFrom, _node(edition)) for edition in self._editions(iri)]
        return [ox.Triple(document, _node(predicate), value) for predicate, value in said]

    def _editions(self, iri: str) -> list[str]:
        """The editions that a document rests on: those its IRI names, else its plan's current one."""
        segments = self._iris.local_name(iri).split("/")
        plans = [each for each in self._release.manifest.plans if each.slug in segments]
        return [
            str(self._iris.edition(plan.slug, date.fromisoformat(as_of)))
            for plan in plans or self._release.manifest.plans
            for as_of in [each for each in plan.editions if each in segments] or [plan.current_edition]
        ]


@cache
def _text(name: str) -> str:
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


def _thing(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise UnknownIri(iri) from None
