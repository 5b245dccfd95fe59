"""What a release's dataset holds, counted: VoID (https://www.w3.org/TR/void/).

It stands in a file of its own and in no graph, for it counts them all.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import filled, new_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, FILE_FORMAT, FOAF, OWL, PLAN, PREFIXES, RDF, SD, SKOS, VOID, XSD
from sakata_lod.publish.contents import Contents, classes_of, contents_of
from sakata_lod.publish.graph import Triples
from sakata_lod.publish.wording import Wording
from sakata_lod.serialization import SortedGraph
from sakata_lod.site import Text

_LINKS = (OWL.sameAs, SKOS.exactMatch, SKOS.closeMatch)
"""The properties by which things are linked to the same or like things elsewhere."""

_TYPE = str(RDF.type)

_EXAMPLES = (PLAN.Plan, PLAN.Measure, PLAN.Progress, PLAN.Activity)


@dataclass(frozen=True, slots=True)
class Dump:
    """A file that holds the whole dataset, or its default graph. feature: its format in W3C's list."""

    path: str
    feature: str


@dataclass(frozen=True, slots=True)
class Described:
    """What is described: its words, who publishes it on what terms, and when it changed last."""

    words: Wording
    publisher: URIRef
    licence: URIRef
    modified: str
    graphs: Mapping[URIRef, Text]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is counted: the default graph, and the named ones by their names."""

    default: SortedGraph
    named: Mapping[URIRef, SortedGraph]


def void_graph(held: Holdings, described: Described, dumps: Iterable[Dump], iris: IriSpace) -> Graph:
    """Describe a dataset: as a whole its default graph, and each named graph that has a title."""
    say = _Say(described, iris)
    default = held.default
    named = {name: held.named[name] for name in described.graphs if name in held.named}
    parts = (
        say.document(),
        say.whole(default, dumps),
        say.counted(say.it, default),
        say.linksets(default),
        *(say.named(name, triples) for name, triples in named.items()),
    )
    return filled(new_graph(), chain.from_iterable(parts))


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


class _Say:
    def __init__(self, described: Described, iris: IriSpace) -> None:
        self.described = described
        self.iris = iris
        self.page = iris.address(".well-known/void")
        self.it = URIRef(f"{self.page}#dataset")

    def document(self) -> Triples:
        yield self.page, RDF.type, VOID.DatasetDescription
        yield self.page, FOAF.primaryTopic, self.it
        yield self.page, FOAF.topic, self.it
        for language, text in self.described.words.title.by_language.items():
            yield self.page, DCTERMS.title, Literal(f"VoID: {text}", lang=language)

    def whole(self, default: SortedGraph, dumps: Iterable[Dump]) -> Triples:
        yield self.it, RDF.type, VOID.Dataset
        yield self.it, RDF.type, SD.Dataset
        for predicate, text in (
            (DCTERMS.title, self.described.words.title),
            (DCTERMS.description, self.described.words.description),
        ):
            for language, words in text.by_language.items():
                yield self.it, predicate, Literal(words, lang=language)
        yield self.it, DCTERMS.publisher, self.described.publisher
        yield self.it, DCTERMS.license, self.described.licence
        yield self.it, DCTERMS.modified, Literal(self.described.modified, datatype=XSD.date)
        yield self.it, FOAF.homepage, self.iris.address("")
        yield self.it, VOID.sparqlEndpoint, self.iris.address("sparql")
        yield self.it, VOID.uriSpace, Literal(f"{self.iris.base}id/")
        for dump in dumps:
            yield self.it, VOID.dataDump, self.iris.dump(dump.path)
            yield self.it, VOID.feature, FILE_FORMAT[dump.feature]
        for example in _examples(default):
            yield self.it, VOID.exampleResource, example
        for namespace in _vocabularies(default):
            yield self.it, VOID.vocabulary, URIRef(namespace)

    def named(self, name: URIRef, triples: SortedGraph) -> Triples:
        """A named graph, as a subset of the dataset. Its own IRI stays that of the graph."""
        key = name.removeprefix(self.iris.graph("x").removesuffix("x")).replace("/", "-")
        it = URIRef(f"{self.page}#graph-{key}")
        yield self.it, VOID.subset, it
        yield self.it, SD.namedGraph, name
        yield name, SD.graph, it
        yield it, RDF.type, VOID.Dataset
        for language, words in self.described.graphs[name].by_language.items():
            yield it, DCTERMS.title, Literal(words, lang=language)
        yield from self.counted(it, triples)

    def counted(self, it: URIRef, triples: SortedGraph) -> Triples:
        """How many triples there are, and of which classes and properties."""
        yield from counted(it, contents_of(triples, self.iris.base))
        yield it, VOID.distinctObjects, count(len({it for _, _, it in triples.texts}))

    def linksets(self, triples: SortedGraph) -> Triples:
        """The links to the same or like things elsewhere, by property and by where they lead."""
        known = {str(each): each for each in _LINKS}
        own = (f"<{self.iris.base}", f"<{str(PLAN).removesuffix('#')}")
        links: Counter[tuple[URIRef, str]] = Counter(
            (known[predicate], _space(it[1:-1]))
            for _, predicate, it in triples.texts
            if predicate in known and it.startswith("<") and not it.startswith(own)
        )
        for (predicate, space), number in links.items():
            it = URIRef(f"{self.page}#links-{term_key(predicate)}-{term_key(space)}")
            target = URIRef(f"{self.page}#target-{term_key(space)}")
            yield self.it, VOID.subset, it
            yield it, RDF.type, VOID.Linkset
            yield it, VOID.linkPredicate, predicate
            yield it, VOID.subjectsTarget, self.it
            yield it, VOID.objectsTarget, target
            yield it, VOID.triples, count(number)
            yield target, RDF.type, VOID.Dataset
            yield target, VOID.uriSpace, Literal(space)
            yield target, DCTERMS.title, Literal(urlsplit(space).netloc, lang="en")


def _examples(triples: SortedGraph) -> Iterator[URIRef]:
    """The first thing of each kind that people ask for."""
    for kind in _EXAMPLES:
        class_ = f"<{kind}>"
        if found := [it for it, predicate, of in triples.texts if of == class_ and predicate == _TYPE]:
            yield URIRef(min(found))


def _vocabularies(triples: SortedGraph) -> list[str]:
    """The vocabularies, of those known here, whose properties and classes are used."""
    terms = {*classes_of(triples), *(predicate for _, predicate, _ in triples.texts)}
    return sorted({space for space in PREFIXES.values() if any(term.startswith(space) for term in terms)})


def _space(iri: str) -> str:
    """What the IRIs of a collection begin with: all but the last part."""
    return iri[: max(iri.rstrip("/").rfind("/"), iri.rfind("#")) + 1]


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
