"""Errors → HTTP: `application/problem+json` (RFC 9457) for programs, a page for people."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestedRangeNotSatisfiable

from sakata_lod.errors import (
    BatchTooLarge,
    CheckTooCostly,
    EndpointFailed,
    FileNotKnown,
    FileNotSent,
    FileRefused,
    FileTooLarge,
    InvalidReconciliation,
    IriReplaced,
    IriWithdrawn,
    NoCheckFree,
    NoWorkerFree,
    QueryExhaustedMemory,
    QueryMalformed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimedOut,
    QueryTooDeep,
    QueryTooLong,
    RateExceeded,
    ResultTooLarge,
    SakataLodError,
    StoreRefused,
    StoreUnavailable,
    UnknownIri,
    UpdateRefused,
)
from sakata_lod.formats import HTML, Format
from sakata_lod.serve.context import service
from sakata_lod.serve.library_answer import ParameterRefused
from sakata_lod.serve.negotiation import NotAcceptable, language_for, problem_format_for
from sakata_lod.serve.observation import PROBLEM
from sakata_lod.serve.pages import page
from sakata_lod.serve.problem_kinds import (
    BAD_REQUEST,
    BUSY,
    ENDPOINT,
    INTERNAL,
    MALFORMED,
    MEDIA_TYPE,
    METHOD,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    OUT_OF_MEMORY,
    RANGE,
    REFUSED,
    TIMED_OUT,
    TOO_LARGE,
    TOO_MANY,
    UNREADABLE,
    URL_TOO_LONG,
    WITHDRAWN,
    Kind,
)
from sakata_lod.serve.translation import gettext

_log = logging.getLogger(__name__)

RETRY_AFTER_S = 10


_OF_ERROR: Mapping[type[SakataLodError], Kind] = {
    UnknownIri: NOT_FOUND,
    IriWithdrawn: WITHDRAWN,
    IriReplaced: WITHDRAWN,
    RateExceeded: TOO_MANY,
    FileNotSent: BAD_REQUEST,
    FileNotKnown: MEDIA_TYPE,
    FileTooLarge: TOO_LARGE,
    FileRefused: UNREADABLE,
    CheckTooCostly: TOO_LARGE,
    NoCheckFree: BUSY,
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
    InvalidReconciliation: BAD_REQUEST,
    BatchTooLarge: TOO_LARGE,
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
    app.register_error_handler(HTTPException, lambda error: respond(problem_of_http(error)))
    app.register_error_handler(Exception, _unexpected)


def problem_of(error: SakataLodError) -> Problem:
    """Tell an error as a problem, in the client's language."""
    kind = _OF_ERROR.get(type(error), INTERNAL)
    if kind is INTERNAL:
        _log.error("%s", error)
        return Problem(INTERNAL, gettext("The server cannot answer this request."))
    return Problem(kind, error.sentence(language_for(request)), _facts(error), _headers(error, kind))


def _facts(error: SakataLodError) -> dict[str, Any]:
    """What a program can use of an error."""
    if isinstance(error, QuerySyntaxError):
        return {"line": error.line, "column": error.column}
    if isinstance(error, InvalidReconciliation):
        return {"where": error.where}
    if isinstance(error, IriReplaced):
        return {"since": error.since, "successor": error.successor}
    return {"since": error.since} if isinstance(error, IriWithdrawn) else {}


def _headers(error: SakataLodError, kind: Kind) -> dict[str, str]:
    """Where and when to go on."""
    if isinstance(error, IriReplaced):
        return {"Link": f'<{error.successor}>; rel="successor-version"'}
    if isinstance(error, NoWorkerFree | NoCheckFree | RateExceeded):
        return {"Retry-After": str(error.retry_after_s)}
    return {"Retry-After": str(RETRY_AFTER_S)} if kind.status == HTTPStatus.SERVICE_UNAVAILABLE else {}


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


def problem_of_http(error: HTTPException) -> Problem:
    """Tell an HTTP error as a problem, in the client's language."""
    kind = _OF_STATUS.get(error.code or 500, INTERNAL if (error.code or 500) >= 500 else BAD_REQUEST)
    headers = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, RequestedRangeNotSatisfiable) and error.length is not None:
        headers["Content-Range"] = f"bytes */{error.length}"
    # Only our own descriptions are shown: they are made where the error is raised, and translated there.
    detail = str(error.description or "") if error.response is None else ""
    own = detail if detail != type(error).description else ""
    facts = error.facts if isinstance(error, ParameterRefused) else {}
    return Problem(kind, own or str(kind.meaning), facts, headers)


def _unexpected(error: Exception) -> Response:
    _log.exception("%s %s: unexpected error", request.method, request.path, exc_info=error)
    return respond(Problem(INTERNAL, str(INTERNAL.meaning)))
