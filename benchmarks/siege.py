"""A server under siege: many clients ask hostile queries without end, and one asks what all may ask."""

import http.client
import re
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.hostile_queries import hostile_queries

BESIEGERS = 50
PATIENCE_S = 60.0
_BETWEEN_S = 0.02
_HOSTILE = {"Content-Type": "application/sparql-query"}


@dataclass(slots=True)
class Record:
    """What happened.

    statuses: of the answers to hostile queries, by what they try. kept, anew: the seconds in which the good
    client was answered with an answer that is kept, or made anew. refused: the statuses of its other answers.
    calls: how many came to the listener.
    """

    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    kept: list[float] = field(default_factory=list)
    anew: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    calls: int = 0

    def all_statuses(self) -> set[int]:
        """Every status that a hostile query was answered with; 0 stands for a connection cut."""
        return {status for each in self.statuses.values() for status in each}


class Client:
    """Asks a server by POST over one connection, as long as the server keeps it."""

    def __init__(self, base: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE_S)
        self.close = self._connection.close

    def ask(self, query: str) -> int:
        """Ask a query, read the answer to its end, and tell its status; 0 where there was none."""
        try:
            self._connection.request("POST", "/sparql", query.encode(), _HOSTILE)
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return 0
        return answer.status


def besiege(base: str, seconds: float, besiegers: int = BESIEGERS) -> Record:
    """Besiege a server for so long, and tell what happened. The last queries are waited for."""
    record = Record()
    ended = threading.Event()
    with _listening(record) as listener:
        queries = list(hostile_queries(listener).items())
        for name, _ in queries:
            record.statuses[name] = Counter()
        threads = [
            threading.Thread(
                target=_attack, args=(base, queries[number % len(queries) :] + queries, record, ended)
            )
            for number in range(besiegers)
        ]
        threads.append(threading.Thread(target=_ask_on, args=(base, record, ended)))
        for each in threads:
            each.start()
        time.sleep(seconds)
        ended.set()
        for each in threads:
            each.join()
    return record


def descendants_memory(pid: int) -> int:
    """Bytes of memory of their own that a process and all that it began hold."""
    return sum(_own_bytes(each) for each in [pid, *descendants(pid)])


def descendants(pid: int) -> Sequence[int]:
    """The processes that a process began, and that they began."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents.setdefault(int(parent), []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found[1:]


def _own_bytes(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return 1024 * sum(int(each) for each in re.findall(r"^Private_\w+:\s+(\d+)", told, re.MULTILINE))


def _attack(base: str, queries: Sequence[tuple[str, str]], record: Record, ended: threading.Event) -> None:
    with closing(Client(base)) as client:
        while True:
            for name, query in queries:
                record.statuses[name][client.ask(query)] += 1
                if ended.wait(_BETWEEN_S):
                    return


def _ask_on(base: str, record: Record, ended: threading.Event) -> None:
    with closing(Client(base)) as client:
        number = 0
        while not ended.wait(_BETWEEN_S):
            number += 1
            for query, times in (("ASK {}", record.kept), (f"ASK {{}} # {number}", record.anew)):
                begun = time.perf_counter()
                status = client.ask(query)
                if status == http.client.OK:
                    times.append(time.perf_counter() - begun)
                else:
                    record.refused[status] += 1


@contextmanager
def _listening(record: Record) -> Iterator[str]:
    """Listen at an address that nobody may call, and count who does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        ended = threading.Event()

        def count() -> None:
            while not ended.is_set():
                try:
                    listener.accept()[0].close()
                except TimeoutError:
                    continue
                record.calls += 1

        thread = threading.Thread(target=count)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            ended.set()
            thread.join()


def median_ms(seconds: Sequence[float]) -> float:
    """The median, in milliseconds; endless where there is nothing."""
    return statistics.median(seconds) * 1000 if seconds else float("inf")
