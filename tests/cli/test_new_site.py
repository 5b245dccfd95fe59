"""From an unknown table to a release: three commands, and the lines that a person edits between them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sakata_lod.cli import main

TABLE = """\
みほん市デジタル計画　進捗状況（令和6年3月31日現在）
番号,施策,担当課,令和4年度,令和5年度,進捗,課題
第1章 くらし,,,,,,
(1),窓口の改善,市民課、情報課,調査,導入,◎ 達成,
(2),道の修繕,土木課,工事,工事,△ 遅延,大雨のため
第2章 まなび,,,,,,
(1),図書館の更新,図書館,設計,,× 取りやめ,財源の不足
※ 担当課は令和6年4月1日の名称による。
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "進捗.csv"
    file.write_bytes(TABLE.encode("cp932"))
    return file


def answer(file: Path, asked: str, answered: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert asked in text
    file.write_text(text.replace(asked, answered), encoding="utf-8")


def test_three_commands_and_three_edited_lines_make_a_release_of_an_unknown_table(
    table: Path, tmp_path: Path
) -> None:
    site, releases = tmp_path / "mihon", tmp_path / "build"
    assert run("new-site", "990001", site, "--name", "みほん市").exit_code == 0
    inspected = run("inspect", table, "--site", site, "--plan", "digital", "--lang", "en")
    assert inspected.exit_code == 0, inspected.output
    assert "3 measures, 2 questions" in inspected.output
    plan = site / "plans/digital/plan.toml"
    answer(site / "site.toml", 'homepage = "?"', 'homepage = "https://mihon.example.jp/"')
    answer(plan, 'first_fiscal_year = "?"', "first_fiscal_year = 2022")
    answer(plan, 'last_fiscal_year = "?"', "last_fiscal_year = 2024")
    built = run("build", site, "--releases", releases, "--json")
    assert built.exit_code == 0, built.output
    counts = json.loads(built.stdout)["counts"]
    assert counts["measures"] == 3
    assert (site / "plans/digital/2024-03-31/source.csv").read_bytes() == table.read_bytes()


def test_a_build_before_the_questions_are_answered_says_where_the_first_stands(
    table: Path, tmp_path: Path
) -> None:
    site = tmp_path / "mihon"
    run("new-site", "990001", site, "--name", "みほん市")
    run("inspect", table, "--site", site, "--plan", "digital")
    stopped = run("--lang", "en", "build", site, "--releases", tmp_path / "build")
    assert stopped.exit_code == 3
    assert f"{site / 'site.toml'}: publisher.homepage: a question" in stopped.output
    assert not (tmp_path / "build").exists()


def test_a_proposal_goes_to_standard_output_and_what_was_found_to_the_other(table: Path) -> None:
    shown = run("--lang", "ja", "inspect", table)
    assert shown.exit_code == 0
    assert 'slug = "?"' in shown.stdout
    assert 'encoding = "cp932"' in shown.stdout
    assert '#     skos:prefLabel "市民課"@ja ;' in shown.stdout
    assert "施策 3件" in shown.stderr


def test_a_plan_that_is_there_is_not_overwritten(table: Path, tmp_path: Path) -> None:
    site = tmp_path / "mihon"
    run("new-site", "990001", site, "--name", "みほん市")
    first = ("inspect", table, "--site", site, "--plan", "digital")
    assert run(*first).exit_code == 0
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    assert run(*first).exit_code == 7
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(("arguments", "code", "told"), [
    (("new-site", "06204"), 2, "062049"),
    (("new-site", "990001"), 2, "--name"),
    (("new-site", "062049", "x", "--base-iri", "酒田"), 2, "--base-iri"),
    (("inspect", "none.csv"), 2, "none.csv"),
])  # fmt: skip
def test_a_wrong_command_line_ends_with_2_and_says_why(
    arguments: tuple[str, ...], code: int, told: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert told in result.output


def test_the_day_of_a_table_that_does_not_tell_it_must_be_given(table: Path, tmp_path: Path) -> None:
    site = tmp_path / "mihon"
    table.write_bytes(TABLE.replace("（令和6年3月31日現在）", "").encode("cp932"))
    run("new-site", "990001", site, "--name", "みほん市")
    asked = ("inspect", table, "--site", site, "--plan", "digital")
    assert "--as-of" in run(*asked).output
    assert run(*asked, "--as-of", "2024-03-31").exit_code == 0


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    assert run("new-site", "062049", tmp_path).exit_code == 7
    assert list(tmp_path.iterdir()) == []
