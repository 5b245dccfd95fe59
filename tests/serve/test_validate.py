"""A file that a stranger sends in: what comes back, what is refused, and that nothing is left of it."""

import contextlib
import csv
import io
import json
import os
import subprocess
import tempfile
import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from werkzeug.test import TestResponse

from sakata_lod.errors import CheckTooCostly, FileRefused, NoCheckFree
from sakata_lod.namespaces import RDF, SH
from sakata_lod.serve import checks
from sakata_lod.serve.checks import Checked, Checker, SentFile
from sakata_lod.serve.settings import Settings

from .conftest import RunningServer, descendants

TABLE = """\
番号,名称,所管課,令和5年度,令和6年度,目標達成,今後の対応,達成できなかった理由
第1章,基盤,,,,,,
第1節,情報,,,,,,
施策1,Wi-Fi,情報課,検討,設置,{achievement},継続,{reason}
"""
GOOD = TABLE.format(achievement="一部達成", reason="工事中のため").encode()
BAD = TABLE.format(achievement="☆", reason="=1+1").encode()
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


def send(
    client: FlaskClient,
    content: bytes,
    name: str = "plan.csv",
    *,
    query: str = "",
    accept: str = "application/json",
    **more: bytes | str,
) -> TestResponse:
    """Send a file as a form does. more: other fields, those in bytes as files."""
    fields = {"file": (name, content)} | {
        key: (f"{key}.ttl" if isinstance(each, bytes) else "", each) for key, each in more.items()
    }
    parts = [
        f'--+\r\nContent-Disposition: form-data; name="{key}"'.encode()
        + (f'; filename="{file}"'.encode() if file else b"")
        + b"\r\n\r\n"
        + (each.encode() if isinstance(each, str) else each)
        for key, (file, each) in fields.items()
    ]
    body = b"\r\n".join([*parts, b"--+--\r\n"])
    form = "multipart/form-data; boundary=+"
    return client.post(f"/validate{query}", data=body, content_type=form, headers={"Accept": accept})


def problem(answer: TestResponse) -> tuple[int, str]:
    assert answer.json is not None
    return answer.status_code, answer.json["type"].partition("#")[2]


def test_the_page_has_a_form_that_works_alone_the_template_and_the_rules(client: FlaskClient) -> None:
    page = client.get("/validate?lang=ja")
    assert page.status_code == 200
    assert (
        '<form class="check" action="/validate?lang=ja" method="post" enctype="multipart/form-data">'
        in page.text
    )
    assert 'type="file" name="file"' in page.text
    assert 'id="MergedCells"' in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", ("このままでは公開できません。", "直し方", "4行", "記号・語")),
     ("en", ("It cannot be published as it is.", "Remedy", "row 4", "is not among the marks"))],
)  # fmt: skip
def test_a_person_reads_the_verdict_the_cell_and_the_remedy(
    client: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    page = send(client, BAD, accept=BROWSER, query=f"?lang={language}")
    assert page.status_code == 200
    assert page.headers["Content-Language"] == language
    assert page.headers["Cache-Control"] == "no-store"
    for each in (*words, '<b class="cell">F4</b>', "☆", "UnknownMark"):
        assert each in page.text
    assert 'download="report.csv"' in page.text
    assert 'download="report.ttl"' in page.text


def test_the_forms_of_a_report_agree(client: FlaskClient) -> None:
    told = send(client, BAD).json
    assert told is not None
    assert (told["conforms"], told["counts"]["Violation"]) == (False, 1)
    by_accept = send(client, BAD, accept="text/turtle")
    by_address = send(client, BAD, query="?format=csv&lang=en")
    assert by_accept.content_type == "text/turtle; charset=utf-8"
    assert by_address.headers["Content-Disposition"] == "attachment; filename=report.csv"
    graph = Graph().parse(data=by_accept.text, format="turtle")
    table = list(csv.reader(io.StringIO(by_address.data.decode("utf-8-sig"))))
    (result,) = told["results"]
    (node,) = graph.subjects(RDF.type, SH.ValidationResult)
    assert str(graph.value(node, SH.sourceShape)) == result["shape"] == table[1][10]
    assert result["place"]["cell"] == table[1][4] == "F4"


def test_a_good_table_conforms(client: FlaskClient) -> None:
    told = send(client, GOOD).json
    assert told is not None
    assert (told["conforms"], told["complete"], told["results"]) == (True, True, [])


def test_a_table_is_read_by_the_plan_and_held_to_the_register_and_years_sent_with_it(
    client: FlaskClient,
) -> None:
    register = b"""@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <department/a> a org:OrganizationalUnit ; skos:prefLabel "\xe5\x88\xa5\xe3\x81\xae\xe8\xaa\xb2"@ja ."""
    told = send(client, GOOD, departments=register).json
    assert told is not None
    assert [each["place"]["cell"] for each in told["results"]] == ["C4"]
    told = send(client, GOOD, first_year="2024", last_year="2025").json
    assert told is not None
    assert [each["place"]["cell"] for each in told["results"]] == ["D4"]


def test_what_cannot_be_checked_is_told_as_a_problem(client: FlaskClient) -> None:
    assert problem(client.post("/validate", data={}, content_type="multipart/form-data")) == (
        400,
        "bad-request",
    )
    assert problem(client.post("/validate", data=GOOD, content_type="text/csv")) == (
        415,
        "unsupported-media-type",
    )
    assert problem(send(client, GOOD, "plan.pdf")) == (415, "unsupported-media-type")
    assert problem(send(client, b"x" * (2 * 1024 * 1024 + 1))) == (413, "too-large")
    assert problem(send(client, b"x" * 3 * 1024 * 1024)) == (413, "too-large")
    assert problem(send(client, GOOD, first_year="24", last_year="2025")) == (400, "bad-request")
    assert problem(send(client, GOOD, query="?format=pdf")) == (400, "bad-request")
    assert problem(send(client, GOOD, accept="image/png")) == (406, "not-acceptable")
    assert problem(send(client, GOOD, plan=b"slug")) == (400, "file-unreadable")
    page = send(client, GOOD, "plan.pdf", accept=BROWSER)
    assert (page.status_code, page.content_type) == (415, "text/html; charset=utf-8")


def test_a_context_elsewhere_is_not_fetched(client: FlaskClient) -> None:
    document = json.dumps({"@context": "http://127.0.0.1:9/context.jsonld", "@id": "http://a/b"}).encode()
    assert problem(send(client, document, "data.jsonld")) == (400, "file-unreadable")


def test_a_name_with_a_path_is_a_name(client: FlaskClient) -> None:
    told = send(client, GOOD, "..\\..\\etc/../計画.csv").json
    assert told is not None
    assert told["file"] == "計画.csv"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(Settings(check_timeout_s=30, check_memory_mib=128))


def check(checker: Checker, name: str, content: bytes) -> Checked:
    return checker.check(SentFile(name, content, "en"))


def workbook(**parts: bytes) -> bytes:
    """A workbook with other contents in some of its parts."""
    book, saved, spoilt = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as whole, zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            archive.writestr(name, parts.get(Path(name).stem, whole.read(name)))
    return spoilt.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'
)
FAR_AWAY = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xlsx", workbook(sheet1=b"<x>" + b"\0" * 80 * 1024 * 1024)),
        ("laughs.xlsx", workbook(sheet1=LAUGHS)),
        ("far.xlsx", workbook(sheet1=FAR_AWAY)),
        ("half.xlsx", workbook()[:500]),
        ("empty.csv", b""),
        ("bytes.csv", bytes(range(256)) * 100),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_file_made_to_be_a_burden_is_told_as_unreadable(
    checker: Checker, name: str, content: bytes
) -> None:
    report = check(checker, name, content).record
    assert report["conforms"] is False
    assert report["counts"]["Violation"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("line.csv", b"a" * 2 * 1024 * 1024),
        ("commas.csv", b"," * 2 * 1024 * 1024),
        ("deep.ttl", b"<a:a> <a:b> " + b"[ <a:b> " * 200_000 + b"1" + b"]" * 200_000 + b" ."),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_huge_or_deep_file_ends_within_the_limits(checker: Checker, name: str, content: bytes) -> None:
    with contextlib.suppress(CheckTooCostly, FileRefused):
        assert check(checker, name, content).record["conforms"] is False


def test_a_check_that_takes_too_long_is_ended_with_its_process() -> None:
    before = descendants(os.getpid())
    with pytest.raises(CheckTooCostly):
        check(Checker(Settings(check_timeout_s=0.2)), "plan.csv", GOOD)
    assert descendants(os.getpid()) <= before


def test_when_all_places_are_taken_the_next_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_PATIENCE_S", 0.01)
    checker = Checker(Settings(checks_at_once=1))
    with checker._place(), pytest.raises(NoCheckFree) as refused:
        check(checker, "plan.csv", GOOD)
    assert refused.value.retry_after_s > 0


def test_a_client_with_a_form_gets_its_report_and_the_server_stays_up(
    server: RunningServer, tmp_path: Path
) -> None:
    table = tmp_path / "plan.csv"
    table.write_bytes(BAD)
    left = set(Path(tempfile.gettempdir()).iterdir())
    command = ["curl", "-sS", "-F", f"file=@{table}", "-H", "Accept: text/turtle", server.url("validate")]
    answers: list[bytes] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(subprocess.run(command, capture_output=True, check=True).stdout)
        )
        for _ in range(3)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [b"UnknownMark" in each for each in answers] == [True] * 3
    bomb = tmp_path / "bomb.xlsx"
    bomb.write_bytes(workbook(sheet1=b"<x>" + b"\0" * 80 * 1024 * 1024))
    command[3] = f"file=@{bomb}"
    assert b"MalformedTable" in subprocess.run(command, capture_output=True, check=True).stdout
    assert server.process.poll() is None
    new = set(Path(tempfile.gettempdir()).iterdir()) - left
    assert not [each for each in new if each.is_file()]
