"""What is kept of each request: counts and latencies for Prometheus, and one line of JSON.

It stands in front of all that answers, so that it counts whatever answers. Nothing personal is kept: no
address, no query, no path but its first segment, which is called the route.
"""

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app

from sakata_lod.iris import CITY_CODE
from sakata_lod.serve.entries import Entry
from sakata_lod.serve.ledger import Ledger
from sakata_lod.serve.metrics import Crowd, Metrics
from sakata_lod.serve.request_log import RequestLog

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROBLEM = "sakata_lod.problem"
"""Where in a request's environment the kind of its problem is noted."""

CACHED = "sakata_lod.cached"
"""Where it is noted whether its answer was kept; nowhere, if it is not to be."""

_EXTENSION = "sakata-lod-ledger"
_ALTERNATIVES = re.compile(r"<any\(([^)]*)\)")
_OTHER = "other"
_MOST_PATHS = 1024
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


class Observer:
    """A WSGI application before another, that keeps count of its answers."""

    def __init__(self, answering: "WSGIApplication", ledger: Ledger, routes: "Routes") -> None:
        self._answering = answering
        self._ledger = ledger
        self._routes = routes

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let the other answer, and count."""
        begun = time.perf_counter()
        told = "500"

        def start(line: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal told
            told = line
            return start_response(line, headers, *more)

        try:
            answer = self._answering(environ, cast("StartResponse", start))
        except BaseException:
            self._leave(environ, told, begun, 0)
            raise
        if isinstance(answer, (list, tuple)):
            self._leave(environ, told, begun, sum(map(len, answer)))
            return answer
        return _Counted(answer, lambda size: self._leave(environ, told, begun, size))

    def _leave(self, environ: "WSGIEnvironment", told: str, begun: float, size: int) -> None:
        seconds = time.perf_counter() - begun
        asked = environ.get("REQUEST_METHOD", "")
        entry = Entry(
            time.time(),
            asked if asked in _METHODS else _OTHER,
            self._routes.of(environ.get("PATH_INFO", "")),
            int(told[:3]),
            seconds,
            size,
            environ.get(CACHED),
            environ.get(PROBLEM),
        )
        self._ledger.leave(entry)


class _Counted:
    """An answer that comes in parts, counted as it goes."""

    def __init__(self, parts: Iterable[bytes], end: Any) -> None:
        self._parts = parts
        self._end = end
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._size += len(part)
            yield part

    def close(self) -> None:
        try:
            if close := getattr(self._parts, "close", None):
                close()
        finally:
            self._end(self._size)


class Routes:
    """The routes of an application: the first segments of the paths that it knows."""

    def __init__(self, app: Flask, prefix: str) -> None:
        self._prefix = prefix
        firsts = [_first(rule.rule.removeprefix(prefix)) for rule in app.url_map.iter_rules()]
        self._known = {name for each in firsts for name in _names(each)}
        self._has_cities = "<city:city>" in firsts
        self._route = lru_cache(_MOST_PATHS)(self._look_up)

    def of(self, path: str) -> str:
        """The route that a path belongs to: `/doc` of `/doc/measure/p/1`; "other" where it is none."""
        return self._route(path)

    def _look_up(self, path: str) -> str:
        if not path.startswith(self._prefix):
            return _OTHER
        first = _first(path.removeprefix(self._prefix))
        if self._has_cities and CITY_CODE.fullmatch(first):
            return "/{city}"
        stem = first.partition(".")[0]
        return next((f"/{each}" for each in (first, stem) if each in self._known), _OTHER)


def observe(app: Flask, prefix: str, crowd: Callable[[], Crowd], *, log_requests: bool) -> None:
    """Keep count of an application's answers. To be called when all else is in its place.

    prefix: the path of the base IRI, which begins and ends in a slash. crowd: the queries there are.
    """
    metrics = Metrics()
    metrics.watch(crowd)
    ledger = Ledger(metrics, RequestLog(sys.stdout.buffer) if log_requests else None)
    ledger.start()
    app.extensions[_EXTENSION] = ledger
    app.wsgi_app = Observer(app.wsgi_app, ledger, Routes(app, prefix))  # type: ignore[method-assign]


def metrics() -> Metrics:
    """The numbers of the application that answers the current request, with all answers until now."""
    ledger = cast("Ledger", current_app.extensions[_EXTENSION])
    ledger.settle()
    return ledger.metrics


def _names(segment: str) -> list[str]:
    """The names that the first segment of a rule stands for."""
    if alternatives := _ALTERNATIVES.match(segment):
        return [each.strip() for each in alternatives[1].split(",")]
    return [] if "<" in segment else [segment]


def _first(path: str) -> str:
    return path.lstrip("/").partition("/")[0]
