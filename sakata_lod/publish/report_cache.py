"""Reports of earlier validations, kept so that what has not changed is not validated again."""

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from rdflib import BNode, Literal, URIRef

from sakata_lod.errors import Place
from sakata_lod.placing import replaced
from sakata_lod.publish.validation_report import Severity, ValidationReport, ValidationResult


@dataclass(frozen=True, slots=True)
class ReportCache:
    """A folder of reports, one file each, named by the key of what was validated.

    A file that cannot be read is as good as none: the validation runs again and writes it anew.
    """

    folder: Path

    def report(self, key: str, validate: Callable[[], ValidationReport]) -> ValidationReport:
        """Give the report of an earlier run, or run and keep what it finds."""
        report = self.read(key)
        if report is None:
            report = validate()
            self.write(key, report)
        return report

    def read(self, key: str) -> ValidationReport | None:
        """Find the report of an earlier run."""
        try:
            records = json.loads(self._file(key).read_text("utf-8"))
            return ValidationReport(tuple(_result(each) for each in records["results"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, key: str, report: ValidationReport) -> None:
        """Keep a report."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"results": [_record(each) for each in report.results]}, ensure_ascii=False)
        with replaced(self._file(key)) as draft:
            draft.write_text(text, "utf-8")

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def _record(result: ValidationResult) -> dict[str, Any]:
    place = result.place
    return {
        "severity": result.severity.value,
        "focus_node": _term_record(result.focus_node),
        "path": result.path,
        "value": _term_record(result.value),
        "source_shape": result.source_shape,
        "component": result.component,
        "messages": [_term_record(each) for each in result.messages],
        "source": result.source,
        "place": place and [str(place.file), *astuple(place)[1:]],
        "other_severity": result.other_severity,
        "occurrence": result.occurrence,
    }


def _result(record: dict[str, Any]) -> ValidationResult:
    place = record["place"]
    return ValidationResult(
        severity=Severity(record["severity"]),
        focus_node=_term(record["focus_node"]),
        path=record["path"],
        value=record["value"] and _term(record["value"]),
        source_shape=URIRef(record["source_shape"]),
        component=URIRef(record["component"]),
        messages=tuple(_literal(each) for each in record["messages"]),
        source=URIRef(record["source"]) if record["source"] else None,
        place=Place(Path(place[0]), *place[1:]) if place else None,
        other_severity=URIRef(record["other_severity"]) if record["other_severity"] else None,
        occurrence=record["occurrence"],
    )


def _term_record(term: URIRef | BNode | Literal | None) -> list[str | None] | None:
    match term:
        case None:
            return None
        case Literal():
            return ["literal", str(term), term.language, term.datatype]
        case _:
            return ["blank" if isinstance(term, BNode) else "iri", str(term)]


def _term(record: list[Any]) -> URIRef | BNode | Literal:
    if record[0] == "literal":
        return _literal(record)
    return BNode(record[1]) if record[0] == "blank" else URIRef(record[1])


def _literal(record: list[Any]) -> Literal:
    _, text, language, datatype = record
    return Literal(text, lang=language, datatype=datatype and URIRef(datatype), normalize=False)
