"""What is kept of each request: counts and latencies for Prometheus, and one line of JSON.

It stands in front of all that answers, so that it counts whatever answers. Nothing personal is kept: no
address, no query, no path but its first segment, which is called the route.
"""

import contextlib
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import structlog
from flask import Flask, current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROBLEM = "sakata_lod.problem"
"""Where in a request's environment the kind of its problem is noted."""

KILLS = {"query-timed-out", "query-exhausted-memory"}
"""Problems that end a worker."""

_EXTENSION = "sakata-lod-metrics"
_ALTERNATIVES = re.compile(r"<any\(([^)]*)\)")
_OTHER = "other"
_CLASSES = [f"{each}xx" for each in range(10)]
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The numbers of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "sakata_lod_requests", "Requests answered.", ["route", "method", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "sakata_lod_request_seconds",
            "Time to answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._kills = Counter(
            "sakata_lod_query_kills", "Queries ended with their worker.", ["reason"], registry=self.registry
        )
        self._refusals = Counter(
            "sakata_lod_refusals",
            "Requests refused, by the kind of problem.",
            ["kind"],
            registry=self.registry,
        )
        for reason in KILLS:
            self._kills.labels(reason)
        # Looking a child up by its labels takes longer than counting.
        self._request_of = cache(self._requests.labels)
        self._seconds_of = cache(self._seconds.labels)

    def count(self, route: str, method: str, status: int, seconds: float, problem: str | None) -> None:
        """Count an answer."""
        self._request_of(route, method, _CLASSES[status // 100]).inc()
        self._seconds_of(route).observe(seconds)
        if problem in KILLS:
            self._kills.labels(problem).inc()
        elif problem:
            self._refusals.labels(problem).inc()


class Observer:
    """A WSGI application before another, that keeps count of its answers. log: None to write no lines."""

    def __init__(self, answering: "WSGIApplication", metrics: Metrics, routes: "Routes", log: Any) -> None:
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
        self._metrics.count(route, method, status, seconds, environ.get(PROBLEM))
        if self._log is not None:
            # A reader of the log that has gone is no reason not to answer.
            with contextlib.suppress(OSError, ValueError):
                self._log.info(
                    "request",
                    method=method,
                    route=route,
                    status=status,
                    duration_ms=round(seconds * 1000, 3),
                    bytes=size,
                )


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

    def of(self, path: str) -> str:
        """The route that a path belongs to: `/doc` of `/doc/measure/p/1`; "other" where it is none."""
        if not path.startswith(self._prefix):
            return _OTHER
        first = _first(path.removeprefix(self._prefix))
        stem = first.partition(".")[0]
        return next((f"/{each}" for each in (first, stem) if each in self._known), _OTHER)


def observe(app: Flask, prefix: str, *, log_requests: bool) -> None:
    """Keep count of an application's answers. To be called when all else is in its place.

    prefix: the path of the base IRI, which begins and ends in a slash.
    """
    metrics = Metrics()
    app.extensions[_EXTENSION] = metrics
    log = request_log(sys.stdout.buffer) if log_requests else None
    app.wsgi_app = Observer(app.wsgi_app, metrics, Routes(app, prefix), log)  # type: ignore[method-assign]


def metrics() -> Metrics:
    """The numbers of the application that answers the current request."""
    return cast("Metrics", current_app.extensions[_EXTENSION])


def request_log(to: BinaryIO) -> Any:
    """A log that writes a line of JSON for each entry."""
    log = structlog.wrap_logger(
        structlog.BytesLogger(to),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.JSONRenderer(lambda entry, **_: json.dumps(entry).encode()),
        ],
    )
    return log.bind()  # once, rather than for each entry


def _names(segment: str) -> list[str]:
    """The names that the first segment of a rule stands for."""
    if alternatives := _ALTERNATIVES.match(segment):
        return [each.strip() for each in alternatives[1].split(",")]
    return [] if "<" in segment else [segment]


def _first(path: str) -> str:
    return path.lstrip("/").partition("/")[0]
