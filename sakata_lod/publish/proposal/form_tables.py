"""Tables of indicators within the forms of an unknown table: their headers, and what stands below."""

from dataclasses import dataclass, field

from sakata_lod.publish.cells import Row, Table
from sakata_lod.publish.headings import Heading, headings_of
from sakata_lod.publish.proposal.header import heading_role, names_a_year, stands_beside_years
from sakata_lod.publish.proposal.words import role_of

_MOST_ROWS = 2


@dataclass(frozen=True, slots=True)
class TableHeader:
    """A header within a form. count: of its rows; first: the index of the column of indicators."""

    headings: tuple[Heading, ...]
    count: int
    first: int

    @property
    def groups(self) -> list[str]:
        """The labels left of it."""
        return [each.text for each in self.headings[: self.first] if each.text]

    @property
    def columns(self) -> dict[int, Heading]:
        """Its headings by their columns, counted from 1."""
        numbered = enumerate(self.headings, start=1)
        return {column: each for column, each in numbered if each.text and column > self.first}


@dataclass(slots=True)
class FormTables:
    """The tables of indicators found so far. rows: of a header; texts: what each form's table prints."""

    headings: list[Heading] = field(default_factory=list)
    rows: int = 1
    until: int = 0
    texts: list[dict[str, set[str]]] = field(default_factory=list)

    def begin(self, row: Row, header: TableHeader) -> None:
        """Begin a form's table."""
        self.headings = list(dict.fromkeys((*self.headings, *header.columns.values())))
        self.rows, self.until = header.count, row.number + header.count - 1
        self.texts.append({})

    def differs(self, heading: str) -> bool:
        """Whether the rows of one form differ below a heading."""
        return any(len(texts.get(heading, ())) > 1 for texts in self.texts)


def table_header(table: Table, row: Row) -> TableHeader | None:
    """Find the header of a table of indicators that begins in a row of a form; None where none does.

    Right of its column of indicators stands another heading, where a label would have its value.
    """
    for count in range(_MOST_ROWS, 0, -1):
        if row.number + count - 1 > len(table.rows) or (count > 1 and not _goes_on(table, row)):
            continue
        headings = headings_of(table, row.number, count)
        first = next((at for at, each in enumerate(headings) if _role(each) == "indicator"), None)
        if first is None or any(_is_known(each) for each in headings[:first]):
            continue
        beside = [each for each in headings[first:] if each != headings[first]]
        if beside and _is_known(beside[0]) and any(names_a_year(each) for each in beside):
            return TableHeader(headings, count, first)
    return None


def _goes_on(table: Table, row: Row) -> bool:
    """Whether the next row belongs to the header: all that it prints are words of headings."""
    cells = [cell for cell in table.rows[row.number].cells if not cell.is_blank]
    return len(cells) > 1 and all(
        stands_beside_years(cell.heading) or role_of(cell.heading) is not None for cell in cells
    )


def _role(heading: Heading) -> str | None:
    return None if names_a_year(heading) else heading_role(heading)


def _is_known(heading: Heading) -> bool:
    return bool(heading.text) and (names_a_year(heading) or heading_role(heading) is not None)
