"""Which headings of the edition before a newer table has, and which may stand in the place of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError
from rapidfuzz import fuzz

from sakata_lod.errors import HeaderNotFound
from sakata_lod.folding import fold
from sakata_lod.publish.blocks import has_forms
from sakata_lod.publish.cells import Table
from sakata_lod.publish.eras import looks_like_a_fiscal_year
from sakata_lod.publish.headings import Heading, header_not_found, headings_of
from sakata_lod.publish.proposal.forms import find_forms
from sakata_lod.publish.proposal.header import heading_role, year_within
from sakata_lod.publish.year_headings import BETWEEN_LEVELS, YearWords, year_column
from sakata_lod.site import Block, TableLayout

_LIKE = 50.0
"""From which likeness on, of 100, a new heading is read in the place of one that is gone."""
_SAME_ROLE = 90.0
"""What it counts that both headings are words for the same column."""


@dataclass(frozen=True, slots=True)
class FittedHeadings:
    """How the newer table is read as the one before was.

    layout: the one before, with a guess in the place of each heading that is gone, if it can do so.
    gone: heading → those that may be meant, the likeliest first. taken: heading → the guess.
    unknown: headings that are new. labels: new ones that mention a year, and name none.
    """

    layout: TableLayout
    gone: Mapping[str, Sequence[str]] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    unknown: Sequence[str] = ()
    labels: Sequence[str] = ()


def fit(table: Table, layout: TableLayout) -> FittedHeadings:
    """Lay a layout over a newer table.

    Raises: HeaderNotFound: no row has half of the headings, or no form half of the labels.
    """
    headings = _nearest(table, layout) if layout.block is None else _labels(table, layout, layout.block)
    wanted, there = layout.read_headings, {each.text for each in headings}
    gone = [each for each in wanted if each not in there]
    if len(gone) * 2 > len(wanted):
        raise header_not_found(table, table.rows, layout)
    new = _new(headings, layout)
    labels = [each.text for each in new if layout.columns.year is None and _mentions_a_year(each)]
    unknown = [each.text for each in new if each.text not in labels]
    ranked = {each: sorted(unknown, key=lambda new, old=each: -_likeness(old, new)) for each in gone}  # type: ignore[misc]
    taken = _taken(ranked)
    ignored = [*labels, *(each for each in unknown if each not in taken.values())]
    return FittedHeadings(_guessed(layout, ranked, taken, ignored), ranked, taken, unknown, labels)


def is_laid_alike(table: Table, layout: TableLayout) -> bool:
    """Whether a table has what the layout reads: half of its headings, or a form that says something."""
    if layout.block is not None:
        return has_forms(table, layout, layout.block)
    try:
        fit(table, layout)
    except HeaderNotFound:
        return False
    return True


def _nearest(table: Table, layout: TableLayout) -> Sequence[Heading]:
    """The headings of the row that lacks the fewest."""
    rows = [headings_of(table, row.number, layout.rows.header) for row in table.rows if not row.is_blank]
    wanted = set(layout.read_headings)
    return min(rows, key=lambda headings: len(wanted - {each.text for each in headings}))


def _labels(table: Table, layout: TableLayout, block: Block) -> Sequence[Heading]:
    """The labels of forms: those that the layout knows, and those that look like labels."""
    printed = {cell.heading for row in table.rows for cell in row.cells if not cell.is_blank}
    words = {*YearWords.of(layout).words(), block.years, block.starts_with}
    known = [
        each for each in layout.read_headings if {*each.split(BETWEEN_LEVELS)} <= printed or each in printed
    ]
    here = [Heading((each,)) for each in known]
    found = find_forms(table)
    if found is None or found.starts_with != block.starts_with:
        return here
    labels = (Heading((each,)) for each in (*found.labels, *found.groups, *found.unknown))
    new = (each for each in (*labels, *found.tables.headings) if each.text not in (*words, *known))
    return [*here, *dict.fromkeys(new)]


def _new(headings: Sequence[Heading], layout: TableLayout) -> list[Heading]:
    known, words = {*layout.read_headings, *layout.columns.ignored}, YearWords.of(layout)
    has_years = layout.columns.year is None
    return [
        each
        for each in headings
        if each.text
        and each.text not in known
        and not (has_years and year_column(each.levels, words) is not None)
    ]


def _mentions_a_year(heading: Heading) -> bool:
    return any(year_within(each) or looks_like_a_fiscal_year(each) for each in heading.levels)


def _likeness(old: str, new: str) -> float:
    role = heading_role(Heading((old,)))
    if role is not None and role == heading_role(Heading((new,))):
        return _SAME_ROLE
    return fuzz.ratio(fold(old), fold(new))


def _taken(ranked: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give each heading that is gone the likest new one, each new one once."""
    scored = sorted(
        ((_likeness(old, new), old, new) for old, some in ranked.items() for new in some), reverse=True
    )
    taken: dict[str, str] = {}
    for score, old, new in scored:
        if score >= _LIKE and old not in taken and new not in taken.values():
            taken[old] = new
    return taken


def _guessed(
    layout: TableLayout, gone: Mapping[str, object], taken: Mapping[str, str], ignored: Sequence[str]
) -> TableLayout:
    """The layout with the guesses, and without what has none; as it is where it cannot do without."""

    def now(heading: str) -> str | None:
        return taken.get(heading) if heading in gone else heading

    said: dict[str, object] = {}
    for key, value in layout.columns.model_dump(exclude_defaults=True).items():
        if isinstance(value, str):
            said[key] = now(value)
        else:
            said[key] = tuple(filter(None, map(now, value)))
    said["ignored"] = (*layout.columns.ignored, *ignored)
    columns = {key: value for key, value in said.items() if value is not None}
    try:
        return TableLayout.model_validate(layout.model_dump() | {"columns": columns})
    except ValidationError:
        return layout
