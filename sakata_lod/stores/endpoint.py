"""A SPARQL 1.1 query endpoint elsewhere, asked by POST through SPARQLWrapper.

Queries go out as they are. Whose text they are, and whether they may be asked, is settled before.
"""

import ast
import logging
import re
import time
import urllib.error
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse

import pyoxigraph as ox
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, SPARQLWrapperException

from sakata_lod.errors import ResultTooLarge, StoreRefused, StoreUnavailable
from sakata_lod.formats import N_TRIPLES, RESULTS_JSON, Format

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_log = logging.getLogger(__name__)
_CHUNK = 1 << 16
_TOLD_AT_MOST = 300
_TIMED_OUT = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT)
# Virtuoso tells with these that it has left something out, with status 200.
_STOPPED_EARLY = ("X-SQL-State", "S1TAT")
_ROWS_LEFT_OUT = "X-SPARQL-MaxRows"
# Its status is 500 for much that is in the query: the classes of SQLSTATE tell it from real failures.
_VIRTUOSO_REFUSES = re.compile(r"Virtuoso (22|37|42|S0)\w{3} ")
# Where an ASK does not begin the text, it answers with a column instead: 1, or no row.
_VIRTUOSO_ASK = re.compile(rb'"vars": \["__ASK_RETVAL"\]')
_ASK_AT_MOST = 100
# It writes true and false as 1 and 0. Quotes within a text are escaped: so these are found in no text.
_VIRTUOSO_BOOLEAN = re.compile(
    rb'("datatype": "http://www\.w3\.org/2001/XMLSchema#boolean", "value": ")([01])(")'
    rb'|(")([01])("\^\^<http://www\.w3\.org/2001/XMLSchema#boolean>)'
)


@dataclass(frozen=True, slots=True)
class StoreQuery:
    """A query for a store, and the dataset it is asked of; no graph named at all leaves that to the store."""

    text: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A query endpoint. timeout_s: how long it may take to answer whole."""

    url: str
    timeout_s: float

    def results(self, query: StoreQuery, most_bytes: int | None = None) -> bytes:
        """Ask a SELECT or ASK; answers SPARQL JSON.

        Raises: StoreUnavailable, StoreRefused; ResultTooLarge; TimeoutError.
        """
        return self._ask(query, RESULTS_JSON, most_bytes)

    def graph(self, query: StoreQuery, most_bytes: int | None = None) -> bytes:
        """Ask a CONSTRUCT or DESCRIBE; answers N-Triples. Raises as `results` does."""
        return self._ask(query, N_TRIPLES, most_bytes)

    def _ask(self, query: StoreQuery, form: Format, most_bytes: int | None) -> bytes:
        deadline = time.monotonic() + self.timeout_s
        try:
            with self._request(query, form).query().response as response:
                _check_whole(response)
                content = _read(response, deadline, most_bytes)
                return _mended(content) if _is_virtuoso(response) else content
        except (QueryBadFormed, EndPointInternalError) as error:
            said = _said(error)
            if isinstance(error, QueryBadFormed) or _VIRTUOSO_REFUSES.match(said):
                raise StoreRefused(said) from error
            _log.warning("%s: %s", self.url, said)
            raise StoreUnavailable from error
        except (SPARQLWrapperException, HTTPException, OSError) as error:
            if _is_timeout(error):
                raise TimeoutError from error
            _log.warning("%s: %s", self.url, " ".join(str(error).split())[:_TOLD_AT_MOST])
            raise StoreUnavailable from error

    def _request(self, query: StoreQuery, form: Format) -> SPARQLWrapper:
        client = SPARQLWrapper(self.url, returnFormat=JSON)
        client.setMethod(POST)
        client.setOnlyConneg(True)
        # Not setTimeout, which cuts it to whole seconds, and half a second to none.
        client.timeout = self.timeout_s  # type: ignore[assignment]
        client.addCustomHttpHeader("Accept", form.media_type)
        for name, graphs in (
            ("default-graph-uri", query.default_graphs),
            ("named-graph-uri", query.named_graphs),
        ):
            for graph in graphs:
                client.addParameter(name, graph)
        # Not setQuery: its patterns take seconds for some texts, in which the whole process stands still.
        client.queryString = query.text
        return client


def parse_results(content: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    """Read SPARQL JSON. Raises: SyntaxError, ValueError, also while the solutions are taken."""
    return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)


def parse_graph(content: bytes) -> ox.QueryTriples:
    """Read N-Triples, as the result of a query. Raises: SyntaxError, ValueError."""
    quads = ox.Store()
    quads.extend(ox.parse(content, format=ox.RdfFormat.N_TRIPLES))
    found = quads.query("CONSTRUCT WHERE { ?subject ?predicate ?object }")
    if not isinstance(found, ox.QueryTriples):
        raise TypeError("a CONSTRUCT makes triples")
    return found


def _read(response: HTTPResponse, deadline: float, most_bytes: int | None) -> bytes:
    content = bytearray()
    while chunk := response.read1(_CHUNK):
        content += chunk
        if most_bytes is not None and len(content) > most_bytes:
            raise ResultTooLarge(f"{most_bytes} B")
        if time.monotonic() > deadline:
            raise TimeoutError
    if response.length:
        raise ConnectionResetError(f"{response.length} bytes of the answer are missing")
    return bytes(content)


def _check_whole(response: HTTPResponse) -> None:
    name, state = _STOPPED_EARLY
    if response.headers.get(name) == state:
        raise TimeoutError
    if rows := response.headers.get(_ROWS_LEFT_OUT):
        raise ResultTooLarge(f"{rows} rows")


def _is_virtuoso(response: HTTPResponse) -> bool:
    return str(response.headers.get("Server", "")).startswith("Virtuoso")


def _mended(content: bytes) -> bytes:
    if _VIRTUOSO_ASK.search(content, 0, _ASK_AT_MOST):
        return b'{"head": {}, "boolean": %s}' % (b"true" if b'"value": "1"' in content else b"false")
    return _VIRTUOSO_BOOLEAN.sub(_boolean, content)


def _boolean(found: re.Match[bytes]) -> bytes:
    before, digit, after = (found[number] or found[number + 3] for number in (1, 2, 3))
    return before + (b"true" if digit == b"1" else b"false") + after


def _said(error: SPARQLWrapperException) -> str:
    """The first line of what the endpoint said, which SPARQLWrapper keeps only as a text of bytes."""
    _, _, written = str(error).partition("Response:\n")
    try:
        said = ast.literal_eval(written).decode(errors="replace")
    except (ValueError, SyntaxError, AttributeError):
        said = str(error)
    return str(said).strip().partition("\n")[0][:_TOLD_AT_MOST]


def _is_timeout(error: BaseException) -> bool:
    if isinstance(error, urllib.error.HTTPError):
        return error.code in _TIMED_OUT
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return isinstance(reason, TimeoutError)
