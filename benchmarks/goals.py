"""The goals, and whether they are reached: what was measured → the page that shows it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.picture import Line, picture

if TYPE_CHECKING:
    from benchmarks.engine import Measured

PREFECTURE, NATION, CITY = 100, 1788, 1
_MICRO = 1_000_000
_MILLI = 1000


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal. cities: at how many. figures: what was measured, round by round; empty where it was not.

    at_least: else the figure is to be at most `goal`.
    """

    name: str
    cities: int
    goal: float
    unit: str
    figures: "Callable[[Measured], Sequence[float]]"
    at_least: bool = False

    def row(self, found: "Mapping[int, Measured]") -> str:
        """The goal's row of the table."""
        figures = self._measured(found)
        if not figures:
            return f"| {self.name} | {self.cities:,} | {self._wanted} | not measured in this run | | |"
        between = f"{_written(min(figures), self.unit)} to {_written(max(figures), self.unit)}"
        return (
            f"| {self.name} | {self.cities:,} | {self._wanted} | {_written(median(figures), self.unit)} "
            f"| {between if len(figures) > 1 else ''} | {'yes' if self._share(figures) >= 1 else '**no**'} |"
        )

    def line(self, found: "Mapping[int, Measured]") -> Line | None:
        """The goal in the picture; None where it was not measured."""
        figures = self._measured(found)
        if not figures:
            return None
        said = f"{_written(median(figures), self.unit)} (wanted: {self._wanted})"
        at = {PREFECTURE: "", CITY: ""}.get(self.cities, f", {self.cities:,} cities")
        return Line(f"{self.name.replace('`', '')}{at}", self._share(figures), said)

    def _measured(self, found: "Mapping[int, Measured]") -> "Sequence[float]":
        return self.figures(found[self.cities]) if self.cities in found else ()

    def _share(self, figures: "Sequence[float]") -> float:
        """How much of the goal is reached."""
        middle = median(figures)
        return middle / self.goal if self.at_least else self.goal / middle

    @property
    def _wanted(self) -> str:
        return f"at {'least' if self.at_least else 'most'} {_written(self.goal, self.unit)}"


def _ratio(one: str, other: str) -> "Callable[[Measured], Sequence[float]]":
    """Of two rates, round by round: both are of the same minute."""

    def figures(measured: "Measured") -> Sequence[float]:
        rates = measured.rates
        return [a / b for a, b in zip(rates[one], rates[other], strict=True)] if other in rates else ()

    return figures


def _moments(name: str, factor: float) -> "Callable[[Measured], Sequence[float]]":
    return lambda measured: [each * factor for each in measured.moments.get(name, ())]


def _pool(measured: "Measured") -> Sequence[float]:
    return [median(measured.moments["pool"]) * _MICRO]


def _loading(measured: "Measured") -> Sequence[float]:
    loading = measured.loading
    known = "rdflib" in loading and "pyoxigraph" in loading
    return [loading["pyoxigraph"]["cpu_s"] / loading["rdflib"]["cpu_s"]] if known else ()


_KEPT, _POINT, _LIST = "ours, point, kept", "ours, point", "ours, list"

RATIOS = (
    ("a kept answer ÷ granian's bare constant", 0.8, _KEPT, "constant"),
    ("a kept point query ÷ `oxigraph serve`", 1.5, _KEPT, "oxigraph, point"),
    ("a new point query ÷ `oxigraph serve`", 0.5, _POINT, "oxigraph, point"),
    ("a new list query ÷ `oxigraph serve`", 0.8, _LIST, "oxigraph, list"),
    ("a new point query ÷ rdflib-endpoint", 8, _POINT, "rdflib-endpoint, point"),
    ("a new list query ÷ rdflib-endpoint", 5, _LIST, "rdflib-endpoint, list"),
)
"""What is to be at least how many times as fast as what."""

GOALS = (
    *(Goal(name, PREFECTURE, least, "", _ratio(one, other), True) for name, least, one, other in RATIOS),  # noqa: FBT003
    Goal("what the pool adds to a point query, at the median", PREFECTURE, 50, "µs", _pool),
    Goal("a runaway query, answered after its deadline", PREFECTURE, 100, "ms", _moments("late", _MILLI)),
    Goal("loading into memory, CPU time ÷ rdflib's", PREFECTURE, 1 / 7, "", _loading),
    Goal("a release of all plans, validated", NATION, 60, "s", lambda found: [found.build["wall_s"]]),
    Goal("memory of what builds it", NATION, 2048, "MiB", lambda found: [found.build["memory_mib"]]),
    Goal("a city's files to a server that is ready, cold", CITY, 2, "s", _moments("cold", 1)),
)


def report(measured: "Sequence[Measured]", conditions: Mapping[str, str]) -> str:
    """Write the page."""
    found = {each.cities: each for each in measured}
    return "\n".join(
        (
            "# Size and speed",
            "",
            "Synthetic cities, each in the shape of Sakata's plan: 33 measures. Medians of rounds, and the",
            "least and the greatest. *Kept* answers come from the cache; *new* ones are to texts never asked",
            "before. All servers gave the same answers before they were timed. Made by `make bench`.",
            "",
            "| goal | cities | wanted | measured | rounds | reached |",
            "|---|--:|--:|--:|--:|---|",
            *(goal.row(found) for goal in GOALS),
            "",
            "Another client's `ASK {}` under hostile queries is measured by `make bench-hostile`.",
            "",
            "## By size",
            "",
            *_sizes(measured),
            "",
            "## Conditions",
            "",
            *(f"- {name}: {value}" for name, value in conditions.items()),
            "",
        )
    )


def drawing(measured: "Sequence[Measured]", conditions: Mapping[str, str]) -> str:
    """Draw the goals."""
    found = {each.cities: each for each in measured}
    lines = [line for goal in GOALS if (line := goal.line(found)) is not None]
    about = (
        f"{PREFECTURE} cities, where no other number is said; {conditions['machine']}; {conditions['date']}"
    )
    return picture(lines, about)


def _sizes(measured: "Sequence[Measured]") -> Iterator[str]:
    yield (
        "| | "
        + " | ".join(f"{each.cities:,} {'city' if each.cities == 1 else 'cities'}" for each in measured)
        + " |"
    )
    yield "|---" + "|--:" * len(measured) + "|"
    for name, cell in _ROWS.items():
        yield f"| {name} | " + " | ".join(cell(each) for each in measured) + " |"
    for each in measured:
        for name, why in each.left_out.items():
            yield f"\nAt {each.cities:,} cities, {name} is left out ({why})."


def _rate(name: str) -> "Callable[[Measured], str]":
    return lambda found: f"{median(found.rates[name]):,.0f}" if name in found.rates else "—"


def _of(field: str, name: str, digits: int = 1) -> "Callable[[Measured], str]":
    def cell(found: "Measured") -> str:
        values = getattr(found, field)
        return f"{values[name]:,.{digits}f}" if name in values else "—"

    return cell


def _load(library: str, key: str) -> "Callable[[Measured], str]":
    return lambda found: f"{found.loading[library][key]:,.1f}" if library in found.loading else "—"


_ROWS: "Mapping[str, Callable[[Measured], str]]" = {
    "quads": lambda found: f"{found.quads:,}",
    "where this server has them": lambda found: found.kept_in,
    "building the release, s": _of("build", "wall_s"),
    "… CPU time, s": _of("build", "cpu_s"),
    "… memory, MiB": _of("build", "memory_mib", 0),
    "… load average before": _of("build", "load_before"),
    "this server: from start to ready, s": _of("started_s", "ours"),
    "`oxigraph serve`: the same": _of("started_s", "oxigraph"),
    "rdflib-endpoint: the same": _of("started_s", "rdflib-endpoint"),
    "this server: memory, MiB": _of("memory_mib", "ours", 0),
    "`oxigraph serve`: memory, MiB": _of("memory_mib", "oxigraph", 0),
    "rdflib-endpoint: memory, MiB": _of("memory_mib", "rdflib-endpoint", 0),
    "granian's constant, a second": _rate("constant"),
    "this server: a kept point query, a second": _rate("ours, point, kept"),
    "this server: new point queries, a second": _rate("ours, point"),
    "`oxigraph serve`: point queries, a second": _rate("oxigraph, point"),
    "rdflib-endpoint: point queries, a second": _rate("rdflib-endpoint, point"),
    "this server: new list queries, a second": _rate("ours, list"),
    "`oxigraph serve`: list queries, a second": _rate("oxigraph, list"),
    "rdflib-endpoint: list queries, a second": _rate("rdflib-endpoint, list"),
    "loading into memory: CPU time, s": _load("pyoxigraph", "cpu_s"),
    "making the database: CPU time, s": _load("database", "cpu_s"),
    "rdflib, loading: CPU time, s": _load("rdflib", "cpu_s"),
    "rdflib, loaded: memory, MiB": _load("rdflib", "memory_mib"),
}


def _written(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 10 else f"{value:.2f}"
    return f"{text} {unit}".strip()
