"""The catalogue of a federation → RDF: the datasets of all cities, of which their own catalogues tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCAT, DCTERMS, FOAF, RDF, VCARD
from sakata_lod.publish import wording
from sakata_lod.publish.authority import GOVERNMENT, LANGUAGES, PUBLIC
from sakata_lod.publish.catalogue_statements import day, linked, standard, term_itself, texts, words
from sakata_lod.publish.graph import Triples
from sakata_lod.publish.site_catalogue import SERVICES
from sakata_lod.release import ReleaseMember
from sakata_lod.site import Federation
from sakata_lod.vocabulary import THEMES


@dataclass(frozen=True, slots=True)
class Listed:
    """A city, and the datasets that its own catalogue lists."""

    member: ReleaseMember
    datasets: Sequence[URIRef]


def federation_catalogue(federation: Federation, cities: Sequence[Listed]) -> Graph:
    """Say in RDF which datasets there are, by city, who publishes them together, and where to ask."""
    say = _Say(federation, cities)
    graph = new_graph()
    for part in (say.catalogue(), say.association(), say.licence(), say.services()):
        for triple in part:
            graph.add(triple)
    return graph


class _Say:
    def __init__(self, federation: Federation, cities: Sequence[Listed]) -> None:
        self.of = federation.file
        self.cities = cities
        self.iris = IriSpace(federation.base_iri, frozenset(each.member.code for each in cities))
        self.by = self.iris.association()

    def catalogue(self) -> Triples:
        it = self.iris.catalogue()
        days = [date.fromisoformat(each.member.last_modified) for each in self.cities]
        yield it, RDF.type, DCAT.Catalog
        yield from words(it, wording.catalogue(self.of.name))
        yield it, DCTERMS.publisher, self.by
        yield it, DCTERMS.license, URIRef(self.of.licence.iri)
        for language in self.of.languages:
            yield from linked(it, DCTERMS.language, LANGUAGES[language])
        yield it, FOAF.homepage, self.iris.address("")
        yield it, DCTERMS.issued, day(min(days))
        yield it, DCTERMS.modified, day(max(days))
        yield it, DCAT.themeTaxonomy, GOVERNMENT.table
        yield it, DCAT.themeTaxonomy, THEMES.iri
        yield from term_itself(GOVERNMENT)
        for path, _, _ in SERVICES:
            yield it, DCAT.service, self.iris.service(path)
        for city in self.cities:
            own = self.iris.city(city.member.code)
            yield it, DCAT.catalog, own.catalogue()
            yield it, DCTERMS.spatial, own.place(city.member.code)
            for dataset in city.datasets:
                yield it, DCAT.dataset, dataset

    def association(self) -> Triples:
        yield self.by, RDF.type, FOAF.Agent
        yield from texts(self.by, FOAF.name, self.of.name)
        yield self.by, FOAF.homepage, self.iris.address("")
        contact = self.iris.contact()
        yield contact, RDF.type, VCARD.Organization
        yield from texts(contact, VCARD.fn, self.of.name)
        yield contact, VCARD.hasURL, self.iris.address("")

    def licence(self) -> Triples:
        it = URIRef(self.of.licence.iri)
        yield it, RDF.type, DCTERMS.LicenseDocument
        yield it, DCTERMS.title, Literal(self.of.licence.title, lang="en")

    def services(self) -> Triples:
        for path, told, protocol in SERVICES:
            it, address = self.iris.service(path), self.iris.address(path)
            yield it, RDF.type, DCAT.DataService
            yield from words(it, told)
            yield it, DCAT.endpointURL, address
            yield it, DCAT.endpointDescription, address
            yield it, DCTERMS.publisher, self.by
            yield it, DCTERMS.license, URIRef(self.of.licence.iri)
            yield it, DCAT.contactPoint, self.iris.contact()
            yield from linked(it, DCTERMS.accessRights, PUBLIC)
            yield from standard(it, protocol)
            for city in self.cities:
                for dataset in city.datasets:
                    yield it, DCAT.servesDataset, dataset
