"""The columns of a plan's tables that name no fiscal year: what plan.toml may say of each."""

from typing import Literal, get_args

from pydantic import model_validator

from sakata_lod.errors import UnfitValue
from sakata_lod.site.fields import Configuration, Heading, Headings

StatusAxis = Literal["achievement", "response"]
"""What a status tells: how far a target was achieved, or how it goes on."""
STATUS_AXES: tuple[StatusAxis, ...] = get_args(StatusAxis)


class Columns(Configuration):
    """The printed heading of each column that is not a fiscal year. ignored: kept as printed, not read.

    divisions: columns of chapters and sections, outermost first. departments: outermost level first.
    description: what the measure is, whatever was done in which year.
    achievement, response: of the measure; several columns of one kind in the order in which they count.
    indicator_achievement, indicator_response: of the row's indicator, and of its year if it has one.
    year, kind, activity, target, actual: of a table with a row for each year, or each kind of figure.
    fill_down: columns in which a blank means the same as above.
    """

    title: Heading
    number: Heading | None = None
    description: Heading | None = None
    divisions: Headings = ()
    departments: Headings = ()
    achievement: Headings = ()
    response: Headings = ()
    reason: Heading | None = None
    year: Heading | None = None
    kind: Heading | None = None
    activity: Heading | None = None
    indicator: Heading | None = None
    unit: Heading | None = None
    target: Heading | None = None
    actual: Heading | None = None
    indicator_achievement: Heading | None = None
    indicator_response: Heading | None = None
    ignored: Headings = ()
    fill_down: Headings = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Those that are read, as printed."""
        named = (
            *(self.number, self.title, *self.divisions, *self.departments, *self.achievement, *self.response),
            *(self.description, self.reason, self.year, self.kind, self.activity, self.indicator, self.unit),
            *(self.target, self.actual, self.indicator_achievement, self.indicator_response),
        )
        return tuple(dict.fromkeys(each for each in named if each is not None))

    @property
    def indicator_statuses(self) -> dict[StatusAxis, str]:
        """The columns of indicators' statuses, by what they tell."""
        named: tuple[tuple[StatusAxis, str | None], ...] = (
            ("achievement", self.indicator_achievement),
            ("response", self.indicator_response),
        )
        return {axis: heading for axis, heading in named if heading is not None}

    @property
    def number_and_title(self) -> tuple[str, ...]:
        """The columns whose texts, read in one, tell what kind of row it is."""
        return tuple(filter(None, (self.number, self.title)))

    @property
    def has_several_rows_a_measure(self) -> bool:
        """Whether a measure takes a row for each year, indicator or kind of figure."""
        return bool(self.year or self.kind or self.indicator)

    @model_validator(mode="after")
    def _belong_together(self) -> "Columns":
        by_year = {"activity": self.activity, "target": self.target, "actual": self.actual}
        if self.year is None and (given := [name for name, heading in by_year.items() if heading]):
            raise UnfitValue(
                f"{given[0]} は year と一緒に書くものです（年度ごとに行がある表の列です）",
                f"`{given[0]}` goes with `year`: it names a column of a table with a row a year",
            )
        of_indicator = {"unit": self.unit} | {
            f"indicator_{axis}": heading for axis, heading in self.indicator_statuses.items()
        }
        if self.indicator is None and (given := [name for name, heading in of_indicator.items() if heading]):
            raise UnfitValue(
                f"{given[0]} は indicator と一緒に書くものです", f"`{given[0]}` goes with `indicator`"
            )
        of_both = {*self.achievement, *self.response} & set(self.indicator_statuses.values())
        if of_both:
            twice = sorted(of_both)[0]
            raise UnfitValue(
                f"「{twice}」が施策の評価と指標の評価の両方に書かれています",
                f"{twice} is named as a status of the measure and of its indicator",
            )
        if self.year is not None and self.kind is not None:
            raise UnfitValue(
                "year と kind の両方を列にはできません", "`year` and `kind` cannot both be columns"
            )
        if unknown := sorted(set(self.fill_down) - set(self.headings)):
            raise UnfitValue(
                f"fill_down の「{unknown[0]}」は、ほかのどの項目にもありません",
                f"`fill_down` names {unknown[0]}, which no other key names",
            )
        if both := sorted(set(self.ignored) & set(self.headings)):
            raise UnfitValue(
                f"「{both[0]}」は読む列なのに ignored にもあります",
                f"{both[0]} is both read and in `ignored`",
            )
        return self
