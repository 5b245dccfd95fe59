"""A catalogue → RDF: DCAT 3, as DCAT-AP 3 asks for it and CKAN reads it.

CKAN's harvester takes every node of type dcat:Dataset for a dataset to import, prefers an rdfs:label to an
IRI, and takes the only type of a format for its type: so labels are SKOS's, but on formats and media types.
"""

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import (
    ADMS,
    DCAT,
    DCATAP,
    DCTERMS,
    DQV,
    FOAF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    SPDX,
    VCARD,
    XSD,
)
from sakata_lod.publish import wording
from sakata_lod.publish.authority import COMPLETED, GOVERNMENT, LANGUAGES, PUBLIC, STABLE
from sakata_lod.publish.catalogue import Catalogue, DataService, Dataset, Distribution, Series
from sakata_lod.publish.catalogue_statements import (
    dates,
    day,
    file_type,
    linked,
    period,
    standard,
    term_itself,
    texts,
    words,
)
from sakata_lod.publish.graph import Triples
from sakata_lod.site import Licence
from sakata_lod.vocabulary import THEMES, load

_IANA = "https://www.iana.org/assignments/media-types/"


def catalogue_graph(catalogue: Catalogue, iris: IriSpace) -> Graph:
    """Say in RDF what a catalogue holds: all that a harvester needs, and nothing from elsewhere."""
    say = _Say(catalogue, iris)
    graph = new_graph()
    for part in (
        say.catalogue(),
        say.publisher(),
        say.place(),
        say.contact(),
        say.rights(),
        say.themes(),
        *(say.series(each) for each in catalogue.series),
        *(say.dataset(each) for each in catalogue.datasets),
        *(say.service(each) for each in catalogue.services),
    ):
        for triple in part:
            graph.add(triple)
    return graph


class _Say:
    """The triples of one catalogue, kind by kind."""

    def __init__(self, catalogue: Catalogue, iris: IriSpace) -> None:
        self.all = catalogue
        self.iris = iris
        self.it = iris.catalogue()
        self.by = iris.organization(catalogue.publisher.code)
        self.where = iris.place(catalogue.publisher.code)
        self.unconfirmed = iris.rights("licence-unconfirmed")

    def catalogue(self) -> Triples:
        yield self.it, RDF.type, DCAT.Catalog
        yield from words(self.it, self.all.words)
        yield from self._published(self.it, self.all.licence)
        yield self.it, FOAF.homepage, self.iris.address("")
        yield self.it, DCTERMS.issued, day(self.all.issued)
        yield self.it, DCTERMS.modified, day(self.all.modified)
        yield self.it, DCTERMS.spatial, self.where
        yield self.it, DCAT.themeTaxonomy, GOVERNMENT.table
        yield self.it, DCAT.themeTaxonomy, THEMES.iri
        for dataset in self.all.datasets:
            yield self.it, DCAT.dataset, dataset.iri
        for series in self.all.series:
            yield self.it, DCTERMS.hasPart, series.iri
        for service in self.all.services:
            yield self.it, DCAT.service, service.iri

    def publisher(self) -> Triples:
        publisher = self.all.publisher
        yield self.by, RDF.type, FOAF.Agent
        yield from texts(self.by, FOAF.name, publisher.name)
        yield self.by, DCTERMS.identifier, Literal(publisher.code)
        if publisher.homepage:
            yield self.by, FOAF.homepage, URIRef(publisher.homepage)

    def place(self) -> Triples:
        yield self.where, RDF.type, DCTERMS.Location
        yield from texts(self.where, SKOS.prefLabel, self.all.publisher.name)
        for other in self.all.publisher.see_also:
            yield self.where, RDFS.seeAlso, URIRef(other)

    def contact(self) -> Triples:
        it, contact = self.iris.contact(), self.all.contact
        yield it, RDF.type, VCARD.Organization
        yield from texts(it, VCARD.fn, contact.name)
        if contact.email:
            yield it, VCARD.hasEmail, URIRef(f"mailto:{contact.email}")
        if contact.telephone:
            yield it, VCARD.hasTelephone, URIRef(f"tel:{contact.telephone}")
        if contact.url:
            yield it, VCARD.hasURL, URIRef(contact.url)

    def rights(self) -> Triples:
        """The terms of use, and while the publisher has not said so, that they are unconfirmed."""
        for licence in {self.all.licence, *(each.licence for each in self.all.datasets)}:
            it = URIRef(licence.iri)
            yield it, RDF.type, DCTERMS.LicenseDocument
            yield it, DCTERMS.title, Literal(licence.title, lang="en")
            if not licence.confirmed:
                note = wording.UNCONFIRMED_LICENCE
                yield self.unconfirmed, RDF.type, DCTERMS.RightsStatement
                yield from texts(self.unconfirmed, SKOS.prefLabel, note)
                yield self.unconfirmed, RDFS.label, Literal(note.ja, lang="ja")

    def themes(self) -> Triples:
        """Our own themes that datasets have, with their names; and the EU's."""
        known = load(THEMES)
        for theme in {theme for each in self.all.datasets for theme in each.themes}:
            for label in known.objects(theme, SKOS.prefLabel):
                if isinstance(label, Literal):
                    yield theme, SKOS.prefLabel, label
        yield from term_itself(GOVERNMENT)

    def series(self, series: Series) -> Triples:
        it = series.iri
        yield it, RDF.type, DCAT.DatasetSeries
        yield from words(it, series.words)
        yield it, DCTERMS.publisher, self.by
        yield it, DCAT.contactPoint, self.iris.contact()
        yield it, DCTERMS.spatial, self.where
        yield it, DCTERMS.issued, day(series.issued)
        yield it, DCTERMS.modified, day(series.modified)
        yield from linked(it, DCTERMS.accrualPeriodicity, series.frequency)
        yield from period(it, series.period)

    def dataset(self, dataset: Dataset) -> Triples:
        it = dataset.iri
        yield it, RDF.type, DCAT.Dataset
        yield it, DCTERMS.identifier, Literal(dataset.name)
        yield from words(it, dataset.words)
        yield from self._published(it, dataset.licence)
        yield it, DCAT.contactPoint, self.iris.contact()
        yield it, DCAT.landingPage, dataset.page
        yield it, DCTERMS.spatial, self.where
        yield from dates(dataset)
        yield from linked(it, DCTERMS.accessRights, PUBLIC)
        yield it, DCAT.theme, GOVERNMENT.iri
        for theme in dataset.themes:
            yield it, DCAT.theme, theme
        for keyword in dataset.keywords:
            yield it, DCAT.keyword, Literal(keyword.text, lang=keyword.language)
        yield from self._told(dataset)
        for distribution in dataset.distributions:
            yield it, DCAT.distribution, distribution.iri
            yield from self._distribution(distribution, dataset)

    def _told(self, dataset: Dataset) -> Triples:
        """Where it stands among others, what it comes from, and how far it can be trusted."""
        it, provenance = dataset.iri, self.iris.provenance(dataset.iri)
        if dataset.version is not None:
            yield it, DCAT.version, Literal(dataset.version)
            yield it, OWL.versionInfo, Literal(dataset.version)
        if dataset.previous is not None:
            yield it, DCAT.prev, dataset.previous
        if dataset.series is not None:
            yield it, DCAT.inSeries, dataset.series
        if dataset.period is not None:
            yield from period(it, dataset.period)
        if dataset.frequency is not None:
            yield from linked(it, DCTERMS.accrualPeriodicity, dataset.frequency)
        if dataset.quality is not None:
            yield it, DQV.hasQualityMetadata, dataset.quality
            yield dataset.quality, RDF.type, DQV.QualityMetadata
        for source in dataset.sources:
            yield it, PROV.wasDerivedFrom, source
        yield it, DCTERMS.provenance, provenance
        yield provenance, RDF.type, DCTERMS.ProvenanceStatement
        yield from texts(provenance, SKOS.prefLabel, dataset.provenance)
        yield provenance, RDFS.label, Literal(dataset.provenance.ja, lang="ja")
        for each in dataset.conforms_to:
            yield from standard(it, each)

    def _distribution(self, distribution: Distribution, dataset: Dataset) -> Triples:
        it, checksum = distribution.iri, self.iris.checksum(distribution.iri)
        media_type = URIRef(_IANA + distribution.media_type)
        yield it, RDF.type, DCAT.Distribution
        yield from texts(it, DCTERMS.title, distribution.title)
        yield from texts(it, DCTERMS.description, dataset.words.description)
        yield it, DCAT.accessURL, distribution.download
        yield it, DCAT.downloadURL, distribution.download
        yield from dates(dataset, it)
        yield from self._licensed(it, dataset.licence)
        yield from self._in_languages(it)
        yield it, DCAT.mediaType, media_type
        yield media_type, RDF.type, DCTERMS.MediaType
        yield media_type, RDFS.label, Literal(distribution.media_type, lang="en")
        yield from file_type(it, distribution.format)
        yield from linked(it, DCATAP.availability, STABLE)
        yield from linked(it, ADMS.status, COMPLETED)
        yield it, DCAT.byteSize, Literal(str(distribution.size), datatype=XSD.nonNegativeInteger)
        yield it, SPDX.checksum, checksum
        yield checksum, RDF.type, SPDX.Checksum
        yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
        yield checksum, SPDX.checksumValue, Literal(distribution.sha256, datatype=XSD.hexBinary)

    def service(self, service: DataService) -> Triples:
        it = service.iri
        yield it, RDF.type, DCAT.DataService
        yield from words(it, service.words)
        yield it, DCAT.endpointURL, service.endpoint
        yield it, DCAT.endpointDescription, service.description
        yield it, DCTERMS.publisher, self.by
        yield it, DCAT.contactPoint, self.iris.contact()
        yield from self._licensed(it, self.all.licence)
        yield from linked(it, DCTERMS.accessRights, PUBLIC)
        yield from standard(it, service.conforms_to)
        for dataset in self.all.datasets:
            yield it, DCAT.servesDataset, dataset.iri

    def _published(self, it: URIRef, licence: Licence) -> Triples:
        yield it, DCTERMS.publisher, self.by
        yield from self._licensed(it, licence)
        yield from self._in_languages(it)

    def _licensed(self, it: URIRef, licence: Licence) -> Triples:
        yield it, DCTERMS.license, URIRef(licence.iri)
        if not licence.confirmed:
            yield it, DCTERMS.rights, self.unconfirmed

    def _in_languages(self, it: URIRef) -> Triples:
        for language in self.all.languages:
            yield from linked(it, DCTERMS.language, LANGUAGES[language])
