"""Strangers' queries: policy first, then a worker that is killed at the deadline.

The server's own threads never parse a query and never run one: both can take a process down, or never end.
"""

import queue
import re
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
from sakata_lod.serve.lanes import Lanes
from sakata_lod.serve.policy import Examined, examine
from sakata_lod.serve.pool import Zygote
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.wire import Outcome, Question, Reply
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
        self._lanes = Lanes(self._zygote, settings.query_workers, settings.query_waiting)

    @property
    def zygote_pid(self) -> int:
        """The id of the process that forks workers."""
        return self._zygote.pid

    @property
    def running(self) -> int:
        """How many queries are being run."""
        return self._lanes.running

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._lanes.waiting

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
            reply = self._lanes.run(question, self._settings.query_timeout_s)
        except queue.Empty:
            raise self._no_worker_free() from None
        except TimeoutError:
            raise QueryTimedOut(self._settings.query_timeout_s) from None
        except ConnectionError as error:
            raise EndpointFailed("/sparql", "no worker process can be started") from error
        if reply is None or reply.outcome == Outcome.OUT_OF_MEMORY.value:
            raise QueryExhaustedMemory(self._settings.worker_memory_mib)
        return written_answer(reply, question)

    def close(self) -> None:
        """End the workers and the zygote."""
        self._lanes.close()
        self._zygote.close()

    def _no_worker_free(self) -> NoWorkerFree:
        return NoWorkerFree(max(1, round(self._settings.query_timeout_s)))


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
