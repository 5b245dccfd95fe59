"""The commands as a person types them: what they print, and with which code they end."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from sakata_lod.cli import main
from sakata_lod.cli.main import COMMANDS, EXIT_CODES, FILE_SYSTEM_REFUSED
from sakata_lod.namespaces import PLAN, RDF, SH
from sakata_lod.release import CURRENT
from tests.conftest import ROOT, SAKATA, SiteCopy

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in English, with nothing set in the environment."""
    for name in ("SITE", "RELEASE", "BASE_IRI", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | Path, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, ["--lang", "en", *map(str, arguments)], input=stdin)

    return run


@dataclass(frozen=True, slots=True)
class FirstBuild:
    """Sakata's release, built by the command, and what that told."""

    folder: Path
    result: Result


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> FirstBuild:
    folder = tmp_path_factory.mktemp("releases")
    arguments = ["--lang", "en", "build", str(SAKATA), "--releases", str(folder)]
    return FirstBuild(folder, CliRunner().invoke(main, arguments))


@pytest.fixture(scope="module")
def releases(first_build: FirstBuild) -> Path:
    assert first_build.result.exit_code == 0, first_build.result.output
    return first_build.folder


# build


def test_build_tells_the_release_its_counts_and_how_long_each_stage_took(first_build: FirstBuild) -> None:
    result = first_build.result
    assert result.exit_code == 0
    assert "measures=33" in result.stdout
    assert "Violation=0 Warning=12" in result.stdout
    for stage in ("reading the tables", "making the graph", "validating", "writing the release", "in all"):
        assert f"{stage}: " in result.stderr
    assert "licence is not confirmed" in result.stderr


def test_build_writes_json_for_scripts(run: Run, tmp_path: Path) -> None:
    result = run("build", SAKATA, "--releases", tmp_path, "--json")
    told = json.loads(result.stdout)
    assert told["counts"]["measures"] == 33
    assert told["validation"] == {"Violation": 0, "Warning": 12, "Info": 3}
    assert set(told["milliseconds"]) == {"read", "graph", "validate", "write"}
    assert (tmp_path / "sakata" / told["release"]).is_dir()


def spoil_nothing(site: SiteCopy) -> None:
    site.source.write_bytes(b"")


def spoil_encoding(site: SiteCopy) -> None:
    text = site.source.read_text(encoding="utf-8")
    site.source.write_bytes(text.encode("cp932"))


def spoil_workbook(site: SiteCopy) -> None:
    book = openpyxl.Workbook()
    book.active.append(["項目"])  # type: ignore[union-attr]
    book.save(site.source.with_suffix(".xlsx"))
    whole = site.source.with_suffix(".xlsx").read_bytes()
    site.source.with_suffix(".xlsx").write_bytes(whole[: len(whole) // 2])
    site.replace(
        site.plan, 'source = "source.tsv"\nformat = "tsv"', 'source = "source.xlsx"\nformat = "xlsx"'
    )


def spoil_year_cells(site: SiteCopy) -> None:
    lines = site.source.read_text(encoding="utf-8").split("\n")
    cells = lines[9].split("\t")
    lines[9] = "\t".join([*cells[:8], "何か", "何か", *cells[8:]])
    site.source.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda site: site.replace_cell(44, 9, "◎ 達成"), "source.tsv, row 44, column 9 (目標達成): the correction"),
        (lambda site: site.replace_cell(10, 9, "☆"), "source.tsv, row 10, column 9 (目標達成): “☆” is not among"),
        (lambda site: site.replace_cell(17, 3, "宇宙課"), "row 17, column 3 (所管課): the department “宇宙課”"),
        (spoil_year_cells, "source.tsv, row 10, column 11: 7 year cells for 5 fiscal years"),
        (spoil_encoding, 'source.tsv, row 3, column 1: not utf-8'),
        (spoil_nothing, "source.tsv: the file is empty"),
        (spoil_workbook, "source.xlsx: not readable as XLSX"),
        (lambda site: site.replace(site.plan, "[rows]", "[lines]"), "plan.toml: rows: Field required"),
        (lambda site: site.source.unlink(), "source.tsv: no such file"),
    ],
    ids=["correction", "mark", "department", "seven years", "cp932", "empty", "workbook", "plan.toml", "missing"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place_and_the_last_release_stays(
    run: Run, site: SiteCopy, releases: Path, tmp_path: Path, spoil: Callable[[SiteCopy], None], words: str
) -> None:
    shutil.copytree(releases, tmp_path / "releases", symlinks=True)
    current = tmp_path / "releases" / "sakata" / CURRENT
    before = current.readlink()
    spoil(site)
    result = run("build", site.folder, "--releases", tmp_path / "releases")
    assert result.exit_code == 3
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert current.readlink() == before


def test_violations_are_listed_and_nothing_is_published(run: Run, site: SiteCopy, tmp_path: Path) -> None:
    site.replace(
        site.folder / "departments.ttl", "org:unitOf <organization/062049>", "org:unitOf <plan/joho-keikaku>"
    )
    result = run("build", site.folder, "--releases", tmp_path / "releases")
    assert result.exit_code == 1
    assert "Violation" in result.stderr
    assert not (tmp_path / "releases" / "sakata" / CURRENT).exists()


def test_a_plan_that_is_left_out_is_told_and_ends_with_1(run: Run, site: SiteCopy, tmp_path: Path) -> None:
    second = site.plan.parent.with_name("second")
    shutil.copytree(site.plan.parent, second)
    site.replace(second / "plan.toml", 'slug = "joho-keikaku"', 'slug = "second"')
    site.replace(second / "plan.toml", 'title.ja = "酒田市情報化計画"', 'title.ja = " "')
    result = run("build", site.folder, "--releases", tmp_path / "releases")
    assert result.exit_code == 1
    assert "measures=33" in result.stdout
    assert "leaves out second" in result.stderr
    assert "Violation" in result.stderr


def test_messages_are_in_japanese_where_they_are_asked_for(run: Run, site: SiteCopy, tmp_path: Path) -> None:
    site.replace_cell(10, 9, "☆")
    result = run("build", site.folder, "--releases", tmp_path / "releases", "--lang", "ja")
    assert "source.tsv 10行 9列 (目標達成): 「☆」はこの計画の記号・語" in result.stderr


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    result = run("build", SAKATA, "--releases", tmp_path / "taken" / "releases")
    assert result.exit_code == 7
    assert f"{tmp_path / 'taken'}" in result.stderr
    assert "Not a directory" in result.stderr
    assert "Traceback" not in result.output
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


# validate


def test_validate_tells_what_a_site_breaks(run: Run) -> None:
    result = run("validate", SAKATA)
    assert result.exit_code == 0
    assert "0 violations, 12 warnings, 0 infos" in result.stdout


def test_validate_writes_json_and_the_shacl_report(run: Run, tmp_path: Path) -> None:
    result = run("validate", SAKATA, "--json", "--report", tmp_path / "report.ttl")
    told = json.loads(result.stdout)
    assert told["conforms"] is True
    assert len(told["results"]) == 12
    assert {"ja", "en"} == set(told["results"][0]["message"])
    report = Graph().parse(tmp_path / "report.ttl")
    assert len(list(report.subjects(RDF.type, SH.ValidationResult))) == 12


def test_validate_holds_an_rdf_file_to_the_shapes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "measure.ttl"
    file.write_text(f"<http://example.org/m> a <{PLAN.Measure}> .", encoding="utf-8")
    result = run("validate", file)
    assert result.exit_code == 1
    assert " violations" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.ttl", "<a> <b .", "a.ttl: Turtle: "), ("a.txt", "text", "not a kind of file that is checked here")],
)
def test_validate_refuses_a_file_that_it_cannot_read(
    run: Run, tmp_path: Path, name: str, content: str, words: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("validate", tmp_path / name)
    assert result.exit_code == 3
    assert words in result.stderr


PLAN_TABLE = """\
番号,名称,所管課,令和5年度,令和6年度,目標達成,今後の対応,達成できなかった理由
第1章,基盤,,,,,,
第1節,情報,,,,,,
施策1,Wi-Fi,情報課,検討,設置,{},継続,工事中のため
"""


def test_validate_tells_the_cells_of_a_table_and_what_to_do(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(PLAN_TABLE.format("☆"), encoding="utf-8")
    result = run("validate", file)
    assert result.exit_code == 1
    assert result.stdout.startswith("It cannot be published as it is.\n1 violations, 0 warnings, 0 infos")
    assert "F4" in result.stdout
    told = json.loads(run("validate", file, "--format", "json").stdout)
    assert [each["place"]["cell"] for each in told["results"]] == ["F4"]
    assert "F4" in run("validate", file, "--format", "csv").stdout
    graph = Graph().parse(data=run("validate", file, "--format", "ttl").stdout, format="turtle")
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == 1


def test_validate_holds_a_good_table_to_the_years_and_register_given(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(PLAN_TABLE.format("一部達成"), encoding="utf-8")
    good = run("validate", file)
    assert (good.exit_code, "It can be published." in good.stdout) == (0, True)
    years = run("validate", file, "--years", "2024", "2025")
    assert (years.exit_code, "0 violations, 1 warnings" in years.stdout) == (0, True)
    register = run("validate", file, "--departments", SAKATA / "departments.ttl")
    assert (register.exit_code, "“情報課”" in register.stdout) == (1, True)


# reconstruct


def test_reconstruct_says_that_all_cells_are_equal(run: Run, releases: Path) -> None:
    result = run("reconstruct", SAKATA, "--releases", releases)
    assert result.exit_code == 0
    assert "all 536 cells in 53 rows are equal" in result.stdout


def test_reconstruct_writes_the_table_itself(run: Run, releases: Path) -> None:
    result = run("reconstruct", SAKATA, "--releases", releases, "--print", "tsv")
    source = SAKATA / "plans/joho-keikaku/2023-03-31/source.tsv"
    assert result.stdout_bytes == source.read_bytes()
    assert (
        run("reconstruct", SAKATA, "--releases", releases, "--print", "csv")
        .stdout.splitlines()[2]
        .startswith("酒田市")
    )


def test_reconstruct_ends_with_1_and_lists_what_differs(run: Run, site: SiteCopy, releases: Path) -> None:
    site.replace_cell(10, 4, "情報の収集")
    result = run("reconstruct", site.folder, "--releases", releases)
    assert result.exit_code == 1
    assert "情報の収集" in result.stdout
    told = json.loads(run("reconstruct", site.folder, "--releases", releases, "--json").stdout)
    assert told[0]["differences"] == [
        {"row": 10, "column": 4, "printed": "情報の収集", "rebuilt": "情報収集"}
    ]


# query and describe

COUNT = "SELECT (COUNT(?m) AS ?n) { ?m a <https://w3id.org/municipal-plan#Measure> }"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", "n\r\n33\r\n"),
        ("tsv", "?n\n33\n"),
        ("json", '"value":"33"'),
        ("xml", "<binding name"),
        ("table", "33"),
    ],
)
def test_query_asks_a_release_in_every_format(run: Run, releases: Path, form: str, expected: str) -> None:
    result = run("query", COUNT, "--release", releases / "sakata", "--format", form)
    assert result.exit_code == 0
    assert expected in result.stdout_bytes.decode()


def test_query_reads_a_file_and_standard_input(run: Run, releases: Path, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text(COUNT, encoding="utf-8")
    assert "33" in run("query", "--file", tmp_path / "count.rq", "--release", releases / "sakata").stdout
    assert "33" in run("query", "--file", "-", "--release", releases / "sakata", stdin=COUNT).stdout


def test_query_writes_a_graph_as_turtle_and_answers_an_ask(run: Run, releases: Path) -> None:
    release = ("--release", releases / "sakata")
    graph = run("query", "CONSTRUCT WHERE { ?m a <https://w3id.org/municipal-plan#Plan> }", *release).stdout
    assert len(Graph().parse(data=graph, format="turtle")) == 1
    assert run("query", "ASK {}", *release).stdout.strip() == "true"
    assert "true" in run("query", "ASK {}", *release, "--format", "table").stdout


def test_a_query_that_is_none_ends_with_5(run: Run, releases: Path) -> None:
    result = run("query", "SELECT WHERE", "--release", releases / "sakata")
    assert result.exit_code == 5
    assert "not valid SPARQL" in result.stderr


def test_an_endpoint_that_does_not_answer_ends_with_5(run: Run) -> None:
    result = run("query", "ASK {}", "--endpoint", "http://127.0.0.1:9/sparql")
    assert result.exit_code == 5
    assert "http://127.0.0.1:9/sparql" in result.stderr


def test_query_wants_exactly_one_query(run: Run) -> None:
    assert run("query").exit_code == 2
    assert run("query", COUNT, "--file", "-").exit_code == 2


@pytest.mark.parametrize(
    "iri", ["measure/joho-keikaku/2-1-2", "http://localhost:8000/id/measure/joho-keikaku/2-1-2"]
)
def test_describe_writes_what_is_said_of_an_iri(run: Run, releases: Path, iri: str) -> None:
    result = run("describe", iri, "--release", releases / "sakata")
    graph = Graph().parse(data=result.stdout, format="turtle")
    assert len(list(graph.subjects(RDF.type, PLAN.Progress))) == 1
    assert len(list(graph.subjects(RDF.type, PLAN.Activity))) == 2


def test_an_iri_of_which_nothing_is_said_ends_with_4(run: Run, releases: Path) -> None:
    result = run("describe", "measure/joho-keikaku/9-9-9", "--release", releases / "sakata")
    assert result.exit_code == 4
    assert "says nothing of this IRI" in result.stderr


def test_a_release_that_is_not_there_ends_with_4(run: Run, tmp_path: Path) -> None:
    for command in (("query", COUNT), ("describe", "plan/a"), ("serve",)):
        result = run(*command, "--release", tmp_path)
        assert result.exit_code == 4, command
        assert "sakata-lod build" in result.stderr


# template


def test_template_writes_a_table_to_fill_in_and_what_reads_it(run: Run, tmp_path: Path) -> None:
    result = run("template", tmp_path / "new", "--years", "2024", "2028")
    assert result.exit_code == 0
    names = {each.name for each in (tmp_path / "new").iterdir()}
    assert names == {"template.xlsx", "template.csv", "plan.toml"}
    assert "令和6年度" in (tmp_path / "new" / "template.csv").read_text(encoding="utf-8-sig")


def test_template_writes_nothing_where_a_file_is_there_already(run: Run, tmp_path: Path) -> None:
    (tmp_path / "template.csv").write_text("filled in", encoding="utf-8")
    result = run("template", tmp_path, "--years", "2024", "2028")
    assert result.exit_code == FILE_SYSTEM_REFUSED
    assert str(tmp_path / "template.csv") in result.stderr
    assert (tmp_path / "template.csv").read_text(encoding="utf-8") == "filled in"
    assert len(list(tmp_path.iterdir())) == 1


def test_template_wants_years_that_run_forward(run: Run, tmp_path: Path) -> None:
    result = run("template", tmp_path / "new", "--years", "2028", "2024")
    assert result.exit_code == 2
    assert "2024 is before 2028" in result.stderr
    assert not (tmp_path / "new").exists()


# help


def test_every_command_and_option_says_what_it_is_for() -> None:
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        assert command.help, name
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or parameter.help, (name, parameter)


@pytest.mark.parametrize(
    ("command", "needless"),
    [
        ("serve", {"numpy", "openpyxl", "pandas", "pyarrow", "pyshacl"}),
        ("build", {"flask", "granian", "pandas"}),
    ],
)
def test_a_command_does_not_load_what_only_others_need(command: str, needless: set[str]) -> None:
    code = f"import sys, sakata_lod.cli.{command}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT).stdout
    assert not needless & set(loaded.decode().split())


def test_an_unknown_command_is_refused(run: Run) -> None:
    result = run("bild", SAKATA)
    assert result.exit_code == 2
    assert "No such command 'bild'" in result.stderr


def test_every_exit_code_is_told_in_the_help(run: Run) -> None:
    text = run("--help").stdout
    for code in {0, 1, 2, *(code for _, code in EXIT_CODES)}:
        assert f"\n    {code}  " in text


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"sakata-lod {name}" in readme, name
