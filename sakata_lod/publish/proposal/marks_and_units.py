"""The parts of a proposal about statuses and departments."""

from sakata_lod.namespaces import CODE
from sakata_lod.publish.proposal.legends import explained
from sakata_lod.publish.proposal.reading import TableReading, lines_outside
from sakata_lod.publish.proposal.statuses import FoundMark, choices, read_marks
from sakata_lod.publish.proposal.toml_text import TomlText, quoted
from sakata_lod.publish.proposal.units import FoundUnits


def write_statuses(out: TomlText, reading: TableReading) -> None:
    """Write [achievement] and [response]: each mark and word, with its code or a question."""
    notes = [*(text for _, text in lines_outside(reading)), *reading.notes_beside]
    for key, scheme in (("achievement", CODE.achievement), ("response", CODE.response)):
        marks = explained(read_marks(reading.status_texts(key), scheme), notes, scheme)
        if not marks:
            continue
        out.table(f"[{key}]")
        if any(each.code is None for each in marks):
            out.say("codes", codes=", ".join(f"{name} {label}" for name, label in choices(scheme)))
        for each in marks:
            write_mark(out, each)


def write_mark(out: TomlText, mark: FoundMark) -> None:
    """Write a mark with its code, and why; or ask."""
    beside = "、".join(f"{text} {count}" for text, count in mark.against)
    if mark.code is None:
        _ask(out, mark, beside)
        return
    if mark.noted:
        out.say("told_by_a_note", mark=mark.text, noted=mark.noted, cells=mark.cells)
    elif mark.beside != mark.text:
        out.say("told_by", word=mark.beside, cells=mark.cells)
    if beside:
        out.wonder("against", mark=mark.text, beside=beside)
    out.key(quoted(mark.text), mark.code)


def _ask(out: TomlText, mark: FoundMark, beside: str) -> None:
    """Ask what a mark means, with what is printed beside it or noted of it."""
    key = quoted(mark.text)
    if beside:
        out.ask("mark_beside", key, mark=mark.text, cells=mark.cells, beside=beside)
    elif mark.noted:
        out.ask("mark_noted", key, mark=mark.text, cells=mark.cells, noted=mark.noted)
    else:
        out.ask("mark", key, mark=mark.text, cells=mark.cells)


def write_departments(out: TomlText, units: FoundUnits) -> None:
    """Write [departments]: what keeps names apart, and words that name none."""
    if not (units.separators or units.suffix or units.others or units.unclear):
        return
    out.table("[departments]")
    if units.separators:
        out.key("separators", units.separators)
    if units.unclear:
        out.wonder("unclear", names="、".join(units.unclear))
    if units.suffix:
        out.say("others_suffix")
        out.key("others_suffix", units.suffix)
    if units.others:
        out.say("others")
        out.key("others", units.others)
