"""How measures went from edition to edition, how they stand now, and what has ended → RDF."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TypeVar

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE, DCTERMS, PLAN, PROV, RDF, SKOS
from sakata_lod.publish.graph import Triples, progress_graph
from sakata_lod.publish.plan import Division, Edition, Measure

ListedT = TypeVar("ListedT", Division, Measure)


def history_graph(editions: Sequence[Edition], iris: IriSpace) -> Graph:
    """Say the progress in all editions of a plan, oldest first, what revises what, and the latest status.

    Each progress says under which number and title its edition lists the measure, whose own are those of now.
    """
    graph = new_graph()
    latest: dict[str, URIRef] = {}
    for edition in editions:
        graph += progress_graph(edition, iris)
        measures = {each.key: each for each in edition.measures}
        for each in edition.progress:
            it = iris.progress(edition.plan, each.measure, edition.as_of)
            for triple in _listed_as(it, measures[each.measure]):
                graph.add(triple)
            if each.measure in latest:
                graph.add((it, PROV.wasRevisionOf, latest[each.measure]))
            latest[each.measure] = it
    of_now = (_current(editions[-1:], iris), _succession(editions, iris))
    for triple in chain(*of_now, _ended(editions, iris), _ended_divisions(editions, iris)):
        graph.add(triple)
    return graph


def _listed_as(it: URIRef, measure: Measure) -> Triples:
    yield it, DCTERMS.identifier, Literal(measure.number)
    yield it, DCTERMS.title, Literal(measure.title, lang="ja")


def _current(editions: Sequence[Edition], iris: IriSpace) -> Triples:
    for edition in editions:
        for each in edition.progress:
            measure = iris.measure(edition.plan, each.measure)
            if each.achievement is not None:
                yield measure, PLAN.currentAchievement, CODE[each.achievement]
            if each.response is not None:
                yield measure, PLAN.currentResponse, CODE[each.response]


def _succession(editions: Sequence[Edition], iris: IriSpace) -> Triples:
    """What was split or merged: a thing names what it was made from, one that ended what replaced it."""
    newest = editions[-1:]
    divisions = {each.key for edition in newest for each in edition.divisions}
    measures = {each.key for edition in newest for each in edition.measures}
    for edition in editions:
        for mint, made_from, listed in (
            (iris.division, edition.divisions_made_from, divisions),
            (iris.measure, edition.made_from, measures),
        ):
            for key, sources in made_from:
                made = mint(edition.plan, key)
                for source in sources:
                    yield made, DCTERMS.source, mint(edition.plan, source)
                    if source not in listed:
                        yield mint(edition.plan, source), DCTERMS.isReplacedBy, made


def _ended(editions: Sequence[Edition], iris: IriSpace) -> Triples:
    """The measures that the newest edition lists no more, as the last that does has them.

    They are part of the plan no more: whose they were is told by the edition.
    """
    for edition, measure in _last_listed(editions, lambda edition: edition.measures):
        it = iris.measure(edition.plan, measure.key)
        yield it, RDF.type, PLAN.EndedMeasure
        yield from _listed_as(it, measure)
        yield it, PLAN.lastEdition, iris.edition(edition.plan, edition.as_of)


def _ended_divisions(editions: Sequence[Edition], iris: IriSpace) -> Triples:
    """The divisions that the newest edition has no more, as the last that does has them."""
    for edition, division in _last_listed(editions, lambda edition: edition.divisions):
        it = iris.division(edition.plan, division.key)
        yield it, RDF.type, PLAN.EndedDivision
        yield it, SKOS.notation, Literal(division.number)
        yield it, SKOS.prefLabel, Literal(division.title, lang="ja")
        yield it, PLAN.lastEdition, iris.edition(edition.plan, edition.as_of)


def _last_listed(
    editions: Sequence[Edition], listed: Callable[[Edition], Iterable[ListedT]]
) -> Iterable[tuple[Edition, ListedT]]:
    last = {each.key: (edition, each) for edition in editions for each in listed(edition)}
    newest = editions[-1:]
    return (found for found in last.values() if found[0] not in newest)
