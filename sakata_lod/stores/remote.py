"""A release in a store elsewhere: its graphs there, and queries over exactly these.

Engines differ in what the default graph is when a query names none: the store's own, or all graphs at once.
So where the release's default graph has a name there, every query is sent with the dataset written out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.errors import StoreUnavailable
from sakata_lod.iris import IriSpace
from sakata_lod.stores.endpoint import Endpoint, StoreQuery, parse_results

_QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request names; None where it names none of that kind."""

    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None

    @property
    def is_given(self) -> bool:
        """Whether the request names any graph: then these are all (SPARQL 1.1 Protocol, 2.1.4)."""
        return self.default_graphs is not None or self.named_graphs is not None


WHOLE = Dataset()
"""The release's own dataset."""


class RemoteStore:
    """A release behind a query endpoint. Safe to share between threads.

    default_graph: the name under which the store has the default graph; None where it has it as its own.
    """

    def __init__(self, endpoint: Endpoint, iris: IriSpace, default_graph: str | None = None) -> None:
        self._endpoint = endpoint
        self._iris = iris
        self._default_graph = default_graph
        self._named: tuple[str, ...] = ()

    @property
    def no_graph(self) -> str:
        """The name of a graph that is not there."""
        return str(self._iris.graph("none"))

    @property
    def names_default_graph(self) -> bool:
        """Whether the release's default graph has a name there."""
        return self._default_graph is not None

    def query(self, text: str, dataset: Dataset = WHOLE, *, has_own_dataset: bool = False) -> StoreQuery:
        """Make of a query what is sent: with the base IRI for relative ones, and with the dataset.

        has_own_dataset: the text itself says FROM.
        Raises: StoreUnavailable: the graphs cannot be asked for.
        """
        based = f"BASE <{self._iris.base}> {text}"
        if dataset.is_given:
            default, named = dataset.default_graphs or (), dataset.named_graphs or ()
        elif has_own_dataset or self._default_graph is None:
            return StoreQuery(based)
        else:
            default, named = (self._default_graph,), self._named_graphs()
        # Where no named graph is given, Virtuoso takes all that it has.
        return StoreQuery(based, tuple(default), tuple(named) or (self.no_graph,))

    def results(self, query: StoreQuery, most_bytes: int | None = None) -> bytes:
        """Ask a SELECT or ASK; answers SPARQL JSON. Raises as `Endpoint.results` does."""
        return self._endpoint.results(query, most_bytes)

    def graph(self, query: StoreQuery, most_bytes: int | None = None) -> bytes:
        """Ask a CONSTRUCT or DESCRIBE; answers N-Triples. Raises as `Endpoint.results` does."""
        return self._endpoint.graph(query, most_bytes)

    def graphs(self) -> Mapping[str, int]:
        """The site's named graphs there, and how many triples each has; with those of a federation's cities.

        What lies below a code is a federation's alone: below a site's base IRI another site may have its own.
        Raises: StoreUnavailable.
        """
        text = f"BASE <{self._iris.base}> {_text('federation-graphs' if self._iris.cities else 'graphs')}"
        counts = {
            graph.value: int(count.value)
            for graph, count in self._rows(StoreQuery(text))
            if isinstance(graph, ox.NamedNode) and isinstance(count, ox.Literal)
        }
        return {name: count for name, count in counts.items() if name != self._default_graph}

    def default_graph_size(self) -> int:
        """How many triples the default graph has. Raises: StoreUnavailable."""
        graphs = (self._default_graph,) if self._default_graph else ()
        counts = [count for (count,) in self._rows(StoreQuery(_text("count"), graphs))]
        return sum(int(count.value) for count in counts if isinstance(count, ox.Literal))

    def _named_graphs(self) -> tuple[str, ...]:
        if not self._named:
            self._named = tuple(sorted(self.graphs()))
        return self._named

    def _rows(self, query: StoreQuery) -> list[Sequence[object]]:
        try:
            found = parse_results(self._endpoint.results(query))
            return [tuple(row) for row in found] if isinstance(found, ox.QuerySolutions) else []
        except (TimeoutError, SyntaxError, ValueError) as error:
            raise StoreUnavailable from error


def _text(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
