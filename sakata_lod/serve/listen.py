"""Run the server: granian, one process of several threads, which gets its settings from the environment.

SIGHUP has it look for a new release at once, which it does by itself every second, too.
"""

import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from sakata_lod.errors import AddressUnavailable, SakataLodError
from sakata_lod.release import open_release
from sakata_lod.serve.app import create_app, open_service, succession_of
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.succession import Watcher
from sakata_lod.serve.worker import end_with_parent

_END_TIMEOUT_S = 5


class _Server(MPServer):
    """Granian, but for SIGHUP: it would start another process and end the old one, requests and all."""

    def signal_handler_reload(self, *_signal: Any, **_more: Any) -> None:
        """Hand the signal on to the process that answers requests."""
        for worker in self.wrks:
            with suppress(ProcessLookupError):
                os.kill(worker.inner.pid, signal.SIGHUP)


def serve(settings: Settings, starting: Callable[[str], None]) -> None:
    """Serve a release until the process is told to end (SIGINT, SIGTERM).

    starting: is told the address when nothing stands in the way any more.
    Raises: ReleaseError, AddressUnavailable: before anything is started.
    """
    open_release(settings.release, settings.base_iri)
    _check_address(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    starting(f"http://{host}:{settings.port}/")
    os.environ.update(settings.environment())
    server = _Server(
        f"{__name__}:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        backpressure=settings.threads * 4,
        websockets=False,
        workers_kill_timeout=_END_TIMEOUT_S,
        log_level=LogLevels.error,
    )
    server.serve()


def application() -> Flask:
    """Make the application, in granian's process for requests, from the environment."""
    end_with_parent(os.getppid(), signal.SIGTERM)
    settings = Settings.read(os.environ)
    try:
        app = create_app(settings)
    except SakataLodError as error:  # in a sentence, below no traceback: the disk was full, say
        sys.exit(str(error))
    watcher = Watcher(settings.release, succession_of(app), partial(open_service, settings))
    signal.signal(signal.SIGHUP, watcher.try_again)
    watcher.start()
    return app


def _check_address(settings: Settings) -> None:
    """Try the address first: granian would share a port in use, and two servers would answer by turns."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            address = f"{settings.host}:{settings.port}"
            raise AddressUnavailable(address, error.strerror or str(error)) from error
