"""Forms in an unknown table, one a measure: labels beside their values."""

from collections import Counter
from dataclasses import dataclass, field

from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.proposal.form_tables import FormTables, TableHeader, table_header
from sakata_lod.publish.proposal.header import stands_beside_years, year_within
from sakata_lod.publish.proposal.words import all_year_words, role_of

_FEWEST_LABELS = 3
_BEGINNINGS = ("number", "item", "title")


@dataclass(slots=True)
class Forms:
    """Forms. labels, texts: the values of each; years: labels of years; words, unknown: beside those.

    apart: rows of one text between forms, or above the first. figure_texts: what stands under unknown words.
    headings: column → the label above it, where years stand below one another; groups: labels beside those;
    fill_down: the label of the years, if one is blank. tables: those of indicators.
    """

    starts_with: str
    first_row: int
    years_label: str | None = None
    labels: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    years: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    figure_texts: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    apart: list[Row] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    fill_down: list[str] = field(default_factory=list)
    tables: FormTables = field(default_factory=FormTables)


def find_forms(table: Table) -> Forms | None:
    """Find forms: at least three rows begin with labels of different roles; None where there are none."""
    begins = [
        (row, (_beside_the_years(printed) or printed)[0].heading)
        for row in table.rows
        if (printed := _printed(row)) and len(printed) > 1
    ]
    roles = {role: label for _, label in begins if (role := role_of(label)) is not None}
    if len(roles) < _FEWEST_LABELS:
        return None
    starts = Counter(label for _, label in begins if (role_of(label) or "").startswith(_BEGINNINGS))
    if not starts:
        return None
    starts_with = next(label for _, label in begins if label in starts)
    first = next(row.number for row, label in begins if label == starts_with)
    found = Forms(starts_with, first)
    for row in table.rows:
        _read(found, table, row)
    return found


def _printed(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if not cell.is_blank]


def _read(found: Forms, table: Table, row: Row) -> None:
    cells = _printed(row)
    if not cells:
        return
    label = cells[0].heading
    if label == found.starts_with:
        found.headings.clear()
    if row.number <= found.tables.until:
        return
    if row.number >= found.first_row and (header := table_header(table, row)) is not None:
        _table(found, row, header)
    elif _is_below_headings(found, cells[0]):
        _of_a_year(found, table, row)
    elif row.number >= found.first_row and (beside := _beside_the_years(cells)):
        _headings(found, cells, beside)
    elif len(cells) == 1 and role_of(label) is None and label not in found.unknown:
        found.apart.append(row)
    elif row.number < found.first_row:
        return
    elif role_of(label) == "year" and all(_is_a_year(cell.heading) for cell in cells[1:]):
        found.years_label = label
        found.years += [cell.heading for cell in cells[1:] if cell.heading not in found.years]
    elif found.years and _is_beside_years(label):
        _yearly(found, label, cells[1:])
    else:
        _labelled(found, cells)


def _beside_the_years(cells: list[Cell]) -> list[Cell]:
    """The label of years that stand below it, and the headings beside it; none where there is none."""
    for at, cell in enumerate(cells[:2]):
        beside = cells[at + 1 :]
        known = [each for each in beside if role_of(each.heading) or stands_beside_years(each.heading)]
        if role_of(cell.heading) == "year" and len(known) * 2 > len(beside):
            return cells[at:] if not any(_is_a_year(each.heading) for each in beside) else []
    return []


def _headings(found: Forms, cells: list[Cell], beside: list[Cell]) -> None:
    found.headings = {cell.column: cell.heading for cell in beside}
    for cell in beside:
        if cell.heading not in found.labels:
            found.labels.append(cell.heading)
            found.texts[cell.heading] = []
    groups = (cell.heading for cell in cells if cell not in beside)
    found.groups += [each for each in groups if each not in found.groups]


def _table(found: Forms, row: Row, header: TableHeader) -> None:
    """Begin a table of indicators. Its headings are no labels, but are read as those of a list."""
    found.tables.begin(row, header)
    found.headings = {column: each.text for column, each in header.columns.items()}
    for text in found.headings.values():
        found.texts.setdefault(text, [])
    found.groups += [each for each in header.groups if each not in found.groups]


def _is_below_headings(found: Forms, first: Cell) -> bool:
    heading = found.headings.get(first.column)
    is_of_the_years = heading is not None and role_of(heading) == "year"
    return (
        heading is not None
        and role_of(first.heading) is None
        and (not is_of_the_years or _is_a_year(first.heading))
    )


def _of_a_year(found: Forms, table: Table, row: Row) -> None:
    years = next(iter(found.headings))
    held = table.holding(row.number, years)
    if (held is None or held.is_blank) and not found.fill_down:
        found.fill_down.append(found.headings[years])
    for cell in _printed(row):
        if cell.column in found.headings:
            heading, text = found.headings[cell.column], cell.text.strip()
            found.texts[heading].append(text)
            for texts in found.tables.texts[-1:]:
                texts.setdefault(heading, set()).add(text)


def _is_a_year(text: str) -> bool:
    return fiscal_year(text) is not None or year_within(text) is not None


def _content(label: str) -> str | None:
    contents = all_year_words().model_dump(include={"activity", "target", "actual", "ignored"})
    return next((content for content, words in contents.items() if label in words), None)


def _is_beside_years(label: str) -> bool:
    return _content(label) is not None or role_of(label) is None


def _yearly(found: Forms, label: str, cells: list[Cell]) -> None:
    content = _content(label)
    into = found.unknown if content is None else found.words.setdefault(content, [])
    into += [label] if label not in into else []
    if content not in ("activity", "ignored"):
        found.figure_texts += [cell.text for cell in cells]


def _labelled(found: Forms, cells: list[Cell]) -> None:
    """Labels and the values right of them. What begins a row is a label, whatever it says."""
    if cells[0].heading == found.starts_with:
        found.forms.append({})
    label: str | None = None
    for cell in cells:
        if label is None or role_of(cell.heading) is not None:
            label = cell.heading
            found.labels += [label] if label not in found.labels else []
            found.texts.setdefault(label, [])
        else:
            found.texts[label].append(cell.text.strip())
            for form in found.forms[-1:]:  # none yet, where what begins it stands right of the years' label
                form.setdefault(label, cell.text.strip())
            label = None
