"""What a description of a dataset says in VoID (https://www.w3.org/TR/void/), of whomever's it is."""

import hashlib
from dataclasses import dataclass

from rdflib import Literal, URIRef

from sakata_lod.formats import Format
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, FILE_FORMAT, FOAF, PREFIXES, RDF, SD, VOID, XSD
from sakata_lod.publish.catalogue_statements import words
from sakata_lod.publish.contents import Contents
from sakata_lod.publish.graph import Triples
from sakata_lod.publish.wording import Wording


@dataclass(frozen=True, slots=True)
class Dump:
    """A file that holds the whole dataset, or its default graph."""

    path: str
    format: Format


@dataclass(frozen=True, slots=True)
class Described:
    """What is described: its words, who publishes it on what terms, when it changed last, and its files.

    uri_space: what the IRIs of its things begin with.
    """

    words: Wording
    publisher: URIRef
    licence: URIRef
    modified: str
    uri_space: str
    dumps: tuple[Dump, ...]


def page_of(iris: IriSpace) -> URIRef:
    """The document that describes a dataset."""
    return iris.description()


def dataset_of(iris: IriSpace) -> URIRef:
    """The dataset that the document describes."""
    return URIRef(f"{page_of(iris)}#dataset")


def document(described: Described, iris: IriSpace) -> Triples:
    """The document, and what it is about."""
    page = page_of(iris)
    yield page, RDF.type, VOID.DatasetDescription
    yield page, FOAF.primaryTopic, dataset_of(iris)
    yield page, FOAF.topic, dataset_of(iris)
    for language, text in described.words.title.by_language.items():
        yield page, DCTERMS.title, Literal(f"VoID: {text}", lang=language)


def whole(described: Described, iris: IriSpace) -> Triples:
    """The dataset: its words, publisher and terms, and where it is had."""
    it = dataset_of(iris)
    yield it, RDF.type, VOID.Dataset
    yield it, RDF.type, SD.Dataset
    yield from words(it, described.words)
    yield it, DCTERMS.publisher, described.publisher
    yield it, DCTERMS.license, described.licence
    yield it, DCTERMS.modified, Literal(described.modified, datatype=XSD.date)
    yield it, FOAF.homepage, iris.address("")
    yield it, VOID.sparqlEndpoint, iris.address("sparql")
    yield it, VOID.uriSpace, Literal(described.uri_space)
    for dump in described.dumps:
        yield it, VOID.dataDump, iris.dump(dump.path)
        yield it, VOID.feature, FILE_FORMAT[dump.format.unique_name]


def vocabularies(it: URIRef, contents: Contents) -> Triples:
    """The vocabularies, of those known here, whose classes and properties are used."""
    terms = {*contents.classes, *contents.properties}
    for space in PREFIXES.values():
        if any(term.startswith(space) for term in terms):
            yield it, VOID.vocabulary, URIRef(space)


def counted(it: URIRef, contents: Contents) -> Triples:
    """How many triples a dataset has, and of which classes and properties."""
    yield from numbers(it, contents)
    for kind, told, partition, entries, found in (
        ("class", VOID["class"], VOID.classPartition, VOID.entities, contents.classes),
        ("property", VOID.property, VOID.propertyPartition, VOID.triples, contents.properties),
    ):
        for term, number in found.items():
            part = URIRef(f"{it}-{kind}-{term_key(term)}")
            yield it, partition, part
            yield part, told, URIRef(term)
            yield part, entries, count(number)


def numbers(it: URIRef, contents: Contents) -> Triples:
    """How many triples a dataset has, and how many things, classes and properties they tell of."""
    for predicate, number in (
        (VOID.triples, contents.triples),
        (VOID.entities, contents.entities),
        (VOID.classes, len(contents.classes)),
        (VOID.properties, len(contents.properties)),
        (VOID.distinctSubjects, contents.subjects),
    ):
        yield it, predicate, count(number)


def term_key(iri: str) -> str:
    """Name a term within a fragment: by its prefix, else by a digest."""
    for prefix, space in PREFIXES.items():
        local = iri.removeprefix(space)
        if local != iri and local.replace("-", "").isalnum():
            return f"{prefix}-{local}"
    return hashlib.sha256(iri.encode()).hexdigest()[:12]


def count(number: int) -> Literal:
    """A number of things."""
    return Literal(str(number), datatype=XSD.integer)
