"""A catalogue → RDF: DCAT 3, as DCAT-AP 3 asks for it and CKAN reads it.

CKAN's harvester takes every node of type dcat:Dataset for a dataset to import, prefers an rdfs:label to an
IRI, and takes the only type of a format for its type: so labels are SKOS's, but on formats and media types.
"""

from datetime import date

from rdflib import Graph, Literal, URIRef

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
from sakata_lod.publish.authority import COMPLETED, GOVERNMENT, LANGUAGES, PUBLIC, STABLE, Term
from sakata_lod.publish.catalogue import Catalogue, DataService, Dataset, Distribution, Period, Series
from sakata_lod.publish.graph import Triples
from sakata_lod.site import Licence, Text
from sakata_lod.vocabulary import ONTOLOGY, THEMES, load

_IANA = "https://www.iana.org/assignments/media-types/"


def catalogue_graph(catalogue: Catalogue, iris: IriSpace) -> Graph:
    """Say in RDF what a catalogue holds: all that a harvester needs, and nothing from elsewhere."""
    say = _Say(catalogue, iris)
    graph = Graph()
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
        yield from _words(self.it, self.all.words)
        yield from self._published(self.it, self.all.licence)
        yield self.it, FOAF.homepage, self.iris.address("")
        yield self.it, DCTERMS.issued, _date(self.all.issued)
        yield self.it, DCTERMS.modified, _date(self.all.modified)
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
        yield from _texts(self.by, FOAF.name, publisher.name)
        yield self.by, DCTERMS.identifier, Literal(publisher.code)
        if publisher.homepage:
            yield self.by, FOAF.homepage, URIRef(publisher.homepage)

    def place(self) -> Triples:
        yield self.where, RDF.type, DCTERMS.Location
        yield from _texts(self.where, SKOS.prefLabel, self.all.publisher.name)
        for other in self.all.publisher.see_also:
            yield self.where, RDFS.seeAlso, URIRef(other)

    def contact(self) -> Triples:
        it, contact = self.iris.contact(), self.all.contact
        yield it, RDF.type, VCARD.Organization
        yield from _texts(it, VCARD.fn, contact.name)
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
                yield from _texts(self.unconfirmed, SKOS.prefLabel, note)
                yield self.unconfirmed, RDFS.label, Literal(note.ja, lang="ja")

    def themes(self) -> Triples:
        """Our own themes that datasets have, with their names; and the EU's."""
        known = load(THEMES)
        for theme in {theme for each in self.all.datasets for theme in each.themes}:
            for label in known.objects(theme, SKOS.prefLabel):
                if isinstance(label, Literal):
                    yield theme, SKOS.prefLabel, label
        yield from _term(GOVERNMENT)

    def series(self, series: Series) -> Triples:
        it = series.iri
        yield it, RDF.type, DCAT.DatasetSeries
        yield from _words(it, series.words)
        yield it, DCTERMS.publisher, self.by
        yield it, DCAT.contactPoint, self.iris.contact()
        yield it, DCTERMS.spatial, self.where
        yield it, DCTERMS.issued, _date(series.issued)
        yield it, DCTERMS.modified, _date(series.modified)
        yield from _linked(it, DCTERMS.accrualPeriodicity, series.frequency)
        yield from _period(it, series.period)

    def dataset(self, dataset: Dataset) -> Triples:
        it = dataset.iri
        yield it, RDF.type, DCAT.Dataset
        yield it, DCTERMS.identifier, Literal(dataset.name)
        yield from _words(it, dataset.words)
        yield from self._published(it, dataset.licence)
        yield it, DCAT.contactPoint, self.iris.contact()
        yield it, DCAT.landingPage, dataset.page
        yield it, DCTERMS.spatial, self.where
        yield from _dates(dataset)
        yield from _linked(it, DCTERMS.accessRights, PUBLIC)
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
            yield from _period(it, dataset.period)
        if dataset.frequency is not None:
            yield from _linked(it, DCTERMS.accrualPeriodicity, dataset.frequency)
        if dataset.quality is not None:
            yield it, DQV.hasQualityMetadata, dataset.quality
            yield dataset.quality, RDF.type, DQV.QualityMetadata
        for source in dataset.sources:
            yield it, PROV.wasDerivedFrom, source
        yield it, DCTERMS.provenance, provenance
        yield provenance, RDF.type, DCTERMS.ProvenanceStatement
        yield from _texts(provenance, SKOS.prefLabel, dataset.provenance)
        yield provenance, RDFS.label, Literal(dataset.provenance.ja, lang="ja")
        for standard in dataset.conforms_to:
            yield from _standard(it, standard)

    def _distribution(self, distribution: Distribution, dataset: Dataset) -> Triples:
        it, checksum = distribution.iri, self.iris.checksum(distribution.iri)
        media_type = URIRef(_IANA + distribution.media_type)
        yield it, RDF.type, DCAT.Distribution
        yield from _texts(it, DCTERMS.title, distribution.title)
        yield from _texts(it, DCTERMS.description, dataset.words.description)
        yield it, DCAT.accessURL, distribution.download
        yield it, DCAT.downloadURL, distribution.download
        yield from _dates(dataset, it)
        yield from self._licensed(it, dataset.licence)
        yield from self._in_languages(it)
        yield it, DCAT.mediaType, media_type
        yield media_type, RDF.type, DCTERMS.MediaType
        yield media_type, RDFS.label, Literal(distribution.media_type, lang="en")
        yield from _file_type(it, distribution.format)
        yield from _linked(it, DCATAP.availability, STABLE)
        yield from _linked(it, ADMS.status, COMPLETED)
        yield it, DCAT.byteSize, Literal(str(distribution.size), datatype=XSD.nonNegativeInteger)
        yield it, SPDX.checksum, checksum
        yield checksum, RDF.type, SPDX.Checksum
        yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
        yield checksum, SPDX.checksumValue, Literal(distribution.sha256, datatype=XSD.hexBinary)

    def service(self, service: DataService) -> Triples:
        it = service.iri
        yield it, RDF.type, DCAT.DataService
        yield from _words(it, service.words)
        yield it, DCAT.endpointURL, service.endpoint
        yield it, DCAT.endpointDescription, service.description
        yield it, DCTERMS.publisher, self.by
        yield it, DCAT.contactPoint, self.iris.contact()
        yield from self._licensed(it, self.all.licence)
        yield from _linked(it, DCTERMS.accessRights, PUBLIC)
        yield from _standard(it, service.conforms_to)
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
            yield from _linked(it, DCTERMS.language, LANGUAGES[language])


def _words(it: URIRef, words: wording.Wording) -> Triples:
    yield from _texts(it, DCTERMS.title, words.title)
    yield from _texts(it, DCTERMS.description, words.description)


def _dates(dataset: Dataset, file: URIRef | None = None) -> Triples:
    """When a dataset, or a file of it, was published and changed."""
    it = file or dataset.iri
    if dataset.issued is not None:
        yield it, DCTERMS.issued, _date(dataset.issued)
    yield it, DCTERMS.modified, _date(dataset.modified)


def _period(it: URIRef, period: Period) -> Triples:
    yield it, DCTERMS.temporal, period.iri
    yield period.iri, RDF.type, DCTERMS.PeriodOfTime
    yield period.iri, DCAT.startDate, _date(period.start)
    yield period.iri, DCAT.endDate, _date(period.end)


def _linked(it: URIRef, predicate: URIRef, term: Term) -> Triples:
    yield it, predicate, term.iri
    yield from _term(term)


def _term(term: Term) -> Triples:
    if term.type is not None:
        yield term.iri, RDF.type, term.type
    yield from _texts(term.iri, SKOS.prefLabel, term.label)
    yield term.iri, SKOS.inScheme, term.table


def _file_type(it: URIRef, term: Term) -> Triples:
    """CKAN reads a format only where dct:IMT is its one type, and then takes its one rdfs:label."""
    yield from _linked(it, DCTERMS["format"], term)
    yield term.iri, RDFS.label, Literal(term.label.ja, lang="en")
    yield DCTERMS.IMT, RDFS.subClassOf, DCTERMS.MediaTypeOrExtent


def _standard(it: URIRef, standard: URIRef) -> Triples:
    yield it, DCTERMS.conformsTo, standard
    yield standard, RDF.type, DCTERMS.Standard
    told = [each for each in load(ONTOLOGY).objects(standard, DCTERMS.title) if isinstance(each, Literal)]
    for title in told or [Literal(wording.STANDARDS[str(standard)], lang="en")]:
        yield standard, DCTERMS.title, title


def _texts(it: URIRef, predicate: URIRef, text: Text) -> Triples:
    for language, words in text.by_language.items():
        yield it, predicate, Literal(words, lang=language)


def _date(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)
