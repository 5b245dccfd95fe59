"""Which cells of the forms in an unknown table are labels, and which are values beside or below them.

A label's words alone do not tell: 課題が残る is a value, and has the word of a label in it. A form is printed
again and again, so its labels recur, and its values differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.proposal.header import year_within
from sakata_lod.publish.proposal.words import is_word_of_a_role, role_of
from sakata_lod.publish.proposal.years import mostly_figures

_LONGEST_LABEL = 15


def printed_cells(row: Row) -> list[Cell]:
    """The cells of a row in which something is printed."""
    return [cell for cell in row.cells if not cell.is_blank]


def is_a_year(text: str) -> bool:
    """Tell a text that names a fiscal year, whatever else it says."""
    return fiscal_year(text) is not None or year_within(text) is not None


@dataclass(slots=True)
class FormRow:
    """A row of a form. groups: labels of groups of labels; values: of each label, none or several."""

    groups: list[str] = field(default_factory=list)
    values: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FormLabels:
    """What recurs in forms. forms: how many; counts: text → in how many; first: what begins rows."""

    forms: int
    counts: dict[str, int]
    first: frozenset[str]

    @classmethod
    def of(cls, table: Table, starts_with: str) -> "FormLabels":
        """Look through the forms that begin with a label."""
        forms: list[set[str]] = []
        first: set[str] = set()
        for part in table.parts:
            is_within = False
            for cells in filter(None, map(printed_cells, part)):
                if cells[0].heading == starts_with:
                    is_within = True
                    forms.append(set())
                if is_within:
                    forms[-1].update(cell.heading for cell in cells)
                if len(cells) > 1:
                    first.add(cells[0].heading)
        texts = set().union(*forms)
        counts = {text: sum(text in form for form in forms) for text in texts}
        return cls(len(forms), counts, frozenset(first))

    def recurs(self, text: str) -> bool:
        """Whether a text stands in half of the forms, and in two at least."""
        return self.counts.get(text, 0) >= max(2, self.forms / 2)

    def is_alone(self, cells: Sequence[Cell]) -> bool:
        """Whether a row of one text is a label: what stands in its place says nothing of a chapter."""
        return len(cells) == 1 and (self.recurs(cells[0].heading) or is_word_of_a_role(cells[0].heading))

    def is_below(self, label: str, text: str) -> bool:
        """Whether a text alone in the row below a label is its value, and no label that recurs, too."""
        if is_word_of_a_role(text) or text in self.first:
            return False
        return role_of(label) is not None or self.counts.get(text, 0) < max(2, self.counts.get(label, 0))

    def read(self, cells: Sequence[Cell]) -> FormRow:
        """Tell a row's labels from the values right of them. What begins a row is a label."""
        found = FormRow()
        if self._begins_with_a_group(cells):
            found.groups.append(cells[0].heading)
            cells = cells[1:]
        label: Cell | None = None
        for at, cell in enumerate(cells):
            if label is None:
                begins = not found.values or self._is_a_label(cell, cells[at + 1 :])
            else:
                begins = self._follows_a_blank(label, cell)
            if begins:
                label = cell
                found.values.append((cell.heading, []))
            else:
                found.values[-1][1].append(cell.text.strip())
                label = None
        return found

    def _begins_with_a_group(self, cells: Sequence[Cell]) -> bool:
        """Whether a row begins with a group's label, merged over its rows, or followed by what recurs."""
        if len(cells) < 3 or is_a_year(cells[1].heading):
            return False
        if len(cells) % 2 == 0:
            return False
        is_followed = self.recurs(cells[1].heading) and not self.recurs(cells[2].heading)
        return cells[0].row_span > 1 or (is_followed and role_of(cells[0].heading) is None)

    def _is_a_label(self, cell: Cell, right: Iterable[Cell]) -> bool:
        """Whether what stands behind a value is another label, and not a second value."""
        text = cell.heading
        if self.recurs(text) or is_word_of_a_role(text) or is_a_year(text) or text in self.first:
            return True
        if mostly_figures([text]):
            return False
        return any(True for _ in right) or (self.forms < 2 and role_of(text) is not None)

    def _follows_a_blank(self, label: Cell, cell: Cell) -> bool:
        """Whether what stands in the place of a label's value is another label, and the value blank."""
        text = cell.heading
        if role_of(text) is None:
            return False
        if text in self.first:
            return True
        recurs = self.recurs(text) if self.forms > 1 else len(text) <= _LONGEST_LABEL
        if is_word_of_a_role(text):
            return recurs
        return recurs and cell.column > label.column + label.column_span
