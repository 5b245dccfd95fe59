"""Requests of the SPARQL 1.1 Protocol, query operation."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from sakata_lod.serve.translation import gettext

QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """A query, and the dataset that the request names; None where it leaves that to the query.

    suffix: the format picked in the page's form, as its suffix; empty for all other clients.
    """

    query: str
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    suffix: str = ""


def read_request(request: Request) -> ProtocolRequest | None:
    """Read a request; None where it asks nothing. Parameters that the protocol does not know are ignored.

    Raises: BadRequest, UnsupportedMediaType.
    """
    if request.method == "POST" and request.mimetype not in (FORM_TYPE, QUERY_TYPE):
        raise UnsupportedMediaType
    direct = request.method == "POST" and request.mimetype == QUERY_TYPE
    given = request.form if request.method == "POST" and not direct else request.args
    if "update" in given:
        raise BadRequest(gettext("Updates are not answered here, only queries."))
    queries = [_body(request)] if direct else given.getlist("query")
    if len(queries) > 1:
        raise BadRequest(gettext("The parameter “query” is given more than once."))
    if not queries and request.method == "POST":
        raise BadRequest(gettext("The parameter “query” is missing."))
    if not queries:
        return None
    default, named = given.getlist("default-graph-uri"), given.getlist("named-graph-uri")
    sets_dataset = bool(default or named)
    return ProtocolRequest(
        queries[0],
        tuple(default) if sets_dataset else None,
        tuple(named) if sets_dataset else None,
        given.get("as", ""),
    )


def _body(request: Request) -> str:
    try:
        return request.get_data(cache=False).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(gettext("The query is not UTF-8.")) from error
