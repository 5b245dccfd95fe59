"""A line of JSON for each request."""

import contextlib
import json
import time
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import BinaryIO

from sakata_lod.serve.entries import Entry

_MOST_ENTRIES = 100_000
"""So many may wait for a reader that does not read; those that come then are counted, and left out."""


class RequestLog:
    """Takes entries, and writes them when told to. Safe to share between threads."""

    def __init__(self, to: BinaryIO) -> None:
        self._to = to
        self._entries: deque[Entry] = deque()
        self._left_out = 0

    def add(self, entries: Sequence[Entry]) -> None:
        """Take entries, as many as there is room for."""
        room = max(0, _MOST_ENTRIES - len(self._entries))
        self._entries.extend(entries[:room])
        self._left_out += len(entries[room:])

    def write(self) -> None:
        """Write the entries that are there."""
        lines = [_line(self._entries.popleft()) for _ in range(len(self._entries))]
        if left_out := self._left_out:
            self._left_out -= left_out
            missing = {"event": "requests left out", "time": _written(time.time()), "count": left_out}
            lines.append(json.dumps(missing))
        if lines:
            # A reader of the log that has gone is no reason to stop.
            with contextlib.suppress(OSError, ValueError):
                self._to.write("".join(f"{line}\n" for line in lines).encode())
                self._to.flush()


def _line(entry: Entry) -> str:
    # By hand, in a fifth of the time: while lines are written, no answer is.
    return (
        f'{{"event": "request", "time": "{_written(entry.time)}", "method": {_json(entry.method)}, '
        f'"route": {_json(entry.route)}, "status": {entry.status}, '
        f'"duration_ms": {entry.seconds * 1000:.3f}, "bytes": {entry.size}}}'
    )


_json = lru_cache(256)(json.dumps)


@lru_cache(2)
def _second(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _written(moment: float) -> str:
    second, part = divmod(moment, 1)
    return f"{_second(int(second))}.{int(part * 1_000_000):06}Z"
