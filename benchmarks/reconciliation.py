"""How long it takes to find a name among 60,000: our index beside rapidfuzz alone.

`make bench-reconciliation`, or `python -m benchmarks.reconciliation` in the repository's folder. The names
are made up from words of measures. Each is asked for as another table may spell it, and by an abbreviation.
What is found is told beside the time. Both ways are asked in turn, since a shared machine's speed changes by
the minute.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from sakata_lod.serve.reconciliation.index import NameIndex, Spelling
from sakata_lod.serve.reconciliation.names import Spellings

NAMES = 60_000
ASKED = 60
SHOWN = 10


_PLACES = (
    "八幡",
    "松山",
    "平田",
    "駅前",
    "中山間地域",
    "東部",
    "西部",
    "北地区",
    "南地区",
    "市街地",
    "港",
    "本町",
)
_THINGS = (
    "公共施設", "観光施設", "図書館", "学校", "保育園", "市税", "水道料金", "道路", "河川", "防災", "子育て",
    "農業", "林業", "商店街", "空き家", "地域交通", "文化財", "公園", "窓口", "オープンデータ", "健康診査",
    "予防接種", "下水道", "地籍調査", "消防団", "移住定住", "国際交流", "ごみ収集",
)  # fmt: skip
_ACTS = (
    "整備", "拡充", "推進", "支援システムの導入", "オンライン化", "計画の策定", "利便性向上", "効率化",
    "検討", "情報発信", "サービスの実施", "標準化", "体制の強化", "普及促進", "見直し", "維持管理",
)  # fmt: skip
_Find = Callable[[Spelling], Sequence[int]]


def main() -> None:
    """Measure, and print the table."""
    chance = random.Random(1)  # noqa: S311 - names, not secrets
    names = _names(chance)
    plain = Spellings([])
    begun = time.perf_counter()
    index = NameIndex(plain.spelling(each) for each in names)
    built_s = time.perf_counter() - begun
    meant = chance.sample(range(NAMES), ASKED)
    sys.stdout.write(f"{NAMES:,} names; the index is built in {built_s:.1f} s.\n\n")
    sys.stdout.write(
        "| asked | way | median, ms | longest, ms | among the first 10 |\n|---|---|---|---|---|\n"
    )
    for what, spell in {"spelt otherwise": _otherwise, "abbreviated": _abbreviated}.items():
        asked = {number: plain.spelling(spell(names[number])) for number in meant}
        for line in _measured(asked, _ways(index)):
            sys.stdout.write(f"| {what} | {line} |\n")


def _ways(index: NameIndex) -> dict[str, _Find]:
    keys = [each.key for each in index.names]

    def ours(asked: Spelling) -> Sequence[int]:
        nearest = sorted(index.like(asked), key=lambda each: -each[1].score)
        return [number for number, _ in nearest[:SHOWN]]

    def alone(asked: Spelling) -> Sequence[int]:
        return [number for _, _, number in process.extract(asked.key, keys, scorer=fuzz.ratio, limit=SHOWN)]

    return {"the service's index": ours, "rapidfuzz alone": alone}


def _measured(asked: Mapping[int, Spelling], ways: Mapping[str, _Find]) -> Iterator[str]:
    taken: dict[str, list[float]] = {each: [] for each in ways}
    found = dict.fromkeys(ways, 0)
    for number, spelling in asked.items():
        for way, find in ways.items():
            begun = time.perf_counter()
            shown = find(spelling)
            taken[way].append((time.perf_counter() - begun) * 1000)
            found[way] += number in shown
    for way, each in taken.items():
        yield f"{way} | {statistics.median(each):.0f} | {max(each):.0f} | {found[way]} of {ASKED}"


def _names(chance: random.Random) -> list[str]:
    names: set[str] = set()
    while len(names) < NAMES:
        first, second = chance.sample(_THINGS, 2)
        names.add(f"{chance.choice(_PLACES)}における{first}・{second}の{chance.choice(_ACTS)}")
    return sorted(names)


def _otherwise(name: str) -> str:
    """As another table has it: shorter, and with a word more."""
    return name.replace("における", "の").replace("・", "と") + "事業"


def _abbreviated(name: str) -> str:
    """Without the place: eleven other places have the same."""
    return name.partition("における")[2]


if __name__ == "__main__":
    main()
