"""One edition → RDF: exactly what its table says, down to the cell."""

from collections.abc import Iterable
from itertools import chain

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import filled, new_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import CODE, DCTERMS, DQV, OA, PLAN, PROV, QB, RDF, RDFS, SKOS, XSD
from sakata_lod.publish.plan import (
    Activity,
    Anomaly,
    Division,
    Edition,
    Indicator,
    IndicatorValue,
    Measure,
    Progress,
    SourceCell,
    Status,
)

Triples = Iterable[tuple[URIRef, URIRef, URIRef | Literal]]
"""Triples to come. There are no blank nodes among them."""


def edition_graph(edition: Edition, iris: IriSpace) -> Graph:
    """Say in RDF what one edition's table says, and what is doubtful in it."""
    mint = _Mint(edition, iris)
    parts = (
        *(mint.division(each) for each in edition.divisions),
        *(mint.measure(each) for each in edition.measures),
        *(mint.progress(each) for each in edition.progress),
        *(mint.activity(each) for each in edition.activities),
        *(mint.indicator(each) for each in edition.indicators),
        *(mint.indicator_value(each) for each in edition.indicator_values),
        mint.source(),
        *(mint.anomaly(each) for each in edition.anomalies),
    )
    return filled(new_graph(), chain.from_iterable(parts))


def progress_graph(edition: Edition, iris: IriSpace) -> Graph:
    """Say the progress of an edition's measures alone, as the history of all editions repeats it."""
    mint = _Mint(edition, iris)
    return filled(new_graph(), chain.from_iterable(mint.progress(each) for each in edition.progress))


class _Mint:
    """The triples of one edition, kind by kind."""

    def __init__(self, edition: Edition, iris: IriSpace) -> None:
        self.edition = edition
        self.iris = iris
        self.plan = iris.plan(edition.plan)
        self.iri = iris.edition(edition.plan, edition.as_of)

    def division(self, division: Division) -> Triples:
        it = self.iris.division(self.edition.plan, division.key)
        yield it, RDF.type, PLAN.Division
        yield it, SKOS.notation, Literal(division.number)
        yield it, SKOS.prefLabel, _printed(division.title)
        yield it, SKOS.inScheme, self.plan
        if division.parent is None:
            yield it, SKOS.topConceptOf, self.plan
            yield self.plan, SKOS.hasTopConcept, it
        else:
            yield it, SKOS.broader, self.iris.division(self.edition.plan, division.parent)
        yield from self._derived(it, division.cells)

    def measure(self, measure: Measure) -> Triples:
        it = self._measure(measure.key)
        yield it, RDF.type, PLAN.Measure
        yield it, DCTERMS.title, _printed(measure.title)
        yield it, DCTERMS.identifier, Literal(measure.number)
        if measure.division is not None:
            yield it, PLAN.division, self.iris.division(self.edition.plan, measure.division)
        yield it, DCTERMS.isPartOf, self.plan
        for department in measure.departments:
            yield it, PLAN.responsibleDepartment, self.iris.department(department)
        yield it, PLAN.otherDepartments, Literal(measure.other_departments)
        if measure.department_text:
            yield it, PLAN.departmentText, _printed(measure.department_text)
        if measure.description:
            yield it, DCTERMS.description, _printed(measure.description)
        yield from self._derived(it, measure.cells)

    def progress(self, progress: Progress) -> Triples:
        it = self.iris.progress(self.edition.plan, progress.measure, self.edition.as_of)
        yield it, RDF.type, PLAN.Progress
        yield it, PLAN.measure, self._measure(progress.measure)
        yield it, PLAN.edition, self.iri
        yield from _status(it, progress)
        if progress.reason.strip():
            yield it, PLAN.reason, _printed(progress.reason)
        yield from self._derived(it, progress.cells)

    def activity(self, activity: Activity) -> Triples:
        year = activity.fiscal_year.start_year
        it = self.iris.activity(self.edition.plan, activity.measure, year, activity.work_line)
        yield it, RDF.type, PLAN.Activity
        yield it, PLAN.measure, self._measure(activity.measure)
        yield it, PLAN.fiscalYear, self.iris.fiscal_year(year)
        yield it, PLAN.workLine, Literal(activity.work_line)
        yield it, DCTERMS.description, _printed(activity.text)
        for task in activity.tasks:
            yield it, PLAN.task, _printed(task)
        yield it, QB.dataSet, self.iri
        yield from self._derived(it, (activity.cell,))

    def indicator(self, indicator: Indicator) -> Triples:
        it = self.iris.indicator(self.edition.plan, indicator.measure, indicator.key)
        yield it, RDF.type, PLAN.Indicator
        yield it, DCTERMS.title, _printed(indicator.title)
        if indicator.unit:
            yield it, PLAN.unit, _printed(indicator.unit)
        yield from _status(it, indicator.status)
        yield self._measure(indicator.measure), PLAN.indicator, it
        yield from self._derived(it, indicator.cells)

    def indicator_value(self, value: IndicatorValue) -> Triples:
        year = value.fiscal_year.start_year
        plan, key = self.edition.plan, value.indicator
        it = self.iris.indicator_value(plan, value.measure, key, year)
        yield it, RDF.type, PLAN.IndicatorValue
        yield it, PLAN.indicator, self.iris.indicator(plan, value.measure, key)
        yield it, PLAN.fiscalYear, self.iris.fiscal_year(year)
        for predicate, figure in ((PLAN.target, value.target), (PLAN.actual, value.actual)):
            if figure is not None:
                yield it, predicate, Literal(f"{figure:f}", datatype=XSD.decimal)
        for predicate, text in ((PLAN.targetText, value.target_text), (PLAN.actualText, value.actual_text)):
            if text:
                yield it, predicate, _printed(text)
        yield from _status(it, value.status)
        yield from self._derived(it, value.cells)

    def source(self) -> Triples:
        table = self.iris.source(self.edition.plan, self.edition.as_of)
        for row in self.edition.rows:
            it = self._row(row.number)
            yield it, RDF.type, PLAN.SourceRow
            yield it, PLAN.row, Literal(row.number)
            yield it, PLAN.cellCount, Literal(row.cell_count)
            if row.sheet is not None:
                yield it, PLAN.sheet, _printed(row.sheet)
                yield it, PLAN.sheetRow, Literal(row.sheet_number)
            yield it, DCTERMS.isPartOf, table
        for cell in self.edition.cells:
            it = self._cell(cell)
            yield it, RDF.type, PLAN.SourceCell
            yield it, PLAN.row, Literal(cell.row)
            yield it, PLAN.column, Literal(cell.column)
            if cell.column_name:
                yield it, PLAN.columnName, _printed(cell.column_name)
            for predicate, span in ((PLAN.rowSpan, cell.row_span), (PLAN.columnSpan, cell.column_span)):
                if span > 1:
                    yield it, predicate, Literal(span)
            yield it, RDF.value, _printed(cell.text)
            yield it, DCTERMS.isPartOf, self._row(cell.row)

    def anomaly(self, anomaly: Anomaly) -> Triples:
        it = self.iris.anomaly(self.edition.plan, self.edition.as_of, anomaly.slug)
        yield it, RDF.type, PLAN.SourceAnomaly
        yield it, DCTERMS.type, CODE[anomaly.type]
        yield it, OA.motivatedBy, DQV.qualityAssessment
        for target in (*map(self._cell, anomaly.cells), *map(self._row, anomaly.rows)):
            yield it, OA.hasTarget, target
        for measure in anomaly.measures:
            yield it, PLAN.measure, self._measure(measure)
        for text in anomaly.as_printed:
            yield it, PLAN.asPrinted, _printed(text)
        yield it, PLAN.asRead, _printed(anomaly.as_read)
        for text in anomaly.alternatives:
            yield it, PLAN.alternative, _printed(text)
        yield it, PLAN.certain, Literal(anomaly.certain)
        for language, text in anomaly.comment.items():
            yield it, RDFS.comment, Literal(text, lang=language)

    def _measure(self, key: str) -> URIRef:
        return self.iris.measure(self.edition.plan, key)

    def _row(self, number: int) -> URIRef:
        return self.iris.source_row(self.edition.plan, self.edition.as_of, number)

    def _cell(self, cell: SourceCell) -> URIRef:
        return self.iris.source_cell(self.edition.plan, self.edition.as_of, cell.row, cell.column)

    def _derived(self, it: URIRef, cells: Iterable[SourceCell]) -> Triples:
        for cell in cells:
            yield it, PROV.wasDerivedFrom, self._cell(cell)


def _status(it: URIRef, said: Progress | Status) -> Triples:
    """How far something came and how it goes on: codes, and the words printed."""
    for predicate, code in ((PLAN.achievement, said.achievement), (PLAN.response, said.response)):
        if code is not None:
            yield it, predicate, CODE[code]
    for predicate, text in (
        (PLAN.achievementText, said.achievement_text),
        (PLAN.responseText, said.response_text),
    ):
        if text.strip():
            yield it, predicate, _printed(text)


def _printed(text: str) -> Literal:
    """A text as the table prints it, which is in Japanese."""
    return Literal(text, lang="ja")
