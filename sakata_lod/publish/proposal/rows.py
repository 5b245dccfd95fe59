"""An unknown table's rows → the patterns that tell divisions, measures and what says nothing of a measure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby

from sakata_lod.publish.cells import Row
from sakata_lod.publish.proposal.columns import Roles, Sheet
from sakata_lod.publish.proposal.numbers import Shape, Shaped, pattern, shaped
from sakata_lod.publish.proposal.words import known_words

PLAIN_TITLE = "(?P<title>.+)"
NUMBER_AND_TITLE = r"(?P<number>\d+)\s+(?P<title>.+)"
"""What is proposed where nothing is printed yet."""


@dataclass(slots=True)
class FoundRows:
    """What the rows are. measures: how many; numbers: those proposed for titles that print none.

    unknown: rows that are none of these, with their text. measure_rows: all that tell of a measure.
    shifted: rows whose cells stand beside their columns.
    """

    divisions: list[str] = field(default_factory=list)
    measure: str | None = None
    ignored: list[str] = field(default_factory=list)
    fill_down: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
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
    for row, text in (*_above_the_header(sheet, roles, {_shape(text) for _, text in rows}), *rows):
        if (each := shaped(text)) is not None:
            by_shape.setdefault(each.shape, []).append(each)
        else:
            found.unknown.append((row.number, text))
    found.divisions = [pattern(shape, [s.separator for s in some]) for shape, some in by_shape.items()]
    told = [row for row in sheet.rows if ignored_pattern(row) is None]
    for heading in roles.divisions:
        found.divisions.append(pattern_of(found, sheet.texts(heading, told)))


def _above_the_header(sheet: Sheet, roles: Roles, shapes: Collection[Shape | None]) -> list[tuple[Row, str]]:
    """Rows above the header that name a division: numbered as one below it, or by a word for one."""
    found = []
    for row in sheet.table.rows[: sheet.header.first - 1]:
        text = joined(sheet, row, roles.number_and_title)
        shape = _shape(text) if text and not _says_more(sheet, row, roles) else None
        if shape is not None and (shape in shapes or shape.after or shape.before not in ("", "第")):
            found.append((row, text))
    return found


def pattern_of(found: FoundRows, texts: Sequence[str]) -> str:
    """The pattern of texts that are numbered alike; of a title alone, where they are not."""
    if not texts:
        return NUMBER_AND_TITLE
    shape = _common_shape(texts)
    if shape is None:
        for place, text in enumerate(dict.fromkeys(texts), start=1):
            found.numbers.setdefault(text, str(place))
        return PLAIN_TITLE
    known = [each for text in texts if (each := shaped(text)) is not None]
    return pattern(shape, [each.separator for each in known if each.shape == shape])


def _tell_measures(found: FoundRows, sheet: Sheet, roles: Roles, titles: Sequence[tuple[Row, str]]) -> None:
    if not titles:
        return
    of_divisions = dict(found.numbers)
    found.measure = pattern_of(found, [text for _, text in titles])
    if found.measure == PLAIN_TITLE:
        found.numbers = _numbers(sheet, roles, titles, of_divisions)
    known = re.compile(found.measure, re.DOTALL)
    fitting = [(row, text) for row, text in titles if known.fullmatch(text)]
    found.unknown += [(row.number, text) for row, text in titles if not known.fullmatch(text)]
    found.measure_rows = sorted(
        (*found.measure_rows, *(row for row, _ in fitting)), key=lambda row: row.number
    )
    found.measures = _count(sheet, roles, fitting)
    found.fill_down = _fill_down(found, sheet, roles)


def _numbers(
    sheet: Sheet, roles: Roles, titles: Sequence[tuple[Row, str]], of_divisions: Mapping[str, str]
) -> dict[str, str]:
    """A number for each title that prints none: its place in its division."""
    numbers, taken = dict(of_divisions), dict[tuple[object, ...], set[str]]()
    printed = {row.number: text for row, text in titles}
    begun, around = 0, ["" for _ in roles.divisions]
    for row in sheet.rows:
        if row.number not in printed:
            begun = row.number if joined(sheet, row, roles.number_and_title) else begun
            continue
        for level, heading in enumerate(roles.divisions):
            if (text := sheet.text(row, heading)) and text != around[level]:
                around[level:] = [text, *("" for _ in roles.divisions[level + 1 :])]
        here = taken.setdefault((begun, *around), set())
        free = next(str(number) for number in count(1) if str(number) not in here)
        here.add(numbers.setdefault(printed[row.number], free))
    return numbers


def _count(sheet: Sheet, roles: Roles, rows: Sequence[tuple[Row, str]]) -> int:
    """How many measures rows are of. Of those that may have several, rows that print the same are of one."""
    if roles.has_several_rows_a_measure:
        return sum(1 for _ in groupby(text for _, text in sorted(rows, key=lambda each: each[0].number)))
    return len({(_cells(sheet, row, roles), text) for row, text in rows})


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
