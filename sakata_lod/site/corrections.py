"""What corrections.toml may say of what is doubtful in an edition's table."""

from typing import Annotated

from pydantic import Field, model_validator

from sakata_lod.errors import UnfitValue
from sakata_lod.site.fields import Configuration, Slug, Text


class ExpectedCell(Configuration):
    """A cell that a correction is about, as it expects to find it. column: its printed heading.

    sheet: of a table that several make together; the row is then counted in it.
    """

    sheet: str | None = None
    row: Annotated[int, Field(ge=1)]
    column: str
    expect: str


class Correction(Configuration):
    """Something doubtful in a table, what is expected to stand there, and how it is read.

    Either about `cells` (reading: what each is read as, if otherwise than printed), or about a whole `row`
    with all its cells in `expect` (columns: the heading under which each cell is read, "" for a surplus
    blank; continues: the row that it goes on;
    sheet: as of a cell). `as_read` and `alternatives` are for people.
    """

    slug: Slug
    type: str
    certain: bool
    as_read: str
    alternatives: tuple[str, ...] = ()
    comment: Text
    cells: tuple[ExpectedCell, ...] = ()
    reading: str | None = None
    sheet: str | None = None
    row: Annotated[int, Field(ge=1)] | None = None
    expect: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    continues: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _about_cells_or_a_row(self) -> "Correction":
        if (self.row is None) == (not self.cells):
            raise UnfitValue(
                "訂正には cells か row のどちらか一方を書いてください",
                "a correction is about either `cells` or a `row`",
            )
        if self.row is None and (self.expect or self.columns or self.continues):
            raise UnfitValue(
                "expect、columns、continues は row と一緒に書くものです",
                "`expect`, `columns` and `continues` go with `row`",
            )
        if self.row is not None and (not self.expect or self.reading is not None):
            raise UnfitValue(
                "row には、その行の全セルを expect に書き、reading は書かないでください",
                "with `row` goes `expect`, all its cells, and no `reading`",
            )
        if self.columns is not None and len(self.columns) != len(self.expect):
            raise UnfitValue(
                f"columns が{len(self.columns)}個、expect のセルが{len(self.expect)}個で、数が合いません",
                f"{len(self.columns)} `columns` for {len(self.expect)} cells in `expect`",
            )
        return self


class CorrectionsFile(Configuration):
    """corrections.toml."""

    correction: tuple[Correction, ...] = ()
