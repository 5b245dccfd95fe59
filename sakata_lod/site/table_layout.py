"""How a plan's published tables are laid out: all that plan.toml may say of it, held together."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from sakata_lod.errors import UnfitValue
from sakata_lod.site.columns import STATUS_AXES, Columns
from sakata_lod.site.fields import Configuration, Heading, Number, Pattern, RowPattern, Texts
from sakata_lod.site.identity import DivisionIdentity, Identity
from sakata_lod.site.statuses import Statuses, in_both
from sakata_lod.site.years import Figures, FixedIndicator, YearContent, Years


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
                raise UnfitValue(
                    f"「{pattern}」にグループ (?P<number>…) を入れるか、numbers に番号を書いてください",
                    f"“{pattern}” must have the group (?P<number>…), or `numbers` give the numbers",
                )
        return self


class Block(Configuration):
    """A form for each measure: `starts_with` is its first cell's label. A label's value stands right of it.

    years: the label of the row in which the fiscal years stand side by side, if there is one. Where they
    stand below one another, `year` in [columns] is the label above them.
    """

    starts_with: Heading
    years: Heading | None = None


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
    statuses: Statuses = Statuses()
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
            raise UnfitValue(
                "[columns] の divisions の列が、[rows] の divisions のパターンより多くあります",
                "[columns] divisions names more columns than [rows] divisions has patterns",
            )
        self._statuses_can_be_read()
        if self.block is not None and self.block.years and self.columns.year:
            raise UnfitValue(
                "様式では、年度が横に並ぶなら [block] の years、縦に並ぶなら [columns] の year です。"
                "どちらか一方を書いてください",
                "of a form, `years` in [block] is for years side by side, and `year` in [columns] for years "
                "below one another: name one of them",
            )
        if not self.indicators and self.columns.indicator is None and self._holds_figures():
            raise UnfitValue(
                "数値には指標が要ります。[columns] の indicator か [[indicators]] に書いてください",
                "figures need an indicator: name its column in [columns] indicator, "
                "or the indicator itself in [[indicators]]",
            )
        years = self.years
        words = [*years.activity, *years.target, *years.actual, *years.ignored]
        words += [*years.achievement, *years.response]
        words += [*years.indicator_achievement, *years.indicator_response]
        words += [word for each in self.indicators for word in each.words]
        if twice := _twice(words):
            raise UnfitValue(
                f"「{twice}」が [years] と [[indicators]] で2種類の内容を表しています",
                f"“{twice}” stands for two kinds of content in [years] and [[indicators]]",
            )
        return self

    def _statuses_can_be_read(self) -> None:
        """Hold columns of statuses to words that mean codes, and those of indicators to an indicator."""
        of_years = self._year_statuses()
        of_indicators = [each for each in of_years if each.startswith("indicator_")]
        if of_indicators and self.columns.indicator is None:
            raise UnfitValue(
                f"[years] の {of_indicators[0]} は、行が示す指標の評価です。[columns] の indicator にその列を"
                "書いてください。[[indicators]] の指標の評価は、そこに書きます",
                f"[years] names {of_indicators[0]}, a status of the indicator that a row names: name its "
                "column in [columns] indicator; that of an indicator in [[indicators]] is said there",
            )
        for axis in STATUS_AXES:
            codes: dict[str, str] = getattr(self, axis)
            without = self.statuses.without(axis)
            if (both := in_both(codes, without)) is not None:
                coded, silent = both
                raise UnfitValue(
                    f"「{silent}」が [statuses] の without_{axis} にあり、[{axis}] にも「{coded}」"
                    f"（{codes[coded]}）があります。評価を言わないのか、コードがあるのか、どちらか一方にしてください",
                    f"“{silent}” in [statuses] without_{axis} says no status, and “{coded}” in [{axis}] says "
                    f"{codes[coded]}: leave one of them",
                )
            of_indicator = f"indicator_{axis}"
            named = getattr(self.columns, axis) or getattr(self.columns, of_indicator)
            named = named or axis in of_years or of_indicator in of_years
            if (named or any(getattr(each, axis) for each in self.indicators)) and not (codes or without):
                raise UnfitValue(
                    f"{axis} の列があるのに、[{axis}] にコードへの対応も、[statuses] の without_{axis} に"
                    "評価を言わない記号もありません",
                    f"a column of {axis} is named, but [{axis}] maps no word to a code, and "
                    f"without_{axis} in [statuses] names none",
                )

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

    sheets: those that make the table together, in their order, where it goes over several. hidden: that what
    its workbook does not show is published, too. measures: how many measures a person counted in it.
    layout: what of plan.toml this edition says anew.
    divisions, identity: which divisions and measures it lists, where that is not as in the edition before.
    """

    source: str
    format: Literal["tsv", "csv", "xlsx"]
    encoding: Literal["utf-8", "utf-8-sig", "cp932"] = "utf-8"
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    hidden: Literal["published"] | None = None
    measures: Annotated[int, Field(ge=1)] | None = None
    layout: dict[str, Any] = Field(default_factory=dict)
    divisions: DivisionIdentity = DivisionIdentity()
    identity: Identity = Identity()

    @model_validator(mode="before")
    @classmethod
    def _gather_layout(cls, values: object) -> object:
        if not isinstance(values, dict) or "layout" in values:
            raise UnfitValue(
                "source、format と、この版で変わる項目を、項目ごとに書いてください",
                "write `source`, `format` and what this edition says anew, key by key",
            )
        said = {key: each for key, each in values.items() if key in LAYOUT_KEYS}
        return {key: each for key, each in values.items() if key not in LAYOUT_KEYS} | {"layout": said}

    @model_validator(mode="after")
    def _names_a_table(self) -> "EditionSource":
        if "/" in self.source or "\\" in self.source or self.source in {"", ".", ".."}:
            raise UnfitValue(
                f"「{self.source}」はファイル名ではありません。表を版のフォルダーに置いてください",
                f"“{self.source}” is no file name: put the table into the edition's folder",
            )
        named = "sheet" if self.sheet is not None else "sheets"
        if (self.sheet is not None or self.sheets) and self.format != "xlsx":
            raise UnfitValue(
                f"{self.format} のファイルにシートはありません。{named} を消してください",
                f"a {self.format} file has no sheets: leave `{named}` out",
            )
        if self.sheet is not None and self.sheets:
            raise UnfitValue(
                "1枚のシートなら sheet、何枚かで1つの表なら sheets です。どちらか一方を書いてください",
                "`sheet` names one sheet, `sheets` those that make a table together: write one of them",
            )
        if twice := _twice(self.sheets):
            raise UnfitValue(
                f"sheets にシート「{twice}」が2度あります", f"`sheets` names the sheet “{twice}” twice"
            )
        return self
