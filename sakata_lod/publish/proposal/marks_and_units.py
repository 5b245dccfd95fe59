"""The parts of a proposal about statuses and departments."""

from collections.abc import Mapping, Sequence

from rdflib import URIRef

from sakata_lod.namespaces import CODE
from sakata_lod.publish.proposal.legends import explained
from sakata_lod.publish.proposal.reading import TableReading, lines_outside
from sakata_lod.publish.proposal.statuses import FoundMark, choices, read_marks
from sakata_lod.publish.proposal.toml_text import TomlText, quoted
from sakata_lod.publish.proposal.units import FoundUnits
from sakata_lod.site import StatusAxis

SCHEMES: Mapping[StatusAxis, URIRef] = {"achievement": CODE.achievement, "response": CODE.response}
"""The shared list of each status."""


def write_statuses(out: TomlText, reading: TableReading) -> None:
    """Write [achievement] and [response]: each mark with its code or a question; then [statuses]."""
    without: dict[StatusAxis, list[FoundMark]] = {}
    notes = [*(text for _, text in lines_outside(reading)), *reading.notes_beside]
    for axis, scheme in SCHEMES.items():
        found = explained(read_marks(reading.status_texts(axis), scheme), notes, scheme)
        marks = [each for each in found if not each.says_none]
        if without_status := [each for each in found if each.says_none]:
            without[axis] = without_status
        if marks:
            out.table(f"[{axis}]")
            write_marks(out, axis, marks, "[statuses]")
    if without:
        out.table("[statuses]")
        for axis, silent in without.items():
            write_without(out, axis, (), silent)


def write_marks(out: TomlText, axis: StatusAxis, marks: Sequence[FoundMark], statuses: str) -> None:
    """Write marks with their codes, or ask. statuses: the table for those that say no status."""
    if any(each.code is None for each in marks):
        codes = ", ".join(f"{name} {label}" for name, label in choices(SCHEMES[axis]))
        out.say("codes", codes=codes, statuses=statuses, axis=axis)
    for each in marks:
        _mark(out, each)


def write_without(out: TomlText, axis: StatusAxis, before: Sequence[str], marks: Sequence[FoundMark]) -> None:
    """Write the marks of a status that say none, and why. before: those known already."""
    if marks:
        told = "、".join(each.text for each in marks)
        out.say("without_status", marks=told, cells=sum(each.cells for each in marks), axis=axis)
    out.key(f"without_{axis}", [*before, *(each.text for each in marks)])


def _mark(out: TomlText, mark: FoundMark) -> None:
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
