"""What a newer edition's table needs to be said of it → its part of plan.toml."""

from collections.abc import Iterable, Mapping

from sakata_lod.publish.next_edition.fitting import FittedHeadings
from sakata_lod.publish.next_edition.reading import NextReading, Wanted
from sakata_lod.publish.proposal.marks_and_units import write_marks, write_without
from sakata_lod.publish.proposal.opening import OpenedTable
from sakata_lod.publish.proposal.toml_text import Pattern, TomlText, quoted
from sakata_lod.publish.proposal.writing import ask_about_hidden
from sakata_lod.site import STATUS_AXES, StatusAxis
from sakata_lod.site.configuration_file import QUESTION
from sakata_lod.site.table_layout import LAYOUT_KEYS


def section(opened: OpenedTable, reading: NextReading, wanted: Wanted, language: str) -> TomlText:
    """Write the edition's section, to stand at the end of plan.toml."""
    out = TomlText(language)
    out.lines.append("")
    out.say("next_edition", as_of=wanted.as_of, before=wanted.before.as_of)
    out.lines.append(f"[editions.{wanted.as_of}]")
    _source(out, opened, reading, wanted)
    _doubts(out, reading, wanted)
    changed = {"columns"} if _headings_changed(reading.fitted) else set()
    changed |= {"years"} if reading.fitted.labels else set()
    changed |= set(reading.marks)
    changed |= {"statuses"} if reading.without else set()
    for key in _said_anew(wanted):
        if key not in changed:
            _as_before(out, key, wanted)
    if "columns" in changed:
        _columns(out, reading.fitted, wanted)
    if "years" in changed:
        _years(out, reading.fitted, wanted)
    statuses = f"[editions.{wanted.as_of}.statuses]" if _says_statuses_anew(reading, wanted) else "[statuses]"
    for axis in reading.marks:
        _marks(out, axis, reading, wanted, statuses)
    if reading.without:
        _without(out, reading, wanted)
    _identity(out, reading)
    return out


def _source(out: TomlText, opened: OpenedTable, reading: NextReading, wanted: Wanted) -> None:
    source, before = opened.source, wanted.before.source
    out.key("source", source.source)
    out.key("format", source.format)
    if source.format != "xlsx":
        possible = opened.encodings
        out.key("encoding", before.encoding if before.encoding in possible else possible[0])
    elif source.sheets:
        out.say("sheets")
        out.key("sheets", source.sheets)
    elif source.sheet is not None and (before.sheet or len(opened.sheets) > 1):
        out.key("sheet", source.sheet)
    ask_about_hidden(out, opened.table)
    if reading.edition is not None:
        out.say("measures")
        out.lines.append(f"# measures = {len(reading.edition.measures)}")


def _doubts(out: TomlText, reading: NextReading, wanted: Wanted) -> None:
    if reading.stopped is not None:
        out.wonder("stops", error=reading.stopped.sentence(out.language))
    if reading.edition is None:
        return
    plan = wanted.plan
    years = {each.start_year for each in reading.edition.fiscal_years}
    outside = sorted(each for each in years if not plan.first_fiscal_year <= each <= plan.last_fiscal_year)
    if outside:
        told = "、".join(map(str, outside))
        out.wonder("period", years=told, first=plan.first_fiscal_year, last=plan.last_fiscal_year)


def _headings_changed(fitted: FittedHeadings) -> bool:
    return bool(fitted.gone or fitted.unknown)


def _said_anew(wanted: Wanted) -> Iterable[str]:
    """What the edition before said anew, and this one must, too."""
    own, whole = wanted.before.layout, wanted.plan.layout
    # An array of tables within the section's own line comes before the tables below it.
    keys = sorted(LAYOUT_KEYS, key=lambda key: key != "indicators")
    return (key for key in keys if getattr(own, key) != getattr(whole, key))


def _as_before(out: TomlText, key: str, wanted: Wanted) -> None:
    said = wanted.before.layout.model_dump(include={key}, exclude_defaults=True, exclude_none=True).get(key)
    if key == "indicators":
        out.key(key, said or [])
        return
    out.table(f"[editions.{wanted.as_of}.{key}]")
    _keys(out, said or {})


def _keys(out: TomlText, said: Mapping[str, object]) -> None:
    for name, value in said.items():
        out.key(name if name.isascii() and name.isidentifier() else quoted(name), _with_patterns(value))


def _with_patterns(value: object) -> object:
    if isinstance(value, str):
        return Pattern(value) if "\\" in value else value
    return [_with_patterns(each) for each in value] if isinstance(value, (list, tuple)) else value


def _anew(out: TomlText, key: str, wanted: Wanted) -> None:
    out.table(f"[editions.{wanted.as_of}.{key}]")
    out.say("anew", before=wanted.before.as_of)


def _columns(out: TomlText, fitted: FittedHeadings, wanted: Wanted) -> None:
    _anew(out, "columns", wanted)
    columns = wanted.before.layout.columns.model_dump(exclude_defaults=True)
    ignored = columns.pop("ignored", ())
    for key, value in columns.items():
        _column(out, key, value, fitted)
    unknown = [each for each in fitted.unknown if each not in fitted.taken.values()]
    for heading in unknown:
        out.wonder("column", heading=heading, texts="")
    out.offer("ignored", ignored, unknown)


def _column(out: TomlText, key: str, value: str | tuple[str, ...], fitted: FittedHeadings) -> None:
    if isinstance(value, str):
        if value in fitted.gone:
            out.ask("heading_gone", key, heading=value, candidates=_candidates(fitted, [value]))
        else:
            out.key(key, value)
        return
    gone = [each for each in value if each in fitted.gone]
    now = [QUESTION if each in gone else each for each in value]
    if gone:
        out.ask("headings_gone", key, now, heading="、".join(gone), candidates=_candidates(fitted, gone))
    else:
        out.key(key, now)


def _candidates(fitted: FittedHeadings, gone: list[str]) -> str:
    return "、".join(dict.fromkeys(new for each in gone for new in fitted.gone[each])) or "–"


def _years(out: TomlText, fitted: FittedHeadings, wanted: Wanted) -> None:
    _anew(out, "years", wanted)
    said = wanted.before.layout.years.model_dump(exclude_defaults=True, exclude_none=True)
    labels = said.pop("labels", {}) | dict.fromkeys(fitted.labels, QUESTION)
    _keys(out, said)
    examples = "、".join(fitted.labels)
    out.ask("labels", "labels", labels, examples=examples)


def _says_statuses_anew(reading: NextReading, wanted: Wanted) -> bool:
    return bool(reading.without) or "statuses" in _said_anew(wanted)


def _marks(out: TomlText, axis: StatusAxis, reading: NextReading, wanted: Wanted, statuses: str) -> None:
    _anew(out, axis, wanted)
    for mark, code in getattr(wanted.before.layout, axis).items():
        out.key(quoted(mark), code)
    write_marks(out, axis, reading.marks[axis], statuses)


def _without(out: TomlText, reading: NextReading, wanted: Wanted) -> None:
    """Write the marks that say no status: those of the edition before, and new ones."""
    _anew(out, "statuses", wanted)
    for axis in STATUS_AXES:
        before, new = wanted.before.layout.statuses.without(axis), reading.without.get(axis, ())
        if before or new:
            write_without(out, axis, before, new)


def _identity(out: TomlText, reading: NextReading) -> None:
    """Write the tables that settle which division and which measure is which, each to be confirmed."""
    for table in filter(None, reading.identity.split("\n\n")):
        header, *lines = table.rstrip("\n").split("\n")
        out.table(header)
        out.ask("confirm", "confirm")
        out.lines += lines
