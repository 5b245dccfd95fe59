"""The server's numbers, for Prometheus."""

from collections.abc import Callable
from functools import cache
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

KILLS = ("query-timed-out", "query-exhausted-memory")
"""Problems that end a worker."""

_CLASSES = [f"{each}xx" for each in range(10)]
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Crowd(Protocol):
    """The queries that are there at a moment."""

    @property
    def running(self) -> int:
        """How many are being run."""

    @property
    def waiting(self) -> int:
        """How many wait."""


class Metrics:
    """The numbers of one application, in a registry of its own.

    What is counted with every answer is looked up by its labels once: that takes longer than counting.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = cache(self._counter("requests", "Requests answered.", "route", "method", "status"))
        seconds = Histogram(
            "sakata_lod_request_seconds",
            "Time to answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._seconds = cache(seconds.labels)
        self._kills = self._counter("query_kills", "Queries ended with their worker.", "reason")
        self._refusals = self._counter("refusals", "Requests refused, by the kind of problem.", "kind")
        lookups = self._counter("response_cache", "Answers looked for among those kept.", "result")
        self._lookups = {True: lookups("hit"), False: lookups("miss")}
        for reason in KILLS:
            self._kills(reason)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests(route, method, _CLASSES[status // 100]).inc()
        self._seconds(route).observe(seconds)

    def count_lookup(self, *, was_kept: bool) -> None:
        """Count a look for an answer among those kept."""
        self._lookups[was_kept].inc()

    def count_problem(self, kind: str) -> None:
        """Count a problem, as what it did: end a worker, or refuse a request."""
        (self._kills if kind in KILLS else self._refusals)(kind).inc()

    def watch(self, crowd: Callable[[], Crowd]) -> None:
        """Tell from now on how many queries run, and how many wait."""
        running = Gauge("sakata_lod_queries_running", "Queries being run.", registry=self.registry)
        running.set_function(lambda: crowd().running)
        waiting = Gauge("sakata_lod_queries_waiting", "Queries waiting for a worker.", registry=self.registry)
        waiting.set_function(lambda: crowd().waiting)

    def _counter(self, name: str, meaning: str, *labels: str) -> Callable[..., Counter]:
        return Counter(f"sakata_lod_{name}", meaning, labels, registry=self.registry).labels
