"""What the first page shows of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.release import ReleasePlan
from sakata_lod.serve.labels import Labels
from sakata_lod.serve.store import QuadStore, Solution
from sakata_lod.serve.tables import Table, Value, natural_key


@dataclass(frozen=True, slots=True)
class Count:
    """How many measures have a code."""

    code: Value
    measures: int


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure in a list."""

    number: str
    measure: Value
    achievement: Value | None
    response: Value | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter and its measures, in the plan's order."""

    division: Value
    number: str
    measures: Sequence[MeasureLine]


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """A plan, as the first page shows it."""

    plan: Value
    as_of: str
    measures: int
    achievements: Sequence[Count]
    responses: Sequence[Count]
    chapters: Sequence[Chapter]

    @property
    def is_translated(self) -> bool:
        """Whether a title shown is a machine's translation, as its language tag says (RFC 6497)."""
        lines = (line for chapter in self.chapters for line in chapter.measures)
        return any("-t0-" in line.measure.text.language for line in lines)


def plan_overview(plan: ReleasePlan, store: QuadStore, iris: IriSpace, language: str) -> PlanOverview:
    """Ask the store how a plan stands."""
    iri = iris.plan(plan.slug)
    bound = ox.NamedNode(str(iri))
    measures = store.select("measures", plan=bound)
    achievements = store.select("achievements", plan=bound)
    responses = store.select("responses", plan=bound)
    named = {term.value for row in (*measures, *achievements, *responses) for term in row.terms.values()
             if isinstance(term, ox.NamedNode)}  # fmt: skip
    table = Table(Labels(store.labels(sorted({*named, str(iri)})), language), iris)
    return PlanOverview(
        plan=table.value(bound),
        as_of=plan.current_edition,
        measures=len({row.iri("measure") for row in measures}),
        achievements=_counts(achievements, table),
        responses=_counts(responses, table),
        chapters=_chapters(measures, table),
    )


def _counts(rows: Sequence[Solution], table: Table) -> list[Count]:
    return [Count(table.value(row.terms["code"]), int(row.text("measures"))) for row in rows]


def _chapters(rows: Sequence[Solution], table: Table) -> list[Chapter]:
    ordered = sorted(
        rows, key=lambda row: (natural_key(row.text("chapterNumber")), natural_key(row.text("number")))
    )
    return [
        Chapter(table.value(ox.NamedNode(chapter)), lines[0].text("chapterNumber"), _lines(lines, table))
        for chapter, group in groupby(ordered, key=lambda row: row.iri("chapter"))
        if (lines := list(group))
    ]


def _lines(rows: Sequence[Solution], table: Table) -> list[MeasureLine]:
    return [
        MeasureLine(
            row.text("number"),
            table.value(row.terms["measure"]),
            table.value(row.terms["achievement"]) if "achievement" in row.terms else None,
            table.value(row.terms["response"]) if "response" in row.terms else None,
        )
        for row in rows
    ]
