"""The SPARQL endpoint's door: WSGI middleware that answers programs' queries itself, before Flask.

It alone reads requests at the endpoint (`protocol`), picks the format and has queries run. What is not a
plain answer to a program is left to the view of `routes/sparql.py`, which learns
what was found out: it makes the pages, tells of problems and describes the endpoint.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sakata_lod.errors import QueryError
from sakata_lod.formats import HTML, RESULT_FORMATS, RESULTS_JSON, TURTLE, Format
from sakata_lod.serve import headers
from sakata_lod.serve.context import Service, lent
from sakata_lod.serve.evaluation import Answer
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, NotAcceptable, choose
from sakata_lod.serve.policy import QueryForm
from sakata_lod.serve.protocol import ProtocolRequest, check_url, read_request
from sakata_lod.serve.wire import Question

_FOUND = "sakata_lod.sparql"
_METHODS = {"GET", "HEAD", "POST"}
_RESULT_OFFERS = (*RESULT_FORMATS, HTML)
_EVERY = list(headers.EVERY.items())


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about a request. Nothing asked and no error: the endpoint is to be described.

    as_page: whether the client is to get a page. is_volatile: whether the answer holds for this moment only.
    """

    asked: ProtocolRequest | None = None
    answer: Answer | None = None
    error: Exception | None = None
    as_page: bool = False
    is_volatile: bool = False


def finding(environ: WSGIEnvironment) -> Finding:
    """What the door has found out about a request."""
    return cast("Finding", environ[_FOUND])


class SparqlDoor:
    """Answers queries at `path`; all else, the application behind it does.

    most_bytes: the longest body that is read.
    """

    def __init__(self, app: WSGIApplication, path: str, most_bytes: int) -> None:
        self._app = app
        self._paths = {path, f"{path}/"}
        self._most_bytes = most_bytes

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ["PATH_INFO"] not in self._paths or environ["REQUEST_METHOD"] not in _METHODS:
            return self._app(environ, start_response)
        found = _find(environ, self._most_bytes)
        if found.answer is None or found.as_page:
            environ[_FOUND] = found
            return self._app(environ, start_response)
        start_response("200 OK", _headers(found, found.answer))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [found.answer.content]


def _find(environ: WSGIEnvironment, most_bytes: int) -> Finding:
    service = lent(environ)
    try:
        check_url(environ, service.settings.url_bytes)
        asked = read_request(environ, most_bytes)
        return Finding() if asked is None else _evaluate(asked, environ.get("HTTP_ACCEPT"), service)
    except Exception as error:  # raised again by the view, where all errors are told
        return Finding(error=error)


def _evaluate(asked: ProtocolRequest, accept: str | None, service: Service) -> Finding:
    try:
        examined = service.evaluator.examine(asked.query)
    except QueryError as error:
        return Finding(asked, error=_bare(error), as_page=_wants_page(accept))
    chosen = _chosen(asked.suffix, accept, examined.form)
    as_page = chosen is HTML
    try:
        answer = service.evaluator.run(_question(asked, chosen))
    except QueryError as error:
        return Finding(asked, error=_bare(error), as_page=as_page)
    return Finding(asked, answer, as_page=as_page, is_volatile=examined.is_volatile)


def _bare(error: QueryError) -> QueryError:
    """A query's error as a fact: it keeps alive nothing that it came through."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def _question(asked: ProtocolRequest, chosen: Format) -> Question:
    results = chosen if chosen.results else RESULTS_JSON
    graph = chosen if chosen.rdf else TURTLE
    return Question(
        asked.query, results.media_type, graph.media_type, asked.default_graphs, asked.named_graphs
    )


@lru_cache(256)
def _chosen(suffix: str, accept: str | None, form: QueryForm | None) -> Format:
    """The format of the answer: as the page's form says, else as the client accepts for this form."""
    offers = DOCUMENT_OFFERS if form is QueryForm.GRAPH else _RESULT_OFFERS
    named = next((each for each in offers if each.suffix == suffix), None)
    return named or choose(accept, offers)


def _wants_page(accept: str | None) -> bool:
    """Whether a client whose query has no known form wants to see what is wrong with it on a page."""
    try:
        return choose(accept, (RESULTS_JSON, *DOCUMENT_OFFERS)) is HTML
    except NotAcceptable:
        return False


def _headers(found: Finding, answer: Answer) -> list[tuple[str, str]]:
    return [
        ("Content-Type", answer.form.content_type),
        ("Content-Length", str(len(answer.content))),
        ("Vary", "Accept"),
        ("Cache-Control", "no-store" if found.is_volatile else "no-cache"),
        *_EVERY,
    ]
