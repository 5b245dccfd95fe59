"""What a validation found: as data, as RDF, as a table for people."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from rdflib import BNode, Graph, Literal, URIRef
from rich.table import Table
from rich.text import Text

from sakata_lod.conversion import new_graph
from sakata_lod.errors import Place
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, PREFIXES, RDF, SH, XSD


class Severity(Enum):
    """How bad a result is; the worst first. The names are SHACL's."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def iri(self) -> URIRef:
        """SHACL's IRI for it."""
        return SH[self.value]

    def sentence(self, language: str) -> str:
        """Tell it in "ja" or "en"."""
        return (
            {"Violation": "違反", "Warning": "警告", "Info": "情報"}[self.value]
            if language == "ja"
            else self.value
        )


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One thing that a shape found.

    path: in SPARQL's notation, with whole IRIs; None where the shape is about the node itself.
    other_severity: one that is not SHACL's; it is then taken for a Violation.
    occurrence: which it is, from 1, of results that say the same. A language used three times too many is
    three such results.
    messages: the shape's own, one for each language.
    source, place: the first cell (or row) of a source table that the focus node comes from, if any.
    """

    severity: Severity
    focus_node: URIRef | BNode | Literal
    path: str | None
    value: URIRef | BNode | Literal | None
    source_shape: URIRef
    component: URIRef
    messages: tuple[Literal, ...]
    source: URIRef | None = None
    place: Place | None = None
    other_severity: URIRef | None = None
    occurrence: int = 1

    @property
    def severity_iri(self) -> URIRef:
        """The severity as its shape states it."""
        return self.other_severity or self.severity.iri

    @property
    def key(self) -> str:
        """A digest of what the result says: the same fault has the same key in every run."""
        said = (self.focus_node, self.value, self.source_shape, self.component)
        parts = [self.severity.value, self.path or "", *("" if each is None else each.n3() for each in said)]
        parts += [self.other_severity] if self.other_severity else []
        parts += [str(self.occurrence)] if self.occurrence > 1 else []
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def message(self, language: str) -> str:
        """The message in that language, or else in English, or else in any."""
        for wanted in (language, "en"):
            for each in self.messages:
                if each.language == wanted:
                    return str(each)
        return str(self.messages[0]) if self.messages else ""


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All that a validation found, the worst first, then in the order of the source table."""

    results: tuple[ValidationResult, ...] = ()

    @property
    def conforms(self) -> bool:
        """May the data be published? Only violations forbid it; SHACL's own sh:conforms is stricter."""
        return not self.count(Severity.VIOLATION)

    @property
    def violations(self) -> tuple[ValidationResult, ...]:
        """What forbids publishing."""
        return tuple(each for each in self.results if each.severity is Severity.VIOLATION)

    def count(self, severity: Severity) -> int:
        """How many results there are of a severity."""
        return sum(each.severity is severity for each in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """How many results there are of each severity, by its name in SHACL."""
        return {severity.value: self.count(severity) for severity in Severity}


def sorted_results(results: Iterable[ValidationResult]) -> tuple[ValidationResult, ...]:
    """Put results into the one order that a report has, and count those that say the same."""
    seen: Counter[str] = Counter()
    counted = []
    for each in sorted(results, key=result_order):
        seen[each.key] += 1
        counted.append(replace(each, occurrence=seen[each.key]))
    return tuple(counted)


def result_order(
    result: ValidationResult,
) -> tuple[int, bool, str, int, int, str, str, str, str, str, list[str]]:
    """What results are sorted by: the worst first, then as they stand in the table."""
    place = result.place
    return (
        list(Severity).index(result.severity),
        place is None,
        str(place.file) if place else "",
        (place.row or 0) if place else 0,
        (place.column or 0) if place else 0,
        str(result.focus_node),
        str(result.source_shape),
        result.path or "",
        result.value.n3() if result.value is not None else "",
        str(result.component),
        [each.n3() for each in result.messages],
    )


def report_graph(report: ValidationReport, iris: IriSpace) -> Graph:
    """Say a report in SHACL's own words, without blank nodes.

    sh:conforms is as SHACL defines it: true only if there is no result at all, be it a mere Info.
    A path that is not a single IRI would be a blank node: it is left out, and its source shape tells it.
    """
    graph = new_graph()
    it = iris.validation_report()
    graph.add((it, RDF.type, SH.ValidationReport))
    graph.add((it, SH.conforms, Literal(str(not report.results).lower(), datatype=XSD.boolean)))
    for result in report.results:
        graph.add((it, SH.result, _add_result(graph, result, iris)))
    return graph


def _add_result(graph: Graph, result: ValidationResult, iris: IriSpace) -> URIRef:
    it = iris.validation_result(result.key)
    graph.add((it, RDF.type, SH.ValidationResult))
    graph.add((it, SH.resultSeverity, result.severity_iri))
    graph.add((it, SH.sourceShape, result.source_shape))
    graph.add((it, SH.sourceConstraintComponent, result.component))
    path = URIRef(result.path[1:-1]) if result.path and _is_single(result.path) else None
    named = ((SH.focusNode, result.focus_node), (SH.resultPath, path), (SH.value, result.value))
    for predicate, value in (*named, (DCTERMS.source, result.source)):
        if value is not None and not isinstance(value, BNode):
            graph.add((it, predicate, value))
    for message in result.messages:
        graph.add((it, SH.resultMessage, message))
    return it


def _is_single(path: str) -> bool:
    return path.startswith("<") and path.index(">") == len(path) - 1


_HEADINGS = {
    "ja": ("深刻度", "場所", "対象（項目と値）", "内容"),
    "en": ("Severity", "Place", "Focus node (path and value)", "Message"),
}
_IRI = re.compile("<([^>]*)>")
COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def report_table(report: ValidationReport, language: str) -> Table:
    """Lay a report out for a terminal, in "ja" or "en"."""
    table = Table(show_lines=True, expand=True)
    for heading, ratio in zip(_HEADINGS["ja" if language == "ja" else "en"], (None, 2, 3, 6), strict=True):
        table.add_column(heading, overflow="fold", ratio=ratio)
    for result in report.results:
        table.add_row(
            Text(result.severity.sentence(language), style=COLOURS[result.severity]),
            Text(result.place.sentence(language) if result.place else ""),
            Text("\n".join(shown(result))),
            Text(result.message(language)),
        )
    return table


def shown(result: ValidationResult) -> list[str]:
    """What a result is about, for people: its focus node, its path and its value, with IRIs in short."""
    value = None if result.value is None else result.value.n3()
    return [_short(each) for each in (result.focus_node.n3(), result.path, value) if each]


def _short(text: str) -> str:
    """Write IRIs of known vocabularies with their prefixes, `^dct:title`, and a city's own by their ends."""
    if text.startswith('"'):
        return text
    return _IRI.sub(lambda found: _curie(found.group(1)), text)


def _curie(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.partition("/id/")[2] or iri
