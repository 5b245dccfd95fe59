"""Where an unknown table's header is, and how many rows it takes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import ERA_LETTERS, ERAS, FiscalYear, fiscal_year
from sakata_lod.publish.headings import Heading, headings_of
from sakata_lod.publish.proposal.words import all_year_words, known_words, role_of
from sakata_lod.publish.year_headings import YearWords, year_column

_DEEPEST = 3
_ROWS_LOOKED_AT = 80
_YEAR_WITHIN = re.compile(
    rf"(?:{'|'.join(ERAS)})\s*(?:元|\d{{1,2}})\s*年度?|\d{{4}}\s*年度|\b[{''.join(ERA_LETTERS)}]\d{{1,2}}\b"
)
_YEAR_WITHOUT_ERA = re.compile(r"(?<!\d)(\d{1,2})\s*年度")


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """A header. first: its first row's number; count: of its rows; known: how many headings have a role."""

    first: int
    count: int
    headings: tuple[Heading, ...]
    known: int

    @property
    def texts(self) -> tuple[str, ...]:
        """The headings in one text each; blank where nothing is printed."""
        return tuple(each.text for each in self.headings)


def year_within(text: str) -> FiscalYear | None:
    """Find the fiscal year that a longer label mentions: 現状（令和3年度）, 令和7年度以降.

    5年度, which names no era, is of the newest: it is offered to people, never read so.
    """
    folded = unicodedata.normalize("NFKC", text)
    if matched := _YEAR_WITHIN.search(folded):
        return fiscal_year(matched[0])
    matched = _YEAR_WITHOUT_ERA.search(folded)
    return fiscal_year(f"{max(ERAS, key=lambda era: ERAS[era])}{matched[1]}年度") if matched else None


def names_a_year(heading: Heading) -> bool:
    """Tell a heading that names a fiscal year, whatever else it says."""
    words = YearWords(all_year_words(), ())
    if not heading.levels:
        return False
    return year_column(heading.levels, words) is not None or any(map(year_within, heading.levels))


def heading_role(heading: Heading) -> str | None:
    """Tell a column's role by its heading: by the lowest level that has one, or by all in one."""
    for level in (*reversed(heading.levels), "".join(heading.levels)):
        if role := role_of(level):
            return role
    return None


def find_header(table: Table) -> FoundHeader | None:
    """Find the row that looks most like a header; None where none does."""
    found = [each for row in table.rows[:_ROWS_LOOKED_AT] if (each := _header_at(table, row))]
    return max(found, key=lambda each: (each.known, -each.first), default=None)


def _header_at(table: Table, row: Row) -> FoundHeader | None:
    printed = [cell for cell in row.cells if not cell.is_blank]
    if len(printed) < 3 or sum(_is_known(cell.heading) for cell in printed) / len(printed) < 0.5:
        return None
    count = 1
    while count < _DEEPEST and _goes_on(table, row, count):
        count += 1
    headings = headings_of(table, row.number, count)
    known = [each for each in headings if heading_role(each) or names_a_year(each)]
    return FoundHeader(row.number, count, headings, len(known)) if _has_titles(known) else None


def _is_known(text: str) -> bool:
    return role_of(text) is not None or names_a_year(Heading((text,)))


def _has_titles(headings: Iterable[Heading]) -> bool:
    roles = {heading_role(each) for each in headings}
    return bool(roles & {"item", "number", "indicator"}) or any((r or "").startswith("title") for r in roles)


def _goes_on(table: Table, row: Row, count: int) -> bool:
    """Whether the next row belongs to the header, too: all that it prints are words of headings.

    Where all of them part groups of the row above, half of them need be known; none where other headings of
    that row are merged over both.
    """
    index = row.number - 1 + count
    if index >= len(table.rows):
        return False
    cells = [cell for cell in table.rows[index].cells if not cell.is_blank]
    known = sum(_is_known(cell.heading) or stands_beside_years(cell.heading) for cell in cells)
    return len(cells) > 1 and (
        known == len(cells)
        or (
            (known * 2 >= len(cells) or _is_merged_over(row, index + 1))
            and all(_parts_a_group(table, cell) for cell in cells)
        )
    )


def _is_merged_over(row: Row, number: int) -> bool:
    """Whether a heading of a row is merged over another row below it, too."""
    return any(not cell.is_blank and cell.row + cell.row_span > number for cell in row.cells)


def _parts_a_group(table: Table, cell: Cell) -> bool:
    """Whether a cell is one of several below one heading: merged over them, or with blanks beside it."""
    above = table.holding(cell.row - 1, cell.column)
    if table.merged or above is None:
        return above is not None and above.column_span > 1
    beside, below = (table.holding(row, cell.column + 1) for row in (cell.row - 1, cell.row))
    begins_one = beside is not None and beside.is_blank and below is not None and not below.is_blank
    return above.is_blank or begins_one


def stands_beside_years(text: str) -> bool:
    """Tell a word that may stand beside a year: 目標, 予定回数."""
    pairs = known_words().pairs
    words = {word for _, content in all_year_words() if isinstance(content, tuple) for word in content}
    return text in words or any(part in text for part in (*pairs.target, *pairs.actual))
