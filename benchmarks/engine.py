"""Size and speed, beside what others do with the same data: one run, one table of goals.

    make bench [CITIES=1,100] or python -m benchmarks.engine --cities 1,100,1788

Needs wrk. For each number of synthetic cities: builds their release (or takes that of an earlier run), starts
this server, `oxigraph serve`, rdflib-endpoint and granian's constant side by side, has them answer the same
queries, and compares the answers. Then it asks them in interleaved rounds, since a shared machine's speed
changes by the minute. A figure is the median of the rounds. Writes engine.md, .svg and .json into
benchmarks/results.
"""

import compileall
import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

import click

import sakata_lod
from benchmarks import moments
from benchmarks.conditions import conditions
from benchmarks.goals import drawing, report
from benchmarks.servers import Server, constant, distinct_texts, ours, oxigraph, rdflib_endpoint, same_text
from benchmarks.synthetic import Synthetic, kept, synthetic
from sakata_lod.serve.database import quads_of
from sakata_lod.serve.settings import Settings

RESULTS = Path(__file__).parent / "results"
CHECKED = 20
"""How many queries of each kind every server must answer alike before anything is timed."""

RDFLIB_AT_MOST = 1_500_000
"""Quads. Above, rdflib is left out: it would load for minutes, into gigabytes."""

_POINT = "SELECT ?p ?o_N { <%sid/measure/joho-keikaku/%s> ?p ?o_N }"
_LIST = """SELECT ?m ?number ?title_N { ?m <http://purl.org/dc/terms/isPartOf> <%sid/plan/joho-keikaku> ;
  <http://purl.org/dc/terms/identifier> ?number ; <http://purl.org/dc/terms/title> ?title_N }"""
_NUMBERS = ("2-1-1", "3-1-2", "3-2-9", "4-1-6", "4-2-2")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured at one number of cities.

    rates: answers a second, in each round, by what was asked. moments: see there.
    """

    cities: int
    quads: int
    kept_in: str
    build: Mapping[str, float]
    rates: Mapping[str, Sequence[float]]
    started_s: Mapping[str, float]
    memory_mib: Mapping[str, float]
    moments: Mapping[str, Sequence[float]] = field(default_factory=dict)
    loading: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


@click.command()
@click.option("--cities", default="1,100,1788", show_default=True, help="How many, one run for each number.")
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True)
@click.option(
    "--seconds", type=click.IntRange(min=1), default=2, show_default=True, help="Of one case, a round."
)
def main(cities: str, rounds: int, seconds: int) -> None:
    """Measure, print the tables, and write them to benchmarks/results."""
    # As pip leaves an installed package; else each command would compile it anew where the environment says
    # that Python is to write no bytecode.
    compileall.compile_dir(sakata_lod.__path__[0], quiet=1)
    found = []
    for count in sorted(int(each) for each in cities.split(",")):
        click.echo(f"{count} cities", err=True)
        found.append(measure(synthetic(count), rounds, seconds))
    said = conditions(rounds, seconds)
    text = report(found, said)
    RESULTS.mkdir(exist_ok=True)
    record = {"conditions": said, "measured": [asdict(each) for each in found]}
    (RESULTS / "engine.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (RESULTS / "engine.md").write_text(text, "utf-8")
    (RESULTS / "engine.svg").write_text(drawing(found, said), "utf-8")
    click.echo(text)


def measure(given: Synthetic, rounds: int, seconds: int) -> Measured:
    """Measure everything about one number of cities."""
    manifest = given.release.manifest
    quads = manifest.counts["triples"] + manifest.counts["quads"]
    at = quads_of(given.release, Settings().store_in_memory_quads)
    points, lists = _queries(given)
    left_out = {}
    with ExitStack() as stack:
        bare = stack.enter_context(constant())
        servers = [stack.enter_context(ours(given.release.folder)), stack.enter_context(_oxigraph(at))]
        if quads <= RDFLIB_AT_MOST:
            servers.append(stack.enter_context(rdflib_endpoint(given.release.dataset)))
        else:
            left_out["rdflib-endpoint"] = f"{quads:,} quads: rdflib loads them for minutes, into gigabytes"
        for queries in (points, lists):
            check(servers, queries)
        cases = _cases(bare, servers, points, lists, seconds)
        rates = _rounds(cases, rounds)
        memory = {each.name: each.memory_mib() for each in servers}
    return Measured(
        cities=given.count,
        quads=quads,
        kept_in="database on disk" if at.is_dir() else "memory",
        build=asdict(given.took),
        rates=rates,
        started_s={each.name: each.started_s for each in servers},
        memory_mib=memory,
        moments=moments.measure(given, points),
        loading=_loading(given, quads, at),
        left_out=left_out,
    )


def check(servers: Sequence[Server], queries: Sequence[str]) -> None:
    """Have all servers answer some of the queries alike, and with something.

    Raises: RuntimeError: one does not; so nothing of it is worth timing.
    """
    for query in (each.replace("_N", "") for each in queries[:CHECKED]):
        expected = servers[0].ask(query)
        wrong = [each.name for each in servers[1:] if each.ask(query) != expected]
        if wrong or not expected:
            raise RuntimeError(f"{', '.join(wrong) or servers[0].name} answers otherwise: {query}")


def _queries(given: Synthetic) -> tuple[list[str], list[str]]:
    """Point and list queries about cities all over the release, in an order of no meaning."""
    chance = random.Random(given.count)  # noqa: S311 - for the same queries every time
    bases = [each.base_iri for each in given.release.manifest.members]
    some = chance.sample(bases, min(len(bases), 200))
    points = [_POINT % (base, number) for base in some for number in _NUMBERS]
    chance.shuffle(points)
    return points, [_LIST % base for base in some]


def _cases(
    bare: Server, servers: Sequence[Server], points: Sequence[str], lists: Sequence[str], seconds: int
) -> dict[str, Callable[[], float]]:
    one = f"{servers[0].endpoint}?query={quote(points[0].replace('_N', ''))}"
    cases = {
        "constant": lambda: same_text(bare.base, seconds),
        "ours, point, kept": lambda: same_text(one, seconds),
    }
    for server in servers:
        for kind, queries in (("point", points), ("list", lists)):
            cases[f"{server.name}, {kind}"] = _asking(server, queries, seconds)
    return cases


def _asking(server: Server, queries: Sequence[str], seconds: int) -> Callable[[], float]:
    return lambda: distinct_texts(server, queries, seconds)


def _rounds(cases: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """The rates of all cases, round by round; a round before them warms all up."""
    rates: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, rate in cases.items():
            found = rate()
            if number:
                rates[name].append(found)
        click.echo(f"  round {number} of {rounds}", err=True)
    return rates


def _oxigraph(at: Path) -> AbstractContextManager[Server]:
    return oxigraph(at / "quads" if at.is_dir() else at)


def _loading(given: Synthetic, quads: int, at: Path) -> dict[str, dict[str, float]]:
    """What loading the dataset takes each library, in a process of its own."""
    libraries = ["pyoxigraph"] if at.is_file() else ["database"]
    libraries += ["rdflib"] if quads <= RDFLIB_AT_MOST else []
    took = {each: kept(f"{given.count}-{each}", given.release.id, _load(given, each)) for each in libraries}
    return {library: each for library, each in took.items() if each is not None}


def _load(given: Synthetic, library: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.loading", library, str(given.release.dataset)]


if __name__ == "__main__":
    main()
