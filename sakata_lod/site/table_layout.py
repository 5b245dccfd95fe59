"""How a plan's published tables are laid out: what plan.toml may say of columns, rows, years and figures."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sakata_lod.site.fields import Configuration, Heading, Headings, Number, Pattern, RowPattern, Texts
from sakata_lod.site.identity import DivisionIdentity, Identity

YearContent = Literal["activity", "target", "actual"]
"""What a cell under a year tells: what was done, the figure aimed at, or the figure reached."""


class Columns(Configuration):
    """The printed heading of each column that is not a fiscal year. ignored: kept as printed, not read.

    divisions: columns of chapters and sections, outermost first. departments: outermost level first.
    achievement, response: several columns of one kind in the order in which they count.
    year, kind, activity, target, actual: of a table with a row for each year, or each kind of figure.
    fill_down: columns in which a blank means the same as above.
    """

    title: Heading
    number: Heading | None = None
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
    ignored: Headings = ()
    fill_down: Headings = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Those that are read, as printed."""
        named = (
            *(self.number, self.title, *self.divisions, *self.departments, *self.achievement, *self.response),
            *(self.reason, self.year, self.kind, self.activity, self.indicator, self.unit),
            *(self.target, self.actual),
        )
        return tuple(dict.fromkeys(each for each in named if each is not None))

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
            raise ValueError(f"`{given[0]}` goes with `year`: it names a column of a table with a row a year")
        if self.unit is not None and self.indicator is None:
            raise ValueError("`unit` goes with `indicator`")
        if self.year is not None and self.kind is not None:
            raise ValueError("`year` and `kind` cannot both be columns")
        if unknown := set(self.fill_down) - set(self.headings):
            raise ValueError(f"`fill_down` names {sorted(unknown)[0]}, which no other key names")
        if twice := set(self.ignored) & set(self.headings):
            raise ValueError(f"{sorted(twice)[0]} is both read and in `ignored`")
        return self


class Rows(Configuration):
    """What tells a division's row (outermost first) and a measure's; patterns for the whole text.

    divisions: none where the plan has none, and its measures are the plan's own. header: how many rows a
    header takes. ignored: what tells rows that say nothing of a measure.
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
    ignored: Texts = ()
    labels: dict[Heading, Annotated[YearLabel, BeforeValidator(_year_label)]] = Field(default_factory=dict)


class FixedIndicator(Configuration):
    """An indicator that every measure has, though no cell names it. target, actual: words beside a year."""

    title: str
    unit: str | None = None
    target: str | None = None
    actual: str | None = None

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
        words = (word for each in self.indicators for word in (each.target, each.actual))
        return (*self.columns.headings, *(word for word in words if word))

    def _holds_figures(self) -> bool:
        columns, years = self.columns, self.years
        return bool(
            (columns.target or columns.actual or years.target or years.actual)
            or years.holds != "activity"
            or any(each.holds in {"target", "actual"} for each in years.labels.values())
        )

    @model_validator(mode="after")
    def _can_be_read(self) -> "TableLayout":
        if len(self.columns.divisions) > len(self.rows.divisions):
            raise ValueError("[columns] divisions names more columns than [rows] divisions has patterns")
        for axis in ("achievement", "response"):
            if getattr(self.columns, axis) and not getattr(self, axis):
                raise ValueError(f"[columns] names a column of {axis}, but [{axis}] maps no word to a code")
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
        words = [*self.years.activity, *self.years.target, *self.years.actual, *self.years.ignored]
        words += [word for each in self.indicators for word in (each.target, each.actual) if word]
        if twice := _twice(words):
            raise ValueError(f"“{twice}” stands for two kinds of content in [years] and [[indicators]]")
        return self


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
