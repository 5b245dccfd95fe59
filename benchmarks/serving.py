"""How fast answers come: kept, made anew, and against a constant from granian itself.

`make bench-serving`, or `python -m benchmarks.serving` in the repository's folder. Needs wrk. Serves the
release that RELEASE names (build/sakata), on loopback: once with the cache of answers, once without. Rounds
are interleaved, since a shared machine's speed changes by the minute; a figure is the median of the rounds.
What counts is its ratio to the constant.
"""

import os
import re
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

from benchmarks.servers import CONNECTIONS, constant, free_port, running
from sakata_lod.release import open_release
from sakata_lod.serve.settings import Settings

ROUNDS = 3
SECONDS = 3

_RATE = re.compile(r"^Requests/sec:\s*([\d.]+)", re.MULTILINE)
_NOT_2XX = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors")
_POINT = "SELECT ?p ?o { <id/plan/%s> ?p ?o }"
_LIST = """SELECT ?m ?number ?title { ?m a <https://w3id.org/municipal-plan#Measure> ;
  <http://purl.org/dc/terms/identifier> ?number ; <http://purl.org/dc/terms/title> ?title }"""


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked of which server."""

    name: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


def main() -> None:
    """Measure, and print the table."""
    settings = Settings.read(os.environ)
    plan = open_release(settings.release).manifest.plans[0].slug
    with ExitStack() as servers:
        bare = servers.enter_context(constant()).base
        kept, _ = servers.enter_context(serving(settings))
        anew, _ = servers.enter_context(serving(settings, CACHE_BYTES="0"))
        cases = _cases(bare, kept, anew, plan)
        rounds = [[_rate(case) for case in cases] for _ in range(ROUNDS)]
    rates = [statistics.median(each) for each in zip(*rounds, strict=True)]
    sys.stdout.write("| answer | a second | to the constant |\n|---|---|---|\n")
    for case, rate in zip(cases, rates, strict=True):
        sys.stdout.write(f"| {case.name} | {rate:,.0f} | {rate / rates[0]:.3f} |\n")


def _cases(bare: str, kept: str, anew: str, plan: str) -> Sequence[Case]:
    document = f"doc/plan/{plan}.ttl"
    point, listing = (f"sparql?query={quote(query)}" for query in (_POINT % plan, _LIST))
    with urllib.request.urlopen(f"{kept}{document}") as answer:  # noqa: S310 - our own server
        tag = answer.headers["ETag"]
    return [
        Case("granian's constant", bare),
        Case("document, kept", f"{kept}{document}", {"Accept-Encoding": "br"}),
        Case("document, 304", f"{kept}{document}", {"If-None-Match": tag}),
        Case("point query, kept", f"{kept}{point}"),
        Case("point query, anew", f"{anew}{point}"),
        Case("list query, kept", f"{kept}{listing}"),
        Case("list query, anew", f"{anew}{listing}"),
        Case("document, anew", f"{anew}{document}"),
    ]


def _rate(case: Case) -> float:
    headers = [word for name, value in case.headers.items() for word in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers, case.url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = _RATE.search(said)
    if found is None or _NOT_2XX.search(said):
        raise RuntimeError(f"{case.name}: {said}")
    return float(found[1])


@contextmanager
def serving(settings: Settings, port: int = 0, **more: str) -> Iterator[tuple[str, int]]:
    """Run a server over a release. Answers where, and its process id. port: a free one, if not told."""
    port = port or free_port()
    base = f"http://127.0.0.1:{port}/"
    told = {"PORT": str(port), "RELEASE": str(settings.release)} | more
    with running("ours", [sys.executable, "server.py"], base, "readyz", told) as server:
        yield base, server.pid


if __name__ == "__main__":
    main()
