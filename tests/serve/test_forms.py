"""The decoder of forms: laws that hold for any text."""

from contextlib import suppress
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from sakata_lod.serve.protocol import FORM_TYPE, QUERY_TYPE, parameters, read_request

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
BYTES = st.binary(max_size=80) | st.text("query=&+%0aF;updt-grhi", max_size=80).map(str.encode)
ASKED = [b"query", b"default-graph-uri", b"named-graph-uri", b"update", b"as", b"x"]
PAIRS = st.lists(st.tuples(st.sampled_from(ASKED), BYTES), max_size=5).map(
    lambda pairs: b"&".join(name + b"=" + value for name, value in pairs)
)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
def test_what_is_encoded_is_decoded_to_the_same(pairs: list[tuple[str, str]]) -> None:
    wanted: dict[str, list[str]] = {}
    for name, value in pairs:
        wanted.setdefault(name, []).append(value)
    encoded = urlencode(pairs).encode()
    assert parameters(encoded) == {name: values for name, values in wanted.items() if encoded}


@given(TEXT)
def test_a_form_is_decoded_once(text: str) -> None:
    twice = quote(quote(text, safe=""), safe="")
    assert parameters(f"query={twice}".encode())["query"] == [quote(text, safe="")]


@given(BYTES)
def test_any_bytes_are_decoded_or_refused(app: Flask, encoded: bytes) -> None:
    with app.test_request_context("/sparql"), suppress(BadRequest):
        parameters(encoded)


@given(
    method=st.sampled_from(["GET", "POST"]),
    url=PAIRS | BYTES,
    body=PAIRS | BYTES,
    kind=st.sampled_from([FORM_TYPE, QUERY_TYPE, "text/plain", f"{QUERY_TYPE}; charset=utf-16", "", ";;"]),
)
def test_any_request_is_read_or_refused(app: Flask, method: str, url: bytes, body: bytes, kind: str) -> None:
    context = app.test_request_context("/sparql", method=method, data=body, content_type=kind)
    environ = context.request.environ | {"QUERY_STRING": url.decode("latin-1")}
    with context, suppress(BadRequest, UnsupportedMediaType):
        asked = read_request(environ, len(body))
        assert asked is not None or method == "GET"
        assert asked is None or asked.query.strip()


DOCUMENTED = {200, 400, 403, 406, 413, 415, 503}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    query=st.lists(
        st.sampled_from(["ASK", "SELECT", "*", "{", "}", "?s", "<a:b>", "'x'", "FILTER(", ")", "GRAPH", "FROM", "1", "災"]),
        max_size=12,
    ).map(" ".join) | TEXT,
    accept=st.sampled_from(["", "*/*", "text/html", "text/csv", "image/png", "text/turtle;q=0.5, */*;q=0.1"]),
)  # fmt: skip
def test_any_query_ends_in_a_documented_status(client: FlaskClient, query: str, accept: str) -> None:
    answer = client.post("/sparql", data=query.encode(), content_type=QUERY_TYPE, headers={"Accept": accept})
    assert answer.status_code in DOCUMENTED


@pytest.mark.parametrize("unit", [b"%", b"%4", b"&", b"=", b"+", b"%41", b"a=b&", b"%FF"])
def test_long_forms_are_decoded_in_time(app: Flask, unit: bytes) -> None:
    with app.test_request_context("/sparql"), suppress(BadRequest):
        parameters(unit * (1 << 18))
