"""How measures went from edition to edition, how they stand now, and which have ended → RDF."""

from collections.abc import Iterable, Sequence

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE, DCTERMS, PLAN, PROV, RDF
from sakata_lod.publish.graph import Triples, progress_graph
from sakata_lod.publish.plan import Edition, Measure


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
    for triple in (*_current(editions[-1:], iris), *_succession(editions, iris), *_ended(editions, iris)):
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
    """What was split or merged: a measure names what it was made from, one that ended what replaced it."""
    listed = {each.key for edition in editions[-1:] for each in edition.measures}
    for edition in editions:
        for key, sources in edition.made_from:
            made = iris.measure(edition.plan, key)
            for source in sources:
                yield made, DCTERMS.source, iris.measure(edition.plan, source)
                if source not in listed:
                    yield iris.measure(edition.plan, source), DCTERMS.isReplacedBy, made


def _ended(editions: Sequence[Edition], iris: IriSpace) -> Triples:
    """The measures that the newest edition lists no more, as the last that does has them.

    They are part of the plan no more: whose they were is told by the edition.
    """
    for edition, measure in _last_listed(editions):
        it = iris.measure(edition.plan, measure.key)
        yield it, RDF.type, PLAN.EndedMeasure
        yield from _listed_as(it, measure)
        yield it, PLAN.lastEdition, iris.edition(edition.plan, edition.as_of)


def _last_listed(editions: Sequence[Edition]) -> Iterable[tuple[Edition, Measure]]:
    last = {each.key: (edition, each) for edition in editions for each in edition.measures}
    newest = editions[-1:]
    return (found for found in last.values() if found[0] not in newest)
