"""What a release's dataset holds, counted: VoID (https://www.w3.org/TR/void/).

It stands in a file of its own and in no graph, for it counts them all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import filled, new_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, OWL, PLAN, RDF, SD, SKOS, VOID
from sakata_lod.publish.catalogue_statements import texts
from sakata_lod.publish.contents import contents_of
from sakata_lod.publish.graph import Triples
from sakata_lod.publish.void_statements import (
    Described,
    count,
    counted,
    dataset_of,
    document,
    page_of,
    term_key,
    vocabularies,
    whole,
)
from sakata_lod.serialization import SortedGraph
from sakata_lod.site import Text

_LINKS = (OWL.sameAs, SKOS.exactMatch, SKOS.closeMatch)
"""The properties by which things are linked to the same or like things elsewhere."""

_TYPE = str(RDF.type)

_EXAMPLES = (PLAN.Plan, PLAN.Measure, PLAN.Progress, PLAN.Activity)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is counted: the default graph, and the named ones. titles: of those that are to be described."""

    default: SortedGraph
    named: Mapping[URIRef, SortedGraph]
    titles: Mapping[URIRef, Text]


def void_graph(held: Holdings, described: Described, iris: IriSpace) -> Graph:
    """Describe a dataset: as a whole its default graph, and each named graph that has a title."""
    it = dataset_of(iris)
    contents = contents_of(held.default, iris.base)
    parts = (
        document(described, iris),
        whole(described, iris),
        ((it, VOID.exampleResource, example) for example in _examples(held.default)),
        vocabularies(it, contents),
        counted(it, contents),
        _objects(it, held.default),
        _linksets(held.default, iris),
        *(_named(name, held, iris) for name in held.titles if name in held.named),
    )
    return filled(new_graph(), chain.from_iterable(parts))


def _named(name: URIRef, held: Holdings, iris: IriSpace) -> Triples:
    """A named graph, as a subset of the dataset. Its own IRI stays that of the graph."""
    key = name.removeprefix(iris.graph("x").removesuffix("x")).replace("/", "-")
    it = URIRef(f"{page_of(iris)}#graph-{key}")
    yield dataset_of(iris), VOID.subset, it
    yield dataset_of(iris), SD.namedGraph, name
    yield name, SD.graph, it
    yield it, RDF.type, VOID.Dataset
    yield from texts(it, DCTERMS.title, held.titles[name])
    yield from counted(it, contents_of(held.named[name], iris.base))
    yield from _objects(it, held.named[name])


def _objects(it: URIRef, triples: SortedGraph) -> Triples:
    yield it, VOID.distinctObjects, count(len({each for _, _, each in triples.texts}))


def _linksets(triples: SortedGraph, iris: IriSpace) -> Triples:
    """The links to the same or like things elsewhere, by property and by where they lead."""
    known = {str(each): each for each in _LINKS}
    own = (f"<{iris.base}", f"<{str(PLAN).removesuffix('#')}")
    links: Counter[tuple[URIRef, str]] = Counter(
        (known[predicate], _space(it[1:-1]))
        for _, predicate, it in triples.texts
        if predicate in known and it.startswith("<") and not it.startswith(own)
    )
    for (predicate, space), number in links.items():
        it = URIRef(f"{page_of(iris)}#links-{term_key(predicate)}-{term_key(space)}")
        target = URIRef(f"{page_of(iris)}#target-{term_key(space)}")
        yield dataset_of(iris), VOID.subset, it
        yield it, RDF.type, VOID.Linkset
        yield it, VOID.linkPredicate, predicate
        yield it, VOID.subjectsTarget, dataset_of(iris)
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


def _space(iri: str) -> str:
    """What the IRIs of a collection begin with: all but the last part."""
    return iri[: max(iri.rstrip("/").rfind("/"), iri.rfind("#")) + 1]
