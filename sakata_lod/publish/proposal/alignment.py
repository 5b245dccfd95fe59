"""Rows of an unknown table whose cells stand beside their columns: one cell too many, or too few."""

from rdflib import URIRef

from sakata_lod.namespaces import CODE
from sakata_lod.publish.cells import Row
from sakata_lod.publish.proposal.columns import Sheet
from sakata_lod.publish.proposal.header import heading_role
from sakata_lod.publish.proposal.rows import ignored_pattern
from sakata_lod.publish.proposal.statuses import are_dashes, says_a_status

_SCHEMES = {"achievement": CODE.achievement, "response": CODE.response}


def shifted_rows(sheet: Sheet) -> tuple[Row, ...]:
    """Rows that print something else where nearly all others print a status, and a status beside it.

    Dashes say as little as a blank: a word such as 中止 may well stand in the next column.
    """
    found: dict[int, Row] = {}
    for heading in sheet.header.headings:
        scheme = _SCHEMES.get(heading_role(heading) or "")
        rows = [row for row in sheet.rows if _says_anything(sheet.text(row, heading.text), row)]
        if scheme is None or not rows:
            continue
        odd = [row for row in rows if not says_a_status(sheet.text(row, heading.text), scheme)]
        if len(odd) * 4 < len(rows):
            found |= {row.number: row for row in odd if _says_it_elsewhere(sheet, row, scheme)}
    return tuple(found[number] for number in sorted(found))


def _says_anything(text: str, row: Row) -> bool:
    return bool(text) and not are_dashes(text) and ignored_pattern(row) is None


def _says_it_elsewhere(sheet: Sheet, row: Row, scheme: URIRef) -> bool:
    """Whether a status stands in a column of none: without that, an odd text is a word that is not known."""
    of_none = [
        column
        for column, heading in enumerate(sheet.header.headings, start=1)
        if _SCHEMES.get((heading_role(heading) or "").removeprefix("indicator_")) != scheme
    ]
    beyond = range(len(sheet.header.headings) + 1, len(row.cells) + 1)
    return any(
        says_a_status(row.cells[c - 1].text, scheme) for c in (*of_none, *beyond) if c <= len(row.cells)
    )
