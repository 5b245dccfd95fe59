"""How long CKAN's package_search takes over a long catalogue, and what the packages take in memory.

`python -m benchmarks.searching` in the repository: invented datasets, no network, no kept answers.
"""

import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.ckan.index import Packages
from sakata_lod.serve.settings import Settings
from tests.serve.catalogued import write_catalogued_release

DATASETS = 2_000
ROUNDS = 9
_CHANGED = quote("metadata_modified:[2025-06-01T00:00:00Z TO *]")
CASES = (
    ("CKAN's harvester, a page of 100", "rows=100&start=1000&sort=id+asc"),
    ("the same, what changed", f"rows=100&start=0&sort=id+asc&fq={_CHANGED}"),
    ("BODIK's counting", "rows=0&facet.field=%5B%22name%22%5D&facet.limit=-1&fq=name:999999_*"),
    ("words", f"q={quote('データ 199')}"),
)


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        release = write_catalogued_release(Path(folder) / "release", DATASETS)
        application = create_app(Settings(release=release, cache_bytes=0, log_requests=False))
        try:
            _measure(application)
        finally:
            service_of(application).close()


def _measure(application: Flask) -> None:
    first = _took_ms(application.test_client(), "rows=0")
    service = service_of(application)
    tracemalloc.start()
    again = Packages(service.store, service.iris, service.since).index
    kept, peak = (each / 2**20 for each in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    client = application.test_client()
    rounds = [[_took_ms(client, query) for _, query in CASES] for _ in range(ROUNDS)]
    _print(["package_search", f"ms, {DATASETS:,} datasets"], ["---", "---"])
    for (name, _), taken in zip(CASES, zip(*rounds, strict=True), strict=True):
        _print([name, f"{statistics.median(taken):.1f}"])
    sys.stdout.write(
        f"\nThe {len(again.packages):,} packages are made in {first:,.0f} ms, "
        f"and keep {kept:.0f} MiB, {peak:.0f} at most.\n"
    )


def _print(*rows: Sequence[str]) -> None:
    sys.stdout.write("".join(f"| {' | '.join(row)} |\n" for row in rows))


def _took_ms(client: FlaskClient, query: str) -> float:
    began = time.perf_counter()
    answer = client.get(f"/api/3/action/package_search?{query}")
    if answer.status_code != 200:
        raise RuntimeError(answer.text)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
