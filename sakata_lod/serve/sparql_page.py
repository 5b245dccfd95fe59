"""The answer to a query, as a page shows it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sakata_lod.serve.context import service
from sakata_lod.serve.evaluation import Answer
from sakata_lod.serve.labels import Text, shortened
from sakata_lod.serve.tables import Link, Value, link_of

MOST_ROWS_SHOWN = 1000
_STARTING_QUERY = Path(__file__).parent / "templates" / "starting-query.rq"


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What of an answer the page shows: a truth value, a table, or a graph in Turtle.

    total: how many rows the result has; the page says so where it shows fewer.
    """

    boolean: bool | None = None
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Value | None]] = ()
    total: int = 0
    turtle: str | None = None


@cache
def starting_query() -> str:
    """The query that the form begins with."""
    return _STARTING_QUERY.read_text(encoding="utf-8")


def shown_answer(answer: Answer) -> ShownAnswer:
    """Arrange an answer, in SPARQL JSON or Turtle, for the page."""
    if answer.kind == "graph":
        return ShownAnswer(turtle=answer.content.decode())
    result = json.loads(answer.content)
    if answer.kind == "ask":
        return ShownAnswer(boolean=bool(result["boolean"]))
    columns = result["head"]["vars"]
    bindings = result["results"]["bindings"]
    rows = [
        [_value(row[column]) if column in row else None for column in columns]
        for row in bindings[:MOST_ROWS_SHOWN]
    ]
    return ShownAnswer(columns=columns, rows=rows, total=len(bindings))


def _value(term: Mapping[str, object]) -> Value:
    text = str(term["value"])
    if term["type"] == "uri":
        return Value(Text(shortened(text)), link_of(text, service().iris), text)
    if term["type"] == "triple":
        return Value(Text(json.dumps(term["value"], ensure_ascii=False)), Link())
    return Value(Text(text, str(term.get("xml:lang", ""))), Link())
