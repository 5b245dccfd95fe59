"""What an unknown table says of itself, whether it is a list or forms: what a proposal is written from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sakata_lod.errors import NoHeadings, NoMeasures
from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.headings import Heading
from sakata_lod.publish.proposal.alignment import shifted_rows
from sakata_lod.publish.proposal.columns import Roles, Sheet, roles_of, sheet_of
from sakata_lod.publish.proposal.descriptions import ask_about_descriptions, give_description
from sakata_lod.publish.proposal.forms import Forms, find_forms
from sakata_lod.publish.proposal.header import FoundHeader, find_header
from sakata_lod.publish.proposal.numbers import pattern, shaped
from sakata_lod.publish.proposal.rows import (
    FoundRows,
    ignored_pattern,
    pattern_of,
    read_rows,
    read_titles,
    whole_text,
)
from sakata_lod.publish.proposal.status_owners import (
    YearStatuses,
    ask_about_issues,
    give_to_indicators,
    read_year_statuses,
    rows_of_kind,
    statuses_in_forms,
)
from sakata_lod.publish.proposal.words import all_year_words, known_words
from sakata_lod.publish.proposal.years import FoundYears, are_marks, mostly_figures, mostly_words, read_years
from sakata_lod.site import STATUS_AXES


@dataclass(slots=True)
class TableReading:
    """What was found. texts: by heading. units: cells of departments, with those around.

    notes_beside: lines of sheets that hold no measures, such as a legend.
    header: of a list; header_rows: how many rows it takes, or that of a table in forms. block: of forms, the
    first label, and that of the years.
    """

    table: Table
    roles: Roles
    rows: FoundRows
    years: FoundYears
    texts: dict[str, list[str]]
    units: list[tuple[str, str]]
    header: FoundHeader | None = None
    block: tuple[str, str | None] | None = None
    header_rows: int = 1
    figure_texts: list[str] = field(default_factory=list)
    notes_beside: tuple[str, ...] = ()
    year_statuses: YearStatuses = field(default_factory=YearStatuses)

    def status_texts(self, axis: str) -> list[str]:
        """All that is printed in cells of a status."""
        headings = [*self.roles.several[axis], self.roles.one.get(f"indicator_{axis}", "")]
        texts = [text for heading in headings for text in self.texts.get(heading, [])]
        return [*texts, *self.year_statuses.texts.get(axis, [])]


def read_unknown(table: Table) -> TableReading:
    """Read a table that nothing is known of.

    Raises: NoHeadings: none looks like those of measures; NoMeasures: it has totals alone.
    """
    forms, header = find_forms(table), find_header(table)
    if forms is not None:
        reading = _of_forms(table, forms)
    elif header is not None:
        reading = _of_list(table, header)
    else:
        raise _nothing(table)
    _ask_about_blank_statuses(reading)
    if not reading.rows.measures:
        rows = [row for row in table.rows if not row.is_blank]
        raise NoMeasures(table.place(rows[0].number), len(rows))
    return reading


def _ask_about_blank_statuses(reading: TableReading) -> None:
    """A column of statuses in which nothing is printed yet tells no codes: whether it is read, people say."""
    roles = reading.roles
    for headings in (roles.achievement, roles.response):
        blank = [each for each in headings if not reading.texts.get(each)]
        headings[:] = [each for each in headings if each not in blank]
        roles.unknown += blank
    for key in (f"indicator_{axis}" for axis in STATUS_AXES):
        if key in roles.one and not reading.texts.get(roles.one[key]):
            roles.unknown.append(roles.one.pop(key))


def _nothing(table: Table) -> NoHeadings | NoMeasures:
    """Of a table without headings of measures: whether it is one of totals."""
    rows = [row for row in table.rows if not row.is_blank]
    texts = [cell.text for row in rows[1:] for cell in row.cells[1:] if not cell.is_blank]
    if mostly_figures(texts):
        return NoMeasures(table.place(rows[0].number), len(rows))
    known = "、".join(words[0] for words in known_words().titles.levels[:4])
    return NoHeadings(table.place(rows[0].number), known)


def _of_list(table: Table, header: FoundHeader) -> TableReading:
    sheet = sheet_of(table, header)
    shifted = [row.number for row in shifted_rows(sheet)]
    told = [row for row in sheet.rows if ignored_pattern(row) is None and row.number not in shifted]
    roles = roles_of(header.headings, lambda heading: sheet.texts(heading, told))
    _give_number_to_indicators(sheet, roles, told)
    ask_about_issues(sheet, roles, told)
    rows = read_rows(sheet, roles)
    rows.shifted = shifted
    years = read_years([each for each in header.headings if each.text in roles.years])
    whole = [row for row in rows.measure_rows if row.number not in rows.shifted]
    texts = {each: sheet.texts(each, whole) for each in header.texts if each}
    if not {"indicator", "kind"} & set(roles.one) and _stand_words_for_figures(years, texts):
        years.take_for_words()
    bare = [text for heading in years.bare for text in texts.get(heading, [])]
    if "kind" not in roles.one and are_marks(bare):
        years.hold_marks = True
        years.statuses.setdefault("achievement", []).extend(years.bare)
    give_description(roles, years, texts)
    ask_about_descriptions(sheet, roles, whole)
    units = list(_units(sheet, roles, rows))
    give_to_indicators(sheet, roles, whole)
    reading = TableReading(table, roles, rows, years, texts, units, header=header)
    reading.header_rows = header.count
    reading.year_statuses = read_year_statuses(sheet, roles, years, whole)
    reading.figure_texts = _figures_of_kinds(sheet, roles, years, whole)
    return reading


def _give_number_to_indicators(sheet: Sheet, roles: Roles, rows: Sequence[Row]) -> None:
    """Where one title stands beside several numbers, these are of its indicators, none the measure's."""
    if not {"number", "title", "indicator"} <= set(roles.one):
        return
    numbers: dict[Cell, set[str]] = {}
    above: Cell | None = None
    for row in rows:
        cell = sheet.cell(row, roles.one["title"])
        above = above if cell is None or cell.is_blank else cell
        number = sheet.text(row, roles.one["number"])
        if above is not None and number:
            numbers.setdefault(above, set()).add(number)
    if any(len(each) > 1 for each in numbers.values()):
        roles.indicator_number = roles.one.pop("number")
        roles.ignored.append(roles.indicator_number)


def _stand_words_for_figures(years: FoundYears, texts: Mapping[str, list[str]]) -> bool:
    """Whether below 目標 and 実績 of the years stands in words what was planned and done."""
    words = (word for content in ("target", "actual") for word in years.words.get(content, []))
    headings = (heading for word in words for heading in years.headings.get(word, []))
    return mostly_words(text for heading in headings for text in texts.get(heading, []))


def _figures_of_kinds(sheet: Sheet, roles: Roles, years: FoundYears, rows: list[Row]) -> list[str]:
    """All that is printed in rows that a column says to be of figures."""
    without = rows_of_kind(sheet, roles, rows, ("activity", *STATUS_AXES, "ignored"))
    of_figures = [row for row in rows if "kind" in roles.one and row not in without]
    return [text for heading in years.bare for text in sheet.texts(heading, of_figures)]


def _units(sheet: Sheet, roles: Roles, rows: FoundRows) -> Iterator[tuple[str, str]]:
    """The cells of departments in each row, those of the innermost level with the levels around it."""
    if not roles.departments:
        return
    above: dict[str, str] = {}
    for row in rows.measure_rows:
        for heading in roles.departments:
            text = sheet.text(row, heading)
            if text or heading not in rows.fill_down:
                above[heading] = text
        *around, inner = (above.get(heading, "") for heading in roles.departments)
        outer = around[-1] if around else ""
        if inner or outer:
            yield (inner, outer) if inner else (outer, "")


def _of_forms(table: Table, forms: Forms) -> TableReading:
    texts = forms.texts
    of_tables = [each for each in forms.tables.headings if each.text not in forms.labels]
    headings = [*(Heading((label,)) for label in forms.labels), *of_tables]
    roles = roles_of(headings, lambda heading: texts.get(heading, []))
    labels = {each.text for each in headings}
    roles.ignored += [each for each in forms.groups if each not in labels]
    rows = _rows_of_forms(forms, roles)
    in_row = [Heading((label,)) for label in forms.years]
    years = read_years([*in_row, *(each for each in headings if each.text in roles.years)])
    for content, words in forms.words.items():
        years.words.setdefault(content, []).extend(words)
    years.unknown += [word for word in forms.unknown if word not in years.unknown]
    # Below a form's years in a row stand words in rows of their own: only a year that is a label is bare.
    years.bare[:] = [each for each in years.bare if each not in forms.years]
    give_description(roles, years, texts)
    units = [(text, "") for heading in roles.departments for text in texts.get(heading, [])]
    block = (forms.starts_with, forms.years_label)
    figure_texts = [*forms.figure_texts, *_figures_of_kinds_in_forms(roles, years, texts)]
    reading = TableReading(table, roles, rows, years, texts, units, block=block, figure_texts=figure_texts)
    reading.header_rows = forms.tables.rows
    reading.year_statuses = statuses_in_forms(forms.tables, roles, years, texts)
    return reading


def _figures_of_kinds_in_forms(roles: Roles, years: FoundYears, texts: Mapping[str, list[str]]) -> list[str]:
    """All that stands under the years of tables in forms, where a column says that all are figures."""
    kinds = set(texts.get(roles.one.get("kind", ""), []))
    known = all_year_words()
    of_figures = bool(kinds) and kinds <= {*known.target, *known.actual, *known.ignored}
    return [text for each in years.bare for text in texts.get(each, [])] if of_figures else []


def _rows_of_forms(forms: Forms, roles: Roles) -> FoundRows:
    found = FoundRows()
    titles = [" ".join(filter(None, map(form.get, roles.number_and_title))) for form in forms.forms]
    read_titles(found, [title for title in titles if title])
    by_shape: dict[object, tuple[str, list[str]]] = {}
    for row in sorted((*forms.above, *forms.apart), key=lambda row: row.number):
        if (ignored := ignored_pattern(row)) is not None:
            found.ignored += [ignored] if ignored not in found.ignored else []
        elif (each := shaped(whole_text(row))) is not None:
            separators = by_shape.setdefault(each.shape, ("", []))[1]
            separators.append(each.separator)
            by_shape[each.shape] = (pattern(each.shape, separators), separators)
        elif row in forms.apart:
            found.unknown.append((row.number, whole_text(row)))
    in_forms = [pattern_of(found, forms.texts.get(heading, [])) for heading in roles.divisions]
    found.divisions = [*(text for text, _ in by_shape.values()), *in_forms]
    found.fill_down = [each for each in forms.fill_down if each in roles.one.values()]
    return found


def lines_outside(reading: TableReading) -> list[tuple[int, str]]:
    """The texts of rows above the header or the first form, and of notes: titles, dates."""
    first = reading.header.first if reading.header else _first_of_block(reading)
    return [
        (row.number, _once(row.cells))
        for row in reading.table.rows
        if not row.is_blank and (row.number < first or ignored_pattern(row) is not None)
    ]


def lines_of(table: Table) -> tuple[str, ...]:
    """The text of each row of a table that holds no measures."""
    return tuple(_once(row.cells) for row in table.rows if not row.is_blank)


def _first_of_block(reading: TableReading) -> int:
    label = reading.block[0] if reading.block else ""
    starts: Iterable[Row] = (row for row in reading.table.rows if any(c.heading == label for c in row.cells))
    return next((row.number for row in starts), 1)


def _once(cells: Iterable[Cell]) -> str:
    return " ".join(dict.fromkeys(cell.text.strip() for cell in cells if not cell.is_blank))
