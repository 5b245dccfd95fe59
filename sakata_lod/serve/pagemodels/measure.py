"""A measure: how it stands, what was done year by year, what it is near to, where its words are printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import DCTERMS, PLAN
from sakata_lod.serve.description import Description
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels import naming
from sakata_lod.serve.pagemodels.cells import Cell, cells_of
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.indicators import MeasureIndicators, indicators_of
from sakata_lod.serve.pagemodels.lines import in_order
from sakata_lod.serve.pagemodels.naming import Names, iris_in
from sakata_lod.serve.pagemodels.neighbourhood import Drawing, Named, neighbourhood
from sakata_lod.serve.pagemodels.notes import Note, notes_of
from sakata_lod.serve.pagemodels.parts import Year
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.pagemodels.timeline import Sources, Standing, YearOfWork, standings, years_of_work
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Value, natural_key
from sakata_lod.serve.translation import gettext, ngettext


@dataclass(frozen=True, slots=True)
class ThemeLink:
    """A theme, and the words of the table that made it the measure's."""

    theme: Value
    words: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another measure, by its number. themes: those that both have, where these made them related."""

    number: str
    measure: Value
    themes: Sequence[Value] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A measure of another city, how it is linked, and who says so since when. record: the link itself."""

    measure: Value
    relation: Value
    record: Value
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """The page of a measure. divisions: from the chapter down. standings: the newest edition's first.

    description: what it is, in the words of the published table.
    """

    number: str
    plan: Value
    description: Text | None
    divisions: Sequence[Value]
    standings: Sequence[Standing]
    years: Sequence[YearOfWork]
    indicators: MeasureIndicators
    departments: Sequence[Value]
    department_text: Text | None
    has_other_departments: bool
    themes: Sequence[ThemeLink]
    related: Sequence[Neighbour]
    elsewhere: Sequence[Elsewhere]
    notes: Sequence[Note]
    cells: Sequence[Cell]
    previous: Neighbour | None
    following: Neighbour | None
    drawing: Drawing
    activities: Question
    figures: Question
    sources: Question
    neighbours: Question

    @property
    def current(self) -> Standing | None:
        """How it stands in the newest edition."""
        return next(iter(self.standings), None)

    @property
    def answer(self) -> str:
        """What was done and how it stands, in a sentence."""
        done = ngettext(
            "Something is entered for %(count)s of %(num)s fiscal year.",
            "Something is entered for %(count)s of %(num)s fiscal years.",
            len(self.years),
            count=self.reported_years,
        )
        doubt = gettext("Some of it is doubtful in the published table.") if self.is_doubtful else ""
        return f"{done} {doubt}".strip()

    @property
    def year_notes(self) -> Sequence[Note]:
        """The notes that do not stand beside how it stands: on years, the title, the department."""
        shown = {note.iri for standing in self.standings[:1] for note in standing.notes}
        return [note for note in self.notes if note.iri not in shown]

    @property
    def reported_years(self) -> int:
        """In how many years something is entered: what was done, or of an indicator."""
        return sum(bool(year.works) or year.year.start in self.indicators.years for year in self.years)

    @property
    def tells_of_work(self) -> bool:
        """Whether it is told what was done. A plan may tell of indicators alone."""
        return not self.indicators.years or any(year.works for year in self.years)

    @property
    def is_doubtful(self) -> bool:
        """Whether it is open how some year's cell is to be read."""
        return any(year.is_doubtful for year in self.years)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the store told of a measure and its plan."""

    records: Sequence[Solution]
    indicators: Sequence[Solution]
    cells: Sequence[Solution]
    divisions: Sequence[Solution]
    measures: Sequence[Solution]
    years: Sequence[Solution]
    links: Sequence[Solution]


def measure_page(description: Description, asker: Asker) -> MeasurePage:
    """Ask the store for what the page of a measure shows."""
    iri = description.thing.value
    told = _ask(iri, Facts(description.outgoing), asker)
    facts = Facts(description.outgoing, [*told.records, *told.indicators])
    named = iris_in(told.divisions, told.measures, told.years, told.links) | facts.named
    names = Names(asker, named)
    cells = cells_of(told.cells, asker.iris)
    notes = notes_of(facts, names)
    known_years = naming.years(asker, iri)
    years = _years(facts, told.years, known_years)
    before, after = _beside(iri, told.measures, names)
    divisions = divisions_above(facts.iri(iri, PLAN.division), told.divisions, names)
    departments = [names.value(each) for each in facts.iris(iri, PLAN.responsibleDepartment)]
    themes, related = _themes(iri, facts, names), _related(iri, facts, told.measures, names)
    number = facts.text(iri, DCTERMS.identifier)
    return MeasurePage(
        number=number.value if number else "",
        plan=names.value(facts.iri(iri, DCTERMS.isPartOf)),
        description=facts.text(iri, DCTERMS.description),
        divisions=divisions,
        standings=standings(facts, names, notes),
        years=years_of_work(facts, names, years, Sources({each.iri: each for each in cells}, notes)),
        indicators=indicators_of(facts, names, known_years, cells),
        departments=departments,
        department_text=facts.text(iri, PLAN.departmentText),
        has_other_departments=facts.is_true(iri, PLAN.otherDepartments),
        themes=themes,
        related=related,
        elsewhere=_elsewhere(told.links, names),
        notes=notes,
        cells=cells,
        previous=before,
        following=after,
        drawing=_drawing(number.value if number else "", (departments, divisions), (themes, related)),
        activities=Question("measure-activities", {"measure": iri}),
        figures=Question("measure-indicators", {"measure": iri}),
        sources=Question("measure-cells", {"measure": iri}),
        neighbours=Question("measure-neighbours", {"measure": iri}),
    )


def divisions_above(division: str, rows: Sequence[Solution], names: Names) -> list[Value]:
    """A division and those that hold it, the outermost first."""
    above = {row.iri("division"): row.iri("above") for row in rows}
    found: list[Value] = []
    while division in above and all(division != each.iri for each in found):
        found.insert(0, names.value(division))
        division = above[division]
    return found


def _ask(iri: str, own: Facts, asker: Asker) -> _Told:
    measure, plan = {"measure": iri}, {"plan": own.iri(iri, DCTERMS.isPartOf) or iri}
    return _Told(
        records=Question("measure-records", measure).ask(asker),
        indicators=Question("measure-indicators", measure).ask(asker),
        cells=Question("measure-cells", measure).ask(asker),
        divisions=Question("divisions", plan).ask(asker),
        measures=in_order(Question("measures", plan).ask(asker)),
        years=Question("plan-years", plan).ask(asker),
        links=Question("measure-links", measure).ask(asker),
    )


def _years(facts: Facts, planned: Sequence[Solution], named: Mapping[str, Year]) -> list[Year]:
    """The years of the plan, and any other in which something was done or an indicator has a value."""
    told = (*facts.of_type(PLAN.Activity), *facts.of_type(PLAN.IndicatorValue))
    wanted = {*(facts.iri(each, PLAN.fiscalYear) for each in told), *(row.iri("year") for row in planned)}
    return sorted((named[each] for each in wanted if each in named), key=lambda each: each.start)


def _themes(iri: str, facts: Facts, names: Names) -> list[ThemeLink]:
    words = {
        facts.iri(each, PLAN.theme): facts.texts(each, PLAN.matchedText)
        for each in facts.of_type(PLAN.ThemeAssignment)
    }
    return [ThemeLink(names.value(each), words.get(each, ())) for each in facts.iris(iri, PLAN.theme)]


def _related(iri: str, facts: Facts, measures: Sequence[Solution], names: Names) -> list[Neighbour]:
    shared: dict[str, list[Value]] = {}
    for each in facts.of_type(PLAN.MeasureRelation):
        themes = [names.value(theme) for theme in facts.iris(each, PLAN.sharedTheme)]
        for other in facts.iris(each, PLAN.measure):
            shared.setdefault(other, []).extend(themes)
    numbers = {row.iri("measure"): row.text("number") for row in measures}
    found = [
        Neighbour(numbers.get(each, ""), names.value(each), shared.get(each, ()))
        for each in facts.iris(iri, PLAN.relatedMeasure)
    ]
    return sorted(found, key=lambda each: natural_key(each.number))


def _elsewhere(rows: Sequence[Solution], names: Names) -> list[Elsewhere]:
    """The measures of other cities, the same one once for each who says so."""
    return [
        Elsewhere(
            names.value(row.iri("other")),
            names.value(row.iri("relation")),
            names.value(row.iri("record")),
            row.text("by"),
            row.text("day"),
        )
        for row in rows
    ]


def _drawing(
    number: str,
    before: tuple[Sequence[Value], Sequence[Value]],
    after: tuple[Sequence[ThemeLink], Sequence[Neighbour]],
) -> Drawing:
    """The measure between its departments and divisions, and its themes and related measures."""
    left = [*(Named("department", each.text) for each in before[0])]
    left += [Named("division", each.text) for each in before[1]]
    right = [Named("theme", each.theme.text) for each in after[0]]
    right += [
        Named("measure", Text(f"{each.number} {each.measure.text.value}", each.measure.text.language))
        for each in after[1]
    ]
    return neighbourhood(number, left, right)


def _beside(
    iri: str, measures: Sequence[Solution], names: Names
) -> tuple[Neighbour | None, Neighbour | None]:
    """The measures before and after in the plan."""
    found = {
        row.iri("measure"): Neighbour(row.text("number"), names.value(row.iri("measure"))) for row in measures
    }
    order = list(found)
    place = order.index(iri) if iri in found else len(order)
    before = found[order[place - 1]] if 0 < place < len(order) else None
    after = found[order[place + 1]] if place + 1 < len(order) else None
    return before, after
