"""A release's graph → the tables that people open, and their CSV."""

import codecs
import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.publish.columns import Column, Headings, Reference, columns_of, read_headings
from sakata_lod.publish.datatypes import Value
from sakata_lod.site import Text

QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class TableKind:
    """A table of a release: `queries/{name}.rq` says what is in it, `{name}.toml` its headings.

    is_optional: a release in which it would have no rows is without it.
    """

    name: str
    is_optional: bool = False

    @cached_property
    def headings(self) -> Headings:
        """Its file of headings."""
        return read_headings(QUERIES / f"{self.name}.toml", Headings)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in order."""
        return columns_of(self.headings.columns)

    @property
    def title(self) -> Text:
        """What it is called."""
        return self.headings.title

    @property
    def refers(self) -> Reference | None:
        """The table whose rows its rows belong to."""
        return self.headings.refers


TABLES = (
    TableKind("measures"),
    TableKind("activities"),
    TableKind("indicators", is_optional=True),
    TableKind("departments"),
    TableKind("anomalies"),
)


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table of a release. rows: a value for each column."""

    kind: TableKind
    rows: tuple[tuple[Value, ...], ...]


def fill_table(kind: TableKind, store: ox.Store) -> FilledTable:
    """Ask a release's store what stands in a table.

    Raises: ValueError: the query's variables are not the columns of its file of headings.
    """
    solutions = store.query((QUERIES / f"{kind.name}.rq").read_text(encoding="utf-8"))
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"{kind.name}.rq is no SELECT query")
    asked = [each.value for each in solutions.variables]
    if asked != [column.name for column in kind.columns]:
        raise ValueError(f"{kind.name}.rq and {kind.name}.toml do not name the same columns, in one order")
    rows = (
        tuple(_value(term, column) for term, column in zip(solution, kind.columns, strict=True))
        for solution in solutions
    )
    return FilledTable(kind, tuple(rows))


def fill_tables(store: ox.Store) -> list[FilledTable]:
    """Fill all tables that a release has."""
    filled = (fill_table(kind, store) for kind in TABLES)
    return [each for each in filled if each.rows or not each.kind.is_optional]


def _value(term: object, column: Column) -> Value:
    """Read a term as the column has it. An empty text is nothing: no format can tell the two apart."""
    if not isinstance(term, ox.Literal | ox.NamedNode) or not term.value:
        return None
    return column.datatype.read(term.value)


def table_csv(table: FilledTable) -> bytes:
    """Write a table as CSV: RFC 4180, UTF-8, no byte-order mark, every text as it is."""
    columns = table.kind.columns
    rows = (zip(columns, row, strict=True) for row in table.rows)
    printed = ([column.printed(value) for column, value in row] for row in rows)
    return csv_bytes([[column.name for column in columns], *printed])


def csv_bytes(rows: list[list[Value]]) -> bytes:
    """Write rows as CSV: lines end as RFC 4180 says, dates as ISO 8601 says; decimals have no exponent."""
    text = io.StringIO(newline="")
    written = ([f"{each:f}" if isinstance(each, Decimal) else each for each in row] for row in rows)
    csv.writer(text).writerows(written)
    return text.getvalue().encode()


def with_byte_order_mark(content: bytes) -> bytes:
    """Mark a CSV as UTF-8, without which Excel takes it for CP932."""
    return codecs.BOM_UTF8 + content
