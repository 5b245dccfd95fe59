"""Links from a site's measures to those of others → RDF: those that people accepted, with who and when."""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.errors import InvalidConfiguration, Words
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD
from sakata_lod.publish.graph import Triples
from sakata_lod.site import LINKS, LinksFile, MeasureLink, Site, Text

_KEY_DIGITS = 12
_PARTS = {
    "title": Text(ja="名称", en="titles"),
    "themes": Text(ja="テーマ", en="themes"),
    "departments": Text(ja="担当課", en="departments"),
}


def check_links(site: Site, measures: Mapping[str, AbstractSet[str]], iris: IriSpace) -> None:
    """Hold the accepted links to what is published. measures: the numbers of each plan's measures.

    Raises: InvalidConfiguration: a link's own measure is not published, or the other one is this site's, too.
    """
    path = site.folder / LINKS
    for each in site.links.accepted:
        if each.number not in measures.get(each.plan, frozenset()):
            problem = Words(
                "ここで公開している計画の最新の版に、この施策はありません",
                "no plan published here has this measure in its current edition",
            )
            raise InvalidConfiguration(path, each.measure, problem)
        if iris.has(each.other):
            problem = Words(
                f"{each.other} はこのサイト自身のものです。リンクは他市へ、市内の関連はテーマで示します",
                f"{each.other} is this site's own: links lead to other cities; themes relate one's own",
            )
            raise InvalidConfiguration(path, each.measure, problem)


def measure_links_graph(site: Site, iris: IriSpace) -> Graph:
    """Say each accepted link, who accepted it, when, and how it was found.

    It is said of one's own measure alone: what is said of another city's measure is for that city to say.
    """
    graph = new_graph()
    for each in site.links.accepted:
        for triple in _link(each, site, iris):
            graph.add(triple)
    return graph


def of_plans(links: LinksFile, slugs: AbstractSet[str]) -> LinksFile:
    """The same without links from other plans than these."""
    return links.model_copy(update={"link": tuple(each for each in links.link if each.plan in slugs)})


def _link(link: MeasureLink, site: Site, iris: IriSpace) -> Triples:
    own, other, relation = iris.measure(link.plan, link.number), URIRef(link.other), SKOS[link.relation]
    digest = hashlib.sha256(f"{relation} {other}".encode()).hexdigest()[:_KEY_DIGITS]
    it = iris.measure_link(link.plan, link.number, digest)
    yield own, relation, other
    yield it, RDF.type, RDF.Statement
    if link.own_title and link.other_title:
        yield it, RDFS.label, Literal(f"{link.own_title} ↔ {link.other_title}", lang="ja")
    yield it, RDF.subject, own
    yield it, RDF.predicate, relation
    yield it, RDF.object, other
    yield from _texts(it, RDFS.comment, _why(link, site.links.method))
    yield from _decision(it, link, site, iris)


def _decision(it: URIRef, link: MeasureLink, site: Site, iris: IriSpace) -> Triples:
    """Who accepted it, and when. A file that does not say so is not read."""
    decision, decider = URIRef(f"{it}#decision"), URIRef(f"{it}#decider")
    when = _midnight(link.on or date.min)
    yield it, PROV.wasGeneratedBy, decision
    yield it, PROV.wasAttributedTo, decider
    yield it, PROV.generatedAtTime, when
    yield decision, RDF.type, PROV.Activity
    yield decision, PROV.wasAssociatedWith, decider
    yield decision, PROV.endedAtTime, when
    if site.links.method:
        yield decision, DCTERMS.description, Literal(site.links.method, lang="en")
    yield decider, RDF.type, PROV.Agent
    yield decider, PROV.actedOnBehalfOf, iris.organization(site.publisher.code)
    yield from _texts(decider, FOAF.name, link.by or site.publisher.name)


def _why(link: MeasureLink, method: str) -> Text:
    """What the link rests on."""
    if link.score is None:
        return Text(ja="職員が見つけた。", en="Found by staff.")
    known = [(each, link.parts[each]) for each in _PARTS if each in link.parts]
    ja = "、".join(f"{_PARTS[name].ja}{part:.2f}" for name, part in known)
    en = ", ".join(f"{_PARTS[name].en} {part:.2f}" for name, part in known)
    return Text(
        ja=f"機械が候補として挙げ（{method}、{link.score:.2f}: {ja}）、職員が認めた。",
        en=f"Proposed by machine ({method}, {link.score:.2f}: {en}), accepted by staff.",
    )


def _midnight(day: date) -> Literal:
    """The beginning of a day in Japan."""
    return Literal(f"{day.isoformat()}T00:00:00+09:00", datatype=XSD.dateTime)


def _texts(it: URIRef, predicate: URIRef, text: Text) -> Triples:
    for language, words in text.by_language.items():
        yield it, predicate, Literal(words, lang=language)
