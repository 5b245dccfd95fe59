"""SHACL shapes as they are run: flattened, core constraints apart from SPARQL rules.

A property shape under a node shape is run node by node; the same shape with a target of its own is run once
for all nodes, many times faster. So shapes are authored nested, and flattened when they are loaded.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.namespaces import OWL, RDF, RDFS, SH
from sakata_lod.vocabulary import SHAPES, SharedFile, load

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_DESCRIPTIVE = (SH.name, SH.description, SH.message, SH.group, SH.order, SH.defaultValue)
_FRAME = (RDF.type, *_TARGETS, SH.path, SH.severity, SH.deactivated)
_REFERENCES = (SH.node, SH.qualifiedValueShape, SH["not"])
_LIST_REFERENCES = (SH["and"], SH["or"], SH.xone)


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Shapes, as authored and as run.

    authored: with all their words. core, rules: flat, without the words; `rules` holds what needs SPARQL.
    digest: SHA-256 of the files they were read from.
    """

    authored: Graph
    core: Graph
    rules: Graph
    digest: str

    def messages(self, shape: Node) -> tuple[Literal, ...]:
        """What a shape says when it is broken, by language tag."""
        found = (each for each in self.authored.objects(shape, SH.message) if isinstance(each, Literal))
        return tuple(sorted(found, key=lambda each: (each.language or "", each)))

    def named(self, shape: Node) -> URIRef:
        """The shape itself, or the nearest one around it that has an IRI."""
        seen: set[Node] = set()
        while not isinstance(shape, URIRef):
            seen.add(shape)
            outer = [each for each in self.authored.subjects(None, shape) if each not in seen]
            if not outer:
                return SH.Shape
            shape = min(outer, key=lambda each: (not isinstance(each, URIRef), str(each)))
        return shape

    def sources(self) -> frozenset[Node]:
        """The shapes that a result can come from: they aim at something, and ask something of it."""
        return frozenset(
            shape
            for graph in (self.core, self.rules)
            for shape in _shapes(graph)
            if _targets(graph, shape) and _has_constraint(graph, shape)
        )


@cache
def load_shapes(*files: SharedFile) -> Shapes:
    """Read the shapes that all cities share, or those of some files. Parses and flattens them once."""
    chosen = files or SHAPES
    authored = Graph()
    digest = hashlib.sha256()
    for file in chosen:
        digest.update(file.path.read_bytes())
        authored += load(file)
    return make_shapes(authored, digest.hexdigest())


def make_shapes(authored: Graph, digest: str) -> Shapes:
    """Make authored shapes ready to run. Does not change their graph."""
    flat = _flattened(authored)
    return Shapes(authored, _core(flat), _rules(flat), digest)


def _flattened(authored: Graph) -> Graph:
    """The shapes with each property shape aiming where its node shape aims, and without their words."""
    flat = _copied(triple for triple in authored if triple[1] not in _DESCRIPTIVE)
    referenced = _referenced(authored)
    for outer, inner in authored.subject_objects(SH.property):
        targets = _targets(authored, outer)
        if not targets or (outer, SH.deactivated, Literal(lexical_or_value=True)) in authored:
            continue
        for predicate, target in targets:
            flat.add((inner, predicate, target))
        if outer not in referenced:
            flat.remove((outer, SH.property, inner))
    return flat


def _core(flat: Graph) -> Graph:
    """All shapes but those that ask nothing except in SPARQL."""
    core = _copied(triple for triple in flat if triple[1] != SH.sparql)
    for shape in set(flat.subjects(SH.sparql)):
        if not _has_constraint(core, shape):
            core.remove((shape, None, None))
    return core


def _rules(flat: Graph) -> Graph:
    """The shapes that ask in SPARQL, without what they ask otherwise."""
    shapes, asking = _shapes(flat), set(flat.subjects(SH.sparql))
    return _copied(
        (subject, predicate, value)
        for subject, predicate, value in flat
        if subject not in shapes or (subject in asking and predicate in (*_FRAME, SH.sparql))
    )


def _copied(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    graph = _empty()
    for triple in triples:
        graph.add(triple)
    return graph


def _empty() -> Graph:
    """A graph that keeps no contexts, which shapes have no use for: faster to fill and to look into."""
    return Graph(store="SimpleMemory", bind_namespaces="none")


def _shapes(graph: Graph) -> set[Node]:
    return {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}


def _targets(graph: Graph, shape: Node) -> list[tuple[Node, Node]]:
    """What a shape aims at. A class that is a shape aims at its own instances."""
    stated: list[tuple[Node, Node]] = [
        (predicate, target) for predicate in _TARGETS for target in graph.objects(shape, predicate)
    ]
    is_class = (shape, RDF.type, RDFS.Class) in graph or (shape, RDF.type, OWL.Class) in graph
    return [*stated, (SH.targetClass, shape)] if is_class else stated


def _has_constraint(graph: Graph, shape: Node) -> bool:
    own = {predicate for predicate in graph.predicates(shape) if str(predicate).startswith(str(SH))}
    return bool(own.difference(_FRAME, _DESCRIPTIVE, [SH.property]))


def _referenced(graph: Graph) -> set[Node]:
    """The shapes that others use as a condition: run inside those, they must stay whole."""
    single = {value for predicate in _REFERENCES for value in graph.objects(None, predicate)}
    listed = {
        member
        for predicate in _LIST_REFERENCES
        for members in graph.objects(None, predicate)
        for member in graph.items(members)
    }
    return single | listed
