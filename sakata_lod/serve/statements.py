"""What is said about a thing, as a table for a spreadsheet: a statement a row."""

import csv
import io

import pyoxigraph as ox

from sakata_lod.serve.description import Description
from sakata_lod.serve.labels import Labels
from sakata_lod.serve.negotiation import LANGUAGES

_COLUMNS = ("subject", "property", "value", "language", "datatype")


def statements_csv(description: Description) -> bytes:
    """Write a description's statements, names of other things left out: these stand beside the values.

    UTF-8 with a byte-order mark, as spreadsheets need it.
    """
    names = [Labels((*description.outgoing, *description.labels), each) for each in LANGUAGES]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*_COLUMNS, *(f"value_name_{each}" for each in LANGUAGES)])
    for triple in (
        *description.outgoing,
        *description.incoming,
        *description.recorded,
        *description.document,
    ):
        value = triple.object
        named = [each.of(value.value) if isinstance(value, ox.NamedNode) else None for each in names]
        writer.writerow(
            [
                _term(triple.subject),
                triple.predicate.value,
                *_value(value),
                *(each.value if each else "" for each in named),
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> tuple[str, str, str]:
    if isinstance(term, ox.Literal):
        return term.value, term.language or "", "" if term.language else term.datatype.value
    return _term(term), "", ""


def _term(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
