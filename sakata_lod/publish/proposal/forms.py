"""Forms in an unknown table, one a measure: labels beside their values."""

from collections import Counter
from dataclasses import dataclass, field

from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.proposal.header import year_within
from sakata_lod.publish.proposal.words import all_year_words, role_of

_FEWEST_LABELS = 3
_BEGINNINGS = ("number", "item", "title")


@dataclass(slots=True)
class Forms:
    """Forms. labels, texts: the values of each; years: labels of years; words, unknown: beside those.

    apart: rows of one text between forms, or above the first. figure_texts: what stands under unknown words.
    """

    starts_with: str
    first_row: int
    years_label: str | None = None
    labels: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    years: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    figure_texts: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    apart: list[Row] = field(default_factory=list)


def find_forms(table: Table) -> Forms | None:
    """Find forms: at least three rows begin with labels of different roles; None where there are none."""
    begins = [
        (row, printed[0].heading) for row in table.rows if (printed := _printed(row)) and len(printed) > 1
    ]
    roles = {role: label for _, label in begins if (role := role_of(label)) is not None}
    if len(roles) < _FEWEST_LABELS:
        return None
    starts = Counter(label for _, label in begins if (role_of(label) or "").startswith(_BEGINNINGS))
    if not starts:
        return None
    starts_with = next(label for _, label in begins if label in starts)
    first = next(row.number for row, label in begins if label == starts_with)
    found = Forms(starts_with, first)
    for row in table.rows:
        _read(found, row, _printed(row))
    return found


def _printed(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if not cell.is_blank]


def _read(found: Forms, row: Row, cells: list[Cell]) -> None:
    if not cells:
        return
    label = cells[0].heading
    if len(cells) == 1 and role_of(label) is None and label not in found.unknown:
        found.apart.append(row)
    elif row.number < found.first_row:
        return
    elif role_of(label) == "year" and all(_is_a_year(cell.heading) for cell in cells[1:]):
        found.years_label = label
        found.years += [cell.heading for cell in cells[1:] if cell.heading not in found.years]
    elif found.years and _is_beside_years(label):
        _yearly(found, label, cells[1:])
    else:
        _labelled(found, cells)


def _is_a_year(text: str) -> bool:
    return fiscal_year(text) is not None or year_within(text) is not None


def _content(label: str) -> str | None:
    contents = all_year_words().model_dump(include={"activity", "target", "actual", "ignored"})
    return next((content for content, words in contents.items() if label in words), None)


def _is_beside_years(label: str) -> bool:
    return _content(label) is not None or role_of(label) is None


def _yearly(found: Forms, label: str, cells: list[Cell]) -> None:
    content = _content(label)
    into = found.unknown if content is None else found.words.setdefault(content, [])
    into += [label] if label not in into else []
    if content not in ("activity", "ignored"):
        found.figure_texts += [cell.text for cell in cells]


def _labelled(found: Forms, cells: list[Cell]) -> None:
    """Labels and the values right of them. What begins a row is a label, whatever it says."""
    if cells[0].heading == found.starts_with:
        found.forms.append({})
    label: str | None = None
    for cell in cells:
        if label is None or role_of(cell.heading) is not None:
            label = cell.heading
            found.labels += [label] if label not in found.labels else []
            found.texts.setdefault(label, [])
        else:
            found.texts[label].append(cell.text.strip())
            found.forms[-1].setdefault(label, cell.text.strip())
            label = None
