"""Answers made once and given many times: WSGI middleware in front of the application.

It asks the application for the whole answer, never for a conditional one; compresses it; keeps it if it may;
and answers HEAD and 304 from it. Files of the release go past it: they come as they are, in parts if need be.
"""

import hashlib
import threading
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cachetools import LRUCache
from werkzeug.http import is_resource_modified, parse_etags

from sakata_lod.serve.compression import COMPRESSORS, LEAST_BYTES, is_text
from sakata_lod.serve.context import lent
from sakata_lod.serve.negotiation import choose_coding, choose_language
from sakata_lod.serve.observation import CACHED

_PREFERENCES = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
_CONDITIONS = (*_PREFERENCES, "HTTP_IF_MATCH")
_PARTS = ("HTTP_RANGE", "HTTP_IF_RANGE")
_OF_THE_BODY = {"content-type", "content-length", "content-encoding"}
_KEYED = {"accept", "accept-language", "accept-encoding"}
_LARGEST_PART = 16
_BOOKKEEPING_BYTES = 1024

_Headers = list[tuple[str, str]]

_language = lru_cache(256)(choose_language)
_coding = lru_cache(256)(choose_coding)


@dataclass(frozen=True, slots=True)
class Made:
    """A whole answer, its body in the coding that the client wants."""

    status: str
    headers: Sequence[tuple[str, str]]
    body: bytes
    etag: str = ""
    last_modified: str = ""
    may_be_kept: bool = False

    @property
    def size(self) -> int:
        """Bytes that it takes to keep it, about."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)

    def give(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request with it: without the body for HEAD, and where the client's conditions say so."""
        if status := self._decided(environ):
            kept = [each for each in self.headers if each[0].lower() not in _OF_THE_BODY]
            start_response(status, kept)
            return []
        start_response(self.status, list(self.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]

    def _decided(self, environ: WSGIEnvironment) -> str:
        """The status that the conditions come to, If-Match first; empty where the answer is to be given."""
        if self._is_another(environ):
            return "412 PRECONDITION FAILED"
        return "304 NOT MODIFIED" if self._is_known(environ) else ""

    def _is_another(self, environ: WSGIEnvironment) -> bool:
        """Whether the client insists on an entity tag (If-Match) that is not this answer's."""
        if not (self.etag and "HTTP_IF_MATCH" in environ):
            return False
        insisted = parse_etags(environ["HTTP_IF_MATCH"])
        return not (insisted.star_tag or insisted.contains_raw(self.etag))

    def _is_known(self, environ: WSGIEnvironment) -> bool:
        if environ["REQUEST_METHOD"] == "POST" or not self.etag:
            return False
        if environ.keys().isdisjoint(_PREFERENCES):
            return False
        if environ.get("HTTP_IF_NONE_MATCH") == self.etag:  # as nearly all say it: nothing need be parsed
            return True
        return not is_resource_modified(environ, etag=self.etag, last_modified=self.last_modified or None)


class ResponseCache:
    """Keeps answers up to so many bytes; the least recently used leave first. Safe to share between threads.

    files: paths that begin so are files, left to the application. endpoint: the path whose POSTs are queries.
    query_bytes: the longest body of such a POST that is looked at. capacity: in bytes; 0 keeps nothing.
    """

    def __init__(
        self, app: WSGIApplication, *, files: tuple[str, ...], endpoint: str, query_bytes: int, capacity: int
    ) -> None:
        self._app = app
        self._files = files
        self._endpoint = endpoint
        self._query_bytes = query_bytes
        self._largest = capacity // _LARGEST_PART
        self._kept: LRUCache[Hashable, Made] = LRUCache(capacity, lambda made: made.size + _BOOKKEEPING_BYTES)
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD", "POST") or self._is_file(environ):
            return self._app(environ, start_response)
        coding = _coding(environ.get("HTTP_ACCEPT_ENCODING"), tuple(COMPRESSORS))
        key = self._key(environ, coding) if self._largest else None
        made = self._find(key)
        if key is not None:
            environ[CACHED] = made is not None
        if made is None:
            made = _make(self._app, environ, coding)
            if key is not None and made.may_be_kept and made.size <= self._largest:
                self._keep(key, made)
        return made.give(environ, start_response)

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def _is_file(self, environ: WSGIEnvironment) -> bool:
        path: str = environ["PATH_INFO"]
        return path.startswith(self._files) and not path.endswith("/")

    def _key(self, environ: WSGIEnvironment, coding: str) -> Hashable | None:
        """All that an answer depends on; None where it is not to be kept."""
        body = ""
        if environ["REQUEST_METHOD"] == "POST":
            if environ["PATH_INFO"] != self._endpoint or not (body := self._digest(environ)):
                return None
            body += environ.get("CONTENT_TYPE", "")
        return (
            lent(environ).release.id,
            environ["PATH_INFO"],
            environ.get("RAW_URI") or environ.get("REQUEST_URI"),
            environ["QUERY_STRING"],
            environ.get("HTTP_ACCEPT"),
            _language(environ.get("HTTP_ACCEPT_LANGUAGE")),
            coding,
            body,
        )

    def _digest(self, environ: WSGIEnvironment) -> str:
        """Digest a query's body, and put it back; empty where its length is not told, or too much."""
        told = environ.get("CONTENT_LENGTH") or ""
        if not (told.isascii() and told.isdigit() and len(told) < 12 and int(told) <= self._query_bytes):
            return ""
        body = environ["wsgi.input"].read(int(told))
        environ["wsgi.input"] = BytesIO(body)
        return hashlib.sha256(body).hexdigest() if len(body) == int(told) else ""

    def _find(self, key: Hashable | None) -> Made | None:
        if key is None:
            return None
        with self._lock:
            return self._kept.get(key)

    def _keep(self, key: Hashable, made: Made) -> None:
        with self._lock:
            self._kept[key] = made


def _make(app: WSGIApplication, environ: WSGIEnvironment, coding: str) -> Made:
    """Have the application answer in full, and compress what it says."""
    status, headers, body = _answer_in_full(app, environ)
    named = _named(headers)
    code = int(status[:3])
    if code == HTTPStatus.NOT_MODIFIED or code == HTTPStatus.PARTIAL_CONTENT or not body:
        return Made(status, headers, body)
    if "accept-ranges" in named:  # what is made whole here is given whole, whatever Range says
        headers = [each for each in headers if each[0].lower() != "accept-ranges"]
    whole = code == HTTPStatus.OK
    if whole and "etag" not in named and "no-store" not in named.get("cache-control", ""):
        named["etag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers.append(("ETag", named["etag"]))
    if "content-encoding" not in named and is_text(named.get("content-type", "")):
        body = _compress(headers, named, body, coding)
    may_be_kept = whole and _may_be_kept(named)
    etag = named.get("etag", "") if whole else ""
    return Made(status, headers, body, etag, named.get("last-modified", ""), may_be_kept)


def _answer_in_full(app: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, _Headers, bytes]:
    """Have a request answered as a GET without conditions; then it is again as it was."""
    hidden = {name: environ.pop(name) for name in (*_CONDITIONS, *_PARTS) if name in environ}
    if environ["REQUEST_METHOD"] == "HEAD":
        hidden["REQUEST_METHOD"] = "HEAD"
        environ["REQUEST_METHOD"] = "GET"
    try:
        return _answer(app, environ)
    finally:
        environ.update(hidden)


def _answer(app: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, _Headers, bytes]:
    begun: list[tuple[str, _Headers]] = []

    def start(status: str, headers: _Headers, _failed: Any = None, /) -> Any:
        begun[:] = [(status, list(headers))]

    said = app(environ, start)
    try:
        body = b"".join(said)
    finally:
        if hasattr(said, "close"):
            said.close()
    status, headers = begun[0]
    return status, headers, body


def _compress(headers: _Headers, named: dict[str, str], body: bytes, coding: str) -> bytes:
    """Compress a body if that helps; its entity tag then tells the coding."""
    vary = named.get("vary", "")
    if "accept-encoding" not in vary.lower():
        _set(headers, named, "Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding")
    if coding not in COMPRESSORS or len(body) < LEAST_BYTES:
        return body
    body = COMPRESSORS[coding](body)
    _set(headers, named, "Content-Encoding", coding)
    _set(headers, named, "Content-Length", str(len(body)))
    if etag := named.get("etag"):
        _set(headers, named, "ETag", f'{etag.removesuffix(chr(34))}-{coding}"')
    return body


def _may_be_kept(named: Mapping[str, str]) -> bool:
    """Whether an answer says that it holds as long as the release, and varies by nothing unheard of."""
    allowed = _elements(named.get("cache-control", ""))
    return (
        "no-cache" in allowed
        and not allowed & {"no-store", "private"}
        and _elements(named.get("vary", "")) <= _KEYED
        and "set-cookie" not in named
    )


# By hand: Werkzeug's Headers made a seventh of all calls of a short answer made anew.


def _named(headers: _Headers) -> dict[str, str]:
    """The headers by their names in small letters; of those with one name, the first."""
    return {name.lower(): value for name, value in reversed(headers)}


def _set(headers: _Headers, named: dict[str, str], name: str, value: str) -> None:
    """Give a header a value, in the list and by its name."""
    if name.lower() in named:
        headers[:] = [each for each in headers if each[0].lower() != name.lower()]
    headers.append((name, value))
    named[name.lower()] = value


@lru_cache(256)
def _elements(value: str) -> frozenset[str]:
    return frozenset(each.strip().lower() for each in value.split(",") if each.strip())
