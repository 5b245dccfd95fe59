"""Strangers' queries: policy first, then a worker that is killed at the deadline.

The server's own threads never parse a query and never run one: both can take a process down, or never end.
"""

import queue
import re
import time
from dataclasses import dataclass
from pathlib import Path

from sakata_lod.errors import (
    EndpointFailed,
    NoWorkerFree,
    QueryError,
    QueryExhaustedMemory,
    QueryMalformed,
    QuerySyntaxError,
    QueryTimedOut,
    ResultTooLarge,
)
from sakata_lod.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from sakata_lod.serve.policy import Examined, examine
from sakata_lod.serve.pool import Pool, Worker, Zygote
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.wire import Outcome, Question, Reply, allow, receive_reply, send_question
from sakata_lod.serve.worker import Limits

_WHERE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r"\['[^\n]*?\](?=,| \||\n|$)|\['.*?'\]", re.DOTALL)
_PHRASE = re.compile(r"[A-Z][A-Za-z]+(?: [A-Za-z]+)+")
_EXPECTED = re.compile(r'"(?:[^"\\]|\\.)+"|\b[A-Z_]{2,}\b')
_HIDDEN = {"ENCODE_FOR_URI"}
_FORMATS = {each.media_type: each for each in (*GRAPH_FORMATS, *RESULT_FORMATS)}


@dataclass(frozen=True, slots=True)
class Answer:
    """A query's result, written down. kind: "select", "ask" or "graph"."""

    kind: str
    form: Format
    content: bytes


class Evaluator:
    """Evaluates strangers' queries over a dataset. Safe to share between threads."""

    def __init__(self, dataset: Path, base_iri: str, settings: Settings) -> None:
        self._settings = settings
        limits = Limits(base_iri, settings.worker_memory_mib, settings.result_rows, settings.result_bytes)
        self._zygote = Zygote(dataset, limits)
        self._pool = Pool(self._zygote, settings.query_workers)
        self._seats = _seats(settings.query_workers + settings.query_waiting)

    @property
    def zygote_pid(self) -> int:
        """The id of the process that forks workers."""
        return self._zygote.pid

    @property
    def running(self) -> int:
        """How many queries are being run."""
        return self._pool.running

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        settings = self._settings
        inside = settings.query_workers + settings.query_waiting - self._seats.qsize()
        return max(0, inside - self.running)

    def examine(self, query: str) -> Examined:
        """Hold a query's text to the policy, and tell what can be seen of it. Raises: QueryError."""
        return examine(query, self._settings.query_text_bytes)

    def evaluate(self, question: Question) -> Answer:
        """Examine a query, run it, and write its result down.

        Raises: QueryError: any of them, for this query or for the crowd of queries.
        """
        self.examine(question.query)
        return self.run(question)

    def run(self, question: Question) -> Answer:
        """Run a query that was examined, and write its result down. Raises: QueryError."""
        try:
            seat = self._seats.get_nowait()
        except queue.Empty:
            raise self._no_worker_free() from None
        try:
            return self._ask(question)
        finally:
            self._seats.put(seat)

    def close(self) -> None:
        """End the workers and the zygote."""
        self._pool.close()
        self._zygote.close()

    def _take(self) -> Worker:
        try:
            return self._pool.take(self._settings.query_timeout_s)
        except queue.Empty:
            raise self._no_worker_free() from None
        except OSError as error:
            raise _none_can_be_started() from error

    def _replacement(self, worker: Worker) -> Worker:
        try:
            return self._pool.replace(worker)
        except OSError as error:
            raise _none_can_be_started() from error

    def _ask(self, question: Question) -> Answer:
        worker = self._take()
        deadline = time.monotonic() + self._settings.query_timeout_s
        try:
            if not _reaches(worker, question, self._settings.query_timeout_s):
                worker = self._replacement(worker)
                _reaches(worker, question, self._settings.query_timeout_s)
            reply = receive_reply(worker.socket, deadline)
        except TimeoutError:
            self._pool.end(worker)
            raise QueryTimedOut(self._settings.query_timeout_s) from None
        except BaseException as error:
            self._pool.end(worker)
            if isinstance(error, ConnectionError):
                raise self._out_of_memory() from None
            raise
        if reply is None or reply.outcome == Outcome.OUT_OF_MEMORY.value:
            self._pool.end(worker)
            raise self._out_of_memory()
        self._pool.give_back(worker)
        return written_answer(reply, question)

    def _no_worker_free(self) -> NoWorkerFree:
        return NoWorkerFree(max(1, round(self._settings.query_timeout_s)))

    def _out_of_memory(self) -> QueryExhaustedMemory:
        return QueryExhaustedMemory(self._settings.worker_memory_mib)


def _reaches(worker: Worker, question: Question, timeout_s: float) -> bool:
    """Hand a question to a worker; no if it has died since its last."""
    try:
        allow(worker.socket, timeout_s)
        send_question(worker.socket, question)
    except OSError:
        return False
    return True


def _none_can_be_started() -> EndpointFailed:
    return EndpointFailed("/sparql", "no worker process can be started")


def _seats(count: int) -> "queue.SimpleQueue[int]":
    """As many seats as queries may run or wait. A queue in C: semaphores in Python are ten times slower."""
    seats: queue.SimpleQueue[int] = queue.SimpleQueue()
    for each in range(count):
        seats.put(each)
    return seats


def written_answer(reply: Reply, question: Question) -> Answer:
    """Make of a worker's reply the answer, or the error that it tells. Raises: QueryError."""
    if reply.outcome == Outcome.TOO_LARGE.value:
        raise ResultTooLarge(reply.problem)
    if reply.outcome == Outcome.MALFORMED.value:
        raise _mistake(reply.problem)
    form = _FORMATS[question.graph if reply.kind == "graph" else question.results]
    return Answer(reply.kind, form, reply.payload)


def _mistake(problem: str) -> QueryError:
    """Tell of a mistake as the engine does, with its place."""
    found = _WHERE.fullmatch(problem)
    if found is None:
        return QueryMalformed(problem)
    return QuerySyntaxError(_expectation(found[3]), int(found[1]), int(found[2]))


def _expectation(text: str) -> str:
    """Leave of the engine's list what helps a person: a phrase if there is one, else the words and signs."""
    wanted = text.removeprefix("expected ").removeprefix("one of ")
    if phrase := _PHRASE.search(wanted):
        return phrase[0]
    words = [each for each in _EXPECTED.findall(_CHARACTER_CLASS.sub("", wanted)) if each not in _HIDDEN]
    return f"expected {', '.join(words)}" if words else "this cannot stand here"
