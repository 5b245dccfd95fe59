"""What plan.toml may say of what stands beside years: activities, figures and statuses."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from sakata_lod.errors import UnfitValue
from sakata_lod.site.fields import Configuration, Heading, Pattern, Texts

YearContent = Literal[
    "activity", "target", "actual", "achievement", "response", "indicator_achievement", "indicator_response"
]
"""What a cell under a year tells: what was done, the figure aimed at or reached, or a status.

achievement, response: of the measure; with `indicator_`, of the indicator.
"""


class YearLabel(Configuration):
    """The fiscal year that a label means, by the year in which it begins, and what stands under it."""

    year: Annotated[int, Field(ge=1900, le=2200)]
    holds: YearContent | None = None


def _year_label(value: object) -> object:
    return {"year": value} if isinstance(value, int) else value


class Years(Configuration):
    """The words beside or below a fiscal year that tell what stands there, and labels that name no year.

    holds: what stands under a year without such a word. labels: 現状, 令和5年度以降 → the year meant.
    """

    holds: YearContent = "activity"
    activity: Texts = ()
    target: Texts = ()
    actual: Texts = ()
    achievement: Texts = ()
    response: Texts = ()
    indicator_achievement: Texts = ()
    indicator_response: Texts = ()
    ignored: Texts = ()
    labels: dict[Heading, Annotated[YearLabel, BeforeValidator(_year_label)]] = Field(default_factory=dict)


class FixedIndicator(Configuration):
    """An indicator that every measure has, though no cell names it.

    target, actual, achievement, response: words beside a year; with `year` in [columns], headings.
    """

    title: str
    unit: str | None = None
    target: str | None = None
    actual: str | None = None
    achievement: str | None = None
    response: str | None = None

    @property
    def words(self) -> dict[str, YearContent]:
        """Its words, and what stands under each."""
        contents: tuple[tuple[str | None, YearContent], ...] = (
            (self.target, "target"),
            (self.actual, "actual"),
            (self.achievement, "indicator_achievement"),
            (self.response, "indicator_response"),
        )
        return {word: content for word, content in contents if word}

    @model_validator(mode="after")
    def _has_figures(self) -> "FixedIndicator":
        if not (self.target or self.actual):
            raise UnfitValue(
                "target か actual、または両方の言葉を書いてください",
                "name the words for its `target`, its `actual`, or both",
            )
        return self


class Figures(Configuration):
    """Words in cells of figures. without_figure: no figure is given; same_as_left: that of the cell before.

    notes: what may stand beside a figure and is no part of it. negative: signs that mean minus.
    units: what may stand behind a figure.
    """

    without_figure: Texts = ("-", "－", "−", "―", "—", "‐", "ー")
    same_as_left: Texts = ()
    notes: Annotated[tuple[Pattern, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)] = ()
    negative: Texts = ()
    units: Texts = ("%", "％")
