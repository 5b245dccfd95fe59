"""Which release is served, and how another takes its place while requests go on.

A request is answered from the release that was served when it began, to its end. The release before is closed
when its last request has ended.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sakata_lod.errors import QueryError, SakataLodError
from sakata_lod.release import CURRENT, Release, open_release
from sakata_lod.serve.context import Service, lend

_log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0


@dataclass(slots=True, eq=False)
class _Reign:
    """A release being served: how many requests are being answered from it, and whether no more will come."""

    service: Service
    requests: int = 0
    retired: bool = False


class Succession:
    """The service that new requests get. Safe to share between threads."""

    def __init__(self, service: Service, handed_over: Callable[[], None]) -> None:
        """handed_over: is called whenever another service has taken over."""
        self._lock = threading.Lock()
        self._reign = _Reign(service)
        self._handed_over = handed_over

    @property
    def current(self) -> Service:
        """The service that a request beginning now gets."""
        return self._reign.service

    def lease(self) -> "Lease":
        """Keep the current service open while a request is answered from it."""
        return Lease(self)

    def begin(self) -> _Reign:
        """Have a request begin under the current reign."""
        with self._lock:
            reign = self._reign
            reign.requests += 1
        return reign

    def end(self, reign: _Reign) -> None:
        """Have a request end that began under a reign."""
        with self._lock:
            reign.requests -= 1
            over = reign.retired and reign.requests == 0
        if over:
            _close(reign.service)

    def hand_over(self, service: Service) -> None:
        """Have new requests answered from another service; the last one is closed after its last request."""
        service.packages.follow(self.current.packages)
        with self._lock:
            last, self._reign = self._reign, _Reign(service)
            last.retired = True
            over = last.requests == 0
        self._handed_over()
        if over:
            _close(last.service)


class Lease:
    """A request's hold on the service that was current when it began."""

    __slots__ = ("_reign", "_succession")

    def __init__(self, succession: Succession) -> None:
        self._succession = succession

    def __enter__(self) -> Service:
        self._reign = self._succession.begin()
        return self._reign.service

    def __exit__(self, *_raised: object) -> None:
        self._succession.end(self._reign)


class OneRelease:
    """WSGI middleware: lends each request the service that it keeps to its end.

    An answer's body is whole, or an open file of the release, when the application returns it: so the service
    is not needed while the body is sent.
    """

    def __init__(self, app: WSGIApplication, succession: Succession) -> None:
        self._app = app
        self._succession = succession

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        with self._succession.lease() as service:
            lend(environ, service)
            return self._app(environ, start_response)


class Watcher:
    """Looks every second whether `current` has moved, and has the new release take over.

    A release that is damaged or made for another base is refused, and the last one goes on being served.
    It is tried again when the link is written anew, or on `try_again`.
    """

    def __init__(
        self, folder: Path, succession: Succession, open_service: Callable[[Release], Service]
    ) -> None:
        self._folder = folder
        self._succession = succession
        self._open_service = open_service
        self._told = False
        self._seen: object = None

    def start(self) -> None:
        """Look from now on, in a thread that ends with the process; it prepares the first release, too."""
        threading.Thread(target=self._watch, name="release-watcher", daemon=True).start()

    def try_again(self, *_signal: Any) -> None:
        """Open the release at the next look even if the link has not moved. May be a signal's handler."""
        self._told = True

    def look(self) -> None:
        """Take a new release if there is one."""
        told, self._told = self._told, False
        link = _link(self._folder)
        if told or link != self._seen:
            self._seen = link
            self._take(told=told)

    def _watch(self) -> None:
        self._succession.current.prepare()
        pause = threading.Event()
        while not pause.wait(LOOK_EVERY_S):
            self.look()

    def _take(self, *, told: bool) -> None:
        served = self._succession.current
        if not told and (self._folder / CURRENT).resolve() == served.release.folder:
            return
        try:
            release = open_release(self._folder, served.iris.base)
            if release.id == served.release.id:
                return
            service = self._open_service(release)
            service.packages.follow(served.packages)
            service.prepare()
            self._succession.hand_over(service)
        except QueryError as error:
            # Nothing is wrong with the release: its workers could not be started, or were killed.
            self._seen = None
            _log.error("release %s is tried again: %s", release.id, error)
        except SakataLodError as error:
            _log.error("release refused, %s is served on: %s", served.release.id, error)
        except Exception:
            _log.exception("release refused, %s is served on", served.release.id)
        else:
            _log.info("release %s is served in the place of %s", release.id, served.release.id)


def _link(folder: Path) -> object:
    """What changes whenever the `current` link is written, even to the same release."""
    try:
        stat = os.lstat(folder / CURRENT)
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns


def _close(service: Service) -> None:
    # Aside: it waits for processes to end, and neither a request nor the next look should.
    threading.Thread(target=service.close, name="release-closer", daemon=True).start()
