"""A line of JSON for each request, written aside.

A thread that writes lets the others run meanwhile, and then waits for its turn: among many threads that takes
longer than all else about an answer that is kept. So requests only leave an entry; one thread writes those
of a tenth of a second together.
"""

import contextlib
import json
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import BinaryIO

_WRITE_EVERY_S = 0.1
_MOST_ENTRIES = 100_000
"""So many may wait for a reader that does not read; those that come then are counted, and left out."""


@dataclass(slots=True)
class Entry:
    """What is told of a request. time: since the epoch. size: of the body, in bytes."""

    time: float
    method: str
    route: str
    status: int
    seconds: float
    size: int

    def line(self) -> str:
        """The entry as it is written."""
        # By hand, in a fifth of the time: while lines are written, no answer is.
        return (
            f'{{"event": "request", "time": "{_written(self.time)}", "method": {_json(self.method)}, '
            f'"route": {_json(self.route)}, "status": {self.status}, '
            f'"duration_ms": {self.seconds * 1000:.3f}, "bytes": {self.size}}}'
        )


class RequestLog:
    """Takes entries, and writes them when told to; once started, by itself. Safe to share between threads."""

    def __init__(self, to: BinaryIO) -> None:
        self._to = to
        self._entries: deque[Entry] = deque()
        self._left_out = 0

    def add(self, entry: Entry) -> None:
        """Leave an entry."""
        if len(self._entries) < _MOST_ENTRIES:
            self._entries.append(entry)
        else:
            self._left_out += 1

    def start(self) -> None:
        """Write from now on, in a thread that ends with the main thread, when all is written."""
        threading.Thread(target=self._keep_writing, name="request-log").start()

    def write(self) -> None:
        """Write the entries that are there."""
        lines = [self._entries.popleft().line() for _ in range(len(self._entries))]
        if left_out := self._left_out:
            self._left_out -= left_out
            missing = {"event": "requests left out", "time": _written(time.time()), "count": left_out}
            lines.append(json.dumps(missing))
        if lines:
            # A reader of the log that has gone is no reason to stop.
            with contextlib.suppress(OSError, ValueError):
                self._to.write("".join(f"{line}\n" for line in lines).encode())
                self._to.flush()

    def _keep_writing(self) -> None:
        main = threading.main_thread()
        while main.is_alive():
            main.join(_WRITE_EVERY_S)
            self.write()
        self.write()


_json = lru_cache(256)(json.dumps)


@lru_cache(2)
def _second(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _written(moment: float) -> str:
    second, part = divmod(moment, 1)
    return f"{_second(int(second))}.{int(part * 1_000_000):06}Z"
