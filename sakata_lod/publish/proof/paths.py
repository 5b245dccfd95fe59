"""SHACL property paths → functions that look their values up."""

from collections.abc import Callable, Collection, Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from sakata_lod.namespaces import RDF, SH
from sakata_lod.publish.proof.index import TripleIndex

Values = Callable[[TripleIndex, Node], Collection[Node]]


class UnprovableError(Exception):
    """What the engine alone can tell: it is asked."""


def values_of(shapes: Graph, path: Node) -> Values:
    """Make the function that finds a path's values, from a node. Raises: UnprovableError."""
    if isinstance(path, URIRef):
        return lambda index, node: index.objects(node, path)
    if (path, RDF.first, None) in shapes:
        return _sequence([values_of(shapes, each) for each in shapes.items(path)])
    match list(shapes.predicate_objects(path)):
        case [(SH.inversePath, URIRef() as inverse)]:
            return lambda index, node: index.subjects(inverse, node)
        case [(SH.alternativePath, members)]:
            return _union([values_of(shapes, each) for each in shapes.items(members)])
        case [(SH.zeroOrOnePath, inner)]:
            return _union([_itself, values_of(shapes, inner)])
        case _:
            raise UnprovableError(path)


def _itself(_: TripleIndex, node: Node) -> Collection[Node]:
    return (node,)


def inverted(shapes: Graph) -> Iterator[URIRef]:
    """The predicates that paths follow from object to subject."""
    for each in shapes.objects(None, SH.inversePath):
        if isinstance(each, URIRef):
            yield each


def _sequence(steps: list[Values]) -> Values:
    def values(index: TripleIndex, node: Node) -> Collection[Node]:
        found: Collection[Node] = (node,)
        for step in steps:
            found = {value for each in found for value in step(index, each)}
        return found

    return values


def _union(parts: list[Values]) -> Values:
    return lambda index, node: {value for part in parts for value in part(index, node)}
