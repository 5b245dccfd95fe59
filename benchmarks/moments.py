"""What is measured once a run: what the pool adds, how late a runaway query is answered, a cold start."""

import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from benchmarks.cities import code, write_city
from benchmarks.servers import BIN, ours
from benchmarks.synthetic import SEED, Synthetic, timed
from sakata_lod.formats import RESULTS_JSON, TURTLE
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.database import quads_of
from sakata_lod.serve.quads import open_quads
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.wire import Question

_ASKED = 2000
_DEADLINE_S = 1.0
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_TIMES = 5
_TIMED_OUT = 503


def measure(given: Synthetic, points: Sequence[str]) -> dict[str, list[float]]:
    """Seconds, of each time that it was measured."""
    return {
        "pool": pool(given, points),
        "late": late(given),
    } | ({"cold": cold()} if given.count == 1 else {})


def pool(given: Synthetic, points: Sequence[str]) -> list[float]:
    """How much longer a query takes through the pool than in this process, pair by pair.

    In this process, the query is run and its result written down, and nothing else is done.
    """
    settings = Settings(release=given.release.folder, log_requests=False)
    service = service_of(create_app(settings))
    quads = open_quads(quads_of(given.release, settings.store_in_memory_quads))
    added = []
    try:
        for number in range(_ASKED):
            query = points[number % len(points)].replace("_N", str(number))
            question = Question(query, RESULTS_JSON.media_type, TURTLE.media_type)
            began = time.perf_counter()
            service.evaluator.evaluate(question)
            between = time.perf_counter()
            found = quads.query(query, base_iri=service.iris.base)
            if isinstance(found, ox.QuerySolutions):
                found.serialize(format=RESULTS_JSON.results)
            added.append((between - began) - (time.perf_counter() - between))
    finally:
        service.close()
    return added


def late(given: Synthetic) -> list[float]:
    """How long after its deadline a runaway query is answered."""
    found = []
    with ours(given.release.folder, QUERY_TIMEOUT_S=str(_DEADLINE_S)) as server:
        server.ask("SELECT ?s { ?s ?p ?o } LIMIT 1")
        for number in range(_TIMES):
            began = time.monotonic()
            url = f"{server.endpoint}?query={quote(_RUNAWAY.replace('?n', f'?n{number}'))}"
            try:
                urllib.request.urlopen(url).close()  # noqa: S310 - our own server
            except urllib.error.HTTPError as error:
                if error.code != _TIMED_OUT:
                    raise
            else:
                raise RuntimeError("a runaway query was answered in time")
            found.append(time.monotonic() - began - _DEADLINE_S)
    return found


def cold() -> list[float]:
    """From a city's files to a server that is ready, with nothing known from earlier."""
    found = []
    for _ in range(_TIMES):
        with tempfile.TemporaryDirectory() as folder:
            site, releases = Path(folder) / code(1), Path(folder) / "releases"
            write_city(site, 1, SEED)
            base = "http://127.0.0.1:1/"
            command = ["build", str(site), "--releases", str(releases), "--base-iri", base]
            took = timed([str(BIN / "sakata-lod"), *command])
            with ours(releases / code(1), BASE_IRI=base) as server:
                found.append(took.wall_s + server.started_s)
    return found
