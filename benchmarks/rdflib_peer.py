"""rdflib-endpoint over the default graph of the N-Quads file that DATASET names."""

import os
from pathlib import Path

import pyoxigraph as ox
from rdflib_endpoint import SparqlEndpoint

from sakata_lod.conversion import rdflib_graph


def application() -> SparqlEndpoint:
    """Make the application. The file is read by pyoxigraph, since that is not what is measured."""
    quads = ox.parse(path=Path(os.environ["DATASET"]), format=ox.RdfFormat.N_QUADS)
    default = (each.triple for each in quads if each.graph_name == ox.DefaultGraph())
    return SparqlEndpoint(path="/sparql", graph=rdflib_graph(default))
