"""How often a client may ask: WSGI middleware before all that answers, kept answers too.

A client is an IPv4 address, or the /64 that an IPv6 address is in: a household has all of one. Counts are in
memory, for so many clients at once; neither the log nor the metrics hold an address.
"""

import math
import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cachetools import LRUCache, TLRUCache
from flask import Flask, request
from limits import RateLimitItem, parse_many
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app

from sakata_lod.errors import RateExceeded
from sakata_lod.formats import PROBLEM_JSON
from sakata_lod.serve.observation import PROBLEM
from sakata_lod.serve.problem_kinds import TOO_MANY
from sakata_lod.serve.proxies import address_of

MOST_CLIENTS = 65_536
"""How many counts are kept; of more, the one used longest ago is forgotten."""

_MOST_REFUSALS = 256
_EXCEEDED = "sakata_lod.rate_exceeded"
_V6_PREFIX = 64


@dataclass(slots=True)
class _Count:
    requests: int
    ends: float


class Counts(Storage):
    """Counts that end with their windows, so many at most. Safe to share between threads.

    `limits` has a storage in memory of its own: it has no bound, and starts a thread to tidy up.
    """

    STORAGE_SCHEME = None

    def __init__(self, most: int = MOST_CLIENTS, clock: Callable[[], float] = time.monotonic) -> None:
        """most: how many counts. clock: tells seconds."""
        super().__init__()
        self.clock = clock
        self._lock = Lock()
        self._counts: TLRUCache[str, _Count] = TLRUCache(most, lambda _key, count, _now: count.ends, clock)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong with the storage: nothing."""
        return KeyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count a request; the first begins a window of `expiry` seconds. Answers the count."""
        with self._lock:
            count = self._counts.get(key)
            if count is None:
                count = self._counts[key] = _Count(0, self.clock() + expiry)
            count.requests += amount
            return count.requests

    def get(self, key: str) -> int:
        """How many requests were counted in the window."""
        with self._lock:
            count = self._counts.get(key)
            return count.requests if count else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, by the clock."""
        with self._lock:
            count = self._counts.get(key)
            return count.ends if count else self.clock()

    def check(self) -> bool:
        """Whether counts can be kept: always."""
        return True

    def reset(self) -> int:
        """Forget all. Answers how many there were."""
        with self._lock:
            forgotten = len(self._counts)
            self._counts.clear()
            return forgotten

    def clear(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._counts.pop(key, None)

    def __len__(self) -> int:
        return len(self._counts)


class _Refusals:
    """Refusals as an application tells them, kept for the second in which they hold: a flood costs little.

    Pages are not kept, for they lead back to where they were asked for.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._lock = Lock()
        self._kept: LRUCache[Hashable, _Refusal] = LRUCache(_MOST_REFUSALS)

    def give(
        self, exceeded: RateExceeded, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Refuse a request."""
        environ[_EXCEEDED] = exceeded
        if "lang=" in environ.get("QUERY_STRING", ""):
            return self._app(environ, start_response)
        key = (environ.get("HTTP_ACCEPT"), environ.get("HTTP_ACCEPT_LANGUAGE"), *vars(exceeded).values())
        with self._lock:
            refusal = self._kept.get(key)
        if refusal is None:
            refusal = self._make(environ)
            if refusal.headers.get("Content-Type") == PROBLEM_JSON.content_type:
                with self._lock:
                    self._kept[key] = refusal
        environ[PROBLEM] = TOO_MANY.slug
        start_response(refusal.status, refusal.headers.to_wsgi_list())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [refusal.body]

    def _make(self, environ: WSGIEnvironment) -> "_Refusal":
        parts, status, headers = run_wsgi_app(self._app, environ | {"REQUEST_METHOD": "GET"}, buffered=True)
        return _Refusal(status, headers, b"".join(parts))


@dataclass(frozen=True, slots=True)
class _Refusal:
    status: str
    headers: Headers
    body: bytes


class RateLimit:
    """Lets each client ask so often, and has the rest refused.

    refusing: the application that tells of the refusal, by `refuse_marked`. exempt: paths that anybody may
    ask for. OPTIONS is not counted: a browser takes a refused preflight for a network that is down.
    """

    def __init__(
        self,
        app: WSGIApplication,
        refusing: WSGIApplication,
        rates: Sequence[RateLimitItem],
        exempt: set[str],
    ) -> None:
        self._app = app
        self._rates = rates
        self._exempt = exempt
        self._refusals = _Refusals(refusing)
        self.counts = Counts()
        self._limiter = FixedWindowRateLimiter(self.counts)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or have it refused."""
        if environ["REQUEST_METHOD"] == "OPTIONS" or environ["PATH_INFO"] in self._exempt:
            return self._app(environ, start_response)
        exceeded = self._exceeded(client_of(environ.get("REMOTE_ADDR", "")))
        if exceeded is None:
            return self._app(environ, start_response)
        return self._refusals.give(exceeded, environ, start_response)

    def _exceeded(self, client: str) -> RateExceeded | None:
        """Count a request. Answers the rate it exceeds, of several the one that lasts longest."""
        over = [each for each in self._rates if not self._limiter.hit(each, client)]
        waits = [(self._limiter.get_window_stats(each, client).reset_time, each) for each in over]
        if not waits:
            return None
        ends, rate = max(waits, key=lambda each: each[0])
        return RateExceeded(rate.amount, rate.get_expiry(), max(1, math.ceil(ends - self.counts.clock())))


def rates(text: str) -> Sequence[RateLimitItem]:
    """Read one or more rates: `600/minute`, `20/second; 600/minute`.

    Raises: ValueError.
    """
    read = parse_many(text)
    if any(each.amount < 1 or each.get_expiry() < 1 for each in read):
        raise ValueError("a rate lets at least one request through")
    return read


@lru_cache(4096)
def client_of(remote_address: str) -> str:
    """The client that an address belongs to: itself, or its /64."""
    address = address_of(remote_address)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _V6_PREFIX), strict=False))
    return str(address) if address else remote_address


def refuse_marked(app: Flask) -> None:
    """Have an application refuse what `RateLimit` hands it. To be called before other checks are added."""

    def refuse() -> None:
        exceeded: RateExceeded | None = request.environ.get(_EXCEEDED)
        if exceeded is not None:
            raise exceeded

    app.before_request(refuse)
