"""What was found in an unknown table → a plan.toml that reads it, and asks what only people know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sakata_lod.publish.cells import Table
from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.hidden_parts import told_together
from sakata_lod.publish.proposal.contents import paired_columns, write_contents
from sakata_lod.publish.proposal.marks_and_units import write_departments, write_statuses
from sakata_lod.publish.proposal.opening import OpenedTable
from sakata_lod.publish.proposal.outside import plan_title, printed_as_of
from sakata_lod.publish.proposal.reading import TableReading
from sakata_lod.publish.proposal.rows import FoundRows
from sakata_lod.publish.proposal.toml_text import Pattern, TomlText, toml
from sakata_lod.publish.proposal.units import FoundUnits
from sakata_lod.publish.proposal.words import role_of
from sakata_lod.publish.proposal.years import Pair
from sakata_lod.publish.year_headings import BETWEEN_LEVELS
from sakata_lod.site import STATUS_AXES
from sakata_lod.site.configuration_file import QUESTION

_BEFORE_FIGURES = (
    "divisions", "number", "title", "description", "departments", "year", "kind", "activity", "indicator",
    "unit",
)  # fmt: skip
_OF_INDICATORS = ("indicator_achievement", "indicator_response")
_BEHIND_FIGURES = ("achievement", "response", *_OF_INDICATORS, "reason")
_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person said: the plan's slug, the day of which the table tells, and where it will lie."""

    slug: str | None
    as_of: date | None
    source: str
    language: str


def plan_toml(opened: OpenedTable, reading: TableReading, units: FoundUnits, wanted: Wanted) -> TomlText:
    """Write the proposal."""
    out = TomlText(wanted.language)
    out.say("about")
    _plan(out, reading, wanted)
    _columns(out, reading, paired_columns(reading))
    _rows(out, reading)
    if reading.block is not None:
        _block(out, reading.block)
    write_contents(out, reading)
    write_statuses(out, reading)
    write_departments(out, units)
    _edition(out, opened, reading, wanted)
    return out


def _plan(out: TomlText, reading: TableReading, wanted: Wanted) -> None:
    out.lines.append("")
    if wanted.slug:
        out.key("slug", wanted.slug)
    else:
        out.ask("slug", "slug")
    if (title := plan_title(reading)) is not None:
        row, text = title
        out.say("title_printed", row=row)
        out.key("title.ja", text)
    else:
        out.ask("title", "title.ja")
    labelled = map(fiscal_year, reading.texts.get(reading.roles.one.get("year", ""), []))
    years = sorted({year.start_year for year in chain(reading.years.years, labelled) if year is not None})
    out.ask("first_year", "first_fiscal_year", years=f"{years[0]}–{years[-1]}" if years else "–")
    out.ask("last_year", "last_fiscal_year")


def _columns(out: TomlText, reading: TableReading, pairs: Sequence[Pair]) -> None:
    roles, paired = reading.roles, {word for each in pairs for word in each.words}
    unknown = [each for each in roles.unknown if each not in paired]
    out.table("[columns]")
    if "title" not in roles.one:
        out.ask("title_column", "title", columns="、".join(unknown))
    elif roles.one["title"] == roles.one.get("indicator"):
        of_indicators = role_of(roles.one["title"]) == "indicator"
        out.say("indicators_alone" if of_indicators else "named_by_titles")
    if roles.indicator_number:
        out.say("indicator_number", heading=roles.indicator_number)
    for key in _BEFORE_FIGURES:
        _column(out, reading, key)
    if "indicator" in roles.one and "year" in roles.one and pairs:
        for key, word in (("target", pairs[0].target), ("actual", pairs[0].actual)):
            if word:
                out.key(key, word)
    for key in _BEHIND_FIGURES:
        _column(out, reading, key)
    if reading.rows.fill_down:
        out.say("fill_down")
        out.key("fill_down", reading.rows.fill_down)
    for heading in unknown:
        texts = "、".join(dict.fromkeys(reading.texts.get(heading, [])))[:_LONGEST_QUOTE]
        if reading.block is not None and role_of(heading) == "activity":
            out.wonder("work_of_no_year", heading=heading, texts=texts, key=toml(heading))
        else:
            out.wonder("column", heading=heading, texts=texts)
    out.offer("ignored", roles.ignored, [*unknown, *_same_years(out, reading)])


def _same_years(out: TomlText, reading: TableReading) -> list[str]:
    """Ask which of two columns of one year is read. Those without words beside the year are offered."""
    if not {"indicator", "kind", "year"}.isdisjoint(reading.roles.one) or reading.block is not None:
        return []
    for first, second in reading.years.twice:
        out.wonder("same_year", first=first, second=second)
    named = {heading for pair in reading.years.twice for heading in pair}
    if named & set(reading.years.bare):
        return list(reading.years.bare)
    groups = {first.split(BETWEEN_LEVELS)[0] for first, _ in reading.years.twice}
    headings = (*reading.years.done, *reading.years.labels)
    return [each for each in headings if each.split(BETWEEN_LEVELS)[0] in groups]


def _column(out: TomlText, reading: TableReading, key: str) -> None:
    several = reading.roles.several.get(key)
    if several:
        if len(several) > 1 and key in STATUS_AXES:
            out.say("several_statuses", first=several[0])
        out.key(key, several[0] if len(several) == 1 else several)
    elif key in reading.roles.one:
        if key in _OF_INDICATORS:
            out.say("of_indicators", heading=reading.roles.one[key])
        out.key(key, reading.roles.one[key])


def _rows(out: TomlText, reading: TableReading) -> None:
    rows = reading.rows
    out.table("[rows]")
    if reading.header_rows > 1:
        out.key("header", reading.header_rows)
    if rows.divisions:
        out.key("divisions", [Pattern(each) for each in rows.divisions])
    else:
        out.say("no_divisions")
    out.key("measure", Pattern(rows.measure or ""))
    if rows.ignored:
        out.key("ignored", [Pattern(each) for each in rows.ignored])
    if rows.numbers:
        out.ask("numbers", "numbers", {QUESTION: QUESTION, **rows.numbers})
    _doubtful_rows(out, rows)


def _doubtful_rows(out: TomlText, rows: FoundRows) -> None:
    for number, text in rows.unknown:
        out.wonder("row", row=number, text=text[:_LONGEST_QUOTE])
    if rows.shifted:
        out.wonder("shifted", rows=", ".join(map(str, rows.shifted)))


def _block(out: TomlText, block: tuple[str, str | None]) -> None:
    out.table("[block]")
    out.key("starts_with", block[0])
    if block[1]:
        out.key("years", block[1])


def _edition(out: TomlText, opened: OpenedTable, reading: TableReading, wanted: Wanted) -> None:
    as_of = wanted.as_of or printed_as_of(reading)
    if as_of is None:
        out.lines.append("")
        out.wonder("as_of")
    out.table(f"[editions.{as_of.isoformat() if as_of else toml(QUESTION)}]")
    out.key("source", wanted.source)
    out.key("format", opened.source.format)
    _encoding(out, opened)
    if opened.source.sheets:
        out.say("sheets")
        out.key("sheets", opened.source.sheets)
    elif opened.source.sheet is not None and len(opened.sheets) > 1:
        out.key("sheet", opened.source.sheet)
    ask_about_hidden(out, opened.table)
    out.say("measures")
    out.lines.append(f"# measures = {reading.rows.measures}")


def ask_about_hidden(out: TomlText, table: Table) -> None:
    """Ask whether what a workbook does not show may be published."""
    if table.hidden:
        out.ask("hidden", "hidden", what=told_together(table.hidden).sentence(out.language))


def _encoding(out: TomlText, opened: OpenedTable) -> None:
    if len(opened.encodings) > 1:
        out.ask("encoding", "encoding", encodings="、".join(opened.encodings))
    elif opened.encodings:
        out.say("ascii" if opened.table.content.isascii() else "encoding_sure")
        out.key("encoding", opened.encodings[0])
