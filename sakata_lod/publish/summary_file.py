"""What pages about all cities tell, counted city by city → the summary of a federation's release.

The same cities in the same order make the same file, byte for byte.
"""

import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from sakata_lod.formats import N_TRIPLES
from sakata_lod.namespaces import RDF
from sakata_lod.publish.reconcilable_names import broader_divisions, names_in
from sakata_lod.publish.tables import QUERIES
from sakata_lod.serialization import SortedGraph
from sakata_lod.summary import COUNTED, INDEXES, SCHEMA

_TYPE = str(RDF.type)
_QUICKLY = 1
"""zlib's level: four times smaller is enough, and takes a third of the time of its default."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitySummary:
    """What the summary has of a city, or of what all share.

    rows: of the tables that queries fill; documents: the things that have a page of their own.
    catalogue: its named graph, compressed.
    """

    rows: Mapping[str, Sequence[Row]]
    documents: Sequence[str]
    catalogue: bytes = b""


def city_summary(store: ox.Store, own: SortedGraph, catalogue: SortedGraph, base_iri: str) -> CitySummary:
    """Count what a city says.

    store: its default graph; own: what that says of the city's own things; catalogue: its named graph.
    """
    counted = {table: _rows(store, table) for table in COUNTED}
    return CitySummary(
        rows=counted | _named(own),
        documents=_documents(own, base_iri),
        catalogue=zlib.compress(catalogue.serialize(N_TRIPLES), _QUICKLY),
    )


def shared_summary(default: SortedGraph, base_iri: str) -> CitySummary:
    """Name what no city has for itself. default: what the default graph says of it."""
    return CitySummary(_named(default), _documents(default, base_iri))


def _named(graph: SortedGraph) -> dict[str, Sequence[Row]]:
    return {"name": list(names_in(graph)), "broader": list(broader_divisions(graph))}


def _documents(graph: SortedGraph, base_iri: str) -> Sequence[str]:
    typed = {subject for subject, predicate, _ in graph.texts if predicate == _TYPE and "#" not in subject}
    return sorted(each for each in typed if each.startswith(base_iri))


def _rows(store: ox.Store, table: str) -> Sequence[Row]:
    solutions = store.query((QUERIES / f"summary-{table}.rq").read_text(encoding="utf-8"))
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"summary-{table}.rq is no SELECT query")
    return [
        tuple(each.value for each in solution if isinstance(each, ox.Literal | ox.NamedNode))
        for solution in solutions
    ]


class SummaryWriter:
    """A summary being written: add cities in their order."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.executescript(SCHEMA)
        self._file.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, summary: CitySummary, code: str = "") -> None:
        """Add a city, by its code; without one, what all share."""
        for table, rows in summary.rows.items():
            self._insert(table, [(code, *row) for row in rows])
        if summary.catalogue:
            self._insert("catalogue", [(code, summary.catalogue)])
        self._insert("document", [(each,) for each in summary.documents])

    def finish(self) -> None:
        """Write what is left to write."""
        self._file.execute("COMMIT")
        self._file.executescript(INDEXES)

    def _insert(self, table: str, rows: Sequence[tuple[str | bytes, ...]]) -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self._file.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", rows)  # noqa: S608 - our own
