"""Requests of the SPARQL 1.1 Protocol, query operation.

A GET has its parameters in the URL, a form in its body; a query that comes by itself has its dataset in the
URL. Graphs may stand in the URL of any request, for clients put them there. What names a query twice is
refused, rather than one of them guessed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

from werkzeug.exceptions import BadRequest, RequestURITooLarge, UnsupportedMediaType
from werkzeug.wrappers import Request

from sakata_lod.serve.translation import LazyText, lazy_gettext

QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"

_DEFAULT_GRAPH, _NAMED_GRAPH = "default-graph-uri", "named-graph-uri"
_UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")

Parameters = Mapping[str, Sequence[str]]
"""Each parameter's values, in the order of the request."""


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """A query, and the dataset that the request names; None where it leaves that to the query.

    suffix: the format picked in the page's form, as its suffix; empty for all other clients.
    """

    query: str
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    suffix: str = ""


def check_url(environ: WSGIEnvironment, most_bytes: int) -> None:
    """Let an address pass that is not too long. Raises: RequestURITooLarge."""
    if len(environ["PATH_INFO"]) + len(environ["QUERY_STRING"]) > most_bytes:
        raise RequestURITooLarge


def read_request(environ: WSGIEnvironment, most_bytes: int) -> ProtocolRequest | None:
    """Read a request; None where it asks nothing. Parameters that the protocol does not know are ignored.

    most_bytes: the longest body that is read.
    Raises: BadRequest, RequestEntityTooLarge, UnsupportedMediaType.
    """
    in_url = parameters(environ.get("QUERY_STRING", "").encode("latin-1"))
    if environ["REQUEST_METHOD"] != "POST":
        return _request(in_url.get("query", ()), in_url, {})
    request = Request(environ, populate_request=False)
    request.max_content_length = most_bytes
    return _posted(request, in_url)


def _posted(request: Request, in_url: Parameters) -> ProtocolRequest:
    _check_type(request)
    body = request.get_data(cache=False)
    if "query" in in_url:
        raise _bad(lazy_gettext("The query of a POST stands in its body, not in its URL."))
    if request.mimetype == QUERY_TYPE:
        asked = _request([_text(body)], in_url, {})
    else:
        form = parameters(body)
        asked = _request(form.get("query", ()), in_url, form)
    if asked is None:
        raise _bad(lazy_gettext("The parameter “query” is missing."))
    return asked


def parameters(encoded: bytes) -> Parameters:
    """Decode a form, or the query part of a URL, once.

    Raises: BadRequest: a percent sign is not followed by two hexadecimal digits, or the text is not UTF-8.
    """
    if _BROKEN_ESCAPE.search(encoded):
        raise _bad(
            lazy_gettext("A percent sign (%) must be followed by two hexadecimal digits, or be written %25.")
        )
    found: dict[str, list[str]] = {}
    for each in encoded.split(b"&"):
        name, _, value = each.replace(b"+", b" ").partition(b"=")
        if each:
            found.setdefault(_text(unquote_to_bytes(name)), []).append(_text(unquote_to_bytes(value)))
    return found


def _request(queries: Sequence[str], in_url: Parameters, form: Parameters) -> ProtocolRequest | None:
    if "update" in in_url or "update" in form:
        raise _bad(lazy_gettext("Updates are not answered here, only queries."))
    if len(queries) > 1:
        raise _bad(lazy_gettext("The parameter “query” is given more than once."))
    if not queries:
        return None
    if not queries[0].strip():
        raise _bad(lazy_gettext("The query is empty."))
    default = _graphs(_DEFAULT_GRAPH, in_url, form)
    named = _graphs(_NAMED_GRAPH, in_url, form)
    picked = form.get("as") or in_url.get("as") or ("",)
    if not default and not named:
        return ProtocolRequest(queries[0], suffix=picked[-1])
    return ProtocolRequest(queries[0], default, named, picked[-1])


def _graphs(name: str, *given: Parameters) -> Sequence[str]:
    """The graphs of a parameter; one set to nothing counts as not given, as forms send it."""
    found = tuple(value for each in given for value in each.get(name, ()) if value)
    for each in found:
        if not _ABSOLUTE_IRI.fullmatch(each):
            raise _bad(lazy_gettext("“%(name)s” names a graph by its absolute IRI.", name=name))
    return found


def _check_type(request: Request) -> None:
    if request.mimetype not in (FORM_TYPE, QUERY_TYPE):
        raise UnsupportedMediaType
    if request.mimetype_params.get("charset", "utf-8").lower() not in _UTF_8:
        raise _bad(lazy_gettext("The query is not UTF-8."))


def _bad(description: LazyText) -> BadRequest:
    # Written out where it is told, in the client's language: what reads requests speaks none.
    return BadRequest(description)  # type: ignore[arg-type]


def _text(encoded: bytes) -> str:
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _bad(lazy_gettext("The query is not UTF-8.")) from error
