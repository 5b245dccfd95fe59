"""A further table of a plan becomes an edition: read as the one before, and asked where that does not do."""

import errno
import json
import os
import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from sakata_lod.cli import main
from sakata_lod.errors import HeaderNotFound
from sakata_lod.publish.build import read_data
from sakata_lod.publish.next_edition import NextEdition, propose_next
from sakata_lod.publish.proposal import Asked
from sakata_lod.site import read_site
from tests.conftest import SiteCopy
from tests.full_disk import files_are_at_most
from tests.next_edition import IDENTITY, add_next_edition
from tests.publish.conftest import unwatched
from tests.publish.small_tables import COLUMNS, ROWS, read_small
from tests.sites import CITIES, make_site

DAY = date(2024, 3, 31)
PLAN = Path("plans/joho-keikaku")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def answer(file: Path, asked: str, answered: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(asked) == 1, text
    file.write_text(text.replace(asked, answered), encoding="utf-8")


def files(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def table(site: SiteCopy, tmp_path: Path) -> Path:
    """Next year's table, as the city publishes it."""
    whole = Path(shutil.copytree(site.folder, tmp_path / "whole"))
    return Path(shutil.copy(add_next_edition(whole) / "source.tsv", tmp_path / "進捗表.tsv"))


@pytest.fixture
def proposed(site: SiteCopy, table: Path) -> Callable[..., NextEdition]:
    """What is proposed for Sakata's table of last year, or next year's, with other words in it."""

    def propose(*changes: tuple[str, str], file: Path = site.source) -> NextEdition:
        text = file.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        table.write_text(text, encoding="utf-8")
        read = read_site(site.folder)
        return propose_next(read, read.plans[0], DAY, table, Asked(language="en"))

    return propose


def edition_of(proposal: NextEdition) -> dict[str, object]:
    """The section as TOML has it."""
    said: dict[str, object] = tomllib.loads(proposal.section)["editions"]["2024-03-31"]
    return said


# The whole way


def test_three_commands_and_two_edited_lines_publish_next_years_table(
    site: SiteCopy, table: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    inspected = run("--lang", "en", "inspect", table, "--site", site.folder, "--plan", "joho-keikaku")
    assert inspected.exit_code == 0, inspected.output
    assert "11 corrections of 2023-03-31 still fit, 1 do not" in inspected.output
    assert "33 measures, 1 questions" in inspected.output
    stopped = run("--lang", "en", "build", site.folder, "--releases", releases)
    assert stopped.exit_code == 3
    assert "editions.2024-03-31.identity.confirm: a question" in stopped.output
    answer(site.plan, 'confirm = "?"\n', "")
    register = site.folder / "departments.ttl"
    text = register.read_text("utf-8")
    event = text[text.index("# <department-change/") :]
    register.write_text(text.replace(event, event.replace("# ", "")), encoding="utf-8")
    built = run("build", site.folder, "--releases", releases, "--json")
    assert built.exit_code == 0, built.output
    assert json.loads(built.stdout)["counts"]["measures"] == 33
    told = run("--lang", "ja", "diff", releases / site.folder.name)
    assert "納税課 → 収納課" in told.output
    assert "施策の終了 (1)\n  2-1-4 観光施設へのフリーWi-Fi整備" in told.output


def test_where_nothing_is_asked_the_next_step_is_to_build(site: SiteCopy, tmp_path: Path) -> None:
    same = tmp_path / "same.tsv"
    shutil.copy(next(site.plan.parent.glob("*/*.tsv")), same)
    arguments = (same, "--site", site.folder, "--plan", "joho-keikaku", "--as-of", "2024-03-31")
    said = run("--lang", "en", "inspect", *arguments)
    assert "33 measures, 0 questions" in said.output
    assert "Next: sakata-lod build" in said.output
    assert "# ?" not in said.output


@pytest.mark.parametrize("long", ["plans/joho-keikaku/plan.toml", "departments.ttl"])
def test_where_the_disk_is_full_nothing_is_written(long: str, site: SiteCopy, table: Path) -> None:
    size = table.stat().st_size
    (site.folder / long).write_text(f"{(site.folder / long).read_text('utf-8')}\n#{'-' * size}\n", "utf-8")
    before = files(site.folder)
    arguments = ("--lang", "en", "inspect", table, "--site", site.folder, "--plan", "joho-keikaku")
    with files_are_at_most(size):
        stopped = run(*arguments)
    assert stopped.exit_code == 7, stopped.output
    assert f"{site.folder / long}: {os.strerror(errno.EFBIG)}. What was there before" in stopped.output
    assert files(site.folder) == before
    assert list(site.folder.rglob(".*")) == []
    assert run(*arguments).exit_code == 0


def test_what_was_there_stays_as_it_was(site: SiteCopy, table: Path) -> None:
    before = files(site.folder)
    assert run("inspect", table, "--site", site.folder, "--plan", "joho-keikaku").exit_code == 0
    after = files(site.folder)
    assert {file.name for file in after.keys() - before.keys()} == {"source.tsv", "corrections.toml"}
    assert after[site.folder / PLAN / "2024-03-31" / "source.tsv"] == table.read_bytes()
    for file, content in before.items():
        assert after[file].startswith(content.rstrip(b"\n"))
    again = run("--lang", "en", "inspect", table, "--site", site.folder, "--plan", "joho-keikaku")
    assert again.exit_code == 7
    assert "is there already, and is not overwritten" in again.output
    assert files(site.folder) == after


def test_the_identity_proposed_is_what_a_person_would_say(
    proposed: Callable[..., NextEdition], table: Path
) -> None:
    identity = edition_of(proposed(file=table))["identity"]
    assert isinstance(identity, dict)
    assert identity.pop("confirm") == "?"
    assert identity == tomllib.loads(IDENTITY)["editions"]["2024-03-31"]["identity"]


# What still fits is not asked


def test_the_same_table_a_year_on_asks_nothing_and_is_built(
    site: SiteCopy, proposed: Callable[..., NextEdition]
) -> None:
    proposal = proposed()
    assert (proposal.questions, proposal.measures, proposal.departments, proposal.left) == (0, 33, "", ())
    assert edition_of(proposal) == {"source": "source.tsv", "format": "tsv", "encoding": "utf-8"}
    written = run("inspect", site.source, "--site", site.folder, "--plan", "joho-keikaku", "--as-of", DAY)
    assert written.exit_code == 0, written.output
    editions = read_data(site.folder, None, unwatched).editions
    assert [len(each.anomalies) for each in editions] == [12, 12]


@pytest.mark.parametrize("city", CITIES)
def test_of_a_table_of_any_shape_nothing_is_asked_where_nothing_changed(city: str, tmp_path: Path) -> None:
    site = read_site(make_site(city, tmp_path))
    for plan in site.plans:
        last = plan.editions[-1]
        proposal = propose_next(site, plan, date(2026, 3, 31), last.path, Asked())
        assert (proposal.questions, proposal.left) == (0, ())
        said = run("inspect", last.path, "--site", site.folder, "--plan", plan.slug, "--as-of", "2026-03-31")
        assert said.exit_code == 0, said.output
    for plan in read_site(site.folder).plans:
        before, now = plan.editions[-2:]
        assert now.layout == before.layout
        for told in ("format", "encoding", "sheet"):
            assert getattr(now.source, told) == getattr(before.source, told)


# What does not is asked


def test_a_heading_that_is_gone_is_asked_with_those_that_may_be_meant(
    proposed: Callable[..., NextEdition],
) -> None:
    proposal = proposed(("所管課\t", "担当部署\t"), ("達成できなかった理由", "備考・理由"))
    columns = edition_of(proposal)["columns"]
    assert columns == {
        "number": "項目", "title": "個別施策", "departments": ["?"], "achievement": ["目標達成"],
        "response": ["今後の対応"], "reason": "?",
    }  # fmt: skip
    assert "“所管課” are gone. Which are in their place (担当部署、備考・理由)?" in proposal.section
    assert proposal.questions == 2
    assert proposal.measures == 33


def test_where_the_column_of_titles_is_gone_it_is_asked_and_the_place_told(
    proposed: Callable[..., NextEdition],
) -> None:
    proposal = proposed(("個別施策", "あ"))
    assert edition_of(proposal)["columns"] == {
        "number": "項目", "title": "?", "departments": ["所管課"], "achievement": ["目標達成"],
        "response": ["今後の対応"], "reason": "達成できなかった理由",
    }  # fmt: skip
    assert "“個別施策” is gone. Which is in its place (あ)?" in proposal.section
    assert "# ? the build stops here:" in proposal.section
    assert proposal.measures is None


def test_a_new_column_is_asked_and_the_rest_is_read(
    site: SiteCopy, table: Path, proposed: Callable[..., NextEdition]
) -> None:
    lines = site.source.read_text("utf-8").split("\n")
    row = next(number for number, line in enumerate(lines) if line.startswith("項目\t"))
    lines[row] += "\t担当者の所感"
    table.write_text("\n".join(lines), encoding="utf-8")
    proposal = proposed(file=table)
    assert proposal.measures == 33
    assert "what is the column “担当者の所感”?" in proposal.section
    assert '# ignored = ["担当者の所感"]' in proposal.section


def test_a_year_that_is_none_and_one_beyond_the_plan_are_asked(
    site: SiteCopy, proposed: Callable[..., NextEdition]
) -> None:
    labelled = proposed(("\t令和4年度\t", "\t令和4年度以降\t"))
    assert edition_of(labelled)["years"] == {"labels": {"令和4年度以降": "?"}}
    site.replace(site.plan, "last_fiscal_year = 2022", "last_fiscal_year = 2021")
    assert "the table tells of 2022, outside the plan's period (2018–2021)" in proposed().section


def test_a_new_mark_is_added_to_those_known_with_its_code_where_a_word_tells(
    proposed: Callable[..., NextEdition],
) -> None:
    proposal = proposed(("◎ 達成\t継続", "☆ 遅延\t継続"), ("\t休止\t", "\tべつの何か\t"))
    said = edition_of(proposal)
    assert said["achievement"] == {
        "◎": "achieved", "達成": "achieved", "○": "partlyAchieved", "一部達成": "partlyAchieved",
        "△": "discontinued", "取りやめ": "discontinued", "☆": "late", "遅延": "late",
    }  # fmt: skip
    assert said["response"] == {
        "継続": "continue",
        "完了": "complete",
        "休止": "suspend",
        "べつの何か": "?",
    }
    assert "what does “べつの何か” mean?" in proposal.section


def test_departments_that_are_known_are_not_proposed_and_likely_spellings_are_asked(
    proposed: Callable[..., NextEdition],
) -> None:
    proposal = proposed(("\t納税課\t", "\t未来創造室 情報企画室\t"))
    new = proposal.departments
    assert new.count("a org:OrganizationalUnit ;") == 2
    assert 'skos:prefLabel "未来創造室"@ja' in new
    assert "# ? is “情報企画室” another spelling of “情報企画課”, or another department?" in new
    assert '# <department/joho-kikaku> skos:altLabel "情報企画室"@ja .' in new
    assert proposal.questions == 1


def test_a_correction_that_fits_no_row_is_left_out_and_told(proposed: Callable[..., NextEdition]) -> None:
    proposal = proposed(("公募の実施(プロボ)", "公募の実施(プロポ)"))
    assert (proposal.carried, proposal.left) == (11, ("3-2-2-puropobo",))
    assert "3-2-2-puropobo" in proposal.corrections.partition("[[correction]]")[0]


def test_where_the_table_cannot_be_read_to_its_end_the_place_is_told(
    proposed: Callable[..., NextEdition],
) -> None:
    proposal = proposed(("(3)\tオープンデータ", "三\tオープンデータ"))
    assert proposal.measures is None
    assert "# ? the build stops here:" in proposal.section


def test_a_table_of_another_shape_is_refused(proposed: Callable[..., NextEdition]) -> None:
    with pytest.raises(HeaderNotFound, match="個別施策"):
        proposed(
            ("項目\t個別施策\t所管課\t", "番号\t事業\t部\t"), ("目標達成", "評価"), ("今後の対応", "方針")
        )


def test_the_sheet_of_the_edition_before_is_taken_of_a_workbook(tmp_path: Path) -> None:
    site = read_site(make_site("maboroshi", tmp_path))
    plan = next(each for each in site.plans if each.slug == "kankyo")
    book = openpyxl.load_workbook(plan.editions[-1].path)
    book.create_sheet("はじめに", 0)["A1"] = "ごあいさつ"
    book.save(tmp_path / "next.xlsx")
    proposal = propose_next(site, plan, date(2026, 3, 31), tmp_path / "next.xlsx", Asked())
    assert tomllib.loads(proposal.section)["editions"]["2026-03-31"]["sheet"] == "環境計画"
    assert proposal.questions == 0


def test_the_day_must_be_given_where_the_table_does_not_tell_it(site: SiteCopy, table: Path) -> None:
    text = table.read_text("utf-8").replace("令和6年3月31日現在", "")
    table.write_text(text, encoding="utf-8")
    said = run("--lang", "en", "inspect", table, "--site", site.folder, "--plan", "joho-keikaku")
    assert (said.exit_code, "--as-of" in said.output) == (2, True)


def test_the_old_name_of_a_department_is_looked_for_by_its_measures(
    proposed: Callable[..., NextEdition],
) -> None:
    # まちづくり推進課 is gone, too, and is the likest name by its letters.
    found = proposed(("交流観光課", "にぎわい推進課"), ("まちづくり推進課", "総務課"))
    assert "if にぎわい推進課 is the new name of 交流観光課" in found.departments


def test_a_table_of_a_day_that_has_an_edition_is_told_what_to_do(site: SiteCopy, tmp_path: Path) -> None:
    same = Path(shutil.copy(site.source, tmp_path / "corrected.tsv"))
    arguments = (same, "--site", site.folder, "--plan", "joho-keikaku", "--as-of", "2023-03-31")
    for language, told in (
        ("en", "put it in place of the one in the folder"),
        ("ja", "表を置き換えて build"),
    ):
        said = run("--lang", language, "inspect", *arguments)
        assert said.exit_code == 7
        assert told in said.output


def test_a_chapter_merged_over_all_columns_is_no_mark_of_a_status(tmp_path: Path) -> None:
    layout = f"{COLUMNS}achievement = '評価'\n{ROWS}[achievement]\n'達成' = 'achieved'\n"
    read_small(tmp_path, layout, "# t\n番号 | 施策 | 評価\n第1章 くらし | < | <\n1 | 窓口 | 達成\n", "xlsx")
    site = read_site(tmp_path / "site")
    (plan,) = site.plans
    proposal = propose_next(site, plan, date(2025, 3, 31), plan.editions[0].path, Asked())
    assert "achievement" not in tomllib.loads(proposal.section)["editions"]["2025-03-31"]
    assert proposal.measures == 1
