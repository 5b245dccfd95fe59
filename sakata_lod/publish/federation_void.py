"""What the dataset of a federation holds, counted (VoID): the whole, and each city as a part of it.

A city's own description, in its own file, says more of it.
"""

from collections.abc import Mapping

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.formats import N_QUADS
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, FILE_FORMAT, FOAF, PREFIXES, RDF, SD, VOID, XSD
from sakata_lod.publish import wording
from sakata_lod.publish.catalogue_statements import texts, words
from sakata_lod.publish.contents import Contents
from sakata_lod.publish.graph import Triples
from sakata_lod.publish.void import counted, numbers
from sakata_lod.release import DATASET, ReleaseMember
from sakata_lod.site import Federation, Text


def federation_void(
    federation: Federation, cities: Mapping[str, tuple[ReleaseMember, Contents]], shared: Contents
) -> Graph:
    """Describe the dataset of a federation. cities: by code. shared: what no city has by itself."""
    say = _Say(federation, IriSpace(federation.base_iri, frozenset(cities)))
    whole = sum((contents for _, contents in cities.values()), shared)
    graph = new_graph()
    for part in (
        say.whole(whole, max(member.last_modified for member, _ in cities.values())),
        counted(say.it, whole),
        *(say.city(member, contents) for member, contents in cities.values()),
    ):
        for triple in part:
            graph.add(triple)
    return graph


class _Say:
    def __init__(self, federation: Federation, iris: IriSpace) -> None:
        self.of = federation.file
        self.iris = iris
        self.page = iris.description()
        self.it = URIRef(f"{self.page}#dataset")

    def whole(self, contents: Contents, modified: str) -> Triples:
        told = wording.catalogue(self.of.name)
        yield self.page, RDF.type, VOID.DatasetDescription
        yield self.page, FOAF.primaryTopic, self.it
        yield self.page, FOAF.topic, self.it
        for language, title in told.title.by_language.items():
            yield self.page, DCTERMS.title, Literal(f"VoID: {title}", lang=language)
        yield self.it, RDF.type, VOID.Dataset
        yield self.it, RDF.type, SD.Dataset
        yield from words(self.it, told)
        yield self.it, DCTERMS.publisher, self.iris.association()
        yield self.it, DCTERMS.license, URIRef(self.of.licence.iri)
        yield self.it, DCTERMS.modified, Literal(modified, datatype=XSD.date)
        yield self.it, FOAF.homepage, self.iris.address("")
        yield self.it, VOID.sparqlEndpoint, self.iris.address("sparql")
        yield self.it, VOID.uriSpace, Literal(self.iris.base)
        yield self.it, VOID.dataDump, self.iris.dump(DATASET)
        yield self.it, VOID.feature, FILE_FORMAT[N_QUADS.unique_name]
        terms = [*contents.classes, *contents.properties]
        for space in PREFIXES.values():
            if any(term.startswith(space) for term in terms):
                yield self.it, VOID.vocabulary, URIRef(space)

    def city(self, member: ReleaseMember, contents: Contents) -> Triples:
        """A city, as a part of the whole, by the IRI that its own description has."""
        own = self.iris.city(member.code)
        it = URIRef(f"{own.description()}#dataset")
        yield self.it, VOID.subset, it
        yield it, RDF.type, VOID.Dataset
        yield from texts(it, DCTERMS.title, Text.model_validate(member.publisher))
        yield it, DCTERMS.publisher, own.organization(member.code)
        yield it, DCTERMS.license, URIRef(member.licence)
        yield it, VOID.uriSpace, Literal(f"{own.base}id/")
        yield from numbers(it, contents)
