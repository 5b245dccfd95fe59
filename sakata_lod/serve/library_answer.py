"""Questions of the library, asked with a client's values."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from sakata_lod.formats import CSV, RESULTS_JSON, RESULTS_XML, TSV, TURTLE, Format
from sakata_lod.serve.evaluation import Answer, Evaluator
from sakata_lod.serve.parameter_types import Term
from sakata_lod.serve.query_library import LibraryQuery, Parameter
from sakata_lod.serve.translation import gettext
from sakata_lod.serve.wire import Question

OFFERS = (RESULTS_JSON, RESULTS_XML, CSV, TSV)
"""The formats of an answer."""

SUFFIXES: Mapping[str, Format] = {"json": RESULTS_JSON, "xml": RESULTS_XML, "csv": CSV, "tsv": TSV}
"""By what follows the name of a query, or by the parameter `format`."""

RESERVED = ("format", "lang")
"""Parameters of every address: no query has one of these names."""


class ParameterRefused(BadRequest):
    """A parameter is not known to the query, is given twice, or is not of its type.

    facts: which one, what was given, and what may be.
    """

    def __init__(self, description: str, **facts: Any) -> None:
        super().__init__(description)
        self.facts = facts


def values(query: LibraryQuery, given: MultiDict[str, str]) -> Mapping[str, Term]:
    """Read the values that a client asks a query with.

    One that is given as nothing counts as not given, as forms send it. Raises: ParameterRefused.
    """
    found = {}
    for name, written in given.items(multi=True):
        if name in RESERVED or not written:
            continue
        parameter = query.parameters.get(name)
        if parameter is None:
            raise _unknown(name, query)
        if name in found:
            raise ParameterRefused(
                gettext("The parameter “%(name)s” is given more than once.", name=name), parameter=name
            )
        found[name] = _value(parameter, written)
    return found


def ask(query: LibraryQuery, given: Mapping[str, Term], form: Format, evaluator: Evaluator) -> Answer:
    """Ask a query. Raises: QueryError."""
    return evaluator.evaluate(Question(query.bound(given), form.media_type, TURTLE.media_type))


def _value(parameter: Parameter, written: str) -> Term:
    term = parameter.type.read(written)
    if term is not None:
        return term
    expected = str(parameter.type.expected)
    choices = list(parameter.type.choices)
    told = gettext(
        "The parameter “%(name)s” must be %(expected)s; “%(given)s” is not.",
        name=parameter.name,
        expected=expected,
        given=written,
    )
    facts = {"parameter": parameter.name, "given": written, "expected": expected}
    raise ParameterRefused(told, **facts, **({"choices": choices} if choices else {}))


def _unknown(name: str, query: LibraryQuery) -> ParameterRefused:
    known = [*query.parameters, *RESERVED]
    told = gettext(
        "This query has no parameter “%(name)s”. It has: %(known)s.", name=name, known=", ".join(known)
    )
    return ParameterRefused(told, parameter=name, choices=known)
