"""A release's graph → the published tables again, cell for cell; and whether all that is printed was read."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.iris import IriSpace
from sakata_lod.publish.cells import Table
from sakata_lod.publish.corrections import counted
from sakata_lod.publish.layout import lay_out
from sakata_lod.publish.row_contents import kept_by_kind
from sakata_lod.publish.table import read_table
from sakata_lod.publish.year_headings import is_kept_only
from sakata_lod.release import Release
from sakata_lod.site import EditionFolder, PlanSource, Site

QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that graph and table tell otherwise. printed, rebuilt: None where there is no such cell."""

    row: int
    column: int
    printed: str | None
    rebuilt: str | None


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """A published table, rebuilt from the graph, against its file.

    rows: the rebuilt cells. unread: cells below a heading that nothing in the graph was derived from.
    misstated: texts that the graph gives as printed but that stand in none of the cells it names.
    """

    file: Path
    rows: tuple[tuple[str, ...], ...]
    differences: tuple[Difference, ...]
    unread: tuple[Difference, ...]
    misstated: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        """Whether the graph holds the table whole, and misstates nothing of it."""
        return not (self.differences or self.unread or self.misstated)

    @property
    def tsv(self) -> str:
        """The rebuilt table as tab-separated text."""
        return "\n".join("\t".join(row) for row in self.rows)

    @property
    def csv(self) -> str:
        """The rebuilt table as comma-separated text."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(self.rows)
        return text.getvalue()


def reconstruct(site: Site, release: Release) -> tuple[Reconstruction, ...]:
    """Rebuild every published table of a site from a release, by SPARQL, and compare."""
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    iris = IriSpace(release.manifest.base_iri)
    return tuple(_reconstruct(store, iris, plan, edition) for plan in site.plans for edition in plan.editions)


def _reconstruct(store: ox.Store, iris: IriSpace, plan: PlanSource, edition: EditionFolder) -> Reconstruction:
    graph = iris.edition_graph(plan.slug, edition.as_of)
    cells = _select(store, "source-cells", graph)
    rows = _rebuilt(cells)
    table = read_table(edition.path, edition.source)
    laid = lay_out(table, edition.layout, counted(table, edition.corrections))
    kept = kept_by_kind(laid, edition.layout)
    return Reconstruction(
        file=edition.path,
        rows=rows,
        differences=(*_differences(table, rows), *_merge_differences(table, cells)),
        unread=tuple(
            Difference(int(row["row"].value), int(row["column"].value), row["text"].value, None)
            for row in _select(store, "unread-cells", graph)
            if not is_kept_only(row["heading"].value, edition.layout)
            and (int(row["row"].value), int(row["column"].value)) not in kept
        ),
        misstated=tuple(
            f"{row['thing'].value}: {row['said'].value}" for row in _select(store, "misstated-texts", graph)
        ),
    )


def _select(store: ox.Store, name: str, graph: str) -> list[ox.QuerySolution]:
    query = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    solutions = store.query(query, default_graph=ox.NamedNode(graph))
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is no SELECT query")
    return list(solutions)


def _rebuilt(cells: Iterable[ox.QuerySolution]) -> tuple[tuple[str, ...], ...]:
    rows: dict[int, list[str]] = {}
    for cell in cells:
        row = rows.setdefault(int(cell["row"].value), [""] * int(cell["cellCount"].value))
        if cell["column"] is not None:
            row[int(cell["column"].value) - 1] = cell["text"].value
    return tuple(tuple(rows[number]) for number in sorted(rows))


def _merge_differences(table: Table, cells: Iterable[ox.QuerySolution]) -> Iterable[Difference]:
    """Cells that are merged otherwise in the graph. A blank one has no node to say so, and loses no text."""
    printed = {
        (cell.row, cell.column): f"{cell.row_span}×{cell.column_span}"
        for cell in table.merged.values()
        if cell.text
    }
    rebuilt = {
        (int(cell["row"].value), int(cell["column"].value)): "×".join(_spans(cell))
        for cell in cells
        if _spans(cell) != ("1", "1")
    }
    for place in sorted(printed.keys() | rebuilt.keys()):
        if printed.get(place) != rebuilt.get(place):
            yield Difference(*place, printed.get(place), rebuilt.get(place))


def _spans(cell: ox.QuerySolution) -> tuple[str, str]:
    rows, columns = cell["rowSpan"], cell["columnSpan"]
    return (rows.value if rows is not None else "1", columns.value if columns is not None else "1")


def _differences(table: Table, rows: tuple[tuple[str, ...], ...]) -> Iterable[Difference]:
    printed = {(cell.row, cell.column): cell.text for row in table.rows for cell in row.cells}
    rebuilt = {
        (number, column): text
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row, start=1)
    }
    for row, column in sorted(printed.keys() | rebuilt.keys()):
        before, after = printed.get((row, column)), rebuilt.get((row, column))
        if before != after:
            yield Difference(row, column, before, after)
