"""Errors → HTTP: `application/problem+json` (RFC 9457) for programs, a page for people."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestedRangeNotSatisfiable

from sakata_lod.errors import (
    EndpointFailed,
    NoWorkerFree,
    QueryExhaustedMemory,
    QueryMalformed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimedOut,
    QueryTooDeep,
    QueryTooLong,
    ResultTooLarge,
    SakataLodError,
    StoreRefused,
    StoreUnavailable,
    UnknownIri,
    UpdateRefused,
)
from sakata_lod.formats import HTML, Format
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import NotAcceptable, language_for, problem_format_for
from sakata_lod.serve.observation import PROBLEM
from sakata_lod.serve.pages import page
from sakata_lod.serve.translation import LazyText, gettext, lazy_gettext

_log = logging.getLogger(__name__)

RETRY_AFTER_S = 10


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the fragment of its type IRI, its status, its title, and what it means."""

    slug: str
    status: int
    title: LazyText
    meaning: LazyText


BAD_REQUEST = Kind(
    "bad-request",
    400,
    lazy_gettext("The request cannot be understood"),
    lazy_gettext("A parameter is missing, given twice, or not readable."),
)
MALFORMED = Kind(
    "query-malformed",
    400,
    lazy_gettext("The query is not valid"),
    lazy_gettext("It is not SPARQL 1.1, or an update; line and column tell where reading stopped."),
)
REFUSED = Kind(
    "query-refused",
    403,
    lazy_gettext("The query asks for what this endpoint never does"),
    lazy_gettext("Calls to other endpoints (SERVICE) are refused."),
)
NOT_FOUND = Kind(
    "not-found",
    404,
    lazy_gettext("There is nothing here"),
    lazy_gettext("No page or file has this address, or the data says nothing of this thing."),
)
METHOD = Kind(
    "method-not-allowed",
    405,
    lazy_gettext("This method is not allowed here"),
    lazy_gettext("The Allow header lists the methods that are."),
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    406,
    lazy_gettext("None of the formats you accept is at hand"),
    lazy_gettext("The member “variants” lists the formats that are."),
)
TOO_LARGE = Kind(
    "too-large",
    413,
    lazy_gettext("The request or its result is too large"),
    lazy_gettext("Use LIMIT and OFFSET, or download the data as a whole."),
)
URL_TOO_LONG = Kind(
    "url-too-long",
    414,
    lazy_gettext("The address is too long"),
    lazy_gettext("Send the query by POST instead."),
)
MEDIA_TYPE = Kind(
    "unsupported-media-type",
    415,
    lazy_gettext("The body is of a type that is not read here"),
    lazy_gettext("Send application/sparql-query or application/x-www-form-urlencoded."),
)
RANGE = Kind(
    "range-not-satisfiable",
    416,
    lazy_gettext("The file has no such part"),
    lazy_gettext("The range asked for lies beyond its end."),
)
INTERNAL = Kind(
    "internal-error",
    500,
    lazy_gettext("Something went wrong on this server"),
    lazy_gettext("It is recorded, and not your mistake."),
)
ENDPOINT = Kind(
    "endpoint-failed",
    502,
    lazy_gettext("The query service cannot be reached"),
    lazy_gettext("Try again later."),
)
TIMED_OUT = Kind(
    "query-timed-out",
    503,
    lazy_gettext("The query took too long"),
    lazy_gettext("Make it more selective, or download the data as a whole."),
)
OUT_OF_MEMORY = Kind(
    "query-exhausted-memory",
    503,
    lazy_gettext("The query needed too much memory"),
    lazy_gettext("Make it more selective, or download the data as a whole."),
)
BUSY = Kind(
    "busy",
    503,
    lazy_gettext("Too many queries are running"),
    lazy_gettext("Try again after the time that Retry-After names."),
)

KINDS: Sequence[Kind] = (
    BAD_REQUEST, MALFORMED, REFUSED, NOT_FOUND, METHOD, NOT_ACCEPTABLE, TOO_LARGE, URL_TOO_LONG, MEDIA_TYPE,
    RANGE, INTERNAL, ENDPOINT, TIMED_OUT, OUT_OF_MEMORY, BUSY,
)  # fmt: skip

_OF_ERROR: Mapping[type[SakataLodError], Kind] = {
    UnknownIri: NOT_FOUND,
    QueryRefused: REFUSED,
    QueryMalformed: MALFORMED,
    QuerySyntaxError: MALFORMED,
    UpdateRefused: MALFORMED,
    QueryTooDeep: MALFORMED,
    QueryTooLong: TOO_LARGE,
    ResultTooLarge: TOO_LARGE,
    QueryTimedOut: TIMED_OUT,
    QueryExhaustedMemory: OUT_OF_MEMORY,
    NoWorkerFree: BUSY,
    StoreUnavailable: ENDPOINT,
    StoreRefused: ENDPOINT,
    EndpointFailed: ENDPOINT,
}
_OF_STATUS: Mapping[int, Kind] = {
    each.status: each
    for each in (BAD_REQUEST, NOT_FOUND, METHOD, NOT_ACCEPTABLE, TOO_LARGE, URL_TOO_LONG, MEDIA_TYPE, RANGE,
                 INTERNAL, BUSY)
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one request. facts: further members of the problem, by name."""

    kind: Kind
    detail: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def phrase(self) -> str:
        """HTTP's own words for the status."""
        return HTTPStatus(self.kind.status).phrase


def handle_problems(app: Flask) -> None:
    """Answer every error of an application here."""
    app.register_error_handler(SakataLodError, lambda error: respond(problem_of(error)))
    app.register_error_handler(NotAcceptable, lambda error: respond(_not_acceptable(error)))
    app.register_error_handler(HTTPException, lambda error: respond(_of_http(error)))
    app.register_error_handler(Exception, _unexpected)


def problem_of(error: SakataLodError) -> Problem:
    """Tell an error as a problem, in the client's language."""
    kind = _OF_ERROR.get(type(error), INTERNAL)
    if kind is INTERNAL:
        _log.error("%s", error)
        return Problem(INTERNAL, gettext("The server cannot answer this request."))
    facts = {"line": error.line, "column": error.column} if isinstance(error, QuerySyntaxError) else {}
    wait = error.retry_after_s if isinstance(error, NoWorkerFree) else RETRY_AFTER_S
    headers = {"Retry-After": str(wait)} if kind.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Problem(kind, error.sentence(language_for(request)), facts, headers)


def not_ready(detail: str) -> Problem:
    """The problem of a server that cannot answer queries yet, or any more."""
    return Problem(BUSY, detail, headers={"Retry-After": str(RETRY_AFTER_S)})


def respond(problem: Problem, form: Format | None = None) -> Response:
    """Answer with a problem: as a page where the client names HTML, else as problem+json."""
    note(problem)
    chosen = form or problem_format_for(request)
    content = page("problem.html", problem=problem) if chosen is HTML else _json(problem)
    response = Response(content, problem.kind.status, content_type=chosen.content_type)
    response.headers.update(problem.headers)
    response.headers["Content-Language"] = language_for(request)
    response.vary.update(["Accept", "Accept-Language"])
    response.headers["Cache-Control"] = "no-store"
    return response


def note(problem: Problem) -> None:
    """Have the problem counted with its request."""
    request.environ[PROBLEM] = problem.kind.slug


def _json(problem: Problem) -> str:
    kind = problem.kind
    members = {
        "type": f"{service().iris.base}problems#{kind.slug}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": problem.detail,
    }
    return json.dumps(members | dict(problem.facts), ensure_ascii=False, indent=1) + "\n"


def _not_acceptable(error: NotAcceptable) -> Problem:
    variants = [
        {"type": each.media_type} | ({"href": f"{error.document}.{each.suffix}"} if error.document else {})
        for each in error.offers
    ]
    listed = ", ".join(each.media_type for each in error.offers)
    detail = gettext("This can be had as: %(listed)s.", listed=listed)
    return Problem(NOT_ACCEPTABLE, detail, {"variants": variants})


def _of_http(error: HTTPException) -> Problem:
    kind = _OF_STATUS.get(error.code or 500, INTERNAL if (error.code or 500) >= 500 else BAD_REQUEST)
    headers = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, RequestedRangeNotSatisfiable) and error.length is not None:
        headers["Content-Range"] = f"bytes */{error.length}"
    # Only our own descriptions are shown: they are made where the error is raised, and translated there.
    detail = str(error.description or "") if error.response is None else ""
    own = detail if detail != type(error).description else ""
    return Problem(kind, own or str(kind.meaning), headers=headers)


def _unexpected(error: Exception) -> Response:
    _log.exception("%s %s: unexpected error", request.method, request.path, exc_info=error)
    return respond(Problem(INTERNAL, str(INTERNAL.meaning)))
