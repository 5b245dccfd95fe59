"""Plans side by side: first how far they can be compared, then by shared theme and code; nobody is ranked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.lines import in_order
from sakata_lod.serve.pagemodels.naming import Names, code_rank, iris_in, local_term
from sakata_lod.serve.pagemodels.overview import chapter_chart
from sakata_lod.serve.pagemodels.parts import Bar, BarChart, Count, Status, bar
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Link, Value
from sakata_lod.serve.translation import gettext, ngettext

NONE = "none"
"""Stands for the code of measures that have none."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is compared. plans: by their IRIs, each with whose it is; by: "achievement" or "response"."""

    plans: Sequence["ChosenPlan"]
    by: str
    themes: Sequence[str]


@dataclass(frozen=True, slots=True)
class ChosenPlan:
    """A plan to compare. city: what its publisher is called; home: the path of its page here."""

    iri: str
    city: str
    home: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a plan can be compared. themed, assessed, decided: how many of its measures have which.

    first_day, last_day: of its period; as_of: of its newest edition.
    """

    of: ChosenPlan
    plan: Value
    first_day: str
    last_day: str
    as_of: str
    measures: int
    themed: int
    assessed: int
    decided: int
    unmapped: Sequence["Unmapped"]


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A measure that says less than others. has_theme, has_status: whether it has one."""

    number: str
    measure: Value
    has_theme: bool
    has_status: bool


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme, and for each plan how many measures have it, by code. theme: none for those without."""

    theme: Value | None
    cells: Sequence[Sequence[Count]]

    @property
    def plans(self) -> int:
        """How many plans have such measures."""
        return sum(bool(each) for each in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Plans side by side. charts: one for each theme chosen. chapters: of a lone plan, if it has any."""

    coverage: Sequence[Coverage]
    covered: Question
    whole: BarChart
    rows: Sequence[ThemeRow]
    by_theme: Question
    charts: Sequence[tuple[Value, BarChart]]
    unmapped: Question
    themes: Sequence[Value]
    chapters: BarChart | None


def comparison(chosen: Chosen, asker: Asker) -> Comparison:
    """Ask the store for what is compared."""
    among = {"plan": [each.iri for each in chosen.plans]}
    covered, listed = Question("compare-coverage", {}, among), Question("compare-unmapped", {}, among)
    whole = Question(f"compare-all-by-{chosen.by}", {}, among)
    by_theme = Question(f"compare-by-{chosen.by}", {}, among)
    told = [each.ask(asker) for each in (covered, listed, whole, by_theme)]
    names = Names(asker, {*iris_in(*told), *among["plan"]})
    in_themes, plans = told[3], [names.value(each) for each in among["plan"]]
    themes = _themes(in_themes, names)
    shown = [each for each in themes if not chosen.themes or local_term(each.iri) in chosen.themes]
    rows = [ThemeRow(theme, _cells(plans, theme.iri, in_themes, names)) for theme in shown]
    return Comparison(
        coverage=[_coverage(each, told[0], told[1], names) for each in chosen.plans],
        covered=covered,
        whole=_chart(chosen, _cells(plans, None, told[2], names), names, whole),
        rows=[*rows, ThemeRow(None, _cells(plans, "", in_themes, names))],
        by_theme=by_theme,
        charts=[
            (row.theme, _chart(chosen, row.cells, names, by_theme))
            for row in rows
            if row.theme and chosen.themes
        ],
        unmapped=listed,
        themes=themes,
        chapters=_chapters(chosen.plans[0].iri, asker) if len(chosen.plans) == 1 else None,
    )


def _themes(rows: Iterable[Solution], names: Names) -> list[Value]:
    """The themes that any plan has, by their names."""
    found = {row.iri("theme") for row in rows if row.iri("theme")}
    return sorted((names.value(each) for each in found), key=lambda each: each.text.value)


def _coverage(
    of: ChosenPlan, covered: Sequence[Solution], unmapped: Sequence[Solution], names: Names
) -> Coverage:
    row = next((each for each in covered if each.iri("plan") == of.iri), Solution({}))
    counts = {each: int(row.text(each) or 0) for each in ("measures", "themed", "assessed", "decided")}
    return Coverage(
        of=of,
        plan=names.value(of.iri),
        first_day=row.text("start"),
        last_day=row.text("end"),
        as_of=row.text("asOf"),
        **counts,
        unmapped=[
            Unmapped(
                each.text("number"),
                names.value(each.iri("measure")),
                has_theme=each.text("theme") in {"true", "1"},
                has_status=each.text("status") in {"true", "1"},
            )
            for each in in_order(unmapped)
            if each.iri("plan") == of.iri
        ],
    )


def _cells(
    plans: Sequence[Value], theme: str | None, rows: Sequence[Solution], names: Names
) -> list[list[Count]]:
    """For each plan its measures by code. theme: those that have it; the empty text: those without any."""
    return [
        sorted(
            (
                Count(names.status(row.iri("code")) or not_stated(), int(row.text("measures")))
                for row in rows
                if row.iri("plan") == plan.iri and (theme is None or row.iri("theme") == theme)
            ),
            key=lambda each: (each.status.slug == NONE, code_rank(each.status.slug)),
        )
        for plan in plans
    ]


def not_stated() -> Status:
    """Stands for a status where there is none."""
    return Status(NONE, Value(Text(gettext("Not stated")), Link()))


def _chart(chosen: Chosen, cells: Sequence[Sequence[Count]], names: Names, question: Question) -> BarChart:
    """The plans as bars of one length each, in the order asked for: it is shares that can be compared."""
    bars: list[Bar] = []
    for plan, counts in zip(chosen.plans, cells, strict=True):
        value = names.value(plan.iri)
        named = Value(Text(f"{plan.city}: {value.text.value}", value.text.language), value.link, value.iri)
        bars.append(bar(named, counts, sum(each.measures for each in counts)))
    statuses = {each.status.slug: each.status for counts in cells for each in counts}
    ordered = sorted(statuses.values(), key=lambda each: (each.slug == NONE, code_rank(each.slug)))
    return BarChart(_finding(bars), bars, ordered, question)


def _finding(bars: Sequence[Bar]) -> str:
    measures = sum(each.total for each in bars)
    stated = measures - sum(each.count(NONE) for each in bars)
    return ngettext(
        "%(stated)s of %(num)s measure has a status to compare by.",
        "%(stated)s of %(num)s measures have a status to compare by.",
        measures,
        stated=stated,
    )


def _chapters(plan: str, asker: Asker) -> BarChart | None:
    question = Question("chapter-achievements", {"plan": plan})
    rows = question.ask(asker)
    return chapter_chart(rows, question, Names(asker, iris_in(rows)))
