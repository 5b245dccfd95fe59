"""Does the graph keep to the shapes? SHACL → ValidationReport."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate as run_pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.errors import Place
from sakata_lod.namespaces import DCTERMS, OA, PLAN, PROV, RDF, RDFS, SH
from sakata_lod.publish.shape_paths import path_text
from sakata_lod.publish.shapes import Shapes
from sakata_lod.publish.union_graph import union_graph
from sakata_lod.publish.validation_report import Severity, ValidationReport, ValidationResult, sorted_results

_SEVERITIES = frozenset(each.iri for each in Severity)


def validate(graphs: Sequence[Graph], shapes: Shapes, store: ox.Store | None = None) -> ValidationReport:
    """Hold the union of some graphs to the shapes. Changes none of them.

    The vocabulary, codes and themes must be among them, for a code that is not in the union would be taken
    for a wrong one. Nothing is inferred but what SHACL asks: instances of subclasses.
    All shapes are always run, so that one run tells all there is to mend.
    store: has their union as its default graph, if there is one already.
    """
    index = shapes.remainder.index(graphs)
    found = _results(union_graph(graphs, len(index), store), shapes.remainder.of(index), shapes)
    return ValidationReport(sorted_results(found))


def _results(whole: Graph, remaining: Graph, shapes: Shapes) -> Iterator[ValidationResult]:
    if not remaining:
        return
    _, report, _ = run_pyshacl(whole, shacl_graph=remaining, inplace=True)
    if not isinstance(report, Graph):
        raise report
    for result in report.objects(None, SH.result):
        yield _result(whole, report, result, shapes)


def _result(whole: Graph, report: Graph, result: Node, shapes: Shapes) -> ValidationResult:
    shape = _identified(report.value(result, SH.sourceShape))
    focus, value = _term(report.value(result, SH.focusNode)), _term(report.value(result, SH.value))
    path, stated = report.value(result, SH.resultPath), report.value(result, SH.resultSeverity)
    if focus is None:
        raise ValueError("a result without focus node is none of SHACL's")
    if path is not None and not isinstance(path, URIRef):
        path = shapes.authored.value(shape, SH.path)
    source = _source(whole, (focus, value))
    return ValidationResult(
        severity=next((each for each in Severity if each.iri == stated), Severity.VIOLATION),
        focus_node=focus,
        path=None if path is None else path_text(shapes.authored, path),
        value=value,
        source_shape=shapes.named(shape),
        component=URIRef(str(report.value(result, SH.sourceConstraintComponent))),
        messages=_with_comments(whole, focus, shapes.messages(shape) or _engine_messages(report, result)),
        source=source,
        place=None if source is None else _place(whole, source),
        other_severity=None if stated in _SEVERITIES else URIRef(str(stated)),
    )


def _identified(node: Node | None) -> URIRef | BNode:
    return node if isinstance(node, BNode) else URIRef(str(node))


def _term(node: Node | None) -> URIRef | BNode | Literal | None:
    return node if node is None or isinstance(node, Literal) else _identified(node)


def _engine_messages(report: Graph, result: Node) -> tuple[Literal, ...]:
    """What the engine says of a shape that has no words of its own."""
    found = (each for each in report.objects(result, SH.resultMessage) if isinstance(each, Literal))
    return tuple(sorted(found, key=str))


def _with_comments(whole: Graph, focus: Node, messages: Iterable[Literal]) -> tuple[Literal, ...]:
    """Tell of an anomaly what its own comment says of it, in each message's language."""
    if (focus, RDF.type, PLAN.SourceAnomaly) not in whole:
        return tuple(messages)
    comments = {
        each.language: each for each in whole.objects(focus, RDFS.comment) if isinstance(each, Literal)
    }
    return tuple(
        Literal(f"{each} {comments[each.language]}", lang=each.language)
        if each.language in comments
        else each
        for each in messages
    )


def _source(whole: Graph, nodes: Iterable[Node | None]) -> URIRef | None:
    """The first cell or row of a table that one of the nodes is, or comes from, or points at."""
    for node in nodes:
        if isinstance(node, URIRef):
            linked = (*whole.objects(node, PROV.wasDerivedFrom), *whole.objects(node, OA.hasTarget))
            placed = [
                each for each in (node, *linked) if isinstance(each, URIRef) and _is_placed(whole, each)
            ]
            if placed:
                return min(placed, key=lambda each: _order(whole, each))
    return None


def _order(whole: Graph, source: URIRef) -> tuple[int, int, str]:
    return _number(whole, source, PLAN.row) or 0, _number(whole, source, PLAN.column) or 0, source


def _is_placed(whole: Graph, node: URIRef) -> bool:
    return _number(whole, node, PLAN.row) is not None


def _number(whole: Graph, node: URIRef, predicate: URIRef) -> int | None:
    value = whole.value(node, predicate, any=True)
    number = value.toPython() if isinstance(value, Literal) else None
    return number if isinstance(number, int) else None


def _place(whole: Graph, source: URIRef) -> Place:
    """Where a cell or row stands: in which file, row and column."""
    table = source
    sheet, sheet_row = None, None
    while (outer := whole.value(table, DCTERMS.isPartOf, any=True)) is not None and outer != table:
        sheet = sheet or whole.value(table, PLAN.sheet, any=True)
        sheet_row = sheet_row or _number(whole, table, PLAN.sheetRow)
        table = URIRef(str(outer))
    name = whole.value(table, DCTERMS.identifier, any=True) or table
    heading = whole.value(source, PLAN.columnName, any=True)
    return Place(
        file=Path(str(name)),
        row=_number(whole, source, PLAN.row),
        column=_number(whole, source, PLAN.column),
        column_name=None if heading is None else str(heading),
        sheet=None if sheet is None else str(sheet),
        sheet_row=sheet_row,
    )
