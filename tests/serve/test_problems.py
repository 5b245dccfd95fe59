import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.errors import ReleaseNotFound
from sakata_lod.serve.app import create_app
from sakata_lod.serve.context import Service
from sakata_lod.serve.problem_kinds import KINDS
from sakata_lod.serve.settings import Settings


def test_a_program_is_told_in_json(client: FlaskClient) -> None:
    answer = client.get("/doc/nothing", headers={"Accept-Language": "en"})
    assert answer.json == {
        "type": "http://localhost:8000/problems#not-found",
        "title": "There is nothing here",
        "status": 404,
        "detail": "http://localhost:8000/id/nothing: the release says nothing of this IRI.",
    }
    assert answer.headers["Content-Language"] == "en"


def test_a_person_is_told_on_a_page(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "ja"})
    assert answer.status_code == 404
    assert answer.content_type == "text/html; charset=utf-8"
    assert "<h1>見つかりません</h1>" in answer.text


def test_problems_are_told_in_the_clients_language(client: FlaskClient) -> None:
    japanese = client.get("/sparql?query=ASK", headers={"Accept-Language": "ja"})
    assert japanese.json is not None
    assert japanese.json["title"] == "問い合わせが正しくありません"
    assert "1行4列" in japanese.json["detail"]


def test_a_method_that_is_not_allowed_names_those_that_are(client: FlaskClient) -> None:
    answer = client.delete("/sparql")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.post("/doc/x").status_code == 405


def test_an_address_that_is_too_long_is_told(client: FlaskClient) -> None:
    answer = client.get("/sparql?query=" + "a" * 20_000)
    assert answer.status_code == 414
    assert answer.content_type == "application/problem+json"


def test_an_unexpected_error_tells_nothing_of_itself(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("sakata_lod.serve.store.QuadStore.describe", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)  # noqa: FBT003
    with caplog.at_level(logging.ERROR):
        answer = client.get("/doc/measure/joho/2-1-2", headers={"Accept-Language": "en"})
    assert answer.status_code == 500
    assert answer.json is not None
    assert answer.json["type"].endswith("#internal-error")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "secret" in caplog.text


def test_every_kind_of_problem_is_explained(client: FlaskClient) -> None:
    page = client.get("/problems").text
    assert all(f'id="{kind.slug}"' in page for kind in KINDS)


def test_an_overloaded_server_says_when_to_come_back(client: FlaskClient, service: Service) -> None:
    for asked in ("ASK{}", "ASK {}"):
        service.evaluator._lanes._costly[hash(asked)] = None
    seats = service.evaluator._lanes._seats
    taken = [seats.get_nowait() for _ in range(seats.qsize())]
    try:
        answer = client.get("/sparql?query=ASK%7B%7D")
        ready = client.get("/readyz")
    finally:
        for each in taken:
            seats.put(each)
        service.evaluator._lanes._costly.clear()
    assert answer.status_code == ready.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert int(ready.headers["Retry-After"]) > 0
    assert client.get("/readyz").status_code == 200


def test_a_missing_release_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFound):
        create_app(Settings(release=tmp_path))
