"""The catalogue as it is served: one dataset, or a page of them, with all that a harvester needs of each.

What a page says is what the catalogue's named graph says of its datasets and of whatever they name there,
step by step: its size is bounded, however long the catalogue.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCAT, DCTERMS, HYDRA, RDF, XSD
from sakata_lod.serve.store import QuadStore, Solution

DATASETS_A_PAGE = 100

_LISTS = {str(each) for each in (DCAT.dataset, DCAT.catalog, DCAT.servesDataset, DCTERMS.hasPart)}
"""By these the catalogue and its services list everything: a page keeps what is on it."""

_PLACES = str(DCTERMS.spatial)

_ELSEWHERE = {*_LISTS, str(DCAT.prev)}
"""These lead to what is told on another page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset in the catalogue. modified: the day of its last change."""

    iri: str
    name: str
    modified: str


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Some of the catalogue's datasets: page `number` of `pages`, from 1, of `total` datasets."""

    entries: Sequence[Entry]
    triples: Sequence[ox.Triple]
    number: int
    pages: int
    total: int

    def linked(self, iris: IriSpace, suffix: str, since: str) -> list[ox.Triple]:
        """Its triples, and those that lead to the pages around it, in the format of a suffix.

        A harvester follows hydra:next without saying what it accepts, so the address says the format.
        """

        def address(number: int) -> ox.NamedNode:
            return _node(iris.catalogue_page(suffix, page_query(number, since)))

        catalogue, here = _node(iris.catalogue()), address(self.number)
        links: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
            (catalogue, HYDRA.view, here),
            (catalogue, RDF.type, _node(HYDRA.Collection)),
            (catalogue, HYDRA.totalItems, ox.Literal(str(self.total), datatype=_node(XSD.integer))),
            (here, RDF.type, _node(HYDRA.PartialCollectionView)),
            (here, HYDRA.first, address(1)),
            (here, HYDRA.last, address(self.pages)),
        ]
        if self.number > 1:
            links.append((here, HYDRA.previous, address(self.number - 1)))
        if self.number < self.pages:
            links.append((here, HYDRA.next, address(self.number + 1)))
        told = [ox.Triple(subject, _node(predicate), value) for subject, predicate, value in links]
        return [*self.triples, *told]


def page_query(number: int, since: str) -> str:
    """What the URL of a page says of it."""
    return f"page={number}" + (f"&modified_since={since}" if since else "")


def catalogue_page(store: QuadStore, iris: IriSpace, number: int, since: str = "") -> CataloguePage:
    """Collect a page. since: a day; only datasets that changed on it or later. Past the last, it is empty."""
    entries = [each for each in all_entries(store, iris) if each.modified >= since]
    pages = max(1, -(-len(entries) // DATASETS_A_PAGE))
    shown = entries[(number - 1) * DATASETS_A_PAGE : number * DATASETS_A_PAGE]
    triples = _told(store, iris, [str(iris.catalogue()), *(each.iri for each in shown)])
    return CataloguePage(shown, triples, number, pages, len(entries))


def all_entries(store: QuadStore, iris: IriSpace) -> list[Entry]:
    """The datasets of a site's catalogue, by their names; of a federation's, those of all cities."""
    if store.summary is not None:
        listed = store.summary.datasets(_city(iris))
        return [Entry(each.iri, each.name, each.modified) for each in listed]
    return [_entry(each) for each in store.select("catalogue-datasets", catalogue=_node(iris.catalogue()))]


def dataset_entry(store: QuadStore, iris: IriSpace, name: str) -> Entry | None:
    """Find a dataset by the name that catalogues know it by."""
    if store.summary is not None:
        listed = store.summary.dataset(name, _city(iris))
        return Entry(listed.iri, listed.name, listed.modified) if listed else None
    catalogue, identifier = _node(iris.catalogue()), ox.Literal(name)
    found = store.select("catalogue-datasets", catalogue=catalogue, identifier=identifier)
    return _entry(found[0]) if found else None


def _city(iris: IriSpace) -> str:
    """The code of the city of a federation whose IRIs these are; nothing for the federation's."""
    return "" if iris.cities else iris.base.rstrip("/").rpartition("/")[2]


def dataset_triples(store: QuadStore, iris: IriSpace, entry: Entry) -> list[ox.Triple]:
    """Tell all that the catalogue says of one dataset."""
    return triples_of(store, iris, [entry])


def triples_of(store: QuadStore, iris: IriSpace, entries: Sequence[Entry]) -> list[ox.Triple]:
    """Tell all that the catalogue says of some datasets."""
    return _told(store, iris, [each.iri for each in entries])


def _told(store: QuadStore, iris: IriSpace, things: Iterable[str]) -> list[ox.Triple]:
    """What the catalogue says of some things, of what they name, and so on."""
    found: list[ox.Triple] = []
    known, next_ = set(things), list(things)
    while next_:
        said = list(_said(store, iris, next_))
        found += said
        named = {
            each.object.value
            for each in said
            if isinstance(each.object, ox.NamedNode)
            and each.predicate.value not in _ELSEWHERE
            and not _is_list(each, iris)
        }
        next_ = sorted(named - known)
        known.update(next_)
    return [each for each in found if not _is_list(each, iris) or _value(each.object) in known]


def _is_list(triple: ox.Triple, iris: IriSpace) -> bool:
    """Whether a triple is one of those that list everything, as a federation's catalogue lists all places."""
    if iris.cities and triple.predicate.value == _PLACES:
        return triple.subject == _node(iris.catalogue())
    return triple.predicate.value in _LISTS


def _said(store: QuadStore, iris: IriSpace, things: Iterable[str]) -> Iterator[ox.Triple]:
    """What is said of some things by the catalogue of whoever they belong to: a city has its own."""
    by_graph: dict[str, list[str]] = {}
    for each in things:
        by_graph.setdefault(str(iris.space_of(each).graph("catalogue")), []).append(each)
    for graph, held in by_graph.items():
        yield from store.said(held, graph)


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _entry(solution: Solution) -> Entry:
    return Entry(solution.iri("dataset"), solution.text("identifier"), solution.text("modified"))


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))
