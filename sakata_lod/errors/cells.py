"""Why a published table cannot be read without guessing: what stands in its cells."""

from dataclasses import dataclass

from sakata_lod.errors.facts import Words
from sakata_lod.errors.tables import SourceError


@dataclass(eq=False)
class UnknownMark(SourceError):
    """A status cell holds a mark or word that the plan does not map to a code."""

    text: str
    known: str
    axis: str
    en = (
        "{place}: “{text}” is not among the marks of this plan ({known}). Add it to [{axis}] of plan.toml, or, if it "
        "says no status, to without_{axis} in [statuses]; or record a correction."
    )
    ja = (
        "{place}: 「{text}」はこの計画の記号・語（{known}）にありません。plan.toml の [{axis}] に、評価を言わない"
        "記号・語なら [statuses] の without_{axis} に加えるか、訂正を記録してください。"
    )


@dataclass(eq=False)
class MarkAndWordsDisagree(SourceError):
    """A status cell's mark says one code, its words another."""

    text: str
    codes: str
    en = "{place}: the mark and the words of “{text}” disagree ({codes}). Record in corrections.toml which one wins, and why."
    ja = "{place}: 「{text}」の記号と語が食い違っています（{codes}）。どちらを採るか、理由とともに corrections.toml に記録してください。"


@dataclass(eq=False)
class UnknownDepartment(SourceError):
    """A department that the site's register does not hold."""

    name: str
    en = "{place}: the department “{name}” is not in departments.ttl. Add it there, or add this spelling to the department it means."
    ja = "{place}: 所管課「{name}」は departments.ttl にありません。追加するか、該当する課の別表記として登録してください。"


@dataclass(eq=False)
class UnknownEra(SourceError):
    """A column heading that looks like a year but names no known fiscal year."""

    label: str
    en = (
        "{place}: “{label}” names no fiscal year. Write it like 令和4年度, R4, 2022年度 or FY2022, "
        "or say in [years] labels of plan.toml which year it is read as."
    )
    ja = (
        "{place}: 「{label}」は年度として読めません。令和4年度、R4、2022年度、FY2022 のように書くか、"
        "どの年度と読むかを plan.toml の [years] labels に書いてください。"
    )


@dataclass(eq=False)
class UnknownFigure(SourceError):
    """A cell of figures holds neither a number nor a word that is known to stand for none."""

    text: str
    en = (
        "{place}: “{text}” is no figure. If it gives none, add it to [figures] without_figure of plan.toml; "
        "if a note or a unit stands beside one, to `notes` or `units`."
    )
    ja = (
        "{place}: 「{text}」は数値として読めません。数値のない語なら plan.toml の [figures] without_figure に、"
        "数値に添えた注記や単位なら notes か units に加えてください。"
    )


@dataclass(eq=False)
class UnitsDiffer(SourceError):
    """The figures of one indicator have two units."""

    unit: str
    other: str
    en = "{place}: the unit “{unit}” stands beside a figure of an indicator that has the unit “{other}”. Check the cell, or record a correction."
    ja = "{place}: 単位「{unit}」は、指標の単位「{other}」と違います。セルを確かめるか、訂正を記録してください。"


@dataclass(eq=False)
class RowsDisagree(SourceError):
    """Two rows of one measure say different things of what a measure has one of."""

    text: str
    first_row: int
    other: str
    en = (
        "{place}: “{text}”, but row {first_row} of the same measure says “{other}”. "
        "Put the column into [columns] ignored of plan.toml, or record a correction."
    )
    ja = (
        "{place}: 「{text}」とありますが、同じ施策の{first_row}行では「{other}」です。"
        "列を plan.toml の [columns] ignored に移すか、訂正を記録してください。"
    )


@dataclass(eq=False)
class StatusesDisagree(SourceError):
    """Rows of one measure, a row an indicator, print different statuses in a column of the measure's."""

    text: str
    first_row: int
    other: str
    axis: str
    table: str
    en = (
        "{place}: “{text}”, but row {first_row} of the same measure says “{other}”. "
        "If each indicator has its own, name the column in [{table}] indicator_{axis} of plan.toml "
        "instead of {axis}; if the measure has one, record a correction."
    )
    ja = (
        "{place}: 「{text}」とありますが、同じ施策の{first_row}行では「{other}」です。"
        "指標ごとの評価なら、列を plan.toml の [{table}] の {axis} ではなく indicator_{axis} に書いてください。"
        "施策の評価が一つなら、訂正を記録してください。"
    )


@dataclass(eq=False)
class CorrectionDoesNotFit(SourceError):
    """A correction expects a cell to read otherwise than it does."""

    correction: str
    expected: str | Words
    found: str | Words
    en = (
        "{place}: the correction “{correction}” expects “{expected}” but the table says “{found}”. "
        "The table has changed: check the correction against it and mend or remove it."
    )
    ja = (
        "{place}: 訂正「{correction}」は「{expected}」を前提としていますが、表には「{found}」とあります。"
        "表が変わっています。訂正を確かめ、直すか削除してください。"
    )
