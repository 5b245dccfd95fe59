"""The zygote: a process that loads the release once, and forks a worker for each that is asked for.

Run as `python -m sakata_lod.serve.zygote DESCRIPTOR QUADS LIMITS`. It has one thread and nothing open but
its socket, so that a fork of it is whole. Workers share its memory. A database on disk has threads and open
files, so each worker opens it for itself, before it is confined. The zygote ends when the server's end of the
socket closes, which the kernel sees to however the server ends.
"""

import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from sakata_lod import system_calls
from sakata_lod.serve.quads import open_quads
from sakata_lod.serve.wire import FORK, SLOW, receive_order, send_worker, tell_ready
from sakata_lod.serve.worker import Limits, StoreFiles, confine, open_descriptors, work

_REAP_EVERY_S = 1.0
_SLOW_PRIORITY = 10

StoreGiver = Callable[[], tuple[ox.Store, int]]
"""Gives a worker that has just been forked its store, and how many files that has."""


class Nursery:
    """The workers that are alive. Only they are ever killed: an id not waited for cannot be another's."""

    def __init__(self, server: socket.socket, quads: StoreGiver, limits: Limits) -> None:
        self._server = server
        self._quads = quads
        self._limits = limits
        self._alive: set[int] = set()

    def run(self) -> None:
        """Carry out orders until the server goes away, then end all workers."""
        while True:
            ready, _, _ = select.select([self._server], [], [], _REAP_EVERY_S)
            self._reap()
            if not ready:
                continue
            order = receive_order(self._server)
            if order is None:
                break
            kind, pid = order
            if kind == FORK:
                self._fork()
            elif kind == SLOW:
                self._slow_down(pid)
            else:
                self._end(pid)
        for pid in tuple(self._alive):
            self._end(pid)

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            ours.close()
            self._become_worker(theirs, parent)
        theirs.close()
        self._alive.add(pid)
        send_worker(self._server, pid, ours)
        ours.close()

    def _become_worker(self, server: socket.socket, parent: int) -> None:
        try:
            self._server.close()
            before = open_descriptors()
            quads, count = self._quads()
            files = StoreFiles(frozenset(open_descriptors() - before), count)
            confined = confine(server, self._limits, parent, files)
            tell_ready(confined)
            work(confined, quads, self._limits)
        finally:
            os._exit(0)  # a worker leaves without the zygote's clean-up

    def _end(self, pid: int) -> None:
        if pid in self._alive:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            self._alive.discard(pid)

    def _slow_down(self, pid: int) -> None:
        if pid in self._alive:
            os.setpriority(os.PRIO_PROCESS, pid, _SLOW_PRIORITY)

    def _reap(self) -> None:
        for pid in tuple(self._alive):
            if os.waitpid(pid, os.WNOHANG)[0]:
                self._alive.discard(pid)


def main(arguments: list[str]) -> None:
    """Load the release and serve."""
    descriptor, at, limits = arguments
    server = socket.socket(fileno=int(descriptor))
    system_calls.library()
    Nursery(server, _giver(Path(at)), Limits(**json.loads(limits))).run()


def _giver(at: Path) -> StoreGiver:
    if at.is_dir():
        return lambda: (open_quads(at), sum(1 for each in at.rglob("*") if each.is_file()))
    quads = open_quads(at)
    return lambda: (quads, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
