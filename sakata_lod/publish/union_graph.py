"""Some rdflib graphs, looked into as one without being copied."""

from collections.abc import Generator, Sequence
from typing import Any

from rdflib import Graph
from rdflib.plugins.stores.memory import Memory

from sakata_lod.publish.queried_graph import QueriedGraph


def union_graph(graphs: Sequence[Graph]) -> QueriedGraph:
    """The union of some graphs, which stay as they are as long as it is used."""
    store = _UnionStore(graphs)
    store.union = QueriedGraph(store)
    return store.union


class _UnionStore(Memory):
    """A store that holds nothing itself: its triples are those of some graphs, each once."""

    union: QueriedGraph

    def __init__(self, graphs: Sequence[Graph]) -> None:
        super().__init__()
        self._graphs = tuple(graphs)
        self._length = sum(map(len, self._graphs))

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
        """How many triples the graphs hold, one that several hold counted in each."""
        return self._length
