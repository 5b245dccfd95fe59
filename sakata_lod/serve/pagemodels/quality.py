"""The quality of the data: what is questionable in the published tables, and what validation found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import PLAN, SKOS
from sakata_lod.release import ReleaseMember
from sakata_lod.serve.labels import Text, language_rank, shortened
from sakata_lod.serve.pagemodels import shape_rules
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.lines import printed
from sakata_lod.serve.pagemodels.naming import Names, code_rank, local_term
from sakata_lod.serve.pagemodels.notes import Note, notes_of
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Link, Value, anchor_of, link_of, natural_key

NOTES_A_PAGE = 200
FINDINGS_SHOWN = 200
_NO_MESSAGE = 9
SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a published table. row, column: from 1; no column: the whole row. printed: its words.

    sheet, sheet_row: where several sheets make the table, the one that it is on and the row in it.
    """

    link: Link
    file: str
    row: int
    column: int | None
    heading: Text | None
    printed: Text | None
    sheet: Text | None = None
    sheet_row: int | None = None


@dataclass(frozen=True, slots=True)
class Questioned:
    """A note, where, and which measures it touches."""

    note: Note
    places: Sequence[Place]
    measures: Sequence[Value]


@dataclass(frozen=True, slots=True)
class KindOfNote:
    """Notes of one kind: those on this page. total, open: how many there are, how many are not certain."""

    kind: Value
    slug: str
    definition: Text | None
    total: int
    open: int
    notes: Sequence[Questioned]


@dataclass(frozen=True, slots=True)
class Finding:
    """A result of validation. about: the thing; source: where it is printed."""

    severity: str
    rule: Text
    rule_anchor: str
    about: Value
    source: Link | None
    message: Text | None


@dataclass(frozen=True, slots=True)
class QualityPage:
    """The page. findings: the first of `found`. tally: how many of each severity."""

    kinds: Sequence[KindOfNote]
    total: int
    open: int
    number: int
    pages: int
    tally: Sequence[tuple[str, int]]
    findings: Sequence[Finding]
    found: int
    notes: Question
    validation: Question


def quality_page(asker: Asker, number: int, city: ReleaseMember | None = None) -> QualityPage:
    """Ask the store for what the page shows.

    number: which page of the notes, from 1. city: whose, in a federation.
    """
    listing, validating = _questions(city)
    rows = listing.ask(asker)
    by_note = _by_note(rows)
    ordered = sorted(by_note, key=lambda each: _order(by_note[each]))
    shown = ordered[(number - 1) * NOTES_A_PAGE : number * NOTES_A_PAGE]
    findings = _findings(validating.ask(asker), asker)
    severities = Counter(each.severity for each in findings)
    return QualityPage(
        kinds=_kinds(by_note, shown, asker),
        total=len(by_note),
        open=sum(not _is_certain(each) for each in by_note.values()),
        number=number,
        pages=max(1, -(-len(ordered) // NOTES_A_PAGE)),
        tally=[(each, severities[each]) for each in SEVERITIES],
        findings=findings[:FINDINGS_SHOWN],
        found=len(findings),
        notes=listing,
        validation=validating,
    )


def _questions(city: ReleaseMember | None) -> tuple[Question, Question]:
    """What is asked: of all, or of a city."""
    if city is None:
        return Question("anomalies", {}), Question("validation-results", {})
    iris = IriSpace(city.base_iri)
    days = ((plan.slug, date.fromisoformat(plan.current_edition)) for plan in city.plans)
    tables = [str(iris.source(plan, as_of)) for plan, as_of in days]
    report = {"report": str(iris.validation_report())}
    return Question("anomalies", {}, {"table": tables}), Question("validation-results", report)


def _by_note(rows: Iterable[Solution]) -> dict[str, list[Solution]]:
    found: dict[str, list[Solution]] = {}
    for row in rows:
        found.setdefault(row.iri("anomaly"), []).append(row)
    return found


def _order(rows: Sequence[Solution]) -> tuple[int, str, int, str]:
    """By kind, then as the table has them."""
    first = rows[0]
    kind = local_term(first.iri("type"))
    return code_rank(kind), first.iri("table"), int(first.text("row")), first.iri("anomaly")


def _is_certain(rows: Sequence[Solution]) -> bool:
    return rows[0].text("certain") in {"true", "1"}


def _kinds(by_note: Mapping[str, Sequence[Solution]], shown: Sequence[str], asker: Asker) -> list[KindOfNote]:
    of_kind: dict[str, list[str]] = {}
    for note, rows in by_note.items():
        of_kind.setdefault(rows[0].iri("type"), []).append(note)
    facts = Facts(asker.store.told([*shown, *sorted(of_kind)]))
    names = Names(asker, {*facts.named, *of_kind})
    told = {each.iri: _questioned(each, by_note[each.iri], facts, names) for each in notes_of(facts, names)}
    return [
        KindOfNote(
            kind=names.value(kind),
            slug=local_term(kind),
            definition=facts.text(kind, SKOS.definition, asker.language),
            total=len(notes),
            open=sum(not _is_certain(by_note[each]) for each in notes),
            notes=[told[each] for each in shown if each in told and each in notes],
        )
        for kind, notes in sorted(of_kind.items(), key=lambda each: code_rank(local_term(each[0])))
    ]


def _questioned(note: Note, rows: Sequence[Solution], facts: Facts, names: Names) -> Questioned:
    measures = [names.value(each) for each in facts.iris(note.iri, PLAN.measure)]
    return Questioned(
        note,
        [_place(row, names.iris) for row in rows],
        sorted(measures, key=lambda each: natural_key(each.iri)),
    )


def _place(row: Solution, iris: IriSpace) -> Place:
    column = row.text("column")
    return Place(
        link_of(row.iri("target"), iris),
        row.text("file"),
        int(row.text("row")),
        int(column) if column else None,
        printed(row, "name"),
        printed(row, "printed"),
        printed(row, "sheet"),
        int(row.text("sheetRow") or 0) or None,
    )


def _findings(rows: Iterable[Solution], asker: Asker) -> list[Finding]:
    """Each result once, in the language of the page, the gravest first."""
    results: dict[str, tuple[Solution, Text | None]] = {}
    for row in rows:
        message, known = printed(row, "message"), results.get(row.iri("result"))
        if known is None or _rank(message, asker) < _rank(known[1], asker):
            results[row.iri("result")] = (row, message)
    names = Names(asker, {row.iri("about") for row, _ in results.values()})
    rules = shape_rules.names(asker.language)
    found = [_finding(row, message, names, rules) for row, message in results.values()]
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), each.rule_anchor))


def _finding(row: Solution, message: Text | None, names: Names, rules: Mapping[str, Text]) -> Finding:
    shape, source = row.iri("shape"), row.iri("source")
    return Finding(
        local_term(row.iri("severity")),
        rules.get(shape) or Text(shortened(shape)),
        anchor_of(shape),
        _short(names.value(row.iri("about"))),
        link_of(source, names.iris) if source else None,
        message,
    )


def _rank(message: Text | None, asker: Asker) -> int:
    return language_rank(message.language, asker.language) if message else _NO_MESSAGE


def _short(about: Value) -> Value:
    """A thing without a name is called by the end of its IRI."""
    if about.text.language or not about.iri:
        return about
    return replace(about, text=Text(about.iri.rpartition("/")[2]))
