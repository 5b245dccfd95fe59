"""The SPARQL 1.1 Service Description of the endpoint, made from what it can do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from sakata_lod.formats import GRAPH_FORMATS, RESULT_FORMATS
from sakata_lod.namespaces import DCTERMS, FILE_FORMAT, RDF, RDFS, SD

_Value = ox.NamedNode | ox.Literal


def service_description(
    endpoint: str, graphs: Iterable[str], limits: Mapping[str, Sequence[str]], licence: str
) -> list[ox.Triple]:
    """Describe the endpoint. graphs: the named ones. limits: in words, by their language.

    No feature is named, for there is none: queries call no other endpoint, FROM fetches nothing, and the
    default graph is not the union of all named ones, since it leaves superseded editions out.
    """
    said = [*_service(endpoint, limits, licence), *_dataset(endpoint, graphs)]
    return [ox.Triple(ox.NamedNode(subject), _node(predicate), value) for subject, predicate, value in said]


def _service(
    endpoint: str, limits: Mapping[str, Sequence[str]], licence: str
) -> Iterator[tuple[str, str, _Value]]:
    yield endpoint, RDF.type, _node(SD.Service)
    yield endpoint, SD.endpoint, _node(endpoint)
    yield endpoint, SD.supportedLanguage, _node(SD.SPARQL11Query)
    for each in (*RESULT_FORMATS, *GRAPH_FORMATS):
        yield endpoint, SD.resultFormat, _node(FILE_FORMAT[each.unique_name])
    yield endpoint, DCTERMS.license, _node(licence)
    for language, sentences in limits.items():
        for sentence in sentences:
            yield endpoint, RDFS.comment, ox.Literal(sentence, language=language)


def _dataset(endpoint: str, graphs: Iterable[str]) -> Iterator[tuple[str, str, _Value]]:
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#default-graph"
    yield endpoint, SD.defaultDataset, _node(dataset)
    yield dataset, RDF.type, _node(SD.Dataset)
    yield dataset, SD.defaultGraph, _node(default)
    yield default, RDF.type, _node(SD.Graph)
    for graph in graphs:
        yield dataset, SD.namedGraph, _node(graph)
        yield graph, RDF.type, _node(SD.NamedGraph)
        yield graph, SD.name, _node(graph)


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))
