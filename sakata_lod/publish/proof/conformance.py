"""A shape → a function that tells of a node whether the engine would surely find nothing."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from rdflib import Graph, Literal
from rdflib.term import Node

from sakata_lod.namespaces import RDF, SH
from sakata_lod.publish.proof.index import TripleIndex
from sakata_lod.publish.proof.paths import UnprovableError, Values, values_of
from sakata_lod.publish.proof.values import ON_VALUES, Keeps, each_value

Conforms = Callable[[TripleIndex, Node], bool]

_FRAME = frozenset(
    (RDF.type, SH.path, SH.severity, SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
)
_ONCE = frozenset(
    (
        *(SH.minCount, SH.maxCount, SH.datatype, SH.nodeKind, SH.minLength, SH.maxLength),
        *(SH.languageIn, SH.uniqueLang, SH["in"]),
    )
)
"""What pyshacl refuses to be told twice of one shape."""

_QUALIFIED = frozenset((SH.qualifiedValueShape, SH.qualifiedMinCount))
_OF_PROPERTIES = frozenset((SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan, SH.lessThanOrEquals))
"""What pyshacl allows of property shapes alone."""

_DEEPEST = 5
"""Shapes within shapes. pyshacl refuses more than fifteen."""


def conformance(shapes: Graph, shape: Node, depth: int = 0) -> Conforms:
    """Make the function that tells it of a shape. Raises: UnprovableError: of some shape, nothing is sure."""
    if depth > _DEEPEST or (shape, None, None) not in shapes:
        raise UnprovableError(shape)
    values = _values(shapes, shape)
    keeps = _constraints(shapes, shape, depth)

    def conforms(index: TripleIndex, node: Node) -> bool:
        found = values(index, node)
        for each in keeps:  # noqa: SIM110 - faster than all()
            if not each(index, node, found):
                return False
        return True

    return conforms


def _values(shapes: Graph, shape: Node) -> Values:
    match list(shapes.objects(shape, SH.path)):
        case []:
            return lambda _, node: (node,)
        case [path]:
            return values_of(shapes, path)
        case _:
            raise UnprovableError(shape)


def _constraints(shapes: Graph, shape: Node, depth: int) -> list[Keeps]:
    said: dict[Node, list[Node]] = {}
    for predicate, value in shapes.predicate_objects(shape):
        said.setdefault(predicate, []).append(value)
    several = any(len(said[each]) > 1 for each in (_ONCE | _QUALIFIED) & said.keys())
    misplaced = SH.path not in said and (_OF_PROPERTIES | _QUALIFIED) & said.keys()
    if several or misplaced:
        raise UnprovableError(shape)
    within = partial(_within, shapes, depth=depth)
    found = [
        keeps
        for predicate in said.keys() - _FRAME - _QUALIFIED
        for value in said[predicate]
        for keeps in within(predicate, value)
    ]
    if _QUALIFIED & said.keys():
        found.append(_qualified(shapes, said, depth))
    return sorted(found, key=lambda each: each.__qualname__)


def _within(shapes: Graph, predicate: Node, value: Node, depth: int) -> list[Keeps]:
    if predicate in ON_VALUES:
        return [ON_VALUES[predicate](shapes, value)]
    if predicate == SH.node or predicate == SH.property:
        if (predicate == SH.property) != ((value, SH.path, None) in shapes):
            raise UnprovableError(value)
        return [each_value(conformance(shapes, value, depth + 1))]
    if predicate == SH["or"]:
        return [_any([conformance(shapes, each, depth + 1) for each in shapes.items(value)])]
    raise UnprovableError(predicate)


def _any(members: list[Conforms]) -> Keeps:
    if not members:
        raise UnprovableError(members)
    return each_value(lambda index, value: any(member(index, value) for member in members))


def _qualified(shapes: Graph, said: Mapping[Node, list[Node]], depth: int) -> Keeps:
    """So many values at least conform to a shape."""
    if not said.keys() >= _QUALIFIED:
        raise UnprovableError(said)
    (inner,), (least,) = said[SH.qualifiedValueShape], said[SH.qualifiedMinCount]
    wanted = least.value if isinstance(least, Literal) else None
    if not isinstance(wanted, int):
        raise UnprovableError(least)
    conforms = conformance(shapes, inner, depth + 1)

    def keeps(index: TripleIndex, _: Node, values: Collection[Node]) -> bool:
        return sum(conforms(index, each) for each in values) >= wanted

    return keeps
