"""A worker: a forked process that answers one query after another, and can be killed at any time."""

import contextlib
import ctypes
import io
import os
import resource
import signal
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from sakata_lod.formats import CSV, GRAPH_FORMATS, RESULT_FORMATS, RESULTS_JSON, RESULTS_XML, TSV, Format
from sakata_lod.namespaces import PREFIXES
from sakata_lod.serve.wire import Outcome, Question, Reply, receive_question, send_reply
from sakata_lod.system_calls import refuse_calls

MEBIBYTE = 1024 * 1024
_KEPT_AT_MOST_MIB = 64
_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2), Linux

_FORMATS = {each.media_type: each for each in (*GRAPH_FORMATS, *RESULT_FORMATS)}

# What stands in a result once a row, or more often: so a count of it is never below the number of rows.
_ROW_MARKS = {
    RESULTS_JSON.media_type: b"},{",
    RESULTS_XML.media_type: b"<result>",
    CSV.media_type: b"\n",
    TSV.media_type: b"\n",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use. memory_mib: above what the process holds when it starts."""

    base_iri: str
    memory_mib: int
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class StoreFiles:
    """The files of a store on disk: descriptors of those that are open, and how many it has in all.

    A large store opens most of its files when a query first needs them.
    """

    descriptors: frozenset[int] = frozenset()
    count: int = 0


class Queried(Protocol):
    """What can be asked a query: a store, or what another store has told."""

    def query(
        self,
        query: str,
        *,
        base_iri: str | None = None,
        default_graph: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None,
        named_graphs: list[ox.NamedNode | ox.BlankNode] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask a query of the dataset given."""


class _TooLarge(Exception):  # noqa: N818 - no error, but a way out of a serializer
    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class _CappedBuffer(io.BytesIO):
    """Takes bytes up to a cap, so that a result over it costs no more memory than the cap."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def write(self, chunk: Any, /) -> int:
        if self.tell() + len(chunk) > self._size:
            raise _TooLarge(f"{self._size // MEBIBYTE} MiB" if self._size >= MEBIBYTE else f"{self._size} B")
        return super().write(chunk)


def work(server: socket.socket, quads: ox.Store, limits: Limits) -> None:
    """Answer questions until the server goes away, or is told that it should ask another.

    What a query has used, the C library keeps for the next: one that held much would hold it for good.
    """
    most = _peak_bytes() + _KEPT_AT_MOST_MIB * MEBIBYTE
    is_last = False
    while not is_last and (question := receive_question(server)) is not None:
        try:
            reply = answer(quads, question, limits)
        except MemoryError:
            reply = Reply(Outcome.OUT_OF_MEMORY.value)
        is_last = _peak_bytes() > most
        send_reply(server, replace(reply, is_last=True) if is_last else reply)


def confine(
    server: socket.socket, limits: Limits, parent: int, files: StoreFiles = StoreFiles()
) -> socket.socket:
    """Make this process one that can do no harm. Answers the server's socket under its new descriptor.

    It ends with its parent, dumps no core, has so much memory, and can open nothing more: no file and no
    connection, whatever a query talks the engine into. Over a store on disk it can still read files.
    """
    end_with_parent(parent)
    place = next(number for number in count(3) if number not in files.descriptors)
    own = server.detach()
    if own != place:
        os.dup2(own, place)
    kept = {place, *files.descriptors}
    highest = max(kept)
    silence = os.open(os.devnull, os.O_RDWR)
    # No descriptor below the highest is left free, so that no limit but the highest's is needed.
    for number in range(highest + 1):
        if number not in kept:
            os.dup2(silence, number)
    os.closerange(highest + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Memory first: how much is held already is read from a file, and then no file can be opened any more.
    if (held := _held_bytes()) is not None:
        most = held + limits.memory_mib * MEBIBYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    descriptors = highest + 1 + files.count
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
    refuse_calls(but_reading=files.count > 0)
    return socket.socket(fileno=place)


def open_descriptors() -> set[int]:
    """The descriptors that this process has open."""
    listed = os.listdir("/dev/fd")  # noqa: PTH208 - whole, and closed again, before any is looked at
    return {int(each) for each in listed if _is_open(int(each))}


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def end_with_parent(parent: int, by: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel end this process when its parent ends; where it cannot, the closed socket tells."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, by)
    if os.getppid() != parent:
        os._exit(0)


def answer(quads: Queried, question: Question, limits: Limits) -> Reply:
    """Parse, plan and run a query, and write its result down, up to the limits."""
    buffer = _CappedBuffer(limits.size)
    try:
        kind = _write(quads, question, limits, buffer)
    except _TooLarge as error:
        return Reply(Outcome.TOO_LARGE.value, problem=error.limit)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        # RuntimeError: a function that is not there. OSError: a connection that cannot be opened.
        return Reply(Outcome.MALFORMED.value, problem=str(error))
    return Reply(Outcome.ANSWERED.value, kind, payload=buffer.getvalue())


def _write(quads: Queried, question: Question, limits: Limits, buffer: _CappedBuffer) -> str:
    found = _evaluate(quads, question, limits)
    if isinstance(found, ox.QueryTriples):
        graph = _FORMATS[question.graph]
        ox.serialize(_counted(found, limits.rows), buffer, graph.rdf, prefixes=PREFIXES)
        return "graph"
    results = _FORMATS[question.results]
    if isinstance(found, ox.QueryBoolean):
        _write_boolean(found, results, buffer)
        return "ask"
    found.serialize(buffer, results.results)
    # Serializing is several times faster than iterating, so rows are iterated over only when in doubt.
    may_be = buffer.getvalue().count(_ROW_MARKS[results.media_type]) + 1
    if may_be > limits.rows and _has_more_rows(_evaluate(quads, question, limits), limits.rows):
        raise _TooLarge(f"{limits.rows} rows")
    return "select"


def _evaluate(
    quads: Queried, question: Question, limits: Limits
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if question.default_graphs is None and question.named_graphs is None:
        return quads.query(question.query, base_iri=limits.base_iri)
    # A request that names any graph sets the whole dataset (SPARQL 1.1 Protocol, 2.1.4).
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
        ox.NamedNode(each) for each in question.default_graphs or ()
    ]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(each) for each in question.named_graphs or ()]
    return quads.query(question.query, base_iri=limits.base_iri, default_graph=default, named_graphs=named)


def _write_boolean(found: ox.QueryBoolean, form: Format, buffer: _CappedBuffer) -> None:
    # SPARQL 1.1 has no CSV or TSV for ASK; the engine writes the bare word.
    found.serialize(buffer, form.results)


def _counted(triples: ox.QueryTriples, most: int) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number >= most:
            raise _TooLarge(f"{most} triples")
        yield triple


def _has_more_rows(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, most: int) -> bool:
    return isinstance(found, ox.QuerySolutions) and next(islice(found, most, None), None) is not None


def _peak_bytes() -> int:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _held_bytes() -> int | None:
    """The size of this process's address space; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return None
    return pages * resource.getpagesize()
