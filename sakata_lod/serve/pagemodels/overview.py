"""How a plan stands: the first page, and the page of the plan itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.iris import IriSpace
from sakata_lod.release import PublishedSite, ReleasePlan
from sakata_lod.serve.pagemodels import naming
from sakata_lod.serve.pagemodels.citation import Citation
from sakata_lod.serve.pagemodels.matrix import Matrix, matrix
from sakata_lod.serve.pagemodels.naming import Names, code_rank, iris_in
from sakata_lod.serve.pagemodels.parts import (
    Bar,
    BarChart,
    Count,
    Status,
    Tally,
    Year,
    bar,
    is_machine_translated,
)
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.pagemodels.strip import Strip, StripRows, strip
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Value, natural_key
from sakata_lod.serve.translation import gettext, ngettext

_ACHIEVED = {"exceeded", "achieved"}
_ASKED = (
    "measures", "achievements", "responses", "chapter-achievements", "achievement-response", "plan-years",
    "measures-by-year", "plan-departments", "plan-themes", "indicator-achievements",
    "figures-by-year",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """A plan, as the first page shows it. as_of: the day, like 2023-03-31.

    chapters: if any has a status. matrix: if the plan's table has both statuses. indicators: by achievement,
    those that have one of their own.
    """

    plan: Value
    name: str
    as_of: str
    measures: int
    achievements: Sequence[Count]
    responses: Sequence[Count]
    whole: BarChart
    going_on: BarChart
    chapters: BarChart | None
    strip: Strip
    matrix: Matrix | None
    departments: Sequence[Tally]
    themes: Sequence[Tally]
    indicators: Sequence[Count]
    judged: Question

    @property
    def answer(self) -> str:
        """How the plan went, in a sentence."""
        told = in_words(self.achievements or self.responses)
        if not told:
            return ngettext(
                "%(num)s measure. The table states no status of measures.",
                "%(num)s measures. The table states no status of measures.",
                self.measures,
            )
        return ngettext(
            "Of %(num)s measure: %(told)s.", "Of %(num)s measures: %(told)s.", self.measures, told=told
        )

    def cited(self, publisher: str) -> Citation:
        """How the plan is cited."""
        return Citation(publisher, self.plan.text.value, self.as_of, self.plan.iri)

    @property
    def is_translated(self) -> bool:
        """Whether a title shown is a machine's translation."""
        rows = (row for chapter in self.strip.chapters for row in chapter.rows)
        return any(is_machine_translated(row.line.measure.text) for row in rows)


def site_overview(site: PublishedSite, asker: Asker) -> list[PlanOverview]:
    """Ask the store how each plan of a site stands."""
    iris = IriSpace(site.base_iri)
    return [plan_overview(str(iris.plan(each.slug)), each, asker) for each in site.plans]


def plan_overview(iri: str, plan: ReleasePlan, asker: Asker) -> PlanOverview:
    """Ask the store how a plan stands."""
    asked = {name: Question(name, {"plan": iri}) for name in _ASKED}
    told = {name: question.ask(asker) for name, question in asked.items()}
    names = Names(asker, {*iris_in(*told.values()), iri})
    rows = StripRows(told["measures"], told["measures-by-year"], told["figures-by-year"])
    achievements, responses = names.counts(told["achievements"]), names.counts(told["responses"])
    columns = plan_years(told["plan-years"], naming.years(asker, iri))
    measures = len({row.iri("measure") for row in told["measures"]})
    both = matrix(asked["achievement-response"], told["achievement-response"], names)
    return PlanOverview(
        plan=names.value(iri),
        name=asker.iris.document_name(iri),
        as_of=plan.current_edition,
        measures=measures,
        achievements=achievements,
        responses=responses,
        whole=whole_chart(names.value(iri), achievements, asked["achievements"]),
        going_on=whole_chart(names.value(iri), responses, asked["responses"]),
        chapters=chapter_chart(told["chapter-achievements"], asked["chapter-achievements"], names),
        strip=strip(asked["measures-by-year"], rows, columns, names),
        matrix=both if achievements and responses else None,
        departments=names.tallies(told["plan-departments"]),
        themes=names.tallies(told["plan-themes"]),
        indicators=names.counts(told["indicator-achievements"], counted="indicators"),
        judged=asked["indicator-achievements"],
    )


def plan_years(rows: Sequence[Solution], named: Mapping[str, Year]) -> list[Year]:
    """The years of a plan's period, in their order."""
    return sorted(
        (named[row.iri("year")] for row in rows if row.iri("year") in named), key=lambda each: each.start
    )


def whole_chart(value: Value, counts: Sequence[Count], question: Question) -> BarChart:
    """All measures of something in one bar. The finding names the code that most have."""
    whole = sum(each.measures for each in counts)
    return BarChart(
        most_have(counts),
        [bar(value, counts, whole)] if counts else [],
        [each.status for each in counts],
        question,
    )


def in_words(counts: Sequence[Count]) -> str:
    """Name the counts one after the other."""
    return gettext(", ").join(f"{each.status.value.text.value} {each.measures}" for each in counts)


def most_have(counts: Sequence[Count]) -> str:
    """Say which code most measures have."""
    if not counts:
        return gettext("No measure has a status.")
    most = max(counts, key=lambda each: each.measures)
    return gettext(
        "%(count)s of %(total)s measures: %(status)s",
        count=most.measures,
        total=sum(each.measures for each in counts),
        status=most.status.value.text.value,
    )


def chapter_chart(rows: Sequence[Solution], question: Question, names: Names) -> BarChart | None:
    """The chapters of a plan, each with its measures by achievement; None where no chapter has any."""
    if not rows:
        return None
    by_chapter: dict[tuple[str, str], list[Solution]] = {}
    for row in rows:
        by_chapter.setdefault((row.text("chapterNumber"), row.iri("chapter")), []).append(row)
    counted = {
        chapter: names.counts(held, "achievement")
        for chapter, held in sorted(by_chapter.items(), key=lambda item: natural_key(item[0][0]))
    }
    longest = max((sum(each.measures for each in counts) for counts in counted.values()), default=0)
    bars = [bar(names.value(iri), counts, longest, number) for (number, iri), counts in counted.items()]
    statuses = {each.status.slug: each.status for counts in counted.values() for each in counts}
    ordered = sorted(statuses.values(), key=lambda each: code_rank(each.slug))
    return BarChart(_chapter_finding(bars), bars, ordered, question)


def _chapter_finding(bars: Sequence[Bar]) -> str:
    short = [
        (sum(each.measures for each in one.segments if not _is_achieved(each.status)), one) for one in bars
    ]
    most, where = max(short, key=lambda pair: pair[0], default=(0, None))
    if where is None or not most:
        return gettext("Every measure of every chapter was achieved.")
    return gettext(
        "Chapter %(number)s has the most measures that were not fully achieved: %(count)s of %(total)s.",
        number=where.number,
        count=most,
        total=where.total,
    )


def _is_achieved(status: Status) -> bool:
    return status.slug in _ACHIEVED
