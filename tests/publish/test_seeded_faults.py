"""A clean plan is spoilt in one place, in as many ways as come to mind, and it must be noticed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import (
    CODE,
    DCAT,
    DCTERMS,
    OA,
    ORG,
    PLAN,
    PROV,
    QB,
    RDF,
    RDFS,
    SKOS,
    SPDX,
    THEME,
    TIME,
    XSD,
)
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.validation import validate
from sakata_lod.publish.validation_report import Severity
from tests.publish.test_shapes import shared

SAMPLE = Path(__file__).parent.parent / "shapes" / "sample.ttl"
IRIS = IriSpace("https://data.example.jp/")
PLAN_SLUG, AS_OF = "it-plan", date(2023, 3, 31)

CITY = IRIS.organization("999999")
THE_PLAN = IRIS.plan(PLAN_SLUG)
PERIOD = IRIS.plan_period(PLAN_SLUG)
CHAPTER = IRIS.division(PLAN_SLUG, "2")
SECTION = IRIS.division(PLAN_SLUG, "2-1")
MEASURE = IRIS.measure(PLAN_SLUG, "2-1-1")
OTHER = IRIS.measure(PLAN_SLUG, "2-1-2")
EDITION = IRIS.edition(PLAN_SLUG, AS_OF)
PROGRESS = IRIS.progress(PLAN_SLUG, "2-1-1", AS_OF)
ACHIEVED = IRIS.progress(PLAN_SLUG, "2-1-2", AS_OF)
ACTIVITY = IRIS.activity(PLAN_SLUG, "2-1-1", 2018)
YEAR = IRIS.fiscal_year(2018)
BEGINNING = IRIS.fiscal_year_instant(2018, "beginning")
END = IRIS.fiscal_year_instant(2018, "end")
DEPARTMENT = IRIS.department("joho")
TABLE = IRIS.source(PLAN_SLUG, AS_OF)
ROW = IRIS.source_row(PLAN_SLUG, AS_OF, 6)
CELL = IRIS.source_cell(PLAN_SLUG, AS_OF, 6, 4)
ANOMALY = IRIS.anomaly(PLAN_SLUG, AS_OF, "2-1-1-mark")
ASSIGNMENT = IRIS.theme_assignment(PLAN_SLUG, "2-1-1", "wi-fi")
RELATION = IRIS.measure_relation(PLAN_SLUG, "2-1-1", "2-1-2")
INDICATOR = URIRef("https://data.example.jp/id/indicator/it-plan/datasets")
INDICATOR_VALUE = URIRef("https://data.example.jp/id/indicator-value/it-plan/datasets/2022")
NOTHING = URIRef("https://data.example.jp/id/nothing")

Spoil = Callable[[Graph], object]


@dataclass(frozen=True)
class Fault:
    """A way to spoil the sample, and how bad it is."""

    name: str
    spoil: Spoil
    severity: Severity = Severity.VIOLATION


def remove(subject: URIRef, predicate: URIRef | None = None, value: URIRef | Literal | None = None) -> Spoil:
    return lambda graph: graph.remove((subject, predicate, value))


def add(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> Spoil:
    return lambda graph: graph.add((subject, predicate, value))


def put(subject: URIRef, predicate: URIRef, *values: URIRef | Literal) -> Spoil:
    """Put other values in the place of those that are there."""

    def spoil(graph: Graph) -> None:
        assert (subject, predicate, None) in graph
        graph.remove((subject, predicate, None))
        for value in values:
            graph.add((subject, predicate, value))

    return spoil


def rename(old: URIRef, new: str) -> Spoil:
    def spoil(graph: Graph) -> None:
        for triple in list(graph):
            if old in triple:
                graph.remove(triple)
                subject, predicate, value = (URIRef(new) if each == old else each for each in triple)
                graph.add((subject, predicate, value))

    return spoil


def again(old: URIRef, new: str) -> Spoil:
    """Say of a second node all that is said of the first."""

    def spoil(graph: Graph) -> None:
        for _, predicate, value in list(graph.triples((old, None, None))):
            graph.add((URIRef(new), predicate, value))

    return spoil


def ja(text: str) -> Literal:
    return Literal(text, lang="ja")


FAULTS = [
    Fault("the plan has no title", remove(THE_PLAN, DCTERMS.title)),
    Fault("the plan has two titles in Japanese", add(THE_PLAN, DCTERMS.title, ja("別の計画"))),
    Fault("nobody publishes the plan", remove(THE_PLAN, DCTERMS.publisher)),
    Fault("the plan is no scheme", remove(THE_PLAN, SKOS.hasTopConcept)),
    Fault(
        "the period ends before it begins",
        put(PERIOD, DCAT.endDate, Literal("2017-03-31", datatype=XSD.date)),
    ),
    Fault("the period's date is a text", put(PERIOD, DCAT.startDate, Literal("2018-04-01"))),
    Fault("a section hangs nowhere", remove(SECTION, SKOS.broader)),
    Fault("a section hangs under another section's number", put(SECTION, SKOS.notation, Literal("3-1"))),
    Fault("a chapter is not named by its plan", remove(THE_PLAN, SKOS.hasTopConcept, CHAPTER)),
    Fault("a division belongs to two plans", add(SECTION, SKOS.inScheme, NOTHING)),
    Fault("a division's label has no language", put(SECTION, SKOS.prefLabel, Literal("通信網の確立"))),
    Fault("a measure's title has no language", put(MEASURE, DCTERMS.title, Literal("Wi-Fiの整備"))),
    Fault("a measure's title is in French", add(MEASURE, DCTERMS.title, Literal("Wi-Fi", lang="fr"))),
    Fault("a measure's description is blank", put(MEASURE, DCTERMS.description, ja("\u3000"))),
    Fault("a measure has two descriptions", add(MEASURE, DCTERMS.description, ja("広げる。"))),
    Fault(
        "a measure's description is in English", put(MEASURE, DCTERMS.description, Literal("x", lang="en"))
    ),
    Fault("a measure's number has full-width digits", put(MEASURE, DCTERMS.identifier, Literal("２-1-1"))),
    Fault("a measure's number is that of another", put(MEASURE, DCTERMS.identifier, Literal("2-1-2"))),
    Fault("a measure stands in no division", remove(MEASURE, PLAN.division)),
    Fault("a measure stands in two divisions", add(MEASURE, PLAN.division, CHAPTER)),
    Fault("a measure is part of no plan", remove(MEASURE, DCTERMS.isPartOf)),
    Fault("a measure's department is not in the register", put(MEASURE, PLAN.responsibleDepartment, NOTHING)),
    Fault("a measure's departments are lost", remove(OTHER, PLAN.responsibleDepartment)),
    Fault("a measure's printed departments are lost", remove(MEASURE, PLAN.departmentText)),
    Fault("“and others” is a text", put(MEASURE, PLAN.otherDepartments, Literal("true"))),
    Fault("a measure's theme is a code", add(MEASURE, PLAN.theme, CODE.achieved)),
    Fault("a measure's theme is misspelt", put(MEASURE, PLAN.theme, THEME["wifi"])),
    Fault("a measure's theme is not explained", add(MEASURE, PLAN.theme, THEME["tourism"])),
    Fault("a measure has no theme", remove(IRIS.measure(PLAN_SLUG, "2-2-1"), PLAN.theme)),
    Fault("a relation goes one way", remove(OTHER, PLAN.relatedMeasure)),
    Fault("a measure is related to itself", add(MEASURE, PLAN.relatedMeasure, MEASURE)),
    Fault("a measure's current achievement is stale", put(MEASURE, PLAN.currentAchievement, CODE.achieved)),
    Fault("a measure's current response is missing", remove(MEASURE, PLAN.currentResponse)),
    Fault("a measure's progress is missing", remove(PROGRESS)),
    Fault("a measure comes from no cell", remove(MEASURE, PROV.wasDerivedFrom)),
    Fault(
        "a measure's IRI has a title in it",
        rename(MEASURE, "https://data.example.jp/id/measure/it-plan/wifi"),
    ),
    Fault("an achievement is a response", put(PROGRESS, PLAN.achievement, CODE.complete)),
    Fault("an achievement is misspelt", put(PROGRESS, PLAN.achievement, CODE.partialyAchieved)),
    Fault("an achievement is a text", put(PROGRESS, PLAN.achievement, ja("一部達成"))),
    Fault("an achievement is given twice", add(PROGRESS, PLAN.achievement, CODE.achieved)),
    Fault("an achievement has no printed words", remove(PROGRESS, PLAN.achievementText)),
    Fault("a printed response has no code", remove(PROGRESS, PLAN.response)),
    Fault("a printed response was changed", put(PROGRESS, PLAN.responseText, ja("継 続"))),
    Fault("a reason was mended", put(PROGRESS, PLAN.reason, ja("機器の納入が遅れた。"))),
    Fault("a reason is missing", remove(PROGRESS, PLAN.reason), Severity.INFO),
    Fault(
        "a measure that met its target says why it missed it",
        put(PROGRESS, PLAN.achievement, CODE.achieved),
        Severity.WARNING,
    ),
    Fault("a progress is of no edition", remove(PROGRESS, PLAN.edition)),
    Fault("a measure has two progresses in one edition", put(ACHIEVED, PLAN.measure, MEASURE)),
    Fault("an activity is of no year", remove(ACTIVITY, PLAN.fiscalYear)),
    Fault(
        "an activity is of a year that is not there", put(ACTIVITY, PLAN.fiscalYear, IRIS.fiscal_year(1918))
    ),
    Fault("an activity's line of work is 0", put(ACTIVITY, PLAN.workLine, Literal(0))),
    Fault("two activities share their year", put(ACTIVITY, PLAN.fiscalYear, IRIS.fiscal_year(2019))),
    Fault("an activity's text was mended", put(ACTIVITY, DCTERMS.description, ja("情報の収集"))),
    Fault("an activity's text is blank", put(ACTIVITY, DCTERMS.description, ja(""))),
    Fault("a task is not in the text", put(ACTIVITY, PLAN.task, ja("予算要求"))),
    Fault("an activity has no task", remove(ACTIVITY, PLAN.task)),
    Fault("an activity is of another plan's measure", put(ACTIVITY, PLAN.measure, NOTHING)),
    Fault("an activity is in no edition", remove(ACTIVITY, QB.dataSet)),
    Fault("the edition's day is a text", put(EDITION, PLAN.asOf, Literal("2023-03-31"))),
    Fault("the edition is no dataset", remove(EDITION, RDF.type, DCAT.Dataset)),
    Fault("the edition has no licence", remove(EDITION, DCTERMS.license)),
    Fault("the edition is in no series", remove(EDITION, DCAT.inSeries)),
    Fault(
        "the edition was changed before it was issued",
        put(EDITION, DCTERMS.modified, Literal("2022-03-31", datatype=XSD.date)),
    ),
    Fault(
        "a fiscal year begins in January",
        put(BEGINNING, TIME.inXSDDate, Literal("2018-01-01", datatype=XSD.date)),
    ),
    Fault(
        "a fiscal year lasts two years", put(END, TIME.inXSDDate, Literal("2020-04-01", datatype=XSD.date))
    ),
    Fault(
        "a fiscal year is named for another", put(YEAR, PLAN.startYear, Literal("2019", datatype=XSD.gYear))
    ),
    Fault("a fiscal year's year is an integer", put(YEAR, PLAN.startYear, Literal(2018))),
    Fault(
        "an activity lies before the plan's period",
        put(PERIOD, DCAT.startDate, Literal("2019-04-01", datatype=XSD.date)),
        Severity.WARNING,
    ),
    Fault("a department has no name", remove(DEPARTMENT, SKOS.prefLabel)),
    Fault("a department belongs nowhere", remove(DEPARTMENT, ORG.unitOf)),
    Fault("the city's code has five digits", put(CITY, DCTERMS.identifier, Literal("99999"))),
    Fault(
        "the table's checksum is cut off", put(URIRef(f"{TABLE}#sha256"), SPDX.checksumValue, Literal("0123"))
    ),
    Fault("a row of the table is missing", remove(IRIS.source_row(PLAN_SLUG, AS_OF, 2))),
    Fault("a row has no place", remove(ROW, PLAN.row)),
    Fault("a cell's row is another's", put(CELL, PLAN.row, Literal(7))),
    Fault("a cell lies beyond its row", put(CELL, PLAN.column, Literal(12))),
    Fault("a cell's column is a text", put(CELL, PLAN.column, Literal("4"))),
    Fault("a cell's text is missing", remove(CELL, RDF.value)),
    Fault("a cell is missing", remove(CELL)),
    Fault("an anomaly points nowhere", remove(ANOMALY, OA.hasTarget)),
    Fault("an anomaly points at a measure", put(ANOMALY, OA.hasTarget, MEASURE)),
    Fault("an anomaly is of no known kind", put(ANOMALY, DCTERMS.type, CODE.achieved)),
    Fault("an anomaly is not explained", remove(ANOMALY, RDFS.comment)),
    Fault("nobody knows whether the reading is certain", remove(ANOMALY, PLAN.certain)),
    Fault("an assignment is of a theme the measure has not", put(ASSIGNMENT, PLAN.theme, THEME["security"])),
    Fault("an assignment is missing", remove(ASSIGNMENT)),
    Fault("a relation is of one measure", remove(RELATION, PLAN.measure, OTHER)),
    Fault("a relation is missing", remove(RELATION)),
    Fault("a relation shares what only one has", put(RELATION, PLAN.sharedTheme, THEME["tourism"])),
    Fault("an indicator's achievement is a response", put(INDICATOR_VALUE, PLAN.achievement, CODE.expand)),
    Fault("an indicator's achievement is a text", put(INDICATOR_VALUE, PLAN.achievement, ja("目標超過"))),
    Fault("an indicator's achievement has no printed words", remove(INDICATOR_VALUE, PLAN.achievementText)),
    Fault("an indicator's printed response has no code", add(INDICATOR, PLAN.responseText, ja("継続"))),
    Fault(
        "an indicator has two achievements", put(INDICATOR_VALUE, PLAN.achievement, CODE.late, CODE.achieved)
    ),
    Fault("a progress is told twice", again(PROGRESS, f"{PROGRESS}/2")),
]


def in_world(graph: Graph, number: int) -> Iterator[tuple[Node, Node, Node]]:
    """The same triples under a base IRI of their own, so that one run does for all faults."""
    home = f"{IRIS.base}{number}/"
    for triple in graph:
        subject, predicate, value = (
            URIRef(home + each.removeprefix(IRIS.base))
            if isinstance(each, URIRef) and each.startswith(IRIS.base)
            else each
            for each in triple
        )
        yield subject, predicate, value


@cache
def faulty() -> Graph:
    """The sample, clean in world 0, and with each fault in a world of its own."""
    sample, whole = Graph().parse(SAMPLE), Graph()
    for number, fault in enumerate([None, *FAULTS]):
        graph = Graph()
        graph += sample
        if fault is not None:
            fault.spoil(graph)
            assert set(graph) != set(sample), fault.name
        whole += in_world(graph, number)
    return whole


@cache
def found() -> dict[int, frozenset[tuple[Severity, str]]]:
    """What is found in each world: severity, and shape with focus node. World 0 is clean."""
    worlds: dict[int, set[tuple[Severity, str]]] = {number: set() for number in range(len(FAULTS) + 1)}
    for each in validate((faulty(), shared()), load_shapes()).results:
        home, _, local = each.focus_node.removeprefix(IRIS.base).partition("/")
        # A rule that looks at all fiscal years tells each edition of all worlds' faulty ones.
        if not isinstance(each.value, URIRef) or IRIS.base not in each.value or f"/{home}/" in each.value:
            worlds[int(home)].add((each.severity, f"{each.source_shape} {local}"))
    return {number: frozenset(results) for number, results in worlds.items()}


def test_the_clean_sample_has_no_violation() -> None:
    assert {severity for severity, _ in found()[0]} == {Severity.WARNING}


def test_at_least_95_of_100_seeded_faults_are_found() -> None:
    missed = [
        fault.name
        for number, fault in enumerate(FAULTS, 1)
        if fault.severity not in {severity for severity, _ in found()[number] - found()[0]}
    ]
    assert len(FAULTS) >= 40
    assert len(missed) <= 0.05 * len(FAULTS), missed
