"""The parts of a proposal about statuses and departments."""

from sakata_lod.namespaces import CODE
from sakata_lod.publish.proposal.reading import TableReading
from sakata_lod.publish.proposal.statuses import FoundMark, choices, read_marks
from sakata_lod.publish.proposal.toml_text import TomlText, quoted
from sakata_lod.publish.proposal.units import FoundUnits


def write_statuses(out: TomlText, reading: TableReading) -> None:
    """Write [achievement] and [response]: each mark and word, with its code or a question."""
    for key, scheme in (("achievement", CODE.achievement), ("response", CODE.response)):
        marks = read_marks(reading.status_texts(key), scheme)
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
        asked = "mark_beside" if beside else "mark"
        facts = {"mark": mark.text, "cells": mark.cells} | ({"beside": beside} if beside else {})
        out.ask(asked, quoted(mark.text), **facts)
        return
    if mark.beside != mark.text:
        out.say("told_by", word=mark.beside, cells=mark.cells)
    if beside:
        out.wonder("against", mark=mark.text, beside=beside)
    out.key(quoted(mark.text), mark.code)


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
