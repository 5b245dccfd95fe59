"""Which column of an unknown table, if any, says what each measure is, whatever was done in which year."""

from collections.abc import Mapping, Sequence

from sakata_lod.folding import fold
from sakata_lod.publish.cells import Row
from sakata_lod.publish.proposal.columns import Roles, Sheet
from sakata_lod.publish.proposal.status_owners import differ
from sakata_lod.publish.proposal.words import known_words, role_of
from sakata_lod.publish.proposal.years import FoundYears, mostly_words
from sakata_lod.publish.year_headings import BETWEEN_LEVELS


def give_description(roles: Roles, years: FoundYears, texts: Mapping[str, list[str]]) -> None:
    """Take a column of work without a year for what the measure is, if its words say so and no other does."""
    if "description" in roles.one or "title" not in roles.one:
        return
    words = known_words().descriptions
    if "year" in roles.one:
        _leave_work_to_what_was_done(roles, words.always)
    has_work = "activity" in roles.one or _have_work(years, texts)
    for known in (words.always, words.beside_work if has_work else ()):
        for heading in roles.unknown:
            if _is_one_of(heading, known):
                roles.one["description"] = heading
                roles.unknown.remove(heading)
                return


def ask_about_descriptions(sheet: Sheet, roles: Roles, rows: Sequence[Row]) -> None:
    """Ask about a column in which rows of one measure differ, or over which a title is merged."""
    heading = roles.one.get("description")
    if heading is None:
        return
    titles = ((sheet.cell(row, roles.one["title"]), sheet.cell(row, heading)) for row in rows)
    if differ(sheet, roles, rows, [heading]) or any(
        title is not None and title == cell for title, cell in titles
    ):
        roles.unknown.append(roles.one.pop("description"))


def _leave_work_to_what_was_done(roles: Roles, always: Sequence[str]) -> None:
    """Of 事業内容 and 取組実績 in a table with a row a year, the latter is what was done."""
    work = roles.one.get("activity", "")
    done = [each for each in roles.unknown if role_of(each.split(BETWEEN_LEVELS)[-1]) == "activity"]
    if _is_one_of(work, always) and len(done) == 1:
        roles.one["activity"] = done[0]
        roles.unknown[roles.unknown.index(done[0])] = work


def _have_work(years: FoundYears, texts: Mapping[str, list[str]]) -> bool:
    """Whether headings of years, or words beside them, are of what was done."""
    marked = years.bare if years.hold_marks else ()
    headings = [each for each in years.done if each not in marked]
    headings += [each for each in years.labels if role_of(each) == "activity"]
    told = [text for heading in headings for text in texts.get(heading, [])]
    return bool(years.words.get("activity")) or mostly_words(told)


def _is_one_of(heading: str, words: Sequence[str]) -> bool:
    """Whether the lowest level of a heading is a word, as a whole."""
    return fold(heading.split(BETWEEN_LEVELS)[-1]) in map(fold, words)
