"""The graphs of a release as they are written and asked: turned into triples, and sorted, once each."""

from collections.abc import Iterator
from itertools import chain

import pyoxigraph as ox
from rdflib import Graph, URIRef

from sakata_lod.conversion import ox_triples
from sakata_lod.publish.dataset import ReleaseDataset
from sakata_lod.serialization import SortedGraph


class ReleaseGraphs:
    """Named graphs by their names, and a store that holds them, with the default graph that they make up."""

    def __init__(self, dataset: ReleaseDataset) -> None:
        self.named: dict[URIRef, SortedGraph] = {}
        self.store = ox.Store()
        self._superseded = dataset.superseded
        for name, graph in dataset.named.items():
            self.add(name, graph)

    def add(self, name: URIRef, graph: Graph) -> None:
        """Put one more graph among them."""
        self.named[name] = SortedGraph(ox_triples(graph))
        self.store.bulk_extend(self._quads(name))

    def _quads(self, name: URIRef) -> Iterator[ox.Quad]:
        graph, default = ox.NamedNode(name), ox.DefaultGraph()
        for each in self.named[name]:
            yield ox.Quad(each.subject, each.predicate, each.object, graph)
            if name not in self._superseded:
                yield ox.Quad(each.subject, each.predicate, each.object, default)

    def default(self) -> SortedGraph:
        """What is true now: the union of all graphs but the superseded ones."""
        current = (graph for name, graph in self.named.items() if name not in self._superseded)
        return SortedGraph(chain.from_iterable(current))
