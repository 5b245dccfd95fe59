"""Releases take each other's place 20 times while queries are asked without end: `make bench-swaps`.

Two small releases differ in a mark, which stands in two places of each answer. An answer is whole if both
bear the same mark, and its entity tag is the digest of its content.
"""

import hashlib
import http.client
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.servers import free_port
from benchmarks.serving import serving
from sakata_lod.release import make_current, open_release
from sakata_lod.serve.settings import Settings
from tests.serve.small_release import write_small_release

SWAPS = 20
EVERY_S = 2.0
CLIENTS = 8
MARKS = "AB"

_QUERY = """SELECT ?title ?cell {
  <id/measure/joho/2-1-2> <http://purl.org/dc/terms/title> ?title . FILTER(LANG(?title) = "ja")
  ?x <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> ?cell . FILTER(STRSTARTS(?cell, "フリー"))
} # """


class Client(threading.Thread):
    """Asks without end, every other time what was asked before. answers: how many, by what they were."""

    def __init__(self, base: str, ended: threading.Event) -> None:
        super().__init__()
        self._connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
        self._ended = ended
        self.answers: Counter[str] = Counter()

    def run(self) -> None:
        """Ask until told to end."""
        number = 0
        while not self._ended.is_set():
            number += 1
            asked = f"{self.name}-{number}" if number % 2 else str(number % 10)
            try:
                self._connection.request("GET", f"/sparql?query={quote(_QUERY + asked)}")
                answer = self._connection.getresponse()
                self.answers[_judge(answer, answer.read())] += 1
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                self.answers[f"failed: {error!r}"] += 1
        self._connection.close()


def main() -> None:
    """Swap releases under load, and print what was answered."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, port = Path(scratch), free_port()
        releases = [_release(folder, f"http://127.0.0.1:{port}/", mark) for mark in MARKS]
        make_current(releases[0])
        with serving(Settings(release=folder), port, LOG_REQUESTS="0") as (base, _):
            begun = time.monotonic()
            answers = _swap(base, releases)
            _print(answers, time.monotonic() - begun)


def _release(folder: Path, base: str, mark: str) -> Path:
    written = write_small_release(folder / f"new-{mark}", base, f"〈{mark}〉")
    return written.rename(folder / open_release(written).id)


def _swap(base: str, releases: Sequence[Path]) -> Counter[str]:
    ended = threading.Event()
    clients = [Client(base, ended) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    for number in range(SWAPS):
        time.sleep(EVERY_S)
        make_current(releases[(number + 1) % len(releases)])
    time.sleep(2 * EVERY_S)
    ended.set()
    for each in clients:
        each.join()
    return sum((each.answers for each in clients), Counter())


def _judge(answer: http.client.HTTPResponse, content: bytes) -> str:
    if answer.status != http.client.OK:
        return f"status {answer.status}"
    marks = re.findall("〈(.)〉", content.decode())
    if len(marks) != len(MARKS) or len(set(marks)) != 1:
        return f"mixed: {marks}"
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return f"whole, of {marks[0]}" if answer.headers["ETag"] == tag else "tag of another"


def _print(answers: Counter[str], seconds: float) -> None:
    sys.stdout.write(f"{SWAPS} swaps, {answers.total() / seconds:,.0f} queries a second\n\n")
    sys.stdout.write("| answer | count |\n|---|---|\n")
    for what, count in sorted(answers.items()):
        sys.stdout.write(f"| {what} | {count:,} |\n")


if __name__ == "__main__":
    main()
