"""Measures with something in common: a department, theme, fiscal year, division, achievement, response."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rdflib import URIRef

from sakata_lod.namespaces import ORG, PLAN, SKOS
from sakata_lod.serve.description import Description
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels import naming
from sakata_lod.serve.pagemodels.changes import EditionOfChanges, changes_by_edition
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.lines import measure_lines
from sakata_lod.serve.pagemodels.naming import Names, iris_in
from sakata_lod.serve.pagemodels.overview import in_words, whole_chart
from sakata_lod.serve.pagemodels.parts import BarChart, Count, MeasureLine, Tally, Year
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.pagemodels.spread import Everywhere, spread_over_cities
from sakata_lod.serve.pagemodels.strip import StripRow, strip_rows
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Link, Row, Value, natural_key
from sakata_lod.serve.translation import LazyText, gettext, lazy_gettext, ngettext


class GroupKind(Enum):
    """What the measures of a group have in common. The value: what such a group is called."""

    DEPARTMENT = lazy_gettext("Department")
    THEME = lazy_gettext("Theme")
    FISCAL_YEAR = lazy_gettext("Fiscal year")
    DIVISION = lazy_gettext("Division")
    ACHIEVEMENT = lazy_gettext("Achievement")
    RESPONSE = lazy_gettext("Response")


_SAID_BY: Mapping[GroupKind, Sequence[URIRef]] = {
    GroupKind.DEPARTMENT: (PLAN.responsibleDepartment,),
    GroupKind.THEME: (PLAN.theme,),
    GroupKind.FISCAL_YEAR: (PLAN.fiscalYear,),
    GroupKind.DIVISION: (PLAN.division,),
    GroupKind.ACHIEVEMENT: (PLAN.achievement, PLAN.currentAchievement),
    GroupKind.RESPONSE: (PLAN.response, PLAN.currentResponse),
}
"""The properties by which the data say that something belongs to a group."""

_ABOUT: Mapping[GroupKind, Sequence[tuple[LazyText, URIRef]]] = {
    GroupKind.DEPARTMENT: ((lazy_gettext("Part of"), ORG.unitOf),),
    GroupKind.THEME: (
        (lazy_gettext("Broader theme"), SKOS.broader),
        (lazy_gettext("Narrower themes"), SKOS.narrower),
        (lazy_gettext("National policy"), SKOS.closeMatch),
    ),
    GroupKind.DIVISION: (
        (lazy_gettext("Plan"), SKOS.inScheme),
        (lazy_gettext("Within"), SKOS.broader),
    ),
    GroupKind.ACHIEVEMENT: ((lazy_gettext("List"), SKOS.inScheme),),
    GroupKind.RESPONSE: ((lazy_gettext("List"), SKOS.inScheme), (lazy_gettext("Broader"), SKOS.broader)),
    GroupKind.FISCAL_YEAR: (),
}
"""What is told of a group beside its definition: a name, and the property that has it."""

_FACETS = {GroupKind.THEME: "theme", GroupKind.ACHIEVEMENT: "achievement", GroupKind.RESPONSE: "response"}
"""The kinds that cities share, and by what search chooses their measures."""

_CHANGES = {GroupKind.DIVISION, GroupKind.DEPARTMENT}
"""The kinds that may themselves be otherwise from edition to edition."""


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The page of a group.

    number: that of a division, as printed now. others: its other names. about: further facts. below: what it
    holds, such as the sections of a chapter.
    lines: the measures; of what many cities share none, but by_city how many each has.
    years, rows: what was done in which year; none for codes. before, after: the fiscal years beside it.
    changes: of the plan's division or the department itself, the newest edition's first.
    """

    kind: GroupKind
    number: Text | None
    heading: Value
    definition: Text | None
    note: Text | None
    others: Sequence[Text]
    about: Sequence[Row]
    below: Sequence[Value]
    above: Sequence[Value]
    summary: str
    chart: BarChart
    lines: Sequence[MeasureLine]
    by_city: Sequence[Tally]
    years: Sequence[Year]
    rows: Sequence[StripRow]
    before: Value | None
    after: Value | None
    measures: Question
    activities: Question
    changes: Sequence[EditionOfChanges]
    changed: Question

    @property
    def answer(self) -> str:
        """How many measures it has, and how they stand, in a sentence."""
        told = in_words(
            [Count(each.status, each.measures) for bar in self.chart.bars for each in bar.segments]
        )
        return gettext("%(summary)s: %(told)s.", summary=self.summary, told=told) if told else self.summary

    @property
    def is_code(self) -> bool:
        """Whether what they have in common is how they stand."""
        return self.kind in {GroupKind.ACHIEVEMENT, GroupKind.RESPONSE}

    @property
    def slug(self) -> str:
        """A shared code's or theme's local name."""
        return naming.local_term(self.heading.iri)


def group_page(kind: GroupKind, description: Description, asker: Asker) -> GroupPage:
    """Ask the store for what the page of a group shows."""
    iri = description.thing.value
    facts = Facts(description.outgoing)
    chart = Question(
        "group-responses" if kind is GroupKind.ACHIEVEMENT else "group-achievements", {"group": iri}
    )
    listed, done = Question("group-measures", {"group": iri}), Question("group-activities", {"group": iri})
    spread = spread_over_cities(iri, chart, asker) if kind in _FACETS else None
    told = spread or Everywhere(chart.ask(asker))
    found, reported = told.ask(listed, asker), told.ask(done, asker)
    changing = Question("thing-changes", {"thing": iri})
    changed = changing.ask(asker) if kind in _CHANGES else []
    beneath = _beneath(kind, iri, facts, asker)
    named = iris_in(found, told.counted, reported, changed)
    names = Names(asker, {iri, *named, *facts.named, *beneath, *_SAID_BY[kind]})
    years = told.years(iri, asker)
    columns = _columns(kind, iri, reported, years)
    lines, counts = measure_lines(found, names), names.counts(told.counted)
    before, after = _beside(iri, years)
    return GroupPage(
        kind=kind,
        number=facts.text(iri, SKOS.notation) if kind is GroupKind.DIVISION else None,
        heading=years[iri].value if iri in years else names.value(iri),
        definition=facts.text(iri, SKOS.definition, asker.language),
        note=facts.text(iri, SKOS.scopeNote, asker.language),
        others=[each for each in facts.texts(iri, SKOS.altLabel) if each.language == asker.language],
        about=_about(kind, iri, facts, names),
        below=[names.value(each) for each in beneath],
        above=[names.value(each) for each in facts.iris(iri, SKOS.broader)],
        summary=_summary(kind, len(lines) or told.measures),
        chart=whole_chart(names.value(iri), counts, chart),
        lines=lines,
        by_city=() if lines else told.tallies(_FACETS.get(kind, ""), asker),
        years=columns,
        rows=strip_rows(lines, columns, reported) if columns else [],
        before=before,
        after=after,
        measures=listed,
        activities=done,
        changes=changes_by_edition(changed, names),
        changed=changing,
    )


def _about(kind: GroupKind, iri: str, facts: Facts, names: Names) -> list[Row]:
    named = [
        (Text(str(label), names.language), facts.iris(iri, predicate)) for label, predicate in _ABOUT[kind]
    ]
    named.append(
        (Text(gettext("Said by the property"), names.language), [str(each) for each in _SAID_BY[kind]])
    )
    return [
        Row(Value(label, Link()), [names.value(each) for each in found]) for label, found in named if found
    ]


def _beneath(kind: GroupKind, iri: str, facts: Facts, asker: Asker) -> list[str]:
    """The divisions right below a division, in their order."""
    plan = facts.iri(iri, SKOS.inScheme)
    if kind is not GroupKind.DIVISION or not plan:
        return []
    rows = [row for row in Question("divisions", {"plan": plan}).ask(asker) if row.iri("above") == iri]
    return [row.iri("division") for row in sorted(rows, key=lambda row: natural_key(row.text("number")))]


def _columns(
    kind: GroupKind, iri: str, reported: Sequence[Solution], years: Mapping[str, Year]
) -> list[Year]:
    """The years that a table of what was done has: of a fiscal year's page that one; none for codes."""
    if kind in {GroupKind.ACHIEVEMENT, GroupKind.RESPONSE}:
        return []
    if not reported:
        return []
    if kind is GroupKind.FISCAL_YEAR:
        return [years[iri]] if iri in years else []
    return sorted(years.values(), key=lambda each: each.start)


def _beside(iri: str, years: Mapping[str, Year]) -> tuple[Value | None, Value | None]:
    """The fiscal years before and after one."""
    by_start = {each.start: each.value for each in years.values()}
    start = years[iri].start if iri in years else None
    return (by_start.get(start - 1), by_start.get(start + 1)) if start is not None else (None, None)


def _summary(kind: GroupKind, measures: int) -> str:
    """Say how many measures the group has."""
    if kind is GroupKind.DEPARTMENT:
        return ngettext("It answers for %(num)s measure", "It answers for %(num)s measures", measures)
    if kind is GroupKind.THEME:
        return ngettext("%(num)s measure is about it", "%(num)s measures are about it", measures)
    if kind is GroupKind.FISCAL_YEAR:
        return ngettext(
            "%(num)s measure has an entry for it", "%(num)s measures have an entry for it", measures
        )
    if kind is GroupKind.DIVISION:
        return ngettext("It holds %(num)s measure", "It holds %(num)s measures", measures)
    return ngettext("%(num)s measure stands so", "%(num)s measures stand so", measures)
