"""Every page, in both languages, light and dark, wide and narrow: what nobody should meet on any of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import missing
from tests.serve.conftest import RunningServer

from .conftest import VENDOR, Visit, visiting
from .pages import ELSEWHERE, PAGES, there

WIDE, NARROW = 1280, 320
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core whose outcome a colour scheme can change: in the dark, these alone are asked again."""

MOST_STOPS = 15
RULES = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": OF_COLOURS}
STATES = [
    ("light", WIDE, RULES),
    ("dark", WIDE, COLOURS),
    ("dark", NARROW, COLOURS),
    ("light", NARROW, RULES),
]

_FOLD_OUT = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
_STOPS = """() => {
  const main = document.querySelector('main');
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
    .filter((each) => main.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING).length;
}"""
_TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const scrolls = (each) => each && (getComputedStyle(each).overflowX !== 'visible' || scrolls(each.parentElement));
  const wide = [...document.querySelectorAll('main *, header *, footer *')]
    .filter((each) => Math.max(each.getBoundingClientRect().right, each.scrollWidth) > most + 1 && !scrolls(each));
  return ['page', ...wide.map((each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`)];
}"""
_AXE = """async (only) => {
  const found = await axe.run({ runOnly: only, resultTypes: ['violations'], selectors: false, preload: false });
  return found.violations.map((rule) => [rule.id, rule.nodes.map((node) => [node.html.slice(0, 200), node.failureSummary])]);
}"""


@dataclass
class Inspection:
    """What was found on a page. faults: of axe-core, by colours and width. too_wide: at 320 px."""

    status: int = 0
    headings: int = 0
    language: str = ""
    stops: int = 0
    faults: dict[tuple[str, int], list[Any]] = field(default_factory=dict)
    too_wide: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Inspect = Callable[[str, str], Inspection]


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core itself."""
    if not (VENDOR / "axe.min.js").exists():
        missing("axe-core is not installed (make install puts it in place, with npm's registry)")
    return (VENDOR / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def inspect(browser: Browser, site: RunningServer, axe: str) -> Iterator[Inspect]:
    """Looks at a page in a language: loads it once, whatever is asked of it, and keeps what it found."""
    pages = there(site.base)
    kept: dict[tuple[str, str], Inspection] = {}
    with ExitStack() as stack:
        visits = {
            language: stack.enter_context(visiting(browser, site, locale=language))
            for language in ("ja", "en")
        }

        def look(name: str, language: str) -> Inspection:
            if name not in pages:
                pytest.skip(f"this server has no {ELSEWHERE[name]}")
            if (name, language) not in kept:
                kept[name, language] = _look(visits[language], pages[name], axe)
            return kept[name, language]

        yield look


def _look(visit: Visit, path: str, axe: str) -> Inspection:
    found, page = Inspection(), visit.page
    visit.complaints.clear()
    _show(page, "light", WIDE)
    answer = page.goto(f"{visit.base}{path}", wait_until="load")
    found.status = answer.status if answer else 0
    found.headings = page.locator("h1").count()
    found.language = page.evaluate("document.documentElement.lang")
    found.stops = page.evaluate(_STOPS)
    page.evaluate(_FOLD_OUT)
    page.evaluate(axe)
    for colours, width, rules in STATES:
        _show(page, colours, width)
        found.faults[colours, width] = page.evaluate(_AXE, rules)
    found.too_wide = page.evaluate(_TOO_WIDE)
    found.complaints = list(visit.complaints)
    return found


def _show(page: Page, colours: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if colours == "dark" else "light")


EVERY = [
    pytest.param(name, language, id=f"{name}-{language}")
    for name in (*PAGES, *ELSEWHERE)
    for language in ("ja", "en")
]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_axe_finds_nothing(inspect: Inspect, name: str, language: str) -> None:
    found = inspect(name, language)
    assert set(found.faults) == {("light", WIDE), ("dark", WIDE), ("dark", NARROW), ("light", NARROW)}
    assert {state: each for state, each in found.faults.items() if each} == {}


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_nothing_is_wider_than_a_narrow_window(inspect: Inspect, name: str, language: str) -> None:
    assert inspect(name, language).too_wide == []


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_page_is_whole_and_the_browser_has_no_complaint(inspect: Inspect, name: str, language: str) -> None:
    found = inspect(name, language)
    expected = {"not-found": 404, "bad-request": 400}.get(name, 400 if "mistake" in name else 200)
    assert (found.status, found.headings, found.language) == (expected, 1, language)
    assert found.complaints == []
    assert 4 <= found.stops <= MOST_STOPS


def test_what_is_wrong_is_found(browser: Browser, site: RunningServer, axe: str) -> None:
    with visiting(browser, site) as visit:
        page = visit.open("about")
        page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"x.png\">'")
        page.evaluate("document.querySelector('main p').append('x'.repeat(2000))")
        page.evaluate("document.querySelector('main p').style.whiteSpace = 'pre'")
        page.evaluate("console.error('wrong')")
        page.evaluate(axe)
        _show(page, "light", NARROW)
        assert "image-alt" in {rule for rule, _ in page.evaluate(_AXE, RULES)}
        assert len(page.evaluate(_TOO_WIDE)) > 1
        assert visit.complaints == ["error: wrong"]


def test_every_page_is_there_without_scripts(browser: Browser, site: RunningServer) -> None:
    with visiting(browser, site, java_script_enabled=False, locale="ja") as visit:
        for path in there(site.base).values():
            page = visit.open(path)
            assert page.locator("h1").count() == 1
            assert page.locator("main").inner_text().strip()
        assert visit.complaints == []
