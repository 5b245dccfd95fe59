"""Statuses in an unknown table: what is printed in them, and whether measures or indicators have them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sakata_lod.publish.cells import Row
from sakata_lod.publish.proposal.columns import Roles, Sheet
from sakata_lod.publish.proposal.form_tables import FormTables
from sakata_lod.publish.proposal.statuses import says_a_shortfall
from sakata_lod.publish.proposal.words import known_words
from sakata_lod.publish.proposal.years import FoundYears
from sakata_lod.site import STATUS_AXES


@dataclass(slots=True)
class YearStatuses:
    """Statuses beside years, or in rows that are of that kind.

    texts: what is printed in them, by what they tell. of_indicators: what each indicator has its own of.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    of_indicators: set[str] = field(default_factory=set)


def give_to_indicators(sheet: Sheet, roles: Roles, rows: Sequence[Row]) -> None:
    """Take columns of statuses in which rows of one measure differ for those of its indicators."""
    for axis in STATUS_AXES:
        for heading in tuple(roles.several[axis]):
            key = f"indicator_{axis}"
            if key not in roles.one and _of_indicators(sheet, roles, rows, [heading]):
                roles.several[axis].remove(heading)
                roles.one[key] = heading


def ask_about_issues(sheet: Sheet, roles: Roles, rows: Sequence[Row]) -> None:
    """Take 課題 for the reason only if all rows that print any say in words that they fall short."""
    heading = roles.one.get("reason", "")
    if not any(word in heading for word in known_words().statuses.issues):
        return
    told = [row for row in rows if sheet.text(row, heading)]
    statuses = (" ".join(sheet.text(row, each) for each in roles.achievement) for row in told)
    if not all(map(says_a_shortfall, statuses)):
        roles.unknown.append(roles.one.pop("reason"))


def read_year_statuses(sheet: Sheet, roles: Roles, years: FoundYears, rows: Sequence[Row]) -> YearStatuses:
    """Tell what statuses stand beside years, in columns of their own or in rows of their kind."""
    found = YearStatuses()
    for axis in STATUS_AXES:
        of_kind = rows_of_kind(sheet, roles, rows, (axis,))
        for headings, some in ((years.statuses.get(axis, []), rows), (years.bare, of_kind)):
            found.texts.setdefault(axis, []).extend(
                text for heading in headings for text in sheet.texts(heading, some)
            )
            if _of_indicators(sheet, roles, some, headings):
                found.of_indicators.add(axis)
    return found


def statuses_in_forms(
    tables: FormTables, roles: Roles, years: FoundYears, texts: Mapping[str, list[str]]
) -> YearStatuses:
    """Tell whose the statuses are that stand in forms' tables of indicators, by the rows of one form."""
    found = YearStatuses()
    for axis in STATUS_AXES:
        for heading in tuple(roles.several[axis]):
            if f"indicator_{axis}" not in roles.one and tables.differs(heading):
                roles.several[axis].remove(heading)
                roles.one[f"indicator_{axis}"] = heading
        headings = years.statuses.get(axis, [])
        found.texts[axis] = [text for heading in headings for text in texts.get(heading, [])]
        if any(tables.differs(heading) for heading in headings):
            found.of_indicators.add(axis)
    return found


def rows_of_kind(sheet: Sheet, roles: Roles, rows: Iterable[Row], contents: Sequence[str]) -> list[Row]:
    """The rows whose column of kinds says that they tell one of some contents."""
    kind, words = roles.one.get("kind", ""), known_words().years.model_dump()
    known = {word for content in contents for word in words[content]}
    return [row for row in rows if kind and sheet.text(row, kind) in known]


def _of_indicators(sheet: Sheet, roles: Roles, rows: Sequence[Row], headings: Sequence[str]) -> bool:
    """Whether rows of one measure name indicators, and have statuses of their own."""
    return "indicator" in roles.one and differ(sheet, roles, rows, headings)


def differ(sheet: Sheet, roles: Roles, rows: Sequence[Row], headings: Sequence[str]) -> bool:
    """Whether rows of one measure, and of one year in a table with a row a year, print different texts."""
    told: dict[tuple[tuple[str, ...], str], set[str]] = {}
    for measure, row in _with_measures(sheet, roles, rows):
        for heading in headings:
            if text := sheet.text(row, heading):
                told.setdefault((measure, heading), set()).add(text)
    return any(len(texts) > 1 for texts in told.values())


def _with_measures(sheet: Sheet, roles: Roles, rows: Sequence[Row]) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Each row with what names its measure, and its year in a table with a row a year; blank as above."""
    headings = (*roles.number_and_title, *filter(None, (roles.one.get("year"),)))
    above = tuple("" for _ in headings)
    for row in rows:
        printed = tuple(sheet.text(row, heading) for heading in headings)
        above = tuple(text or before for text, before in zip(printed, above, strict=True))
        yield above, row
