"""The terms that queries over the data are made of: what an editor completes."""

from functools import cache
from typing import Any

from rdflib import Graph, Literal, URIRef

from sakata_lod.namespaces import DCTERMS, OWL, PREFIXES, RDF, RDFS, SKOS
from sakata_lod.serve.standard_terms import STANDARD_TERMS
from sakata_lod.vocabulary import SHARED_GRAPHS, load

_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept)
_NAMES = (RDFS.label, SKOS.prefLabel, DCTERMS.title)


@cache
def terms() -> dict[str, Any]:
    """Our own classes, properties, codes and themes, and those terms of standards that the data uses.

    {"prefixes": {prefix: namespace}, "terms": [{"iri", "ja", "en"}]}; terms of standards have no names.
    """
    own = [
        {"iri": term} | _names(load(shared), URIRef(term))
        for shared in SHARED_GRAPHS
        for kind in _KINDS
        for term in sorted(map(str, load(shared).subjects(RDF.type, kind)))
    ]
    standard = [{"iri": iri} for iri in STANDARD_TERMS]
    return {"prefixes": PREFIXES, "terms": [*own, *standard]}


def _names(graph: Graph, term: URIRef) -> dict[str, str]:
    labels = (each for name in _NAMES for each in graph.objects(term, name))
    return {each.language: str(each) for each in labels if isinstance(each, Literal) and each.language}
