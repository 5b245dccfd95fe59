"""An unknown table's rows → the patterns that tell divisions, measures and what says nothing of a measure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sakata_lod.publish.cells import Row
from sakata_lod.publish.proposal.columns import Roles, Sheet
from sakata_lod.publish.proposal.numbers import Shape, Shaped, pattern, shaped
from sakata_lod.publish.proposal.words import known_words

PLAIN_TITLE = "(?P<title>.+)"
NUMBER_AND_TITLE = r"(?P<number>\d+)\s+(?P<title>.+)"
"""What is proposed where nothing is printed yet."""


@dataclass(slots=True)
class FoundRows:
    """What the rows are. measures: how many; unnumbered: titles that print no number, in order.

    unknown: rows that are none of these, with their text. measure_rows: all that tell of a measure.
    shifted: rows whose cells stand beside their columns.
    """

    divisions: list[str] = field(default_factory=list)
    measure: str | None = None
    ignored: list[str] = field(default_factory=list)
    fill_down: list[str] = field(default_factory=list)
    unnumbered: list[str] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    measures: int = 0
    measure_rows: list[Row] = field(default_factory=list)
    shifted: list[int] = field(default_factory=list)


def whole_text(row: Row) -> str:
    """All that a row prints, in one."""
    return " ".join(cell.text.strip() for cell in row.cells if not cell.is_blank)


def ignored_pattern(row: Row) -> str | None:
    """The pattern of a row that says nothing of a measure; None for any other row."""
    text = whole_text(row)
    return next((each for each in known_words().rows.ignored if re.fullmatch(each, text, re.DOTALL)), None)


def read_rows(sheet: Sheet, roles: Roles) -> FoundRows:
    """Tell what each row is."""
    found = FoundRows()
    titles: list[tuple[Row, str]] = []
    alone: list[tuple[Row, str]] = []
    for row in sheet.rows:
        text = joined(sheet, row, roles.number_and_title)
        if (ignored := ignored_pattern(row)) is not None:
            found.ignored += [ignored] if ignored not in found.ignored else []
        elif not text:
            _untitled(found, row, roles)
        elif _says_more(sheet, row, roles):
            titles.append((row, text))
        else:
            alone.append((row, text))
    shape = _common_shape([text for _, text in titles])
    # Numbered as measures are, it is one of which nothing is printed yet: no pattern could tell it from them.
    bare = [(row, text) for row, text in alone if shape is not None and _shape(text) == shape]
    _tell_divisions(found, sheet, roles, [each for each in alone if each not in bare])
    _tell_measures(found, sheet, roles, sorted((*titles, *bare), key=lambda each: each[0].number))
    return found


def _shape(text: str) -> Shape | None:
    each = shaped(text)
    return each.shape if each is not None else None


def _common_shape(texts: Sequence[str]) -> Shape | None:
    """How most texts are numbered; None where fewer than half are numbered at all."""
    counts = Counter(shape for text in texts if (shape := _shape(text)) is not None)
    if not counts or counts.total() * 2 < len(texts):
        return None
    return counts.most_common(1)[0][0]


def joined(sheet: Sheet, row: Row, headings: Iterable[str]) -> str:
    """What holds under some headings, in one; a cell merged over them counts once."""
    cells = dict.fromkeys(cell for heading in headings if (cell := sheet.cell(row, heading)))
    return " ".join(filter(None, (cell.text.strip() for cell in cells)))


def _untitled(found: FoundRows, row: Row, roles: Roles) -> None:
    if roles.has_several_rows_a_measure:
        found.measure_rows.append(row)
    else:
        found.unknown.append((row.number, whole_text(row)))


def _says_more(sheet: Sheet, row: Row, roles: Roles) -> bool:
    """Whether a row prints anything beside number and title."""
    own = {sheet.cell(row, heading) for heading in roles.number_and_title}
    places = (sheet.table.holding(row.number, cell.column) for cell in row.cells)
    return any(cell is not None and not cell.is_blank and cell not in own for cell in places)


def _tell_divisions(found: FoundRows, sheet: Sheet, roles: Roles, rows: Sequence[tuple[Row, str]]) -> None:
    """Rows of divisions, outermost as first seen; then columns of them."""
    by_shape: dict[Shape, list[Shaped]] = {}
    for row, text in rows:
        if (each := shaped(text)) is not None:
            by_shape.setdefault(each.shape, []).append(each)
        else:
            found.unknown.append((row.number, text))
    found.divisions = [pattern(shape, [s.separator for s in some]) for shape, some in by_shape.items()]
    for heading in roles.divisions:
        found.divisions.append(pattern_of(found, sheet.texts(heading)))


def pattern_of(found: FoundRows, texts: Sequence[str]) -> str:
    """The pattern of texts that are numbered alike; of a title alone, where they are not."""
    if not texts:
        return NUMBER_AND_TITLE
    shape = _common_shape(texts)
    if shape is None:
        found.unnumbered += [text for text in dict.fromkeys(texts) if text not in found.unnumbered]
        return PLAIN_TITLE
    known = [each for text in texts if (each := shaped(text)) is not None]
    return pattern(shape, [each.separator for each in known if each.shape == shape])


def _tell_measures(found: FoundRows, sheet: Sheet, roles: Roles, titles: Sequence[tuple[Row, str]]) -> None:
    if not titles:
        return
    found.measure = pattern_of(found, [text for _, text in titles])
    known = re.compile(found.measure, re.DOTALL)
    fitting = [(row, text) for row, text in titles if known.fullmatch(text)]
    found.unknown += [(row.number, text) for row, text in titles if not known.fullmatch(text)]
    found.measure_rows = sorted(
        (*found.measure_rows, *(row for row, _ in fitting)), key=lambda row: row.number
    )
    found.measures = len({(_cells(sheet, row, roles), text) for row, text in fitting})
    found.fill_down = _fill_down(found, sheet, roles)


def read_titles(found: FoundRows, titles: Sequence[str]) -> None:
    """Tell the pattern of measures' numbers and titles, as of forms."""
    if titles:
        found.measure = pattern_of(found, titles)
        found.measures = len(titles)


def _cells(sheet: Sheet, row: Row, roles: Roles) -> tuple[object, ...]:
    return tuple(sheet.cell(row, heading) for heading in roles.number_and_title)


def _fill_down(found: FoundRows, sheet: Sheet, roles: Roles) -> list[str]:
    """The columns in which a measure's row may be blank, and then means the same as above."""
    if roles.has_several_rows_a_measure:
        keys = ("number", "title", *(("indicator", "unit") if "kind" in roles.one else ()))
        several = [
            *roles.divisions,
            *(roles.one[key] for key in keys if key in roles.one),
            *roles.departments,
        ]
    else:
        several = list(roles.divisions)
    return [each for each in several if any(not sheet.text(row, each) for row in found.measure_rows)]
