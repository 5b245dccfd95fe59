"""Some rdflib graphs, looked into as one without being copied."""

from collections.abc import Generator, Sequence
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.plugins.stores.memory import Memory

from sakata_lod.publish.queried_graph import QueriedGraph


def union_graph(graphs: Sequence[Graph], length: int, answering: ox.Store | None = None) -> QueriedGraph:
    """The union of some graphs, which stay as they are as long as it is used.

    length: how many triples they hold: rdflib would count them one by one. answering: has the same triples in
    its default graph, and is queried.
    """
    store = _UnionStore(graphs, length)
    store.union = QueriedGraph(store)
    store.union.answering = answering
    return store.union


class _UnionStore(Memory):
    """A store that holds nothing itself: its triples are those of some graphs, each once."""

    union: QueriedGraph

    def __init__(self, graphs: Sequence[Graph], length: int) -> None:
        super().__init__()
        self._graphs = tuple(graphs)
        self._length = length

    def triples(self, triple_pattern: Any, context: Any = None) -> Generator[Any, None, None]:
        """Find the triples of a pattern, and in which graph they are: the union, and no other."""
        if context is not None and context.identifier != self.union.identifier:
            return
        seen = set()
        for graph in self._graphs:
            for triple in graph.triples(triple_pattern):
                if triple not in seen:
                    seen.add(triple)
                    yield triple, iter((self.union,))

    def __len__(self, context: Any = None) -> int:
        """How many triples there are."""
        return self._length
