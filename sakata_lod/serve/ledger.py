"""Where answers leave their entries, which are counted and written aside.

To count an answer and write its line takes as long as to give one that is kept; and who writes lets other
threads run, and waits for its turn again. So requests only leave an entry; one thread settles those of a
tenth of a second together.
"""

import threading
from collections import deque

from sakata_lod.serve.entries import Entry
from sakata_lod.serve.metrics import Metrics
from sakata_lod.serve.request_log import RequestLog

_SETTLE_EVERY_S = 0.1
_MOST_ENTRIES = 100_000
"""Where so many lie, the thread waits for a reader of the log that does not read: who comes settles them."""


class Ledger:
    """Takes entries, and settles them when told to; once started, by itself. Safe to share between threads.

    log: None to write no lines.
    """

    def __init__(self, metrics: Metrics, log: RequestLog | None) -> None:
        self.metrics = metrics
        self._log = log
        self._entries: deque[Entry] = deque()
        self._settling = threading.Lock()

    def leave(self, entry: Entry) -> None:
        """Leave an entry."""
        self._entries.append(entry)
        if len(self._entries) >= _MOST_ENTRIES:
            self.settle()

    def settle(self) -> None:
        """Count the entries that are there, and have them written when lines are."""
        with self._settling:
            entries = [self._entries.popleft() for _ in range(len(self._entries))]
            self.metrics.count(entries)
        if self._log is not None:
            self._log.add(entries)

    def start(self) -> None:
        """Settle from now on, and write, in a thread that ends with the main thread, when all is written."""
        threading.Thread(target=self._keep_settling, name="ledger").start()

    def _keep_settling(self) -> None:
        main = threading.main_thread()
        alive = True
        while alive:
            main.join(_SETTLE_EVERY_S)
            alive = main.is_alive()
            self.settle()
            if self._log is not None:
                self._log.write()
