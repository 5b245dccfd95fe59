"""The server's numbers, for Prometheus."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Protocol

import prometheus_client
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector
from prometheus_client.core import HistogramMetricFamily
from prometheus_client.registry import Collector

from sakata_lod.serve.entries import Entry

KILLS = ("query-timed-out", "query-exhausted-memory")
"""Problems that end a worker."""

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_BUCKETS = [*map(str, _SECONDS), "+Inf"]


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

    Answers are counted many at a time, those that are alike at once.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = self._counter("requests", "Requests answered.", "route", "method", "status")
        self._seconds = _Latencies()
        self.registry.register(self._seconds)
        self._kills = self._counter("query_kills", "Queries ended with their worker.", "reason")
        self._refusals = self._counter("refusals", "Requests refused, by the kind of problem.", "kind")
        lookups = self._counter("response_cache", "Answers looked for among those kept.", "result")
        self._lookups = {True: lookups("hit"), False: lookups("miss")}
        for reason in KILLS:
            self._kills(reason)

    def count(self, entries: Sequence[Entry]) -> None:
        """Count answers."""
        alike = Counter((each.route, each.method, each.status // 100) for each in entries)
        for (route, method, hundreds), count in alike.items():
            self._requests(route, method, f"{hundreds}xx").inc(count)
        self._seconds.count(entries)
        for was_kept, count in Counter(each.was_kept for each in entries).items():
            if was_kept is not None:
                self._lookups[was_kept].inc(count)
        for kind, count in Counter(each.problem for each in entries if each.problem).items():
            (self._kills if kind in KILLS else self._refusals)(kind).inc(count)

    def watch(self, crowd: Callable[[], Crowd]) -> None:
        """Tell from now on how many queries run, and how many wait."""
        running = Gauge("sakata_lod_queries_running", "Queries being run.", registry=self.registry)
        running.set_function(lambda: crowd().running)
        waiting = Gauge("sakata_lod_queries_waiting", "Queries waiting for a worker.", registry=self.registry)
        waiting.set_function(lambda: crowd().waiting)

    def _counter(self, name: str, meaning: str, *labels: str) -> Callable[..., prometheus_client.Counter]:
        return prometheus_client.Counter(f"sakata_lod_{name}", meaning, labels, registry=self.registry).labels


class _Latencies(Collector):
    """How long answers took: a histogram for each route. Prometheus' own takes one value at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def count(self, entries: Sequence[Entry]) -> None:
        """Count answers."""
        with self._lock:
            for entry in entries:
                counts = self._counts.setdefault(entry.route, [0] * (len(_SECONDS) + 1))
                counts[bisect_left(_SECONDS, entry.seconds)] += 1
                self._sums[entry.route] = self._sums.get(entry.route, 0.0) + entry.seconds

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """All routes' histograms, as they are now."""
        family = HistogramMetricFamily("sakata_lod_request_seconds", "Time to answer.", labels=["route"])
        with self._lock:
            for route, counts in self._counts.items():
                buckets = zip(_BUCKETS, accumulate(counts), strict=True)
                family.add_metric([route], list(buckets), self._sums[route])
        yield family
