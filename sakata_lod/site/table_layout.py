"""How a plan's published tables are laid out: what plan.toml may say of columns, rows, years and figures."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from sakata_lod.site.columns import Columns
from sakata_lod.site.fields import Configuration, Heading, Number, Pattern, RowPattern, Texts
from sakata_lod.site.identity import DivisionIdentity, Identity

YearContent = Literal[
    "activity", "target", "actual", "achievement", "response", "indicator_achievement", "indicator_response"
]
"""What a cell under a year tells: what was done, the figure aimed at or reached, or a status.

achievement, response: of the measure; with `indicator_`, of the indicator.
"""


class Rows(Configuration):
    """What tells a division's row (outermost first) and a measure's; patterns for the whole text.

    divisions: none where the plan has none, and its measures are the plan's own. header: how many rows a
    header takes, in forms that of a table within. ignored: what tells rows that say nothing of a measure.
    numbers: the number of a division or measure that prints none, by its title.
    """

    measure: RowPattern
    divisions: tuple[RowPattern, ...] = ()
    header: Annotated[int, Field(ge=1, le=5)] = 1
    ignored: tuple[Pattern, ...] = ()
    numbers: dict[str, Number] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _numbers_can_be_told(self) -> "Rows":
        for pattern in (*self.divisions, self.measure):
            if "(?P<number>" not in pattern and not self.numbers:
                raise ValueError(
                    f"“{pattern}” must have the group (?P<number>…), or `numbers` give the numbers"
                )
        return self


class Block(Configuration):
    """A form for each measure: `starts_with` is its first cell's label. A label's value stands right of it.

    years: the label of the row in which the fiscal years stand side by side, if there is one. Where they
    stand below one another, `year` in [columns] is the label above them.
    """

    starts_with: Heading
    years: Heading | None = None


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
            raise ValueError("name the words for its `target`, its `actual`, or both")
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


class DepartmentWords(Configuration):
    """Words in a cell of departments that name none. others: as a name; others_suffix: behind one.

    separators: what keeps names apart; blanks and line breaks if none is given.
    """

    others_suffix: str | None = None
    others: tuple[str, ...] = ()
    separators: Texts = ()


class TableLayout(Configuration):
    """How a plan's tables are to be read: columns, rows, and which words mean which code."""

    columns: Columns
    rows: Rows
    achievement: dict[str, str] = Field(default_factory=dict)
    response: dict[str, str] = Field(default_factory=dict)
    departments: DepartmentWords = DepartmentWords()
    years: Years = Years()
    figures: Figures = Figures()
    indicators: tuple[FixedIndicator, ...] = ()
    block: Block | None = None

    @property
    def read_headings(self) -> tuple[str, ...]:
        """The columns that are read; with a row a year, those of fixed indicators too."""
        if self.columns.year is None:
            return self.columns.headings
        return (*self.columns.headings, *(word for each in self.indicators for word in each.words))

    def _holds_figures(self) -> bool:
        columns, years = self.columns, self.years
        held = {years.holds, *(each.holds for each in years.labels.values())}
        named = columns.target or columns.actual or years.target or years.actual
        return bool(named or held & {"target", "actual"})

    @model_validator(mode="after")
    def _can_be_read(self) -> "TableLayout":
        if len(self.columns.divisions) > len(self.rows.divisions):
            raise ValueError("[columns] divisions names more columns than [rows] divisions has patterns")
        self._statuses_can_be_read()
        if self.block is not None and self.block.years and self.columns.year:
            raise ValueError(
                "of a form, `years` in [block] is for years side by side, and `year` in [columns] for years "
                "below one another: name one of them"
            )
        if not self.indicators and self.columns.indicator is None and self._holds_figures():
            raise ValueError(
                "figures need an indicator: name its column in [columns] indicator, "
                "or the indicator itself in [[indicators]]"
            )
        years = self.years
        words = [*years.activity, *years.target, *years.actual, *years.ignored]
        words += [*years.achievement, *years.response]
        words += [*years.indicator_achievement, *years.indicator_response]
        words += [word for each in self.indicators for word in each.words]
        if twice := _twice(words):
            raise ValueError(f"“{twice}” stands for two kinds of content in [years] and [[indicators]]")
        return self

    def _statuses_can_be_read(self) -> None:
        """Hold columns of statuses to words that mean codes, and those of indicators to an indicator."""
        of_years = self._year_statuses()
        of_indicators = [each for each in of_years if each.startswith("indicator_")]
        if of_indicators and self.columns.indicator is None:
            raise ValueError(
                f"[years] names {of_indicators[0]}, a status of the indicator that a row names: name its "
                "column in [columns] indicator; that of an indicator in [[indicators]] is said there"
            )
        for axis in ("achievement", "response"):
            of_indicator = f"indicator_{axis}"
            named = getattr(self.columns, axis) or getattr(self.columns, of_indicator)
            named = named or axis in of_years or of_indicator in of_years
            if (named or any(getattr(each, axis) for each in self.indicators)) and not getattr(self, axis):
                raise ValueError(f"a column of {axis} is named, but [{axis}] maps no word to a code")

    def _year_statuses(self) -> list[YearContent]:
        """The statuses of which [years] knows the words, or says that they stand under a year."""
        years = self.years
        held = {years.holds, *(each.holds for each in years.labels.values())}
        statuses = (each for each in get_args(YearContent) if each.endswith(("achievement", "response")))
        return [each for each in statuses if each in held or getattr(years, each)]


def _twice(words: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            return word
        seen.add(word)
    return None


LAYOUT_KEYS = tuple(TableLayout.model_fields)
"""The keys of plan.toml that an edition may say anew."""


class EditionSource(Configuration):
    """The published table of one edition, and how its bytes are read. sheet: of a workbook, by name.

    measures: how many measures a person counted in it. layout: what of plan.toml this edition says anew.
    divisions, identity: which divisions and measures it lists, where that is not as in the edition before.
    """

    source: str
    format: Literal["tsv", "csv", "xlsx"]
    encoding: Literal["utf-8", "utf-8-sig", "cp932"] = "utf-8"
    sheet: str | None = None
    measures: Annotated[int, Field(ge=1)] | None = None
    layout: dict[str, Any] = Field(default_factory=dict)
    divisions: DivisionIdentity = DivisionIdentity()
    identity: Identity = Identity()

    @model_validator(mode="before")
    @classmethod
    def _gather_layout(cls, values: object) -> object:
        if not isinstance(values, dict) or "layout" in values:
            raise ValueError("write `source`, `format` and what this edition says anew, key by key")
        said = {key: each for key, each in values.items() if key in LAYOUT_KEYS}
        return {key: each for key, each in values.items() if key not in LAYOUT_KEYS} | {"layout": said}

    @model_validator(mode="after")
    def _names_a_table(self) -> "EditionSource":
        if "/" in self.source or "\\" in self.source or self.source in {"", ".", ".."}:
            raise ValueError(f"“{self.source}” is no file name: put the table into the edition's folder")
        if self.sheet is not None and self.format != "xlsx":
            raise ValueError(f"a {self.format} file has no sheets: leave `sheet` out")
        return self
