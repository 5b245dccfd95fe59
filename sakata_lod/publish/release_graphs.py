"""The graphs of a release as they are written and asked: turned into triples, and sorted, once each."""

from functools import cache

import pyoxigraph as ox
from rdflib import Graph, URIRef

from sakata_lod.conversion import ox_triples
from sakata_lod.formats import N_TRIPLES
from sakata_lod.publish.dataset import ReleaseDataset
from sakata_lod.serialization import SortedGraph
from sakata_lod.vocabulary import SHARED_GRAPHS, SharedFile, load


class ReleaseGraphs:
    """Named graphs by their names. store: the default graph that they make up, to be asked."""

    def __init__(self, dataset: ReleaseDataset) -> None:
        self.named: dict[URIRef, SortedGraph] = {}
        self.store = ox.Store()
        self._superseded = dataset.superseded
        for name, graph in dataset.named.items():
            self.add(name, graph)

    def add(self, name: URIRef, graph: Graph) -> None:
        """Put one more graph among them."""
        shared = next((each for each in SHARED_GRAPHS if load(each) is graph), None)
        self.named[name] = SortedGraph(ox_triples(graph)) if shared is None else _sorted(shared)
        if name not in self._superseded:
            # Faster than to hand the triples over one by one.
            triples = self.named[name].serialize(N_TRIPLES)
            self.store.extend(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))

    def default(self) -> SortedGraph:
        """What is true now: the union of all graphs but the superseded ones."""
        return SortedGraph.union(graph for name, graph in self.named.items() if name not in self._superseded)


@cache
def _sorted(shared: SharedFile) -> SortedGraph:
    return SortedGraph(ox_triples(load(shared)))
