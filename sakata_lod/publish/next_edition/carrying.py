"""Corrections of the edition before that a newer table still asks for, and the rows they are about now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sakata_lod.publish.cells import Row, Table
from sakata_lod.publish.corrections import by_sheet, counted
from sakata_lod.publish.proposal.toml_text import toml
from sakata_lod.site import Correction, ExpectedCell

_KEYS = (
    "slug",
    "type",
    "sheet",
    "row",
    "expect",
    "columns",
    "continues",
    "reading",
    "as_read",
    "alternatives",
    "certain",
)


@dataclass(frozen=True, slots=True)
class Carried:
    """corrections: those that fit one row each. left: the slugs of the others."""

    corrections: tuple[Correction, ...]
    left: tuple[str, ...]

    def without(self, slug: str) -> "Carried":
        """The same, but for one that does not fit after all."""
        kept = tuple(each for each in self.corrections if each.slug != slug)
        return Carried(kept, (*self.left, slug))


@dataclass(frozen=True, slots=True)
class Tables:
    """The table of the edition before, the newer one, and headings that are read otherwise now."""

    before: Table
    now: Table
    headings: Mapping[str, str]

    def carried(self, corrections: Sequence[Correction]) -> Carried:
        """Find the rows that corrections are about. One that fits no row, or several, is left."""
        moved = {each.slug: self._moved(each) for each in counted(self.before, corrections)}
        kept = tuple(each for each in moved.values() if each is not None)
        return Carried(by_sheet(self.now, kept), tuple(slug for slug, each in moved.items() if each is None))

    def _moved(self, correction: Correction) -> Correction | None:
        if correction.row is None:
            cells = [self._cell(each) for each in correction.cells]
            found = tuple(each for each in cells if each is not None)
            return correction.model_copy(update={"cells": found}) if len(found) == len(cells) else None
        expected = _trimmed(correction.expect)
        rows = [row.number for row in self.now.rows if _texts(row) == expected]
        if len(rows) != 1:
            return None
        further = rows[0] - correction.row
        columns = correction.columns and tuple(self.headings.get(each, each) for each in correction.columns)
        continues = correction.continues and correction.continues + further
        return correction.model_copy(update={"row": rows[0], "columns": columns, "continues": continues})

    def _cell(self, expected: ExpectedCell) -> ExpectedCell | None:
        """The cell in the row most like the one that it stood in; None where no row, or no one row, is."""
        if expected.row > len(self.before.rows):
            return None
        old = _texts(self.before.rows[expected.row - 1])
        likeness = {
            row.number: sum(a == b and bool(a.strip()) for a, b in zip(old, texts, strict=False))
            for row in self.now.rows
            if expected.expect in (texts := _texts(row))
        }
        best = max(likeness.values(), default=0)
        rows = [number for number, like in likeness.items() if like == best]
        if len(rows) != 1:
            return None
        column = self.headings.get(expected.column, expected.column)
        return ExpectedCell(row=rows[0], column=column, expect=expected.expect)


def corrections_toml(corrections: Sequence[Correction]) -> str:
    """Write a corrections.toml."""
    return "\n".join("\n".join(_lines(each)) + "\n" for each in corrections)


def _lines(correction: Correction) -> list[str]:
    said = correction.model_dump(exclude_none=True)
    lines = ["[[correction]]"]
    if correction.cells:
        lines += ["cells = [", *(f"  {_cell(each)}," for each in correction.cells), "]"]
    lines += [f"{key} = {_value(said[key])}" for key in _KEYS if key in said and said[key] != ()]
    return [
        *lines,
        *(f"comment.{tag} = {toml(text)}" for tag, text in correction.comment.by_language.items()),
    ]


def _cell(cell: ExpectedCell) -> str:
    sheet = f"sheet = {toml(cell.sheet)}, " if cell.sheet is not None else ""
    return f"{{ {sheet}row = {cell.row}, column = {toml(cell.column)}, expect = {toml(cell.expect)} }}"


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else toml(value)


def _texts(row: Row) -> tuple[str, ...]:
    return _trimmed([cell.text for cell in row.cells])


def _trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    """Without blank cells at the end, which formats may drop."""
    last = max((number for number, text in enumerate(texts, start=1) if text), default=0)
    return tuple(texts[:last])
