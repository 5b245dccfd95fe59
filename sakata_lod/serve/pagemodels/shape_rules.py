"""The rules that data must keep, as the shared SHACL shapes tell them: for their own page and others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from sakata_lod import vocabulary
from sakata_lod.namespaces import RDF, RDFS, SH, SHAPE
from sakata_lod.serve.labels import Text, language_rank, shortened
from sakata_lod.serve.tables import anchor_of

_OWN = {str(each.iri) for each in vocabulary.SHAPES}
_TOLD = {
    str(each)
    for each in (
        RDF.type, SH.targetClass, SH.name, SH.description, SH.message, SH.severity, SH.path, SH.property,
        SH.sparql, SH.group, SH.order, SH.minCount, SH.maxCount, SHAPE.remedy,
    )
}  # fmt: skip
"""What is told otherwise than as a constraint."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape. severity: Violation, Warning or Info. path, constraints: as Turtle would write them, in short.

    message, remedy: what is said if it is broken. count: how many values there are to be.

    classes: whose things it is about. queries: the SPARQL that finds what breaks it, each after its anchor.
    parts: the shapes of its properties.
    """

    iri: str
    anchor: str
    name: Text
    description: Text | None
    message: Text | None
    remedy: Text | None
    severity: str
    path: str
    path_iri: str
    classes: Sequence[str]
    constraints: Sequence[str]
    queries: Sequence[tuple[str, str]]
    parts: Sequence["Rule"]
    count: str


@dataclass(frozen=True, slots=True)
class Binding:
    """A shape that says something of a property, and the shape whose things have it."""

    shape: Rule
    rule: Rule


def shapes(language: str) -> Sequence[Rule]:
    """All shapes of things, in the order of their files."""
    return _shapes(language)


def others(language: str) -> Sequence[tuple[str, str, Text]]:
    """What the files define besides shapes, such as groups and prefixes: anchor, IRI, name."""
    graph = _graph()
    found = []
    for subject in _defined(graph):
        types = set(graph.objects(subject, RDF.type))
        if not types & {SH.NodeShape, SH.PropertyShape} and not list(graph.objects(subject, SH.select)):
            name = _text(graph, subject, RDFS.label, language) or Text(
                str(graph.value(subject, SH.namespace) or "")
            )
            found.append((anchor_of(str(subject)), str(subject), name))
    return found


@cache
def names(language: str) -> Mapping[str, Text]:
    """What each shape is called."""
    told: dict[str, Text] = {}
    for shape in _shapes(language):
        told[shape.iri] = shape.name
        for part in shape.parts:
            told.setdefault(part.iri, Text(f"{shape.name.value}: {part.name.value}", shape.name.language))
    return told


def binding(term: str, language: str) -> Sequence[Binding]:
    """The rules about a property, or about the things of a class."""
    return _bindings(language).get(term, ())


@cache
def _bindings(language: str) -> Mapping[str, Sequence[Binding]]:
    told: dict[str, list[Binding]] = {}
    for shape in _shapes(language):
        for each in shape.classes:
            told.setdefault(each, []).append(Binding(shape, shape))
        for part in shape.parts:
            if part.path_iri:
                told.setdefault(part.path_iri, []).append(Binding(shape, part))
    return told


@cache
def _graph() -> Graph:
    whole = Graph()
    for each in vocabulary.SHAPES:
        whole += vocabulary.load(each)
    return whole


@cache
def _shapes(language: str) -> Sequence[Rule]:
    graph = _graph()
    return [
        _rule(graph, subject, language)
        for subject in _defined(graph)
        if (subject, RDF.type, SH.NodeShape) in graph or _stands_alone(graph, subject)
    ]


def _defined(graph: Graph) -> Iterator[URIRef]:
    """The named terms, in the order of their files: RDF itself has none."""
    found = {each for each in graph.subjects() if isinstance(each, URIRef) and "#" in each}
    text = "".join(vocabulary.content(each).decode() for each in vocabulary.SHAPES)
    return iter(sorted(found, key=lambda each: (text.find(f":{each.partition('#')[2]} a "), each)))


def _stands_alone(graph: Graph, subject: URIRef) -> bool:
    """Whether it is the shape of a property, but no part of a shape: others refer to it."""
    return (subject, RDF.type, SH.PropertyShape) in graph and (None, SH.property, subject) not in graph


def _rule(graph: Graph, shape: Node, language: str) -> Rule:
    path = graph.value(shape, SH.path)
    parts = [_rule(graph, each, language) for each in graph.objects(shape, SH.property)]
    iri = str(shape) if isinstance(shape, URIRef) else ""
    return Rule(
        iri=iri,
        anchor=anchor_of(iri),
        name=_text(graph, shape, SH.name, language) or Text(iri.partition("#")[2]),
        description=_text(graph, shape, SH.description, language),
        message=_text(graph, shape, SH.message, language),
        remedy=_text(graph, shape, SHAPE.remedy, language),
        severity=str(graph.value(shape, SH.severity) or SH.Violation).partition("#")[2],
        path=_short(graph, path) if path is not None else "",
        path_iri=str(path) if isinstance(path, URIRef) else "",
        classes=sorted(str(each) for each in graph.objects(shape, SH.targetClass)),
        constraints=_constraints(graph, shape),
        queries=[
            (anchor_of(str(each)), str(graph.value(each, SH.select) or "").strip())
            for each in sorted(graph.objects(shape, SH.sparql), key=str)
        ],
        parts=sorted(parts, key=lambda each: (each.path, each.iri)),
        count=_count(graph, shape),
    )


def _count(graph: Graph, shape: Node) -> str:
    """How many values there are to be: `1`, `0..1`, `1..*`."""
    least = graph.value(shape, SH.minCount) or graph.value(shape, SH.qualifiedMinCount)
    most = graph.value(shape, SH.maxCount)
    bounds = [str(least if least is not None else 0), str(most if most is not None else "*")]
    return bounds[0] if bounds[0] == bounds[1] else "..".join(bounds)


def _constraints(graph: Graph, shape: Node) -> list[str]:
    told: dict[str, list[str]] = {}
    for predicate, value in graph.predicate_objects(shape):
        if str(predicate) not in _TOLD:
            told.setdefault(shortened(str(predicate)), []).append(_short(graph, value))
    return [f"{name} {', '.join(sorted(values))}" for name, values in sorted(told.items())]


def _short(graph: Graph, node: Node) -> str:
    """A value, a list, a path or a nameless shape in a few words."""
    if isinstance(node, URIRef):
        return node.partition("#")[2] if node.partition("#")[0] in _OWN else shortened(str(node))
    if isinstance(node, Literal):
        return str(node)
    if (inverse := graph.value(node, SH.inversePath)) is not None:
        return f"^{_short(graph, inverse)}"
    if graph.value(node, RDF.first) is not None:
        separator = "/" if any(graph.subjects(SH.path, node)) else " "
        return separator.join(_short(graph, each) for each in Collection(graph, node))
    if isinstance(node, BNode):
        return "[ " + " ; ".join(_constraints(graph, node)) + " ]"
    return str(node)


def _text(graph: Graph, subject: Node, predicate: URIRef, language: str) -> Text | None:
    found = [
        Text(str(each), each.language or "")
        for each in graph.objects(subject, predicate)
        if isinstance(each, Literal)
    ]
    return min(found, key=lambda each: language_rank(each.language, language), default=None)
