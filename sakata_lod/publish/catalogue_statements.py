"""What the parts of a catalogue have in common, as triples: texts, days, terms of authority tables."""

from datetime import date

from rdflib import Literal, URIRef

from sakata_lod.namespaces import DCAT, DCTERMS, RDF, RDFS, SKOS, XSD
from sakata_lod.publish import wording
from sakata_lod.publish.authority import Term
from sakata_lod.publish.catalogue import Dataset, Period
from sakata_lod.publish.graph import Triples
from sakata_lod.site import Text
from sakata_lod.vocabulary import ONTOLOGY, load


def words(it: URIRef, words: wording.Wording) -> Triples:
    """Its title and description."""
    yield from texts(it, DCTERMS.title, words.title)
    yield from texts(it, DCTERMS.description, words.description)


def dates(dataset: Dataset, file: URIRef | None = None) -> Triples:
    """When a dataset, or a file of it, was published and changed."""
    it = file or dataset.iri
    if dataset.issued is not None:
        yield it, DCTERMS.issued, day(dataset.issued)
    yield it, DCTERMS.modified, day(dataset.modified)


def period(it: URIRef, covered: Period) -> Triples:
    """The time that it is about."""
    yield it, DCTERMS.temporal, covered.iri
    yield covered.iri, RDF.type, DCTERMS.PeriodOfTime
    yield covered.iri, DCAT.startDate, day(covered.start)
    yield covered.iri, DCAT.endDate, day(covered.end)


def linked(it: URIRef, predicate: URIRef, term: Term) -> Triples:
    """A term of an authority table, and what it is called."""
    yield it, predicate, term.iri
    yield from term_itself(term)


def term_itself(term: Term) -> Triples:
    """What a term of an authority table is called."""
    if term.type is not None:
        yield term.iri, RDF.type, term.type
    yield from texts(term.iri, SKOS.prefLabel, term.label)
    yield term.iri, SKOS.inScheme, term.table


def file_type(it: URIRef, term: Term) -> Triples:
    """CKAN reads a format only where dct:IMT is its one type, and then takes its one rdfs:label."""
    yield from linked(it, DCTERMS["format"], term)
    yield term.iri, RDFS.label, Literal(term.label.ja, lang="en")
    yield DCTERMS.IMT, RDFS.subClassOf, DCTERMS.MediaTypeOrExtent


def standard(it: URIRef, named: URIRef) -> Triples:
    """A standard that it keeps to, and the title of that."""
    yield it, DCTERMS.conformsTo, named
    yield named, RDF.type, DCTERMS.Standard
    told = [each for each in load(ONTOLOGY).objects(named, DCTERMS.title) if isinstance(each, Literal)]
    for title in told or [Literal(wording.STANDARDS[str(named)], lang="en")]:
        yield named, DCTERMS.title, title


def texts(it: URIRef, predicate: URIRef, text: Text) -> Triples:
    """A text in each language there is."""
    for language, words in text.by_language.items():
        yield it, predicate, Literal(words, lang=language)


def day(of: date) -> Literal:
    """A day, as xsd:date."""
    return Literal(of.isoformat(), datatype=XSD.date)
