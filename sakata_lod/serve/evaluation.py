"""Strangers' queries: policy first, then a worker that is killed at the deadline.

The server's own threads never parse a query and never run one: both can take a process down, or never end.
"""

import queue
import re
import threading
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
from sakata_lod.serve.policy import QueryForm, check
from sakata_lod.serve.pool import Pool, Worker, Zygote
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.wire import Outcome, Question, Reply, receive_reply, send_question
from sakata_lod.serve.worker import Limits

_WHERE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r"\['[^\n]*?\](?=,| \||\n|$)|\['.*?'\]", re.DOTALL)
_PHRASE = re.compile(r"[A-Z][A-Za-z]+(?: [A-Za-z]+)+")
_EXPECTED = re.compile(r'"(?:[^"\\]|\\.)+"|\b[A-Z_]{2,}\b')
_HIDDEN = {"ENCODE_FOR_URI"}


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
        self._takers = threading.BoundedSemaphore(settings.query_workers + settings.query_waiting)

    @property
    def zygote_pid(self) -> int:
        """The id of the process that forks workers."""
        return self._zygote.pid

    def form(self, query: str) -> QueryForm | None:
        """Check a query's text against the policy, and tell its form. Raises: QueryError."""
        return check(query, self._settings.query_text_bytes)

    def evaluate(self, question: Question) -> Answer:
        """Run a query and write its result down.

        Raises: QueryError: any of them, for this query or for the crowd of queries.
        """
        self.form(question.query)
        if not self._takers.acquire(blocking=False):
            raise self._no_worker_free()
        try:
            worker = self._take()
            return self._ask(worker, question)
        finally:
            self._takers.release()

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
            raise EndpointFailed("/sparql", "no worker process can be started") from error

    def _ask(self, worker: Worker, question: Question) -> Answer:
        deadline = time.monotonic() + self._settings.query_timeout_s
        try:
            worker.socket.settimeout(self._settings.query_timeout_s)
            send_question(worker.socket, question)
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


def written_answer(reply: Reply, question: Question) -> Answer:
    """Make of a worker's reply the answer, or the error that it tells. Raises: QueryError."""
    if reply.outcome == Outcome.TOO_LARGE.value:
        raise ResultTooLarge(reply.problem)
    if reply.outcome == Outcome.MALFORMED.value:
        raise _mistake(reply.problem)
    graph = reply.kind == "graph"
    formats = GRAPH_FORMATS if graph else RESULT_FORMATS
    wanted = question.graph if graph else question.results
    form = next(each for each in formats if each.media_type == wanted)
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
