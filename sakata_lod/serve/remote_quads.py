"""The server's own questions, asked of a store elsewhere.

What a description needs is fetched in a few queries into a small store in memory: from there on, all is as
with the embedded store.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from sakata_lod.errors import ResultTooLarge, StoreUnavailable
from sakata_lod.serve.description import LABEL_PROPERTIES, RECORD_PROPERTY
from sakata_lod.serve.policy import QueryForm, check
from sakata_lod.serve.quads import Found, Term, batches, bound, filled, query_text, values_clause
from sakata_lod.stores.endpoint import parse_graph, parse_results
from sakata_lod.stores.remote import RemoteStore

_log = logging.getLogger(__name__)

_EVERY_GRAPH = "GRAPH ?graph {}"
"""Names every graph by SPARQL's own definition, which not every engine follows."""


class RemoteQuads:
    """The triples of a release in a store elsewhere. Raises: StoreUnavailable: it does not answer."""

    def __init__(self, store: RemoteStore) -> None:
        self._store = store
        self._size = 0

    def __len__(self) -> int:
        """How many triples there are, in all graphs; counted until there are some."""
        if not self._size:
            self._size = self._store.default_graph_size() + sum(self._store.graphs().values())
        return self._size

    def knows(self, thing: ox.NamedNode) -> bool:
        """Whether any graph says anything of a thing, or is it."""
        found = self._ask(filled(query_text("remote-known"), thing=[thing]))
        return isinstance(found, ox.QueryBoolean) and bool(found)

    def about(self, things: Sequence[ox.NamedNode]) -> ox.Store:
        """Fetch what these things say, what is said of them, what their records say, and all names."""
        quads = ox.Store()
        for some in batches(things):
            quads.extend(self._quads("remote-neighbours", subject=some, object=some))
        records = {each.subject for each in quads.quads_for_pattern(None, RECORD_PROPERTY, None)}
        for some in batches(_iris(records)):
            quads.extend(self._quads("remote-statements", subject=some))
        if not len(quads) and self.knows(things[0]):
            quads.add_graph(things[0])
        named = {term for quad in quads for term in (quad.subject, quad.predicate, quad.object)}
        quads.extend(list(self._names(_iris(named))))
        return quads

    def naming(self, nodes: Sequence[ox.NamedNode]) -> ox.Store:
        """Fetch the names of things."""
        quads = ox.Store()
        quads.extend(self._names(nodes))
        return quads

    def said(self, things: Sequence[ox.NamedNode], graph: ox.NamedNode) -> list[ox.Triple]:
        """Fetch what one named graph says of some things."""
        return [
            quad.triple
            for some in batches(things)
            for quad in self._quads("remote-statements", subject=some)
            if quad.graph_name == graph
        ]

    def query(self, text: str, base_iri: str, bindings: Mapping[str, Term]) -> Found:  # noqa: ARG002 - the store's
        """Ask a query, its variables bound by VALUES clauses.

        Virtuoso lets one at the end bind nothing in the branches of a UNION: there a query has its own.
        """
        if _EVERY_GRAPH in text:
            named = [ox.NamedNode(each) for each in sorted(self._store.graphs())]
            text = text.replace(_EVERY_GRAPH, values_clause("graph", named))
        return self._ask(bound(text, {name: [value] for name, value in bindings.items()}))

    def _names(self, nodes: Sequence[ox.NamedNode]) -> Iterator[ox.Quad]:
        for some in batches(nodes):
            yield from self._quads("remote-names", subject=some, predicate=LABEL_PROPERTIES)

    def _quads(self, name: str, **values: Sequence[ox.NamedNode]) -> Iterator[ox.Quad]:
        found = self._ask(filled(query_text(name), **values))
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError(f"{name}.rq is no SELECT")
        for row in _read(found):
            yield ox.Quad(
                row["subject"],
                row["predicate"],
                row["object"],
                row["graph"] or ox.DefaultGraph(),
            )

    def _ask(self, text: str) -> Found:
        """Raises: StoreUnavailable: there is no answer, or none that can be read."""
        is_graph = check(text, len(text.encode())) is QueryForm.GRAPH
        query = self._store.query(text)
        try:
            if is_graph:
                return parse_graph(self._store.graph(query))
            return parse_results(self._store.results(query))
        except (TimeoutError, SyntaxError, ValueError, ResultTooLarge) as error:
            _log.warning("the server's own question is not answered: %r", error)
            raise StoreUnavailable from error


def _read(found: ox.QuerySolutions) -> Iterator[ox.QuerySolution]:
    try:
        yield from found
    except (SyntaxError, ValueError) as error:
        raise StoreUnavailable from error


def _iris(terms: Iterable[object]) -> list[ox.NamedNode]:
    return sorted({each for each in terms if isinstance(each, ox.NamedNode)}, key=str)
