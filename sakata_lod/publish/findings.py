"""What the check of one file found, each with its place and what to do about it; as JSON, CSV and RDF."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from rdflib import Graph, Literal, URIRef

from sakata_lod.errors import Place, SourceError, Words
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import PLAN, SH, SHAPE, XSD
from sakata_lod.publish.datatypes import Value
from sakata_lod.publish.shapes import Shapes
from sakata_lod.publish.tables import csv_bytes, with_byte_order_mark
from sakata_lod.publish.validation_report import (
    Severity,
    ValidationReport,
    ValidationResult,
    report_graph,
    result_order,
)
from sakata_lod.vocabulary import TABLE_RULES, load

MOST_FINDINGS = 1000
"""How many are told; there is no use in more before those are mended."""

CHECKED = IriSpace("https://check.invalid/")
"""Where the IRIs of a checked table lie. Nothing is there: they are good for this one report."""

_HARMFUL = ("=", "+", "-", "@", "\t", "\r")
_LANGUAGES = ("ja", "en")
_HEADINGS = {
    "ja": ("深刻度", "シート", "行", "列", "セル", "見出し", "値", "問題", "直し方", "規則",
           "規則のIRI", "対象"),
    "en": ("Severity", "Sheet", "Row", "Column", "Cell", "Heading", "Value", "Problem", "Remedy", "Rule",
           "IRI of the rule", "Focus node"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A result, and what a person needs to mend it.

    problem: what is wrong. remedy: what to do. rule: what the rule is called. printed: what stands there.
    """

    result: ValidationResult
    problem: Words
    remedy: Words
    rule: Words
    printed: str = ""

    @property
    def place(self) -> Place | None:
        """Where it is in the table, if it is in one."""
        return self.result.place

    def printing(self, text: str) -> "Finding":
        """The same, with what stands there."""
        return replace(self, printed=text)

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it: "C5"; empty where it is about no single cell."""
        place = self.place
        if place is None or place.row is None or place.column is None:
            return ""
        return f"{get_column_letter(place.column)}{place.row_shown}"

    @property
    def record(self) -> dict[str, Any]:
        """It as JSON."""
        result, place = self.result, self.place
        return {
            "severity": result.severity.value,
            "place": place and _place(place, self.cell),
            "value": self.printed,
            "message": _by_language(self.problem),
            "remedy": _by_language(self.remedy),
            "rule": _by_language(self.rule),
            "shape": str(result.source_shape),
            "focus_node": str(result.focus_node),
            "path": result.path,
        }

    def row(self, language: str) -> list[Value]:
        """It as a row of a table, under `_HEADINGS`."""
        place = self.place or Place(Path())
        texts = [self.printed, *(each.sentence(language) for each in (self.problem, self.remedy, self.rule))]
        iris = [str(self.result.source_shape), str(self.result.focus_node)]
        where: list[Value] = [
            place.sheet or "",
            place.row_shown,
            place.column,
            self.cell,
            place.column_name or "",
        ]
        told: list[Value] = [self.result.severity.sentence(language), *where, *texts, *iris]
        return [_harmless(each) if isinstance(each, str) else each for each in told]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What the check of a file found. name: the file's.

    is_whole: all was checked; else something must be mended before the rest can be told. notes: what was not
    checked, and why.
    """

    name: str
    findings: tuple[Finding, ...]
    is_whole: bool = True
    notes: tuple[Words, ...] = ()

    @property
    def validation(self) -> ValidationReport:
        """The results by themselves."""
        return ValidationReport(tuple(each.result for each in self.findings))

    @property
    def conforms(self) -> bool:
        """Whether the data may be published."""
        return self.validation.conforms

    @property
    def record(self) -> dict[str, Any]:
        """It as JSON."""
        shown = self.findings[:MOST_FINDINGS]
        return {
            "file": self.name,
            "conforms": self.conforms,
            "complete": self.is_whole and len(shown) == len(self.findings),
            "counts": self.validation.counts,
            "notes": [_by_language(each) for each in self.notes],
            "results": [each.record for each in shown],
        }

    def csv(self, language: str) -> bytes:
        """It as CSV for spreadsheets, in which no cell is a formula."""
        rows = [each.row(language) for each in self.findings[:MOST_FINDINGS]]
        return with_byte_order_mark(csv_bytes([list(_HEADINGS[language]), *rows]))

    def graph(self, iris: IriSpace = CHECKED) -> Graph:
        """It in SHACL's words, the messages with the remedies; cells with their rows and columns."""
        shown = self.findings[:MOST_FINDINGS]
        graph = report_graph(ValidationReport(tuple(each.result for each in shown)), iris)
        for each in shown:
            it, place = iris.validation_result(each.result.key), each.place
            graph.remove((it, SH.resultMessage, None))
            for language in _LANGUAGES:
                told = f"{each.problem.sentence(language)} {each.remedy.sentence(language)}".strip()
                graph.add((it, SH.resultMessage, Literal(told, lang=language)))
            source = each.result.source
            if source is not None and place is not None and place.row is not None:
                graph.add((source, PLAN.row, Literal(place.row)))
                if place.column is not None:
                    graph.add((source, PLAN.column, Literal(place.column)))
        return graph


def _place(place: Place, cell: str) -> dict[str, Any]:
    return {
        "file": str(place.file),
        "sheet": place.sheet,
        "row": place.row_shown,
        "column": place.column,
        "cell": cell,
        "heading": place.column_name,
    }


def _by_language(words: Words) -> dict[str, str]:
    return {language: words.sentence(language) for language in _LANGUAGES}


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_HARMFUL) else text


def of_results(results: Iterable[ValidationResult], shapes: Shapes) -> tuple[Finding, ...]:
    """Tell what shapes found, with the words of the shapes."""
    return tuple(_of_result(each, shapes) for each in results)


def _of_result(result: ValidationResult, shapes: Shapes) -> Finding:
    said = shapes.authored
    shape = result.source_shape
    remedy = words(said, shape, SHAPE.remedy) or words(said, shape, SH.description)
    name = words(said, shape, SH.name) or Words(str(result.source_shape))
    problem = Words(result.message("ja"), result.message("en"))
    value = result.value
    printed = "" if value is None else str(value)
    return Finding(result, problem, remedy or Words("", ""), name, printed)


def words(said: Graph, rule: URIRef, predicate: URIRef) -> Words | None:
    """What is said of a rule, in both languages."""
    found: Mapping[str | None, str] = {
        getattr(each, "language", None): str(each) for each in said.objects(rule, predicate)
    }
    return Words(found["ja"], found.get("en")) if "ja" in found else None


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """Where findings about a table are put down: under the names of its plan and edition."""

    plan: str
    as_of: date

    def iri(self, place: Place) -> URIRef:
        """The IRI of a place: a cell, a row, or the table."""
        if place.row is None:
            return CHECKED.source(self.plan, self.as_of)
        if place.column is None:
            return CHECKED.source_row(self.plan, self.as_of, place.row)
        return CHECKED.source_cell(self.plan, self.as_of, place.row, place.column)

    def result(self, rule: str, severity: Severity, place: Place, printed: str) -> ValidationResult:
        """A result of one of the rules for tables, at a place."""
        iri = URIRef(f"{TABLE_RULES.iri}#{rule}")
        focus = self.iri(place)
        value = Literal(printed, datatype=XSD.string) if printed else None
        return ValidationResult(severity, focus, None, value, iri, iri, (), focus, place)

    def of_rule(self, rule: str, place: Place, printed: str) -> Finding:
        """Tell what a rule for the form of tables found."""
        said = load(TABLE_RULES)
        stated = said.value(URIRef(f"{TABLE_RULES.iri}#{rule}"), SH.severity)
        severity = next(each for each in Severity if each.iri == stated)
        result = self.result(rule, severity, place, printed)
        told = [words(said, result.source_shape, each) for each in (SH.message, SHAPE.remedy, SH.name)]
        problem, remedy, name = (each or Words(rule) for each in told)
        return Finding(result, problem, remedy, name, printed)

    def of_error(self, error: SourceError, place: Place, printed: str) -> Finding:
        """Tell why a place cannot be read. place: as near as it can be told."""
        problem, remedy = error.problem_and_remedy
        rule = type(error).__name__
        result = self.result(rule, Severity.VIOLATION, place, printed)
        return Finding(result, problem, remedy, Words("表の読み取り", "Reading the table"), printed)


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings into the order of results, the worst first, each once."""
    once = {each.result.key: each for each in findings}
    return tuple(sorted(once.values(), key=lambda each: result_order(each.result)))
