"""The table that another city fills in, and the plan.toml that reads it."""

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from string import Template as TextTemplate

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sakata_lod.publish.columns import Code, Column, ColumnEntry, Headings, columns_of, read_headings
from sakata_lod.publish.datatypes import Value
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.explanation import explanation_sheet
from sakata_lod.publish.tables import csv_bytes, with_byte_order_mark
from sakata_lod.publish.workbook import Sheet, add_sheet, new_workbook, workbook_bytes
from sakata_lod.site import Text

SHEET = "記入表"
CODES_SHEET = "コード"
SLUG = "your-plan"

_HERE = Path(__file__).parent
_YEAR = "年度"
_ROWS_TO_CHOOSE_IN = 2000
_EXAMPLE = Font(italic=True, color="808080")
_ABOUT = Text(ja="コード。", en="A code.")
_CODE_COLUMNS = columns_of(
    {name: ColumnEntry(en=name, about=_ABOUT) for name in ("項目", "コード", "説明", "Code", "Explanation")}
)


class TemplateHeadings(Headings):
    """The template's file of headings. examples: rows, by heading; how: to use it, a name and a sentence."""

    examples: tuple[dict[str, str], ...]
    how: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The table to fill in, for some fiscal years. columns: in order; examples: rows that show how."""

    first: FiscalYear
    last: FiscalYear
    columns: tuple[Column, ...]
    examples: tuple[tuple[Value, ...], ...]

    @property
    def as_of(self) -> date:
        """The day of which its progress is told: the last year's end."""
        return self.last.last_day


@cache
def _headings() -> TemplateHeadings:
    return read_headings(_HERE / "template.toml", TemplateHeadings)


def make_template(first_year: int, last_year: int) -> Template:
    """Make the table for the fiscal years that begin in these years, and those between them."""
    headings = _headings()
    years = [FiscalYear(each) for each in range(first_year, last_year + 1)]
    columns = [each for column in columns_of(headings.columns) for each in _by_year(column, years)]
    names = {each.era_name: _YEAR for each in years}
    examples = (
        tuple(row.get(names.get(column.name, column.name)) for column in columns) for row in headings.examples
    )
    return Template(years[0], years[-1], tuple(columns), tuple(examples))


def template_title() -> Text:
    """What the table is called."""
    return _headings().title


def _by_year(column: Column, years: list[FiscalYear]) -> list[Column]:
    if column.name != _YEAR:
        return [column]
    return [replace(column, heading=Text(ja=year.era_name, en=f"FY{year.start_year}")) for year in years]


def template_csv(template: Template) -> bytes:
    """Write the table as CSV, with a byte-order mark, for Excel."""
    rows: list[list[Value]] = [[column.name for column in template.columns], *map(list, template.examples)]
    return with_byte_order_mark(csv_bytes(rows))


def template_workbook(template: Template) -> bytes:
    """Write the table as a workbook: explained, with its codes to choose from."""
    title = template_title()
    book = new_workbook(title.ja, title, template.as_of)
    add_sheet(book, explanation_sheet(_headings().how, [(title, template.columns)]))
    sheet = add_sheet(book, Sheet(SHEET, template.columns, template.examples, filtered=False))
    _mark_examples(sheet)
    codes = _add_codes(book, template.columns)
    for number, column in enumerate(template.columns, start=1):
        hint = "\n".join(column.description.by_language.values())
        sheet.cell(1, number).comment = Comment(hint, title.ja, height=120, width=280)
        if column.codes:
            _offer(sheet, number, codes[column.name], hint)
    book.active = book.sheetnames.index(SHEET)
    return workbook_bytes(book)


def _mark_examples(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.font = _EXAMPLE


def _add_codes(book: openpyxl.Workbook, columns: tuple[Column, ...]) -> dict[str, str]:
    """Put the codes on a sheet of their own. Answers where each column's labels are: a range of cells."""
    coded = [(column, code) for column in columns for code in column.codes]
    rows = [_code_row(column, code) for column, code in coded]
    add_sheet(book, Sheet(CODES_SHEET, _CODE_COLUMNS, rows, filtered=False))
    places: dict[str, str] = {}
    for column in columns:
        lines = [line for line, (each, _) in enumerate(coded, start=2) if each is column]
        if lines:
            places[column.name] = f"{quote_sheetname(CODES_SHEET)}!$B${lines[0]}:$B${lines[-1]}"
    return places


def _code_row(column: Column, code: Code) -> tuple[Value, ...]:
    return (column.name, code.label.ja, code.definition.ja, code.label.en, code.definition.en)


def _offer(sheet: Worksheet, number: int, labels: str, hint: str) -> None:
    """Let a column's cells be chosen from a list, and nothing else be written there."""
    choice = DataValidation("list", formula1=labels, allow_blank=True, showErrorMessage=True)
    choice.error = f"シート「{CODES_SHEET}」から選んでください。\nChoose one of the sheet {CODES_SHEET}."
    choice.prompt, choice.showInputMessage = hint, True
    letter = get_column_letter(number)
    choice.add(f"{letter}2:{letter}{_ROWS_TO_CHOOSE_IN}")
    sheet.add_data_validation(choice)


@cache
def _plan_text() -> TextTemplate:
    return TextTemplate((_HERE / "template-plan.toml").read_text(encoding="utf-8"))


def template_plan(template: Template) -> str:
    """Write the plan.toml that reads the table, once it is filled in."""
    codes = {column.name: column.codes for column in template.columns}
    return _plan_text().substitute(
        slug=SLUG,
        first=template.first.start_year,
        last=template.last.start_year,
        achievement=_words(codes["目標達成"]),
        response=_words(codes["今後の対応"]),
        as_of=template.as_of.isoformat(),
        sheet=SHEET,
    )


def _words(codes: tuple[Code, ...]) -> str:
    # JSON's strings are TOML's, too.
    return "\n".join(
        f"{json.dumps(code.label.ja, ensure_ascii=False)} = {json.dumps(code.name)}" for code in codes
    )
