"""Sakata's release on a real server, asked as clients of the reconciliation service ask."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from sakata_lod.namespaces import PLAN
from sakata_lod.publish.build import build
from tests.conftest import SAKATA
from tests.publish.conftest import unwatched
from tests.serve.conftest import RunningServer, free_port, start_server, stop_server

MEASURE = str(PLAN.Measure)
PATIENCE_S = 60

PANDAS_WARNS = pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning")
"""The client `reconciler` drops columns as pandas will not in its next version."""


@dataclass(frozen=True)
class Reconciler:
    """The service, and what its answers begin with."""

    server: RunningServer

    @property
    def address(self) -> str:
        return self.server.url("reconcile")

    def iri(self, name: str) -> str:
        """The IRI of a thing: `measure/2-1-2`, a measure of Sakata's plan, or any other name as it is."""
        kind, _, number = name.partition("/")
        return self.server.url(f"id/measure/joho-keikaku/{number}" if kind == "measure" else f"id/{name}")

    def get(self, path: str = "", **parameters: Any) -> requests.Response:
        return requests.get(
            f"{self.address}{path}", params=parameters, timeout=PATIENCE_S, allow_redirects=False
        )

    def post(self, **form: str) -> requests.Response:
        return requests.post(self.address, data=form, timeout=PATIENCE_S)

    def ask(self, queries: Mapping[str, Mapping[str, Any]]) -> Any:
        """The answer to a batch of queries."""
        answer = self.post(queries=json.dumps(queries))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def candidates(self, query: str, **more: Any) -> list[dict[str, Any]]:
        """The candidates for one name; of measures, where no type is given."""
        asked = {"query": query, "type": MEASURE, "limit": 5} | more
        found: list[dict[str, Any]] = self.ask({"q0": asked})["q0"]["result"]
        return found

    def extend(self, ids: list[str], *properties: Mapping[str, Any]) -> Any:
        """The values of things."""
        answer = self.post(extend=json.dumps({"ids": ids, "properties": properties}))
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reconciler]:
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    releases = tmp_path_factory.mktemp("reconciled")
    build(SAKATA, releases, base, unwatched)
    running = start_server(port, releases, base)
    yield Reconciler(running)
    stop_server(running)


@pytest.fixture(scope="session")
def manifest(service: Reconciler) -> Any:
    return service.get().json()
