"""Marks that say no status (－, 該当なし): what is read of them, what is refused, and what comes of them."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from sakata_lod.errors import AmbiguousRow, InvalidConfiguration, MisplacedCell, UnknownMark
from sakata_lod.publish.build import build
from sakata_lod.publish.next_edition import propose_next
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.proposal import Asked
from sakata_lod.publish.reconstruction import reconstruct
from sakata_lod.site import read_site
from tests.publish.conftest import unwatched
from tests.publish.small_tables import COLUMNS, ROWS, read_small
from tests.publish.test_indicator_statuses import (
    AS_A_KIND,
    FIGURES,
    GOES_ON,
    INDICATOR,
    MARKS,
    OF_NO_CELL_S_INDICATOR,
    SHAPES,
    statuses,
)

WITHOUT = '[statuses]\nwithout_achievement = ["－", "該当なし"]\nwithout_response = ["該当なし"]\n'
BOTH = 'achievement = "評価"\nresponse = "方向性"\n'
LAYOUT = COLUMNS + BOTH + 'reason = "理由"\n' + ROWS + MARKS + GOES_ON + WITHOUT
TABLE = (
    "番号,施策,評価,方向性,理由\n第1章 章,,,,\n1,一,A,拡充,\n2,二,-,該当なし,\n3,三,該当なし,終了,\n4,四,,,\n"
)


def unread(edition: Edition) -> set[str]:
    """The texts below headings that came to nothing."""
    return {each.text for each in edition.cells if each.column_name and each.text} - {
        each.text for each in edition.read_cells
    }


# What is read


def test_a_measure_gets_no_status_of_a_mark_that_says_none_and_keeps_its_cell(tmp_path: Path) -> None:
    edition = read_small(tmp_path, LAYOUT, TABLE)
    told = [
        (each.achievement, each.achievement_text, each.response, each.response_text)
        for each in edition.progress
    ]
    assert told == [
        ("achieved", "A", "expand", "拡充"),
        (None, "", None, ""),
        (None, "", "end", "終了"),
        (None, "", None, ""),
    ]
    assert [[cell.text for cell in each.cells] for each in edition.progress[1:3]] == [
        ["-", "該当なし"],
        ["該当なし", "終了"],
    ]


def test_a_column_that_says_none_lets_the_next_one_count(tmp_path: Path) -> None:
    layout = COLUMNS + 'achievement = ["外部評価", "自己評価"]\n' + ROWS + MARKS + WITHOUT
    edition = read_small(tmp_path, layout, "番号,施策,外部評価,自己評価\n第1章 章,,,\n1,一,－,A\n2,二,B,－\n")
    assert [(each.achievement_text, len(each.cells)) for each in edition.progress] == [("A", 2), ("B", 2)]


def test_rows_of_a_measure_agree_with_one_that_says_none(tmp_path: Path) -> None:
    layout = INDICATOR + 'achievement = "評価"\n' + ROWS + FIGURES + MARKS + WITHOUT
    table = "番号,施策,指標,評価,R4実績\n第1章 章,,,,\n1,一,件数,－,1\n1,一,人数,B,2\n1,一,回数,－,3\n"
    (progress,) = read_small(tmp_path, layout, table).progress
    assert (progress.achievement, [cell.text for cell in progress.cells]) == ("late", ["－", "B", "－"])


@pytest.mark.parametrize(("newest", "told"), [("－", ("B", "中止")), ("A", ("A", ""))])
def test_of_a_row_a_year_the_newest_that_says_a_status_counts_with_its_reason(
    tmp_path: Path, newest: str, told: tuple[str, str]
) -> None:
    layout = COLUMNS + 'year = "年度"\nachievement = "評価"\nreason = "理由"\nfill_down = ["番号", "施策"]\n'
    table = f"番号,施策,年度,評価,理由\n第1章 章,,,,\n1,一,R4,B,中止\n,,R5,{newest},\n"
    (progress,) = read_small(tmp_path, layout + ROWS + MARKS + WITHOUT, table).progress
    assert (progress.achievement_text, progress.reason) == told


def test_of_statuses_beside_years_the_newest_that_says_one_counts(tmp_path: Path) -> None:
    layout = COLUMNS + ROWS + '[years]\nactivity = "取組"\nachievement = "評価"\n' + MARKS + WITHOUT
    table = "番号,施策,R4取組,R4評価,R5取組,R5評価\n第1章 章,,,,,\n1,一,調査,A,－,－\n"
    edition = read_small(tmp_path, layout, table)
    assert [(each.achievement_text, len(each.cells)) for each in edition.progress] == [("A", 2)]
    assert [each.text for each in edition.activities] == ["調査", "－"]


@pytest.mark.parametrize("name", SHAPES)
def test_an_indicator_and_its_year_get_no_status_in_any_shape(tmp_path: Path, name: str) -> None:
    layout, table, expected = SHAPES[name]
    edition = read_small(tmp_path, layout + WITHOUT, table.replace("B", "－"))
    assert statuses(edition) == {key: told for key, told in expected.items() if told != "B late"}
    assert unread(edition) == set()


@pytest.mark.parametrize("shape", [AS_A_KIND, OF_NO_CELL_S_INDICATOR])
def test_a_year_of_which_nothing_else_is_told_has_no_value_and_the_indicator_keeps_the_cell(
    tmp_path: Path, shape: tuple[str, str, dict[object, str]]
) -> None:
    layout, table, _ = shape
    lone = table.replace("B", "－").replace("実績,1,1\n", "実績,1,\n").replace("目標,1,2\n", "目標,1,\n")
    edition = read_small(tmp_path, layout + WITHOUT, lone.replace("2,二,20,－", "2,二,,－"))
    (kept,) = (each for each in edition.indicators if any(cell.text == "－" for cell in each.cells))
    assert not any(cell.text == "－" for each in edition.indicator_values for cell in each.cells)
    assert kept.status.achievement is None


def test_a_table_in_which_no_status_is_said_yet_needs_no_codes(tmp_path: Path) -> None:
    layout = COLUMNS + 'achievement = "評価"\n' + ROWS + WITHOUT
    (progress,) = read_small(tmp_path, layout, "番号,施策,評価\n第1章 章,,\n1,一,－\n").progress
    assert (progress.achievement, [cell.text for cell in progress.cells]) == (None, ["－"])


def test_an_edition_may_say_anew_which_marks_say_none(tmp_path: Path) -> None:
    said = '[editions.2024-03-31.statuses]\nwithout_achievement = "／"\n'
    layout = COLUMNS + 'achievement = "評価"\n' + ROWS + MARKS + WITHOUT
    table = "番号,施策,評価\n第1章 章,,\n1,一,{}\n"
    assert read_small(tmp_path / "a", layout, table.format("／"), said=said).progress[0].achievement is None
    with pytest.raises(UnknownMark):
        read_small(tmp_path / "b", layout, table.format("－"), said=said)


# What is refused


@pytest.mark.parametrize(
    ("codes", "without"),
    [
        ('[achievement]\n"-" = "notStarted"\n', 'without_achievement = "－"'),
        (
            '[achievement]\n"A" = "achieved"\n[response]\n"該当なし" = "end"\n',
            'without_response = ["該当なし"]',
        ),
    ],
)
def test_a_mark_that_has_a_code_and_says_none_is_refused_with_both_keys(
    tmp_path: Path, codes: str, without: str
) -> None:
    layout = COLUMNS + 'achievement = "評価"\n' + ROWS + codes + f"[statuses]\n{without}\n"
    with pytest.raises(InvalidConfiguration) as caught:
        read_small(tmp_path, layout, "番号,施策,評価\n第1章 章,,\n1,一,A\n")
    key = without.partition(" ")[0]
    for language in ("ja", "en"):
        told = caught.value.sentence(language)
        assert {"[statuses]", key, f"[{key.removeprefix('without_')}]"} <= set(
            re.findall(r"\[\w+\]|without_\w+", told)
        )


def test_a_mark_may_say_none_of_one_status_and_have_a_code_of_the_other(tmp_path: Path) -> None:
    layout = COLUMNS + BOTH + ROWS + '[achievement]\n"－" = "notStarted"\n' + GOES_ON
    layout += '[statuses]\nwithout_response = "－"\n'
    (progress,) = read_small(tmp_path, layout, "番号,施策,評価,方向性\n第1章 章,,,\n1,一,－,－\n").progress
    assert (progress.achievement, progress.response) == ("notStarted", None)


def test_a_status_that_slid_into_a_year_is_refused_where_its_own_cell_says_none(tmp_path: Path) -> None:
    layout = COLUMNS + 'achievement = "評価"\n' + ROWS + '[years]\nactivity = "取組"\n' + MARKS + WITHOUT
    with pytest.raises(AmbiguousRow) as caught:
        read_small(tmp_path, layout, "番号,施策,R4取組,評価\n第1章 章,,,\n1,一,A,－\n")
    assert (caught.value.place.row, caught.value.place.column) == (3, 3)


@pytest.mark.parametrize("indicator", ["", "－"])
def test_a_mark_that_says_none_beside_no_indicator_is_kept_with_the_measure(
    tmp_path: Path, indicator: str
) -> None:
    layout = INDICATOR + 'indicator_achievement = "評価"\n' + ROWS + MARKS + WITHOUT
    table = f"番号,施策,指標,評価\n第1章 章,,,\n1,一,{indicator},－\n"
    edition = read_small(tmp_path, layout, table)
    assert (edition.indicators, edition.measures[0].cells[-1].text) == ((), "－")
    with pytest.raises(MisplacedCell):
        read_small(tmp_path / "status", layout, table.replace(",－\n", ",A\n"))


# What comes of them


def test_the_graph_says_no_status_keeps_to_the_shapes_and_rebuilds_every_cell(tmp_path: Path) -> None:
    layout = INDICATOR + BOTH + 'indicator_achievement = "達成"\n' + ROWS + FIGURES
    layout += 'indicator_achievement = "評価"\n' + MARKS + GOES_ON + WITHOUT
    table = "番号,施策,指標,R4実績,R4評価,R5実績,R5評価,達成,評価,方向性\n第1章 章,,,,,,,,,\n"
    table += "1,一,件数,1,A,,－,－,－,該当なし\n2,二,回数,1,-,2,A,A,A,拡充\n3,三,人数,,,,－,,該当なし,\n"
    read_small(tmp_path, layout, table)
    built = build(tmp_path / "site", tmp_path / "releases", None, unwatched)
    assert built.release is not None
    assert {kind for kind, count in built.report.counts.items() if count} <= {"Info"}
    (rebuilt,) = reconstruct(read_site(tmp_path / "site"), built.release)
    assert (rebuilt.differences, rebuilt.unread, rebuilt.misstated) == ((), (), ())
    store = ox.Store()
    store.bulk_load(path=built.release.dataset, format=ox.RdfFormat.N_QUADS)
    found = store.query("""
        PREFIX plan: <https://w3id.org/municipal-plan#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?kind (COUNT(DISTINCT ?cell) AS ?cells) {
          ?cell rdf:value ?text . FILTER(STR(?text) IN ("－", "-", "該当なし"))
          ?it prov:wasDerivedFrom ?cell ; a ?kind
          FILTER NOT EXISTS { ?it plan:achievementText|plan:responseText ?text } } GROUP BY ?kind ORDER BY ?kind""")
    assert isinstance(found, ox.QuerySolutions)
    told = {row["kind"].value.rpartition("#")[2]: int(row["cells"].value) for row in found}
    assert told == {"Indicator": 3, "IndicatorValue": 1, "Progress": 3}


# A newer table


def newer_section(folder: Path, layout: str, table: str, newer: str) -> tuple[dict[str, object], str, int]:
    """What is proposed of a table like that of an edition."""
    read_small(folder, layout, table)
    site = read_site(folder / "site")
    file = folder / "newer.csv"
    file.write_text(newer, encoding="utf-8")
    proposal = propose_next(site, site.plans[0], date(2025, 3, 31), file, Asked(language="en"))
    assert proposal.measures is not None
    return tomllib.loads(proposal.section)["editions"]["2025-03-31"], proposal.section, proposal.questions


def test_a_newer_table_asks_nothing_of_marks_that_are_known_to_say_none(tmp_path: Path) -> None:
    said, _, questions = newer_section(tmp_path, LAYOUT, TABLE, TABLE.replace("1,一,A", "1,一,－"))
    assert (questions, set(said)) == (0, {"source", "format", "encoding"})


def test_a_new_dash_is_added_to_those_that_are_known(tmp_path: Path) -> None:
    said, text, questions = newer_section(tmp_path, LAYOUT, TABLE, TABLE.replace("1,一,A,拡充", "1,一,…,―"))
    assert said["statuses"] == {
        "without_achievement": ["－", "該当なし", "..."],
        "without_response": ["該当なし", "―"],
    }
    assert questions == 0
    assert "achievement" not in said
    assert "“...” (cells: 1): dashes alone, which are read as no status" in text


def test_what_an_edition_said_anew_is_carried_over(tmp_path: Path) -> None:
    plan = COLUMNS + 'achievement = "評価"\n' + ROWS + MARKS
    read_small(
        tmp_path,
        plan,
        "番号,施策,評価\n第1章 章,,\n1,一,－\n",
        said='[editions.2024-03-31.statuses]\nwithout_achievement = ["－"]\n',
    )
    site, file = read_site(tmp_path / "site"), tmp_path / "newer.csv"
    file.write_text("番号,施策,評価\n第1章 章,,\n1,一,－\n", encoding="utf-8")
    proposal = propose_next(site, site.plans[0], date(2025, 3, 31), file, Asked(language="en"))
    said = tomllib.loads(proposal.section)["editions"]["2025-03-31"]
    assert (said["statuses"], proposal.questions) == ({"without_achievement": ["－"]}, 0)


@pytest.mark.parametrize(("dash", "table"), [("A", "[statuses]"), ("―", "[editions.2025-03-31.statuses]")])
def test_a_new_word_is_asked_with_the_place_for_words_that_say_none(
    tmp_path: Path, dash: str, table: str
) -> None:
    newer = TABLE.replace("1,一,A,拡充", f"1,一,{dash},対象外")
    said, text, questions = newer_section(tmp_path, LAYOUT, TABLE, newer)
    assert (said["response"], questions) == ({"拡充": "expand", "終了": "end", "対象外": "?"}, 1)
    assert f"at without_response in {table}" in text


@pytest.mark.parametrize(
    ("note", "achievement", "questions"),
    [("※ ―：未着手", {"―": "notStarted"}, 0), ("※ ―：判定の外", {"―": "?"}, 1)],
)
def test_what_a_newer_table_notes_of_a_dash_counts_before_its_being_one(
    tmp_path: Path, note: str, achievement: dict[str, str], questions: int
) -> None:
    layout = LAYOUT.replace("[rows]", "[rows]\nignored = ['※.*']")
    newer = TABLE.replace("1,一,A", "1,一,―") + f"{note},,,,\n"
    said, _, asked = newer_section(tmp_path, layout, TABLE, newer)
    assert said["achievement"] == {"A": "achieved", "B": "late", **achievement}
    assert ("statuses" in said, asked) == (False, questions)
