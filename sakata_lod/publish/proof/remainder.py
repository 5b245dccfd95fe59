"""Shapes and data → the shapes that are still to be run, each aiming at the nodes that are not sure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph
from rdflib.term import Node

from sakata_lod.conversion import new_graph
from sakata_lod.namespaces import OWL, RDF, RDFS, SH
from sakata_lod.publish.proof.conformance import Conforms, conformance
from sakata_lod.publish.proof.index import TripleIndex
from sakata_lod.publish.proof.paths import UnprovableError, inverted
from sakata_lod.vocabulary import SHARED_GRAPHS, load

Triple = tuple[Node, Node, Node]

TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_WHOLE_GRAPH = (SH.qualifiedValueShapesDisjoint, SH.target, SH.parameter, SH.closed)
"""Where these are, a shape means something by what stands elsewhere in its graph."""


@dataclass(frozen=True, slots=True)
class _Aimed:
    """A shape with targets. about: its triples and those of all that it refers to, but for targets.

    conforms: None where only the engine can tell.
    """

    shape: Node
    targets: tuple[tuple[Node, Node], ...]
    about: frozenset[Triple]
    conforms: Conforms | None


class Remainder:
    """The shapes of a graph, ready to tell which of them must be run over which nodes of some data."""

    def __init__(self, flat: Graph) -> None:
        """flat: shapes as they are run. Raises: pyshacl's errors: one cannot be run."""
        whole = new_graph()
        whole += flat
        _ = ShapesGraph(whole).shapes
        self._whole = whole
        self._inverse = frozenset(inverted(flat))
        self._aimed = None if _is_one_piece(flat) else tuple(_aimed(flat))

    def index(self, graphs: Sequence[Graph]) -> TripleIndex:
        """Index some graphs as the shapes will look into them; those that all cities share, once."""
        shared = [each for each in map(load, SHARED_GRAPHS) if any(each is graph for graph in graphs)]
        own = [graph for graph in graphs if not any(each is graph for each in shared)]
        if len(shared) < len(SHARED_GRAPHS):
            return TripleIndex(graphs, self._inverse)
        return TripleIndex(own, self._inverse, self._of_all)

    @cached_property
    def _of_all(self) -> TripleIndex:
        return TripleIndex(map(load, SHARED_GRAPHS), self._inverse)

    def of(self, index: TripleIndex) -> Graph:
        """The shapes to be run over some data: none finds anything but they."""
        if self._aimed is None:
            return self._whole
        shapes = new_graph()
        for each in self._aimed:
            for triple in _run(each, index):
                shapes.add(triple)
        return shapes


def _run(aimed: _Aimed, index: TripleIndex) -> Iterator[Triple]:
    conforms = aimed.conforms
    if conforms is None:
        aims = [(aimed.shape, predicate, target) for predicate, target in aimed.targets]
    else:
        nodes = {node for target in aimed.targets for node in _focus_nodes(index, target)}
        aims = [(aimed.shape, SH.targetNode, each) for each in nodes if not conforms(index, each)]
    if aims:
        yield from aimed.about
        yield from aims


def _focus_nodes(index: TripleIndex, target: tuple[Node, Node]) -> Iterator[Node]:
    match target:
        case (SH.targetNode, node):
            yield node
        case (SH.targetClass, class_):
            for each in index.classes_below(class_):
                yield from index.subjects(RDF.type, each)
        case (SH.targetObjectsOf, predicate):
            yield from (object_ for _, object_ in index.pairs(predicate))
        case (SH.targetSubjectsOf, predicate):
            yield from (subject for subject, _ in index.pairs(predicate))


def _is_one_piece(flat: Graph) -> bool:
    """Must all shapes be run together, for what one says depends on others."""
    classes = ((None, RDF.type, each) for each in (RDFS.Class, OWL.Class, SH.ConstraintComponent))
    return any((None, each, None) in flat for each in _WHOLE_GRAPH) or any(each in flat for each in classes)


def _aimed(flat: Graph) -> Iterator[_Aimed]:
    aims: Mapping[Node, list[tuple[Node, Node]]] = {}
    aims = {
        shape: [(predicate, target) for predicate in TARGETS for target in flat.objects(shape, predicate)]
        for shape in {shape for predicate in TARGETS for shape in flat.subjects(predicate)}
    }
    for shape, targets in aims.items():
        yield _Aimed(shape, tuple(targets), _about(flat, shape), _conforms(flat, shape))


def _conforms(flat: Graph, shape: Node) -> Conforms | None:
    try:
        return conformance(flat, shape)
    except UnprovableError:
        return None


def _about(flat: Graph, shape: Node) -> frozenset[Triple]:
    """What a shape says, and all that it refers to says."""
    found: set[Triple] = set()
    seen, new = {shape}, [shape]
    while new:
        for triple in flat.triples((new.pop(), None, None)):
            if triple[1] not in TARGETS:
                found.add(triple)
                if triple[2] not in seen:
                    seen.add(triple[2])
                    new.append(triple[2])
    return frozenset(found)
