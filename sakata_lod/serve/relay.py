"""Strangers' queries, relayed to a store elsewhere.

A query is first run in a worker over no data: so mistakes are told as the embedded store tells them, and
nothing is sent that would not be answered here. The store's answer is then written down under the same
limits, in the same formats.
"""

import json
import logging
import os
import queue
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sakata_lod.errors import QueryTimedOut, StoreRefused, StoreUnavailable
from sakata_lod.serve.evaluation import Answer, Evaluator, written_answer
from sakata_lod.serve.lanes import taken, tokens
from sakata_lod.serve.quads import Found
from sakata_lod.serve.rewriting import ascii_variables, dataset_words, with_no_named_graph
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.wire import Outcome, Question
from sakata_lod.serve.worker import Limits, answer
from sakata_lod.stores.endpoint import parse_graph, parse_results
from sakata_lod.stores.remote import Dataset, RemoteStore

_log = logging.getLogger(__name__)
_NO_DATA = Path(os.devnull)
_LONGER_THAN_WRITTEN = 4
"""The store answers in SPARQL JSON, which is so many times longer than the tersest format, or less."""


class Relay(Evaluator):
    """Evaluates strangers' queries in a store elsewhere. Safe to share between threads."""

    def __init__(self, store: RemoteStore, base_iri: str, settings: Settings) -> None:
        super().__init__(_NO_DATA, base_iri, settings)
        self._store = store
        self._limits = Limits(
            base_iri, settings.worker_memory_mib, settings.result_rows, settings.result_bytes
        )
        self._takes_any_name = True
        self._seats = tokens(settings.query_workers + settings.query_waiting)
        self._places = tokens(settings.query_workers)

    @property
    def running(self) -> int:
        """How many queries are being run."""
        return self._settings.query_workers - self._places.qsize()

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        settings = self._settings
        return max(0, settings.query_workers + settings.query_waiting - self._seats.qsize() - self.running)

    def run(self, question: Question) -> Answer:
        """Try a query that was examined over no data, then have the store answer it. Raises: QueryError."""
        try:
            with taken(self._seats):
                kind = super().run(question).kind
                with taken(self._places, self._settings.query_timeout_s):
                    return self._relay(question, is_graph=kind == "graph")
        except queue.Empty:
            raise self._no_worker_free() from None
        except TimeoutError:
            raise QueryTimedOut(self._settings.query_timeout_s) from None

    def _relay(self, question: Question, *, is_graph: bool) -> Answer:
        read = parse_graph if is_graph else parse_results
        content = self._tell(question, is_graph=is_graph)
        reply = answer(_Told(lambda: read(content)), question, self._limits)
        if reply.outcome == Outcome.MALFORMED.value:
            _log.error("the store's answer cannot be read: %s", reply.problem)
            raise StoreUnavailable
        return written_answer(reply, question)

    def _tell(self, question: Question, *, is_graph: bool) -> bytes:
        """What the store says. Where it refuses a query with other than ASCII variables, it gets others."""
        if self._takes_any_name or question.query.isascii():
            try:
                return self._send(question, question.query, is_graph=is_graph)
            except StoreRefused:
                if question.query.isascii():
                    raise
        query, names = ascii_variables(question.query)
        content = self._send(question, query, is_graph=is_graph)
        self._takes_any_name = self._takes_any_name and not names
        return content if is_graph or not names else _renamed(content, names)

    def _send(self, question: Question, query: str, *, is_graph: bool) -> bytes:
        dataset = Dataset(question.default_graphs, question.named_graphs)
        words = frozenset[str]() if dataset.is_given else dataset_words(query)
        if self._store.names_default_graph and words == {"FROM"}:
            query = with_no_named_graph(query, self._store.no_graph)
        sent = self._store.query(query, dataset, has_own_dataset=bool(words))
        ask = self._store.graph if is_graph else self._store.results
        return ask(sent, self._settings.result_bytes * _LONGER_THAN_WRITTEN)


class _Told:
    """What the store told, as often as it is asked for."""

    def __init__(self, read: Callable[[], Found]) -> None:
        self._read = read

    def query(self, query: str, **_dataset: Any) -> Found:  # noqa: ARG002 - asked already
        return self._read()


def _renamed(content: bytes, names: Mapping[str, str]) -> bytes:
    """Give the columns of a result in SPARQL JSON their names back."""
    try:
        result = json.loads(content)
        if "results" in result:
            result["head"]["vars"] = [names.get(each, each) for each in result["head"]["vars"]]
            result["results"]["bindings"] = [
                {names.get(name, name): value for name, value in row.items()}
                for row in result["results"]["bindings"]
            ]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise StoreUnavailable from error
    return json.dumps(result).encode()
