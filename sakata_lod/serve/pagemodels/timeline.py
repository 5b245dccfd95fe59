"""A measure over time: how it stood in each edition, and what was done in each fiscal year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import DCTERMS, PLAN, PROV
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.cells import Cell, among
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names
from sakata_lod.serve.pagemodels.notes import Note, beside
from sakata_lod.serve.pagemodels.parts import Status, Year
from sakata_lod.serve.tables import Value, natural_key


@dataclass(frozen=True, slots=True)
class Standing:
    """How a measure stands in an edition: under which number and title, codes, and the words printed."""

    edition: Value
    number: Text | None
    title: Text | None
    achievement: Status | None
    achievement_text: Text | None
    response: Status | None
    response_text: Text | None
    reason: Text | None
    notes: Sequence[Note]


@dataclass(frozen=True, slots=True)
class Work:
    """What was done in a year. line: 1, 2 … where several lines of work run side by side."""

    line: int
    activity: Value
    text: Text
    tasks: Sequence[Text]
    cells: Sequence[Cell]
    notes: Sequence[Note]


@dataclass(frozen=True, slots=True)
class YearOfWork:
    """A fiscal year of a measure; no works where its cell is blank."""

    year: Year
    works: Sequence[Work]

    @property
    def is_doubtful(self) -> bool:
        """Whether a note leaves open how a cell of the year is to be read."""
        return any(not note.is_certain for work in self.works for note in work.notes)


def standings(facts: Facts, names: Names, notes: Sequence[Note]) -> list[Standing]:
    """How a measure stood, the newest edition first."""
    found = [(facts.iri(each, PLAN.edition), each) for each in facts.of_type(PLAN.Progress)]
    ordered = sorted(found, key=lambda pair: natural_key(pair[0]), reverse=True)
    return [
        Standing(
            names.value(edition),
            facts.text(progress, DCTERMS.identifier),
            facts.text(progress, DCTERMS.title),
            names.status(facts.iri(progress, PLAN.achievement)),
            facts.text(progress, PLAN.achievementText),
            names.status(facts.iri(progress, PLAN.response)),
            facts.text(progress, PLAN.responseText),
            facts.text(progress, PLAN.reason),
            beside(notes, facts.iris(progress, PROV.wasDerivedFrom)),
        )
        for edition, progress in ordered
    ]


@dataclass(frozen=True, slots=True)
class Sources:
    """What the published table has: its cells by IRI, and notes on them."""

    cells: Mapping[str, Cell]
    notes: Sequence[Note]


def years_of_work(facts: Facts, names: Names, years: Sequence[Year], sources: Sources) -> list[YearOfWork]:
    """What was done, year by year; a year of the plan without an entry has no works."""
    by_year: dict[str, list[Work]] = {}
    for activity in facts.of_type(PLAN.Activity):
        work = _work(activity, facts, names, sources)
        by_year.setdefault(facts.iri(activity, PLAN.fiscalYear), []).append(work)
    return [
        YearOfWork(year, sorted(by_year.get(year.value.iri, ()), key=lambda each: each.line))
        for year in years
    ]


def _work(activity: str, facts: Facts, names: Names, sources: Sources) -> Work:
    cells = facts.iris(activity, PROV.wasDerivedFrom)
    text = facts.text(activity, DCTERMS.description) or Text("")
    line = facts.text(activity, PLAN.workLine)
    tasks = sorted(facts.texts(activity, PLAN.task), key=lambda each: text.value.find(each.value))
    return Work(
        int(line.value) if line else 1,
        names.value(activity),
        text,
        tasks,
        among(sources.cells, cells),
        beside(sources.notes, cells, text),
    )
