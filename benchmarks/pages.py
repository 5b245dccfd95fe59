"""How soon pages are seen, and what they weigh: Sakata's release in Chromium. `make bench-pages`.

Largest Contentful Paint, the median of 5 visits, each with a browser context of its own that knows nothing
yet; the server's answers are kept after the first. On loopback: what a network adds is not in it.
"""

import os
import shutil
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks.conditions import conditions
from benchmarks.servers import ours
from sakata_lod.serve.settings import Settings

RESULT = Path(__file__).parent / "results" / "pages.md"
VISITS = 5
_KIBIBYTE = 1024
_PAGES: Mapping[str, str] = {
    "first page": "",
    "measure": "doc/measure/joho-keikaku/4-1-9",
    "department": "doc/department/nozei",
    "data quality": "quality",
    "vocabulary": "ontology",
    "dataset": "dataset/062049_tables",
    "workbench, with a result": "sparql?example=achievements",
}
_PAINTED = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true });
})"""
_TOLD = ("date", "commit", "machine", "load average")


@dataclass(frozen=True, slots=True)
class Visited:
    """What visits came to. painted_ms: one a visit. kibibytes: of the bodies of one visit, over the wire."""

    painted_ms: Sequence[float]
    kibibytes: float
    requests: int


def main() -> None:
    """Measure, and write the table."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is needed (apt-get install chromium fonts-noto-cjk), or its path in CHROMIUM.")
    with ours(Settings.read(os.environ).release) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        base = server.endpoint.removesuffix("sparql")
        found = {name: visit(browser, f"{base}{path}") for name, path in _PAGES.items()}
        told = {name: each for name, each in conditions(VISITS, 0).items() if name in _TOLD}
        told["browser"] = f"Chromium {browser.version}, 1280 × 900"
        browser.close()
    RESULT.write_text(report(found, told), encoding="utf-8")
    sys.stdout.write(RESULT.read_text(encoding="utf-8"))


def visit(browser: Browser, address: str) -> Visited:
    """Visit a page once to warm up the server, then as often as is measured."""
    painted, bodies = [], [0]
    for _ in range(VISITS + 1):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja")
        moment, bodies = _look(context.new_page(), address)
        painted.append(moment)
        context.close()
    return Visited(painted[1:], sum(bodies) / _KIBIBYTE, len(bodies))


def _look(page: Page, address: str) -> tuple[float, list[int]]:
    """When the largest part was painted, in ms, and the bytes of each body."""
    done: list[Request] = []

    def note(request: Request) -> None:
        done.append(request)

    page.on("requestfinished", note)
    page.goto(address, wait_until="networkidle")
    return float(page.evaluate(_PAINTED)), [each.sizes()["responseBodySize"] for each in done]


def report(found: Mapping[str, Visited], told: Mapping[str, str]) -> str:
    """The page of results."""
    lines = [
        "# Pages",
        "",
        "Sakata's release, served on the same machine. Largest Contentful Paint: the median of "
        f"{VISITS} visits, each with an empty browser cache. Made by `make bench-pages`.",
        "",
        *(f"- {name}: {each}" for name, each in told.items()),
        "",
        "| page | LCP, ms | from … to | KiB | requests |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, each in found.items():
        between = f"{min(each.painted_ms):,.0f} to {max(each.painted_ms):,.0f}"
        middle = statistics.median(each.painted_ms)
        lines.append(f"| {name} | {middle:,.0f} | {between} | {each.kibibytes:.1f} | {each.requests} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
