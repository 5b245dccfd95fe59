"""Forms in an unknown table, one a measure: labels beside their values."""

from collections import Counter
from dataclasses import dataclass, field

from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.proposal.form_labels import FormLabels, FormRow, is_a_year, printed_cells
from sakata_lod.publish.proposal.form_tables import FormTables, TableHeader, table_header
from sakata_lod.publish.proposal.header import stands_beside_years
from sakata_lod.publish.proposal.words import all_year_words, is_word_of_a_role, role_of

_FEWEST_LABELS = 3
_BEGINNINGS = ("number", "item", "title")


@dataclass(slots=True)
class Forms:
    """Forms. labels, texts: the values of each; years: labels of years; words, unknown: beside those.

    apart: rows of one text between forms; above: those above the first of a sheet. figure_texts: what stands
    under unknown words.
    headings: column → the label above it, where years stand below one another; groups: labels beside those;
    fill_down: the label of the years, if one is blank. tables: those of indicators.
    """

    starts_with: str
    years_label: str | None = None
    labels: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    years: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    figure_texts: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    apart: list[Row] = field(default_factory=list)
    above: list[Row] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    fill_down: list[str] = field(default_factory=list)
    tables: FormTables = field(default_factory=FormTables)


def find_forms(table: Table) -> Forms | None:
    """Find forms: rows begin with labels of three roles, or of two where forms begin again; else None."""
    begins = [
        (row, (_beside_the_years(printed) or printed)[0].heading)
        for row in table.rows
        if (printed := printed_cells(row)) and len(printed) > 1
    ]
    roles = {role: label for _, label in begins if (role := role_of(label)) is not None}
    if len(roles) < (_FEWEST_LABELS - 1 if _begin_again(table) else _FEWEST_LABELS):
        return None
    starts = Counter(label for _, label in begins if _begins_a_form(label))
    if not starts:
        return None
    starts_with = next(label for _, label in begins if label in starts)
    begun = {row.number for row, label in begins if label == starts_with}
    found = Forms(starts_with)
    labels = FormLabels.of(table, starts_with)
    for part in table.parts:
        first = next((row.number for row in part if row.number in begun), part[-1].number + 1)
        reader = _Reader(found, table, labels, first)
        for row in part:
            reader.read(row)
    _part_groups(found)
    return found


def _begin_again(table: Table) -> bool:
    """Whether a label of what forms begin with begins two rows, each time with a value beside it."""
    begun: set[str] = set()
    for cells in map(printed_cells, table.rows):
        if len(cells) > 1 and _begins_a_form(cells[0].heading) and role_of(cells[1].heading) is None:
            if cells[0].heading in begun:
                return True
            begun.add(cells[0].heading)
    return False


def _begins_a_form(label: str) -> bool:
    return (role_of(label) or "").startswith(_BEGINNINGS)


def _part_groups(found: Forms) -> None:
    """Labels without a value in any form are those of what stands below: they head a part of the form."""
    bare = [each for each in found.labels if not found.texts[each] and not is_word_of_a_role(each)]
    found.labels = [each for each in found.labels if each not in bare]
    found.groups += [each for each in bare if each not in found.groups]


@dataclass(slots=True)
class _Reader:
    """One pass over the rows of a sheet. first: that of its first form.

    has_years: whether the form names its years in a row above. alone: the label alone in the row before,
    whose value may stand below it.
    """

    found: Forms
    table: Table
    labels: FormLabels
    first: int
    has_years: bool = False
    alone: str | None = None

    def read(self, row: Row) -> None:
        """Read a row: of a table within a form, of years, between forms, or labels with their values."""
        cells = printed_cells(row)
        if not cells:
            return
        found, label = self.found, cells[0].heading
        above, self.alone = self.alone, None
        if label == found.starts_with:
            found.headings.clear()
            self.has_years = False
        if row.number <= found.tables.until:
            return
        if above is not None and len(cells) == 1 and self.labels.is_below(above, label):
            _labelled(found, FormRow(values=[(above, [cells[0].text.strip()])]), begins=False)
        elif row.number >= self.first and (header := table_header(self.table, row)) is not None:
            _table(found, row, header)
        elif _is_below_headings(found, cells[0]):
            _of_a_year(found, self.table, row)
        elif row.number >= self.first and (beside := _beside_the_years(cells)):
            _headings(found, cells, beside)
        elif len(cells) == 1 and label not in found.unknown:
            self._one_text(row, cells)
        elif row.number < self.first:
            if role_of(label) == "divisions":
                found.above.append(row)
        elif _names_years(cells):
            self.has_years, found.years_label = True, label
            found.years += [cell.heading for cell in cells[1:] if cell.heading not in found.years]
        elif self.has_years and _is_beside_years(label):
            _yearly(found, label, cells[1:])
        else:
            _labelled(found, self.labels.read(cells), begins=label == found.starts_with)

    def _one_text(self, row: Row, cells: list[Cell]) -> None:
        """A row of one text: a label, whose value may stand below it and which ends a table; or no form's."""
        if row.number < self.first or not self.labels.is_alone(cells):
            (self.found.above if row.number < self.first else self.found.apart).append(row)
            return
        self.alone = cells[0].heading
        self.found.headings.clear()
        _labelled(self.found, FormRow(values=[(self.alone, [])]), begins=False)


def _names_years(cells: list[Cell]) -> bool:
    """Tell a row of fiscal years side by side, behind their label: 年度, or 区分 and the like."""
    years = [cell.heading for cell in cells[1:]]
    if role_of(cells[0].heading) == "year":
        return all(map(is_a_year, years))
    # 2,000 thousand yen are no year.
    return len(years) > 1 and all(fiscal_year(each) is not None and not each.isdecimal() for each in years)


def _beside_the_years(cells: list[Cell]) -> list[Cell]:
    """The label of years that stand below it, and the headings beside it; none where there is none."""
    for at, cell in enumerate(cells[:2]):
        beside = cells[at + 1 :]
        known = [each for each in beside if role_of(each.heading) or stands_beside_years(each.heading)]
        if role_of(cell.heading) == "year" and len(known) * 2 > len(beside):
            return cells[at:] if not any(is_a_year(each.heading) for each in beside) else []
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
        and (not is_of_the_years or is_a_year(first.heading))
    )


def _of_a_year(found: Forms, table: Table, row: Row) -> None:
    years = next(iter(found.headings))
    held = table.holding(row.number, years)
    if (held is None or held.is_blank) and not found.fill_down:
        found.fill_down.append(found.headings[years])
    for cell in printed_cells(row):
        if cell.column in found.headings:
            heading, text = found.headings[cell.column], cell.text.strip()
            found.texts[heading].append(text)
            for texts in found.tables.texts[-1:]:
                texts.setdefault(heading, set()).add(text)


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


def _labelled(found: Forms, row: FormRow, *, begins: bool) -> None:
    """Labels and their values."""
    if begins:
        found.forms.append({})
    found.groups += [each for each in row.groups if each not in found.groups]
    for label, values in row.values:
        found.labels += [label] if label not in found.labels else []
        found.texts.setdefault(label, []).extend(values)
        for form in found.forms[-1:]:  # none yet, where what begins it stands right of the years' label
            for text in values[:1]:
                form.setdefault(label, text)
