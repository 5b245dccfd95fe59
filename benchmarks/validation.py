"""Validating Sakata's data, by our own validation and by others, in one process.

    make bench-validation

Writes the table of ratios, beside the goals, to benchmarks/results/validation.md.
"""

import gc
import os
import platform
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from math import ceil
from pathlib import Path
from statistics import median
from time import process_time

import click
import shifty
from pyshacl import validate as run_pyshacl
from rdflib import Graph

from sakata_lod import vocabulary
from sakata_lod.namespaces import PLAN, RDF, SH
from sakata_lod.publish import report_key
from sakata_lod.publish.build import SiteData, read_data, validate_data
from sakata_lod.publish.report_cache import ReportCache
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.validation import validate

ROOT = Path(__file__).parent.parent
SITE = ROOT / "data" / "sakata"
RESULT = Path(__file__).parent / "results" / "validation.md"

PER_MEASURE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix plan: <https://w3id.org/municipal-plan#> .
@prefix shapes: <https://w3id.org/municipal-plan/shapes#> .

shapes:PlanShape-identifiersUnique a sh:NodeShape ; sh:targetClass plan:Measure ; sh:sparql [
    sh:prefixes <https://w3id.org/municipal-plan/shapes> ; sh:select '''
    SELECT DISTINCT $this ?value WHERE {
      $this dct:isPartOf ?plan ; dct:identifier ?number .
      ?value dct:isPartOf ?plan ; dct:identifier ?number .
      FILTER ($this != ?value)
    }''' ] .

shapes:PlanShape-numbersNest a sh:NodeShape ; sh:targetClass plan:Measure, plan:Division ; sh:sparql [
    sh:prefixes <https://w3id.org/municipal-plan/shapes> ; sh:select '''
    SELECT DISTINCT $this WHERE {
      { $this dct:identifier ?number ; plan:division ?outer }
      UNION { $this skos:notation ?number ; skos:broader ?outer }
      ?outer skos:notation ?start .
      FILTER (!STRSTARTS(STR(?number), CONCAT(STR(?start), "-")))
    }''' ] .
"""
"""Two rules of the plan, asked of each measure instead."""

_RULES_PER_MEASURE = 2


@dataclass(frozen=True, slots=True)
class Way:
    """A way to validate. run: tells how many results it finds. prepare: what comes before, untimed."""

    name: str
    run: Callable[[], int]
    prepare: Callable[[], object] = gc.collect


def _unwatched(_stage: str) -> AbstractContextManager[None]:
    return nullcontext()


def _ways(data: SiteData, cache: ReportCache) -> dict[str, Way]:
    authored = load_shapes().authored
    per_measure = _per_measure(authored)
    return {
        "ours": Way("ours, a full run", lambda: len(validate(data.dataset.current, load_shapes()).results)),
        "stock": Way(
            "stock pyshacl, shapes nested as written, rdflib's SPARQL", lambda: _stock(data, authored)
        ),
        "per measure": Way(
            "the same, two rules of the plan asked per measure", lambda: _stock(data, per_measure)
        ),
        "known": Way("ours, unchanged", lambda: len(validate_data(data, _unwatched, cache).results)),
        "known first": Way(
            "ours, unchanged, the first in a process",
            lambda: len(validate_data(data, _unwatched, cache).results),
            _forget,
        ),
        "shifty": Way("pyshifty", lambda: _shifty(data, authored)),
    }


def _per_measure(authored: Graph) -> Graph:
    """The shapes with two rules in their variant per measure."""
    variant, changed = Graph().parse(data=PER_MEASURE, format="turtle"), Graph()
    replaced = set(variant.subjects(RDF.type, SH.NodeShape))
    for triple in authored:
        if not (triple[0] in replaced and triple[1] in (SH.sparql, SH.targetClass)):
            changed.add(triple)
    changed += variant
    return changed


def _union(data: SiteData) -> Graph:
    whole = Graph()
    for graph in data.dataset.current:
        whole += graph
    return whole


def _stock(data: SiteData, shapes: Graph) -> int:
    _, report, _ = run_pyshacl(_union(data), shacl_graph=shapes)
    return len(list(report.objects(None, SH.result)))


def _shifty(data: SiteData, shapes: Graph) -> int:
    _, report, _ = shifty.validate(_union(data), shapes, graph_mode="data", infer=False)
    return len(set(report.objects(None, SH.result)))


def _forget() -> None:
    """Forget what a process keeps of the shared files and of our source."""
    vocabulary.content.cache_clear()
    report_key.software.cache_clear()
    gc.collect()


def _measured(ways: dict[str, Way], rounds: int) -> tuple[dict[str, float], dict[str, int]]:
    """The median CPU time of each way in seconds, and how many results it found. Rounds run each way once."""
    found = {key: way.run() for key, way in ways.items()}
    times: dict[str, list[float]] = {key: [] for key in ways}
    for number in range(rounds):
        for key, way in ways.items():
            way.prepare()
            begin = process_time()
            way.run()
            times[key].append(process_time() - begin)
        click.echo(f"round {number + 1} of {rounds}", err=True)
    return {key: median(each) for key, each in times.items()}, found


def _ratio(one: float, other: float) -> str:
    return f"1/{other / one:.1f}" if one < other else f"{one / other:.1f}"


def _report(
    data: SiteData, ways: dict[str, Way], times: dict[str, float], found: dict[str, int], rounds: int
) -> str:
    full = times["ours"]
    rows = [
        f"| {way.name} | {times[key] * 1000:,.1f} | {_ratio(times[key], full)} | {found[key]} |"
        for key, way in ways.items()
    ]
    goals = (
        ("a plan ÷ stock pyshacl with rules per measure", full, times["per measure"], 20),
        ("an unchanged plan ÷ a full run", times["known"], full, 50),
        ("an unchanged plan, the first in a process ÷ a full run", times["known first"], full, 50),
        ("for information: a plan ÷ stock pyshacl", full, times["stock"], None),
        ("for information: a plan ÷ pyshifty", full, times["shifty"], None),
    )
    held = [
        f"| {name} | {_ratio(one, other)} | {f'at most 1/{goal}' if goal else ''} "
        f"| {('yes' if one * goal <= other else 'no') if goal else ''} |"
        for name, one, other, goal in goals
    ]
    each_rule = (times["per measure"] - times["stock"]) / _RULES_PER_MEASURE
    needed = ceil((20 * full - times["stock"]) / each_rule)
    whole = _union(data)
    measures = len(set(whole.subjects(RDF.type, PLAN.Measure)))
    libraries = ", ".join(
        f"{each} {version(each)}" for each in ("pyshacl", "rdflib", "pyoxigraph", "pyshifty")
    )
    return "\n".join(
        (
            "# Validation",
            "",
            f"Sakata's data: {len(whole):,} triples, shared ones among them; {measures} measures. "
            f"Medians of {rounds} interleaved rounds in one process, CPU time. "
            f"Python {platform.python_version()}, {libraries}; "
            f"{platform.machine()}, {os.cpu_count()} cores. Made by `make bench-validation`.",
            "",
            "| | ms | ÷ a full run of ours | results |",
            "|---|--:|--:|--:|",
            *rows,
            "",
            "| ratio | measured | goal | reached |",
            "|---|--:|--:|---|",
            *held,
            "",
            f"A rule asked per measure adds {each_rule * 1000:,.0f} ms to stock pyshacl. Reckoned from that, "
            f"not measured: the first goal is reached against shapes with {needed} such rules.",
            "",
        )
    )


@click.command()
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True)
def main(rounds: int) -> None:
    """Measure, print the tables, and write them to benchmarks/results/validation.md."""
    data = read_data(SITE, None, _unwatched)
    with tempfile.TemporaryDirectory() as folder:
        ways = _ways(data, ReportCache(Path(folder)))
        times, found = _measured(ways, rounds)
    text = _report(data, ways, times, found, rounds)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
