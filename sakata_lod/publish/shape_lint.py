"""Is a shapes graph itself well made? SHACL passes over a misspelt term or an unknown class in silence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node

from sakata_lod.namespaces import (
    ADMS,
    CODE,
    DCAT,
    DCATAP,
    DCTERMS,
    DQV,
    FOAF,
    OA,
    ORG,
    OWL,
    PLAN,
    PREFIXES,
    PROV,
    QB,
    RDF,
    RDFS,
    SD,
    SH,
    SKOS,
    SPDX,
    THEME,
    TIME,
    VCARD,
    XSD,
)

_STANDARDS: tuple[type[DefinedNamespace], ...] = (
    ADMS, DCAT, DCATAP, DCTERMS, DQV, FOAF, OA, ORG, OWL, PROV, QB, RDF, RDFS, SD, SH, SKOS, SPDX, TIME,
    VCARD, XSD,
)  # fmt: skip
_OURS = (str(PLAN), str(CODE), str(THEME))
_LANGUAGES = ("en", "ja")
_WORDS = (SH.name, SH.description, SH.message)
_TERM_VALUED = (
    SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH["class"], SH.datatype, SH.hasValue, SH.equals,
    SH.disjoint, SH.lessThan, SH.lessThanOrEquals,
)  # fmt: skip
_PATH_STEPS = (SH.path, SH.inversePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)


@dataclass(frozen=True, slots=True, order=True)
class ShapeFault:
    """What is wrong with a shape. subject: its IRI, or the label of a blank node."""

    subject: str
    problem: str


def lint_shapes(shapes: Graph, shared: Graph) -> tuple[ShapeFault, ...]:
    """Find what is misspelt, unknown or unsaid in a shapes graph.

    shared: the vocabulary, codes and themes, by which terms of our own are known.
    """
    found: set[ShapeFault] = set()
    for check in (_misspelt, _unknown, _unsaid, _unframed, _unparsed):
        found.update(ShapeFault(str(subject), problem) for subject, problem in check(shapes, shared))
    return tuple(sorted(found))


_Faults = Iterator[tuple[Node, str]]
_Check = Callable[[Graph, Graph], _Faults]


def _misspelt(shapes: Graph, shared: Graph) -> _Faults:  # noqa: ARG001
    for triple in shapes:
        for term in triple:
            if isinstance(term, URIRef) and term.startswith(str(SH)) and term not in SH:
                yield triple[0], f"{term} is no term of SHACL"


def _unknown(shapes: Graph, shared: Graph) -> _Faults:
    for subject, predicate, value in shapes:
        named = predicate in _TERM_VALUED or predicate in _PATH_STEPS or predicate == RDF.first
        if named and isinstance(value, URIRef) and not _is_known(value, shapes, shared):
            yield subject, f"{value} is in no vocabulary known here"


def _is_known(term: URIRef, shapes: Graph, shared: Graph) -> bool:
    if str(term).startswith(_OURS):
        return (term, None, None) in shared
    return any(term in standard for standard in _STANDARDS) or any(
        (term, None, None) in graph for graph in (shapes, shared)
    )


def _unsaid(shapes: Graph, shared: Graph) -> _Faults:  # noqa: ARG001
    for shape in _shapes(shapes):
        for predicate in _WORDS:
            said = [each.language for each in shapes.objects(shape, predicate) if isinstance(each, Literal)]
            if sorted(each or "" for each in said) != list(_LANGUAGES):
                yield shape, f"{predicate} is needed once in each of: {', '.join(_LANGUAGES)}"
    for group in shapes.subjects(RDF.type, SH.PropertyGroup):
        said = [each.language for each in shapes.objects(group, RDFS.label) if isinstance(each, Literal)]
        if sorted(each or "" for each in said) != list(_LANGUAGES):
            yield group, f"rdfs:label is needed once in each of: {', '.join(_LANGUAGES)}"


def _unframed(shapes: Graph, shared: Graph) -> _Faults:  # noqa: ARG001
    groups = set(shapes.subjects(RDF.type, SH.PropertyGroup))
    for shape in _shapes(shapes):
        if not isinstance(shape, URIRef):
            yield shape, "has no IRI"
        for predicate in (SH.order, SH.severity, SH.group):
            if len(set(shapes.objects(shape, predicate))) != 1:
                yield shape, f"{predicate} is needed once"
        if not groups.issuperset(shapes.objects(shape, SH.group)):
            yield shape, "its sh:group is no sh:PropertyGroup"


def _unparsed(shapes: Graph, shared: Graph) -> _Faults:  # noqa: ARG001
    for constraint, text in shapes.subject_objects(SH.select):
        declared = {
            str(shapes.value(each, SH.prefix)): str(shapes.value(each, SH.namespace))
            for header in shapes.objects(constraint, SH.prefixes)
            for each in shapes.objects(header, SH.declare)
        }
        if any(PREFIXES.get(prefix) != namespace for prefix, namespace in declared.items()):
            yield constraint, "declares a prefix otherwise than it is used everywhere else"
        try:
            ox.Store().query(str(text), prefixes=declared)
        except SyntaxError as error:
            yield constraint, f"its query is no SPARQL: {error}"


def _shapes(shapes: Graph) -> set[Node]:
    """All shapes, those too that do not say they are."""
    stated = {*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(RDF.type, SH.PropertyShape)}
    used = {value for predicate in (SH.property, SH.node) for value in shapes.objects(None, predicate)}
    return stated | used | set(shapes.subjects(SH.path))
