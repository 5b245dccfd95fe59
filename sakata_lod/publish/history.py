"""How measures' progress went from edition to edition, and how it stands now → RDF."""

from collections.abc import Sequence
from itertools import pairwise

from rdflib import Graph, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.errors import IdentityUnclear
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE, PLAN, PROV
from sakata_lod.publish.graph import progress_graph
from sakata_lod.publish.plan import Edition
from sakata_lod.site import PlanSource


def check_identity(plan: PlanSource, editions: Sequence[Edition]) -> None:
    """Hold the editions of a plan, oldest first, to one measure a number: an IRI never changes its meaning.

    Raises: IdentityUnclear: a number vanished, or its title changed.
    """
    for before, after in pairwise(editions):
        titles = {measure.number: measure.title for measure in after.measures}
        for measure in before.measures:
            title = titles.get(measure.number, "")
            if title != measure.title:
                raise IdentityUnclear(plan.folder / "plan.toml", measure.number, measure.title, title or "—")


def history_graph(editions: Sequence[Edition], iris: IriSpace) -> Graph:
    """Say the progress in all editions of a plan, oldest first, what revises what, and the latest status."""
    graph = new_graph()
    latest: dict[str, URIRef] = {}
    for edition in editions:
        graph += progress_graph(edition, iris)
        for each in edition.progress:
            it = iris.progress(edition.plan, each.measure, edition.as_of)
            if each.measure in latest:
                graph.add((it, PROV.wasRevisionOf, latest[each.measure]))
            latest[each.measure] = it
    for each in editions[-1].progress if editions else ():
        measure = iris.measure(editions[-1].plan, each.measure)
        if each.achievement is not None:
            graph.add((measure, PLAN.currentAchievement, CODE[each.achievement]))
        if each.response is not None:
            graph.add((measure, PLAN.currentResponse, CODE[each.response]))
    return graph
