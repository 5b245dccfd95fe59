"""The servers that are compared, each run as its users would, on loopback, and how fast they answer."""

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sakata_lod.formats import N_QUADS, RESULTS_JSON

BIN = Path(sys.executable).parent
CONNECTIONS = 16
READY_WITHIN_S = 900
"""A nation's database is made at the first start: minutes."""
_THREADS = 50  # as many as our own server has by default

_RATE = re.compile(r"^Requests/sec:\s*([\d.]+)", re.MULTILINE)
_FAILED = re.compile(r"Non-2xx or 3xx responses: \d+|Socket errors.*")
_DISTINCT = """
local queries = {{ {queries} }}
local n = tonumber({begin})
request = function()
  n = n + 1
  local text = queries[n % #queries + 1]:gsub("_N", n)
  return wrk.format("GET", "{path}?query=" .. text)
end
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. endpoint: where it answers queries. started_s: from its start until it was ready."""

    name: str
    base: str
    endpoint: str
    pid: int
    started_s: float

    def ask(self, query: str) -> object:
        """Ask a query; its rows as a set of bindings, in an order of no meaning."""
        accept = {"Accept": RESULTS_JSON.media_type}
        request = urllib.request.Request(f"{self.endpoint}?query={quote(query)}", headers=accept)  # noqa: S310
        with urllib.request.urlopen(request, timeout=READY_WITHIN_S) as answer:  # noqa: S310 - our own servers
            rows = json.load(answer)["results"]["bindings"]
        return sorted(
            sorted((name, each["type"], each["value"]) for name, each in row.items()) for row in rows
        )

    def memory_mib(self) -> float:
        """What it and all its processes hold, what they share counted once."""
        return sum(_proportional_kib(pid) for pid in family(self.pid)) / 1024


@contextmanager
def ours(release: Path, **settings: str) -> Iterator[Server]:
    """Run this project's server, with its limits and its cache of answers as they are by default."""
    base = f"http://127.0.0.1:{free_port()}/"
    told = {
        "PORT": base.rpartition(":")[2].strip("/"),
        "RELEASE": str(release),
        "LOG_REQUESTS": "0",
    } | settings
    with running("ours", [str(BIN / "sakata-lod"), "serve"], base, "readyz", told) as server:
        yield Server("ours", base, f"{base}sparql", server.pid, server.started_s)


@contextmanager
def constant() -> Iterator[Server]:
    """The least that granian answers through WSGI."""
    base = f"http://127.0.0.1:{free_port()}/"
    command = _granian(base, "wsgi", "benchmarks.constant:application")
    command += ["--blocking-threads", str(_THREADS)]
    with running("constant", command, base, "", {}) as server:
        yield server


@contextmanager
def oxigraph(dataset: Path) -> Iterator[Server]:
    """`oxigraph serve` with a dataset in memory; or, of a folder, `oxigraph serve-read-only` over it."""
    base = f"http://127.0.0.1:{free_port()}/"
    bind = ["--bind", base.removeprefix("http://").strip("/")]
    verb = ["serve-read-only", "--location", str(dataset)] if dataset.is_dir() else ["serve"]
    began = time.monotonic()
    with running("oxigraph", [str(BIN / "oxigraph"), *verb, *bind], base, "", {}) as server:
        if dataset.is_file():
            _upload(f"{base}store", dataset)
        yield Server("oxigraph", base, f"{base}query", server.pid, time.monotonic() - began)


@contextmanager
def rdflib_endpoint(dataset: Path) -> Iterator[Server]:
    """rdflib-endpoint with a dataset's default graph, behind granian, which is faster than uvicorn."""
    base = f"http://127.0.0.1:{free_port()}/"
    command = [*_granian(base, "asgi", "benchmarks.rdflib_peer:application"), "--factory"]
    ready = f"sparql?query={quote('ASK { ?s ?p ?o }')}"
    with running("rdflib-endpoint", command, base, ready, {"DATASET": str(dataset)}) as server:
        yield Server("rdflib-endpoint", base, f"{base}sparql", server.pid, server.started_s)


def same_text(url: str, seconds: int) -> float:
    """How often a second one and the same URL is answered."""
    return _wrk([f"-d{seconds}s", url], url)


def distinct_texts(server: Server, queries: Sequence[str], seconds: int) -> float:
    """How often a second a server answers queries, no two of which have the same text.

    queries: with `_N` in each, in the place of which a number stands that is used once.
    """
    listed = ", ".join(json.dumps(quote(query)) for query in queries)
    path = server.endpoint.removeprefix(server.base.rstrip("/"))
    script = _DISTINCT.format(queries=listed, begin=time.time_ns() // 1000 % 10**12, path=path)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        return _wrk([f"-d{seconds}s", "-s", file.name, server.base], server.name)


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """The median, the least and the greatest."""
    return statistics.median(values), min(values), max(values)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def family(pid: int) -> set[int]:
    """A process and all that it began, and they."""
    found, waiting = {pid}, [pid]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                new = {int(each) for each in task.read_text("ascii").split()} - found
            except OSError:  # it has ended meanwhile
                continue
            found |= new
            waiting += new
    return found


@contextmanager
def running(
    name: str, command: Sequence[str], base: str, ready: str, told: Mapping[str, str]
) -> Iterator[Server]:
    """Run a server until it is not needed any more. ready: the path that it answers with 200 when it is."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=os.environ | told, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        while not _answers(f"{base}{ready}"):
            if process.poll() is not None or time.monotonic() - began > READY_WITHIN_S:
                raise RuntimeError(f"{command} does not become ready")
            time.sleep(0.02)
        yield Server(name, base, base, process.pid, time.monotonic() - began)
    finally:
        process.terminate()
        process.wait()


def _granian(base: str, interface: str, target: str) -> list[str]:
    port = base.rpartition(":")[2].strip("/")
    return [
        str(BIN / "granian"),
        "--interface",
        interface,
        "--port",
        port,
        "--no-ws",
        "--log-level",
        "error",
        target,
    ]


def _wrk(arguments: Sequence[str], about: str) -> float:
    headers = ["-H", f"Accept: {RESULTS_JSON.media_type}"]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "--timeout", "30s", *headers, *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    found, failed = _RATE.search(said), _FAILED.search(said)
    if found is None or failed:
        raise RuntimeError(f"{about}: {failed[0] if failed else said}")
    return float(found[1])


def _upload(url: str, dataset: Path) -> None:
    with dataset.open("rb") as content:
        headers = {"Content-Type": N_QUADS.media_type, "Content-Length": str(dataset.stat().st_size)}
        request = urllib.request.Request(f"{url}?no_transaction", content, headers, method="POST")  # noqa: S310
        urllib.request.urlopen(request).close()  # noqa: S310 - our own server


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=READY_WITHIN_S) as answer:  # noqa: S310 - our own servers
            return bool(answer.status == 200)
    except OSError:
        return False


def _proportional_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:  # it has ended meanwhile
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
