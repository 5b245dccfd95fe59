"""What the interface's description says is so: schemathesis asks a real server by it, and holds its answers to it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sakata_lod.serve import headers
from sakata_lod.serve.openapi import openapi
from sakata_lod.serve.openapi_catalogue import of_the_catalogue
from sakata_lod.serve.openapi_parts import TEXT
from sakata_lod.serve.openapi_words import IN_JAPANESE
from sakata_lod.serve.protocol import QUERY_TYPE as SPARQL_QUERY
from sakata_lod.serve.settings import Settings

from .catalogued import write_catalogued_release
from .conftest import RunningServer, free_port, start_server, stop_server
from .small_release import BASE, manifest

pytestmark = pytest.mark.outside

CASES = 25
"""For each operation that takes anything, and each way of asking: as described, and otherwise."""

FEWER_CASES = 6
"""Where each costs a process: files that are checked."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

OF_HTTP = {
    "date",
    "server",
    "content-type",
    "content-length",
    "content-encoding",
    "transfer-encoding",
    "connection",
}
OF_EVERY_ANSWER = OF_HTTP | {name.lower() for name in (*headers.EVERY, *headers._PAGES)}
"""Headers that the description leaves out."""

DESCRIBED = openapi(Settings(), manifest(BASE, []), BASE)
OF_CATALOGUES = set(of_the_catalogue(()))
"""What only a release with a catalogue has."""

OPERATIONS = [
    pytest.param(path, method.upper(), id=told["operationId"])
    for path, methods in DESCRIBED["paths"].items()
    for method, told in methods.items()
]


def ways() -> Iterator[Any]:
    """Each operation as described and, where not every text will do for its parameters, otherwise."""
    for path, methods in DESCRIBED["paths"].items():
        for method, told in methods.items():
            name = told["operationId"]
            yield pytest.param(path, method.upper(), GenerationMode.POSITIVE, id=name)
            schemas = [each["schema"] for each in told.get("parameters", ())]
            if "requestBody" in told or any(each != TEXT for each in schemas):
                yield pytest.param(path, method.upper(), GenerationMode.NEGATIVE, id=f"{name}-otherwise")


WAYS = list(ways())


@schemathesis.serializer(SPARQL_QUERY)
def write_query(_context: schemathesis.SerializationContext, query: object) -> bytes:
    """Send what is generated for a query as it is."""
    return str(query).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def api(server: RunningServer) -> Any:
    """The interface as the server itself describes it."""
    return schemathesis.openapi.from_url(server.url("openapi.json"))


@pytest.fixture(scope="module")
def catalogued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The same of a server whose release has a catalogue, and a description of its contents."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    folder = write_catalogued_release(tmp_path_factory.mktemp("catalogued") / "release", 3, base)
    running = start_server(port, folder, base)
    yield schemathesis.openapi.from_url(running.url("openapi.json"))
    stop_server(running)


def ask(case: Case[Any], described: Any) -> Response:
    """Ask as a case says, and hold the answer to the description."""
    answer = case.call_and_validate(checks=CHECKS, allow_redirects=False)
    told = described["responses"].get(str(answer.status_code), {})
    reference = told.get("$ref", "").rpartition("/")[2]
    told = DESCRIBED["components"]["responses"][reference] if reference else told
    known = OF_EVERY_ANSWER | {name.lower() for name in told.get("headers", {})}
    assert set(answer.headers) <= known, f"{case.method} {case.formatted_path}: {answer.status_code}"
    return answer


@pytest.mark.parametrize(("path", "method", "mode"), WAYS)
def test_answers_are_what_the_description_says(
    api: Any, path: str, method: str, mode: GenerationMode
) -> None:
    described = DESCRIBED["paths"][path][method.lower()]
    statuses: Counter[int] = Counter()

    @settings(
        max_examples=FEWER_CASES if path == "/validate" else CASES if "parameters" in described else 1,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=api[path][method].as_strategy(generation_mode=mode))
    def asking(case: Case[Any]) -> None:
        statuses[ask(case, described).status_code] += 1

    asking()
    assert statuses.total() > 0


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_the_examples_of_the_description_work(api: Any, catalogued: Any, path: str, method: str) -> None:
    asked = catalogued if path in OF_CATALOGUES else api
    told = asked.raw_schema["paths"][path][method.lower()]
    statuses: Counter[int] = Counter()
    for strategy in asked[path][method].get_strategies_from_examples():

        @settings(max_examples=1, derandomize=True, database=None, phases=[Phase.generate])
        @given(case=strategy)
        def asking(case: Case[Any]) -> None:
            statuses[ask(case, told).status_code] += 1

        asking()
    assert set(statuses) <= {200, 206, 303, 304}, statuses
    assert statuses or not any("examples" in each for each in told.get("parameters", ()))


def test_every_operation_is_told_in_both_languages() -> None:
    operations = [each for methods in DESCRIBED["paths"].values() for each in methods.values()]
    japanese = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
    for each in operations:
        assert not japanese.search(each["summary"]), each["operationId"]
        assert japanese.search(each.get("description", "")), each["operationId"]
    assert set(IN_JAPANESE) <= {each["operationId"] for each in operations}
