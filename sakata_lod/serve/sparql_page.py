"""The workbench: the page at the endpoint's address, for people who ask it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from sakata_lod.formats import RESULT_FORMATS
from sakata_lod.serve.bar_chart import BarChart, bar_chart, numeric_columns
from sakata_lod.serve.context import service
from sakata_lod.serve.evaluation import Answer
from sakata_lod.serve.labels import Text, shortened
from sakata_lod.serve.parameter_types import Term
from sakata_lod.serve.problems import Problem
from sakata_lod.serve.query_library import LibraryQuery, library
from sakata_lod.serve.snippets import Snippet, snippets
from sakata_lod.serve.tables import Link, Value, link_of

MOST_ROWS_SHOWN = 1000
EDITOR = Path(__file__).parent / "static" / "vendor" / "yasqe.min.js"
"""The editor, put there when the package is installed; without it the page has its plain form."""

_STARTING_QUERY = "measures"
_LINES_AROUND = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result. meaning: where the query is of the library."""

    name: str
    is_number: bool
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What of an answer the page shows: a truth value, a table with perhaps a chart, or a graph in Turtle.

    total: how many rows the result has; the page says so where it shows fewer.
    """

    boolean: bool | None = None
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[Value | None]] = ()
    total: int = 0
    chart: BarChart | None = None
    turtle: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a query near a mistake. before, after: its text, parted where reading stopped."""

    number: int
    before: str
    after: str = ""
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Workbench:
    """The page. query: what the editor holds. values: what the example is asked with, as written in URLs."""

    query: str
    example: LibraryQuery | None = None
    values: Mapping[str, str] | None = None
    answer: ShownAnswer | None = None
    problem: Problem | None = None

    @property
    def excerpt(self) -> Sequence[Line]:
        """The lines around a mistake of syntax."""
        facts = self.problem.facts if self.problem else {}
        return excerpt(self.query, facts["line"], facts["column"]) if "line" in facts else ()

    @property
    def was_asked(self) -> bool:
        """Whether there is an answer or a problem to show."""
        return self.answer is not None or self.problem is not None

    @property
    def address(self) -> str:
        """The page's own address with this query, to be shared."""
        if self.example is None:
            return f"sparql?{urlencode({'query': self.query})}"
        return f"sparql?{urlencode({'example': self.example.name} | dict(self.values or {}))}"

    def download(self, suffix: str) -> str:
        """The address of the answer in another format."""
        if self.example is not None and suffix in {"csv", "tsv"}:
            return f"api/queries/{self.example.name}.{suffix}?{urlencode(self.values or {})}".rstrip("?")
        return f"sparql?{urlencode({'query': self.query, 'as': suffix})}"

    @property
    def snippets(self) -> Sequence[Snippet]:
        """Programs that ask the same."""
        return snippets(f"{service().iris.base}sparql", self.query)


def starting_bench(language: str) -> Workbench:
    """The page before anything is asked: with a first query, in the reader's language."""
    query = library()[_STARTING_QUERY]
    return Workbench(query.bound(query.in_language(language)))


def example_bench(example: LibraryQuery, given: Mapping[str, Term], language: str) -> Workbench:
    """The page with an example, in the reader's language unless another is asked for."""
    values = {**example.in_language(language), **given}
    written = {name: example.parameters[name].type.written(value) for name, value in values.items()}
    return Workbench(example.bound(values), example, written)


def shown_answer(answer: Answer, example: LibraryQuery | None = None, language: str = "en") -> ShownAnswer:
    """Arrange an answer, in SPARQL JSON or Turtle, for the page."""
    if answer.kind == "graph":
        return ShownAnswer(turtle=answer.content.decode())
    result = json.loads(answer.content)
    if answer.kind == "ask":
        return ShownAnswer(boolean=bool(result["boolean"]))
    names, bindings = result["head"]["vars"], result["results"]["bindings"]
    numbers = numeric_columns(names, bindings)
    meanings = {name: words.of(language) for name, words in example.columns.items()} if example else {}
    return ShownAnswer(
        columns=[Column(each, each in numbers, meanings.get(each, "")) for each in names],
        rows=[
            [_value(row[name]) if name in row else None for name in names]
            for row in bindings[:MOST_ROWS_SHOWN]
        ],
        total=len(bindings),
        chart=bar_chart(names, bindings),
    )


def excerpt(query: str, line: int, column: int) -> Sequence[Line]:
    """The lines around a place in a query, both counted from 1; the line itself is parted there."""
    lines = query.split("\n")
    first = max(1, line - _LINES_AROUND)
    return [
        Line(number, text[: column - 1], text[column - 1 :], is_wrong=True)
        if number == line
        else Line(number, text)
        for number, text in enumerate(lines[first - 1 : line + _LINES_AROUND], first)
    ]


def formats() -> Sequence[tuple[str, str]]:
    """The formats in which a table can be had: name and suffix, what most people want first."""
    wanted = {"csv": 0, "tsv": 1}
    ordered = sorted(RESULT_FORMATS, key=lambda each: wanted.get(each.suffix, 2))
    return [(each.name, each.suffix) for each in ordered]


def _value(term: Mapping[str, object]) -> Value:
    text = str(term["value"])
    if term["type"] == "uri":
        return Value(Text(_name(text)), link_of(text, service().iris), text)
    if term["type"] == "triple":
        return Value(Text(json.dumps(term["value"], ensure_ascii=False)), Link())
    return Value(Text(text, str(term.get("xml:lang", ""))), Link())


def _name(iri: str) -> str:
    """An IRI as the table shows it: without the base for things of the city, else with a prefix."""
    iris = service().iris
    return iri.removeprefix(f"{iris.base}id/").removeprefix(iris.base) if iris.has(iri) else shortened(iri)
