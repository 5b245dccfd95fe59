"""Searching measures: how long the index takes to build, how large it is, and how long searches take.

    make bench-search

The measures are invented: 100 cities with 600 each, of about 600 signs of text, whose words are as frequent
as words are (Zipf's law). Writes the result, beside the goal, to benchmarks/results/search.md.
"""

import os
import platform
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles
from time import process_time

import click
from werkzeug.datastructures import MultiDict

from sakata_lod.publish.search_file import write_index
from sakata_lod.search_index import SEARCH_INDEX, Choice, Document, Passage
from sakata_lod.serve.search.asking import read_search
from sakata_lod.serve.search.finding import find
from sakata_lod.serve.search.index import SearchIndex
from sakata_lod.serve.search.rows import found_json
from sakata_lod.serve.search.suggesting import spellings

RESULT = Path(__file__).parent / "results" / "search.md"
GOAL_MS = 10.0
_SEED = 1
_MEASURES_OF_A_CITY = 600
_SIGNS = 600
_YEARS = range(2018, 2023)
_FREQUENT = (
    "防災", "情報", "システム", "整備", "市民", "オープンデータ", "Wi-Fi",
    "マイナンバー", "納税課", "観光", "図書館", "光丘文庫",
)  # fmt: skip

SEARCHES: dict[str, list[tuple[str, str]]] = {
    "two signs, in most measures: 防災": [("q", "防災")],
    "four signs, in most measures: システム": [("q", "システム")],
    "one sign: 税": [("q", "税")],
    "long, in few measures: オープンデータ": [("q", "オープンデータ")],
    "two words: 防災 システム": [("q", "防災 システム")],
    "one left out: 情報 -防災": [("q", "情報 -防災")],
    "a number: 3-2-1": [("q", "3-2-1")],
    "in no measure, with what is spelt alike: オープンデーダ": [("q", "オープンデーダ")],
    "no word, the 1,000th page": [("page", "1000")],
    "word, two achievements, a theme": [
        ("q", "情報"),
        ("achievement", "achieved"),
        ("achievement", "discontinued"),
        ("theme", "theme-7"),
    ],
    "word, a city": [("q", "整備"), ("city", "900042")],
}


@dataclass(frozen=True, slots=True)
class Words:
    """Invented words, and how often each comes, summed up from the first."""

    words: list[str]
    weights: list[float]

    def text(self, chance: random.Random, signs: int) -> str:
        """A text of about so many signs."""
        return "の".join(chance.choices(self.words, cum_weights=self.weights, k=signs // 4))


def invented_words(chance: random.Random, count: int = 20_000) -> Words:
    """Words of two to four kanji, between some that Sakata's plan has."""
    kanji = [chr(each) for each in range(0x4E00, 0x4E00 + 6000, 3)]
    others = ["".join(chance.choices(kanji, k=chance.choice((2, 2, 3, 4)))) for _ in range(count)]
    for place, each in enumerate(_FREQUENT):
        others.insert(place * place * 4, each)
    return Words(others, list(accumulate(1 / (rank + 10) for rank in range(len(others)))))


def invented_measures(count: int) -> Iterator[Document]:
    """Measures of invented cities, in their order."""
    chance = random.Random(_SEED)  # noqa: S311 - nothing secret
    words = invented_words(chance)
    for number in range(count):
        city, within = divmod(number, _MEASURES_OF_A_CITY)
        yield _measure(chance, words, f"9{city:05}", within)


def _measure(chance: random.Random, words: Words, city: str, within: int) -> Document:
    chapter, section, item = within // 60 + 1, within // 6 % 10 + 1, within % 6 + 1
    department, theme = f"d{chance.randrange(20)}", f"theme-{chance.randrange(40)}"
    plan = f"{city}/keikaku"
    choices = (
        Choice("city", city, f"架空の市{city}", f"Invented City {city}"),
        Choice("plan", plan, f"架空の市{city}計画", f"Plan of {city}"),
        Choice("chapter", f"{plan}/{chapter}", f"第{chapter}章", f"Chapter {chapter}"),
        Choice("department", f"{city}/{department}", f"第{department}課", f"Division {department}"),
        Choice("theme", theme, f"{theme}の推進", f"About {theme}"),
        Choice(
            "achievement", chance.choice(("achieved", "partlyAchieved", "discontinued")), "達成など", "A code"
        ),
        *(Choice("year", str(year), f"{year}年度", f"FY{year}") for year in _YEARS),
    )
    return Document(
        iri=f"http://localhost:8000/{city}/id/measure/keikaku/{chapter}-{section}-{item}",
        number=f"{chapter}-{section}-{item}",
        titles={"ja": words.text(chance, 20)},
        names=(f"第{department}課", f"{theme}の推進"),
        passages=tuple(Passage(words.text(chance, _SIGNS // len(_YEARS)), str(year)) for year in _YEARS),
        choices=choices,
    )


@click.command()
@click.option("--measures", default=60_000, help="How many measures.")
@click.option("--rounds", default=20, help="How often each search is asked.")
def main(measures: int, rounds: int) -> None:
    """Build the index of invented measures and search it."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / SEARCH_INDEX
        build_s = timed(lambda: write_index(path, invented_measures(measures))) / 1000
        making_s = timed(lambda: sum(1 for _ in invented_measures(measures))) / 1000
        size = path.stat().st_size
        lines = [_line(path, name, asked, rounds) for name, asked in SEARCHES.items()]
    told = [
        "# Searching measures\n",
        f"`make bench-search`: {measures:,} invented measures of about {_SIGNS} signs, on "
        f"{platform.machine()}, {os.cpu_count()} processors, load {load:.1f} before; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {rounds} rounds.\n",
        f"The index: built in {build_s - making_s:.0f} s, {size / 1e6:.0f} MB, "
        f"{size / measures / 1000:.1f} kB a measure.\n",
        "Times are those of a processor, so that other work of the machine is not in them. “First” is "
        "asked of an index just opened, where no word and no facet is known yet; the others of one in use, "
        "with the words of earlier searches kept, or forgotten before each search. Facets, counts, snippets "
        f"and JSON are part of each time. Goal: {GOAL_MS:.0f} ms at the median, with words kept.\n",
        "| search | measures | first, ms | forgotten: median, ms | p95, ms "
        "| kept: median, ms | p95, ms | goal |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
        *lines,
    ]
    RESULT.write_text("\n".join(told) + "\n", encoding="utf-8")
    click.echo(RESULT.read_text(encoding="utf-8"))


def _line(path: Path, name: str, asked: list[tuple[str, str]], rounds: int) -> str:
    index = SearchIndex(path)
    first = timed(lambda: ask(index, asked))
    anew = []
    for _ in range(rounds):
        index.forget()
        anew.append(timed(lambda: ask(index, asked)))
    kept = [timed(lambda: ask(index, asked)) for _ in range(rounds)]
    total = find(index, read_search(MultiDict(asked))).total
    index.close()
    told = [f"{median(anew):.1f}", f"{_p95(anew):.1f}", f"{median(kept):.1f}", f"{_p95(kept):.1f}"]
    verdict = "met" if median(kept) <= GOAL_MS else "missed"
    return f"| {name} | {total:,} | {first:.1f} | {' | '.join(told)} | {verdict} |"


def ask(index: SearchIndex, asked: list[tuple[str, str]]) -> bytes:
    """Search, as the server does for JSON."""
    found = find(index, read_search(MultiDict(asked)))
    return found_json(found, [] if found.total else spellings(index, found), {})


def timed(act: Callable[[], object]) -> float:
    """How many milliseconds of a processor something takes: a machine's other work is not in it."""
    began = process_time()
    act()
    return (process_time() - began) * 1000


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
