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
from sakata_lod.serve.metrics import Crowd, Metrics
from sakata_lod.serve.request_log import Entry, RequestLog

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROBLEM = "sakata_lod.problem"
"""Where in a request's environment the kind of its problem is noted."""

CACHED = "sakata_lod.cached"
"""Where it is noted whether its answer was kept; nowhere, if it is not to be."""

_EXTENSION = "sakata-lod-metrics"
_ALTERNATIVES = re.compile(r"<any\(([^)]*)\)")
_OTHER = "other"
_MOST_SEGMENTS = 1024
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


class Observer:
    """A WSGI application before another, that keeps count of its answers. log: None to write no lines."""

    def __init__(
        self, answering: "WSGIApplication", metrics: Metrics, routes: "Routes", log: RequestLog | None
    ) -> None:
        self._answering = answering
        self._metrics = metrics
        self._routes = routes
        self._log = log

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let the other answer, and count."""
        begun = time.perf_counter()
        status = 500

        def start(line: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, headers, *more)

        def end(size: int) -> None:
            self._keep(environ, status, time.perf_counter() - begun, size)

        try:
            answer = self._answering(environ, cast("StartResponse", start))
        except BaseException:
            end(0)
            raise
        if isinstance(answer, list | tuple):
            end(sum(map(len, answer)))
            return answer
        return _Counted(answer, end)

    def _keep(self, environ: "WSGIEnvironment", status: int, seconds: float, size: int) -> None:
        route = self._routes.of(environ.get("PATH_INFO", ""))
        asked = environ.get("REQUEST_METHOD", "")
        method = asked if asked in _METHODS else _OTHER
        self._metrics.count(route, method, status, seconds)
        if (was_kept := environ.get(CACHED)) is not None:
            self._metrics.count_lookup(was_kept=was_kept)
        if problem := environ.get(PROBLEM):
            self._metrics.count_problem(problem)
        if self._log is not None:
            self._log.add(Entry(time.time(), method, route, status, seconds, size))


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
        self._route = lru_cache(_MOST_SEGMENTS)(self._look_up)

    def of(self, path: str) -> str:
        """The route that a path belongs to: `/doc` of `/doc/measure/p/1`; "other" where it is none."""
        if not path.startswith(self._prefix):
            return _OTHER
        return self._route(_first(path.removeprefix(self._prefix)))

    def _look_up(self, first: str) -> str:
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
    app.extensions[_EXTENSION] = metrics
    log = RequestLog(sys.stdout.buffer) if log_requests else None
    if log is not None:
        log.start()
    app.wsgi_app = Observer(app.wsgi_app, metrics, Routes(app, prefix), log)  # type: ignore[method-assign]


def metrics() -> Metrics:
    """The numbers of the application that answers the current request."""
    return cast("Metrics", current_app.extensions[_EXTENSION])


def _names(segment: str) -> list[str]:
    """The names that the first segment of a rule stands for."""
    if alternatives := _ALTERNATIVES.match(segment):
        return [each.strip() for each in alternatives[1].split(",")]
    return [] if "<" in segment else [segment]


def _first(path: str) -> str:
    return path.lstrip("/").partition("/")[0]
