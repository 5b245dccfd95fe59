"""A release's graph → the tables that people open: CSV, with a byte-order mark for Excel, and plain."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.formats import CSV
from sakata_lod.site import Text

QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class TableKind:
    """A table that every release has; `queries/{name}.rq` says what is in it."""

    name: str
    title: Text


TABLES = (
    TableKind("measures", Text(ja="施策の一覧", en="Measures")),
    TableKind("activities", Text(ja="年度ごとの取組", en="What was done in each fiscal year")),
    TableKind("departments", Text(ja="部署の一覧", en="Departments")),
    TableKind("anomalies", Text(ja="元の表の疑わしい箇所", en="What is doubtful in the published tables")),
)


def table_csv(kind: TableKind, store: ox.Store) -> bytes:
    """Write a table as CSV (RFC 4180, UTF-8, no byte-order mark); the query's variables are the headings."""
    solutions = store.query((QUERIES / f"{kind.name}.rq").read_text(encoding="utf-8"))
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"{kind.name}.rq is no SELECT query")
    written = solutions.serialize(format=CSV.results)
    return written or b""


def with_byte_order_mark(csv: bytes) -> bytes:
    """Mark a CSV as UTF-8, without which Excel takes it for CP932."""
    return codecs.BOM_UTF8 + csv
