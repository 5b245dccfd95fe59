"""Synthetic cities: folders as a city writes them, in the shape of Sakata's, with nothing real in them.

    python -m benchmarks.cities FOLDER --count 100 --seed 1

Their codes begin with 9, which no prefecture's does, and their names say 架空 (invented). A city depends on
its number and the seed alone, so that the first 100 of 1,788 are the 100.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import click

_FEDERATION = """# 架空の市の集まり — invented cities, made by benchmarks/cities.py, seed {seed}.

base_iri = "http://localhost:8000/"
name.ja = "架空の市{count}団体"
name.en = "{count} invented cities"
sites = ["cities/*"]

[licence]
iri = "https://creativecommons.org/licenses/by/4.0/"
title = "Creative Commons Attribution"
"""

_SITE = """# 架空の市 — an invented city, made by benchmarks/cities.py.
base_iri = "http://localhost:8000/"

[publisher]
code = "{code}"
name.ja = "{name}"
name.en = "Invented City {number}"
homepage = "https://{code}.example/"

[licence]
iri = "https://creativecommons.org/licenses/by/4.0/"
title = "Creative Commons Attribution"
"""

_DEPARTMENTS = """@prefix org:  <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

_DEPARTMENT = """
<department/{slug}> a org:OrganizationalUnit ;
    skos:prefLabel "{name}"@ja , "{english}"@en ;
    org:unitOf <organization/{code}> .
"""

_PLAN = r"""slug = "joho-keikaku"
title.ja = "{name}情報化計画"
title.en = "ICT Plan of Invented City {number}"
first_fiscal_year = 2018
last_fiscal_year = 2022

[columns]
number = "項目"
title = "個別施策"
departments = "所管課"
achievement = "目標達成"
response = "今後の対応"
reason = "達成できなかった理由"

[rows]
divisions = ['第(?P<number>\d+)章 (?P<title>.+)', '(?P<number>\d+) (?P<title>.+)']
measure = '\((?P<number>\d+)\) (?P<title>.+)'

[achievement]
"◎" = "achieved"
"達成" = "achieved"
"○" = "partlyAchieved"
"一部達成" = "partlyAchieved"
"△" = "discontinued"
"取りやめ" = "discontinued"

[response]
"継続" = "continue"
"完了" = "complete"
"休止" = "suspend"

[editions.2023-03-31]
source = "source.tsv"
format = "tsv"
"""

_CORRECTION = """[[correction]]
slug = "mark-and-words"
type = "markAndWordsDisagree"
cells = [{{ row = {row}, column = "目標達成", expect = "◎ 一部達成" }}]
reading = "一部達成"
as_read = "一部達成"
certain = true
comment.ja = "記号と語が食い違う。語を採る。"
comment.en = "The mark and the words disagree. The words win."
"""

_TRANSLATIONS = """machine = true

[en]
{titles}"""

_THEMES = """[[rule]]
theme = "wi-fi"
words = ["Wi-Fi"]
relates = true

[[rule]]
theme = "open-data"
words = ["オープンデータ"]
relates = true

[[rule]]
theme = "tourism"
words = ["観光"]

[[rule]]
theme = "disaster-prevention"
words = ["防災"]
"""

_HEADINGS = (
    "項目", "個別施策", "所管課", "平成30年度", "令和元年度", "令和2年度", "令和3年度", "令和4年度",
    "目標達成", "今後の対応", "達成できなかった理由",
)  # fmt: skip
_YEARS = 5
_DIVISIONS = ((5,), (4, 9, 6, 1), (6, 2))
"""How many measures each section of each chapter has: 33 in all, as in Sakata's plan."""

_SYLLABLES = ("青", "白", "若", "東", "西", "美", "山", "川", "原", "浜", "里", "森", "泉", "沢", "岡", "崎")
_SECTIONS = ("基盤の整備", "市民生活の向上", "行政運営の効率化", "安全で安心な暮らし", "わかりやすい情報発信")
_THINGS = (
    "フリーWi-Fi", "オープンデータ", "観光情報", "防災情報", "図書館", "施設予約", "子育て支援", "納付",
    "電子申請",
    "学校のICT環境", "庁内業務", "水道料金システム", "光ファイバ", "地籍調査", "広報", "住民情報システム",
)  # fmt: skip
_ACTS = ("の整備", "の拡充", "の検討", "の推進", "の効率化", "の導入", "の活用", "の見直し")
_WORK = (
    "情報収集", "検討", "仕様書作成", "業者選定", "システム構築", "試行運用", "本格運用", "関係課協議",
    "説明会の実施",
    "更新", "利用促進", "研修の実施", "予算要求", "公開",
)  # fmt: skip
_STATUS = ("◎ 達成",) * 7 + ("○ 一部達成",) * 2 + ("△ 取りやめ",)
_RESPONSES = {"◎ 達成": ("継続", "完了"), "○ 一部達成": ("継続",), "△ 取りやめ": ("休止", "完了")}
_DEPARTMENT_NAMES = {
    "joho-seisaku": ("情報政策課", "Information Policy Division"),
    "somu": ("総務課", "General Affairs Division"),
    "kanko": ("観光課", "Tourism Division"),
    "bosai": ("防災課", "Disaster Prevention Division"),
    "kodomo": ("こども課", "Children's Division"),
    "gakko-kyoiku": ("学校教育課", "School Education Division"),
    "shakai-kyoiku": ("社会教育課", "Social Education Division"),
    "zeimu": ("税務課", "Tax Division"),
    "shimin": ("市民課", "Citizens' Division"),
    "norin": ("農林課", "Agriculture and Forestry Division"),
    "kensetsu": ("建設課", "Public Works Division"),
    "suido": ("水道課", "Water Division"),
}


def write_federation(folder: Path, count: int, seed: int) -> None:
    """Write so many cities below a folder, and the `federation.toml` that names them."""
    for number in range(1, count + 1):
        write_city(folder / "cities" / code(number), number, seed)
    (folder / "federation.toml").write_text(_FEDERATION.format(seed=seed, count=count), encoding="utf-8")


def write_city(folder: Path, number: int, seed: int) -> None:
    """Write one city's site. number: from 1."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - for the same cities every time, not for secrets
    name = f"架空{''.join(chance.sample(_SYLLABLES, 2))}{number}市"
    rows, doubtful = _table(chance, name)
    edition = folder / "plans" / "joho-keikaku" / "2023-03-31"
    edition.mkdir(parents=True, exist_ok=True)
    departments = [
        _DEPARTMENT.format(slug=slug, name=japanese, english=english, code=code(number))
        for slug, (japanese, english) in _DEPARTMENT_NAMES.items()
    ]
    for path, text in (
        (folder / "site.toml", _SITE.format(code=code(number), name=name, number=number)),
        (folder / "departments.ttl", _DEPARTMENTS + "".join(departments)),
        (folder / "themes.toml", _THEMES),
        (edition.parent / "plan.toml", _PLAN.format(name=name, number=number)),
        (edition.parent / "translations.toml", _TRANSLATIONS.format(titles="".join(_translations()))),
        (edition / "corrections.toml", _CORRECTION.format(row=doubtful)),
        (edition / "source.tsv", "".join("\t".join(row) + "\n" for row in rows)),
    ):
        path.write_text(text, encoding="utf-8")


def code(number: int) -> str:
    """The six digits that stand for a city's 全国地方公共団体コード; no real one begins so."""
    return f"9{number:05d}"


def _table(chance: random.Random, name: str) -> tuple[list[list[str]], int]:
    """A plan's table, and the row whose mark and words disagree, counted from 1."""
    rows = [[f"{name}情報化計画の進捗状況 ※令和5年3月31日現在"], list(_HEADINGS)]
    for chapter, sections in enumerate(_DIVISIONS, start=2):
        rows.append(_heading(f"第{chapter}章 {chance.choice(_SECTIONS)}"))
        for section, measures in enumerate(sections, start=1):
            rows.append(_heading(f"{section} {chance.choice(_SECTIONS)}"))
            rows += [_measure(chance, number) for number in range(1, measures + 1)]
    doubtful = chance.choice([number for number, row in enumerate(rows, start=1) if row[0].startswith("(")])
    rows[doubtful - 1][8:10] = ["◎ 一部達成", "継続"]
    return rows, doubtful


def _translations() -> Iterator[str]:
    """A title in English for every division and measure."""
    for chapter, sections in enumerate(_DIVISIONS, start=2):
        yield f'"{chapter}" = "Invented chapter {chapter}"\n'
        for section, measures in enumerate(sections, start=1):
            yield f'"{chapter}-{section}" = "Invented section {chapter}-{section}"\n'
            for number in range(1, measures + 1):
                yield f'"{chapter}-{section}-{number}" = "Invented measure {number} of {chapter}-{section}"\n'


def _heading(text: str) -> list[str]:
    return [text] + [""] * (len(_HEADINGS) - 1)


def _measure(chance: random.Random, number: int) -> list[str]:
    status = chance.choice(_STATUS)
    departments = chance.sample(
        [japanese for japanese, _ in _DEPARTMENT_NAMES.values()], chance.choice((1, 1, 2))
    )
    years = [
        " ".join(chance.sample(_WORK, chance.choice((1, 2)))) if chance.random() < 0.65 else ""
        for _ in range(_YEARS)
    ]
    reason = "" if status == "◎ 達成" else f"{chance.choice(_WORK)}に時間を要したため。"
    title = chance.choice(_THINGS) + chance.choice(_ACTS)
    return [
        f"({number})",
        title,
        " ".join(departments),
        *years,
        status,
        chance.choice(_RESPONSES[status]),
        reason,
    ]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", type=click.IntRange(1, 99_999), default=100, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def main(folder: Path, count: int, seed: int) -> None:
    """Write a federation of synthetic cities into FOLDER."""
    write_federation(folder, count, seed)


if __name__ == "__main__":
    main()
