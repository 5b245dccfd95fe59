"""SHACL shapes as they are run: flattened.

A property shape under a node shape is run node by node; the same shape with a target of its own is run once
for all nodes, many times faster. So shapes are authored nested, and flattened when they are loaded, wherever
that changes no result. The W3C's test suite holds us to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.conversion import new_graph
from sakata_lod.namespaces import OWL, RDF, RDFS, SH, SHAPE, XSD
from sakata_lod.publish.proof.remainder import Remainder
from sakata_lod.vocabulary import SHAPES, SharedFile, load

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_DESCRIPTIVE = (SH.name, SH.description, SH.message, SH.group, SH.order, SH.defaultValue, SHAPE.remedy)
_FRAME = (RDF.type, *_TARGETS, SH.path, SH.severity, SH.deactivated)
_SWITCHES = (SH.closed, SH.deactivated, SH.uniqueLang, SH.qualifiedValueShapesDisjoint)
_TRUE = Literal("true", datatype=XSD.boolean)
_REFERENCES = (SH.node, SH.qualifiedValueShape, SH["not"])
_LIST_REFERENCES = (SH["and"], SH["or"], SH.xone)


@dataclass(frozen=True, eq=False)
class Shapes:
    """Shapes, as authored and as run.

    authored: with all their words. flat: as run, without the words.
    """

    authored: Graph
    flat: Graph

    @cached_property
    def remainder(self) -> Remainder:
        """Tells which of them must be run. Raises: pyshacl's errors: one cannot be run."""
        return Remainder(self.flat)

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
            for shape in _shapes(self.flat)
            if _targets(self.flat, shape) and _has_constraint(self.flat, shape)
        )


@cache
def load_shapes(*files: SharedFile) -> Shapes:
    """Read the shapes that all cities share, or those of some files. Parses and flattens them once."""
    authored = new_graph()
    for file in files or SHAPES:
        authored += load(file)
    return make_shapes(authored)


def make_shapes(authored: Graph) -> Shapes:
    """Make authored shapes ready to run. Does not change their graph."""
    return Shapes(authored, _flattened(authored))


def _flattened(authored: Graph) -> Graph:
    """The shapes with each property shape aiming where its node shape aims, and without their words."""
    flat = _copied(triple for triple in authored if triple[1] not in _DESCRIPTIVE and not _is_off(triple))
    for outer, inner in _separable(flat):
        for predicate, target in _targets(flat, outer):
            flat.add((inner, predicate, target))
        flat.remove((outer, SH.property, inner))
    return flat


def _is_off(triple: tuple[Node, Node, Node]) -> bool:
    """Is it a switch that is not on? SHACL's are on by `true` alone, not by "1", which is as true."""
    return triple[1] in _SWITCHES and triple[2] != _TRUE


def _separable(flat: Graph) -> list[tuple[Node, Node]]:
    """The node shapes and their property shapes that find the same, and as often, when run apart."""
    referenced = _referenced(flat)
    return [
        (outer, inner)
        for outer in set(flat.subjects(SH.property))
        if outer not in referenced and _targets(flat, outer) and _lets_go(flat, outer)
        for inner in flat.objects(outer, SH.property)
        if inner not in referenced
        and not _targets(flat, inner)
        and len(set(flat.subjects(SH.property, inner))) == 1
    ]


def _lets_go(graph: Graph, outer: Node) -> bool:
    """Do the properties of a shape mean the same without it.

    Under a path they are about its values, a closed shape counts them, a deactivated one silences them, and
    disjoint qualified shapes look at each other.
    """
    holds = any((outer, predicate, None) in graph for predicate in (SH.path, SH.closed, SH.deactivated))
    inners = graph.objects(outer, SH.property)
    return not holds and not any((inner, SH.qualifiedValueShapesDisjoint, None) in graph for inner in inners)


def _copied(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    graph = new_graph()
    for triple in triples:
        graph.add(triple)
    return graph


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
