"""Changes between editions → RDF, as the history of a plan holds them and `sakata-lod diff` writes them."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph, ox_triples
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE, DCTERMS, PLAN, RDF, RDFS
from sakata_lod.publish.change_words import sentence
from sakata_lod.publish.changes import Change, changes
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.snapshot import Snapshot, read_snapshot

_CAPITAL = re.compile("([A-Z])")


def changes_over_editions(
    editions: Sequence[Edition], graphs: Mapping[URIRef, Graph], iris: IriSpace
) -> Graph:
    """Say what changed from each of a plan's editions, oldest first, to the next.

    graphs: named graphs, among them those of the editions and that of the site.
    """
    graph = new_graph()
    if len(editions) < 2:
        return graph
    names = [iris.graph("site"), *(iris.edition_graph(each.plan, each.as_of) for each in editions)]
    store = ox.Store()
    for name in names:
        about = ox.NamedNode(name)
        store.bulk_extend(
            ox.Quad(each.subject, each.predicate, each.object, about) for each in ox_triples(graphs[name])
        )
    plan = editions[0].plan
    snapshots = (read_snapshot(store, iris, plan, each.as_of.isoformat()) for each in editions)
    for old, new in pairwise(snapshots):
        graph += changes_graph(plan, (old, new), changes(old, new), iris)
    return graph


def changes_graph(
    plan: str, editions: tuple[Snapshot | None, Snapshot | None], found: Sequence[Change], iris: IriSpace
) -> Graph:
    """Say in RDF what changed between two editions; None is one that a release does not have."""
    graph = new_graph()
    old, new = editions
    first, last = old or new, new or old
    if first is None or last is None:
        return graph
    for each in found:
        it = iris.change(plan, (first.day, last.day), f"{_slug(each.kind)}-{each.key}")
        graph.add((it, RDF.type, PLAN.Change))
        graph.add((it, DCTERMS.type, CODE[each.kind]))
        for subject in (each.subject, *each.also):
            graph.add((it, DCTERMS.subject, URIRef(subject)))
        for predicate, edition in ((PLAN.fromEdition, old), (PLAN.toEdition, new)):
            if edition is not None:
                graph.add((it, predicate, URIRef(edition.edition)))
        for language, tag in (("ja", "ja"), ("en", each.english)):
            graph.add((it, RDFS.label, Literal(sentence(each, language), lang=tag)))
    return graph


def _slug(kind: str) -> str:
    """A kind as it can stand in an IRI: measure-renamed."""
    return _CAPITAL.sub(r"-\1", kind).lower()
