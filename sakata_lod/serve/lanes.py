"""Two lanes for queries, so that short ones never wait behind long ones.

Every query begins in the quick lane. One that is not done after `QUICK_S` goes on in the slow lane, if that
has room at once; else it is ended, and begins anew when there is. Its text, and that of a query that cost its
worker, is remembered until nobody has asked it for ten seconds, or it was quick after all: asked again, it
goes to the slow lane at once. Workers of the slow lane stand back behind all else, and are not used again.
"""

import math
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from cachetools import TTLCache

from sakata_lod.serve.pool import Pool, Worker, Zygote
from sakata_lod.serve.wire import Outcome, Question, Reply, allow, receive_reply, send_question

QUICK_S = 0.1
_MOST_SLICES = 3
"""So many times `QUICK_S` a query is given on a busy machine, where its worker has worked for less."""
_MOST_REMEMBERED = 4096
_PROCESSOR_TIME = 2  # CPUCLOCK_SCHED, of which Linux makes a process's clock: clock_getcpuclockid(3)
_REMEMBERED_S = 10.0

Tokens = queue.SimpleQueue[None]
"""As many as may be held at a time. A queue in C: semaphores in Python are ten times slower."""


def tokens(count: int) -> Tokens:
    """Make so many."""
    made: Tokens = queue.SimpleQueue()
    for _ in range(count):
        made.put(None)
    return made


@contextmanager
def taken(from_: Tokens, timeout_s: float = 0.0) -> Iterator[None]:
    """Hold a token. Raises: queue.Empty: none is there, or comes back within the time."""
    from_.get(timeout=timeout_s) if timeout_s else from_.get_nowait()
    try:
        yield
    finally:
        from_.put(None)


class Lanes:
    """Has queries run. workers: how many run at once, in each lane. waiting: how many wait for the slow one.

    Safe to share between threads.
    """

    def __init__(self, zygote: Zygote, workers: int, waiting: int) -> None:
        self._zygote = zygote
        self._workers = workers
        self._most_seated = workers + waiting
        self._quick = Pool(zygote, workers)
        self._slow = tokens(workers)
        self._seats = tokens(workers + waiting)
        self._costly: TTLCache[int, None] = TTLCache(_MOST_REMEMBERED, _REMEMBERED_S)
        self._lock = threading.Lock()

    @property
    def running(self) -> int:
        """How many queries are being run."""
        return self._quick.running + self._running_slowly

    @property
    def waiting(self) -> int:
        """How many queries wait for the slow lane."""
        return max(0, self._most_seated - self._seats.qsize() - self._running_slowly)

    def run(self, question: Question, timeout_s: float) -> Reply | None:
        """Run a query; None where its worker died. timeout_s: for waiting, and again for running.

        Raises: queue.Empty: there is no room. TimeoutError: it runs too long. ConnectionError: no worker can
        be had.
        """
        with self._lock:
            was_costly = hash(question.query) in self._costly
        if not was_costly:
            return self._run_quickly(question, timeout_s)
        self._remember(question)
        return self._run_slowly(question, timeout_s)

    def close(self) -> None:
        """Let idle workers go."""
        self._quick.close()

    def _run_quickly(self, question: Question, timeout_s: float) -> Reply | None:
        worker = self._quick.take(timeout_s)
        deadline = time.monotonic() + timeout_s
        try:
            if not _reaches(worker, question, min(QUICK_S, timeout_s)):
                worker = self._quick.replace(worker)
                _reaches(worker, question, min(QUICK_S, timeout_s))
            reply = _quick_reply(worker, deadline)
        except TimeoutError:
            return self._run_on(worker, question, deadline, timeout_s)
        except BaseException:
            self._quick.end(worker)
            raise
        if _cost_its_worker(reply):
            self._quick.end(worker)
            self._remember(question)
        else:
            self._quick.give_back(worker)
        return reply

    def _run_on(self, worker: Worker, question: Question, deadline: float, timeout_s: float) -> Reply | None:
        """Let a slow query go on, if the slow lane has room for it; else it begins anew when there is."""
        self._remember(question)
        try:
            with taken(self._seats), taken(self._slow):
                self._quick.leave()
                return self._reply(worker, deadline)
        except queue.Empty:
            self._quick.end(worker)
        return self._run_slowly(question, timeout_s)

    def _run_slowly(self, question: Question, timeout_s: float) -> Reply | None:
        with taken(self._seats), taken(self._slow, timeout_s):
            worker = self._zygote.worker()
            begun = time.monotonic()
            _reaches(worker, question, timeout_s)
            reply = self._reply(worker, begun + timeout_s)
        if time.monotonic() - begun < QUICK_S and not _cost_its_worker(reply):
            self._forget(question)
        return reply

    def _reply(self, worker: Worker, deadline: float) -> Reply | None:
        """Wait for a slow query's reply, and end its worker."""
        try:
            self._zygote.slow_down(worker)
            allow(worker.socket, deadline - time.monotonic())
            return receive_reply(worker.socket, deadline)
        finally:
            self._zygote.end(worker)

    def _remember(self, question: Question) -> None:
        """Have a query go to the slow lane for the next ten seconds."""
        with self._lock:
            self._costly[hash(question.query)] = None

    def _forget(self, question: Question) -> None:
        with self._lock:
            self._costly.pop(hash(question.query), None)

    @property
    def _running_slowly(self) -> int:
        return self._workers - self._slow.qsize()


def _cost_its_worker(reply: Reply | None) -> bool:
    """Whether a worker died of a query, or is not to be asked again."""
    return reply is None or reply.is_last or reply.outcome == Outcome.OUT_OF_MEMORY.value


def _quick_reply(worker: Worker, deadline: float) -> Reply | None:
    """Wait for a reply in slices. Raises: TimeoutError: the worker has had its time, or none is left."""
    begun = _worked_s(worker)
    for _ in range(_MOST_SLICES - 1):
        try:
            return receive_reply(worker.socket, deadline)
        except TimeoutError:
            if not _worked_s(worker) - begun < QUICK_S or time.monotonic() >= deadline:
                raise
    return receive_reply(worker.socket, deadline)


def _worked_s(worker: Worker) -> float:
    """The processor time that a worker has used; endless where the system does not tell."""
    try:
        return time.clock_gettime(~worker.pid << 3 | _PROCESSOR_TIME)
    except OSError:
        return math.inf


def _reaches(worker: Worker, question: Question, timeout_s: float) -> bool:
    """Hand a question to a worker, whose first word is then waited for so long; no if it has died before."""
    try:
        allow(worker.socket, timeout_s)
        send_question(worker.socket, question)
    except OSError:
        return False
    return True
