"""Every page, in both languages, light and dark, wide and narrow: what nobody should meet on any of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.serve.conftest import RunningServer

from .conftest import visiting
from .inspection import AXE, MOST_STOPS, NARROW, RULES, TOO_WIDE, WIDE, Inspection, show
from .inspection import look as look_at
from .pages import ELSEWHERE, PAGES, there

Inspect = Callable[[str, str], Inspection]


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
                kept[name, language] = look_at(visits[language], pages[name], axe)
            return kept[name, language]

        yield look


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
        show(page, "light", NARROW)
        assert "image-alt" in {rule for rule, _ in page.evaluate(AXE, RULES)}
        assert len(page.evaluate(TOO_WIDE)) > 1
        assert visit.complaints == ["error: wrong"]


def test_every_page_is_there_without_scripts(browser: Browser, site: RunningServer) -> None:
    with visiting(browser, site, java_script_enabled=False, locale="ja") as visit:
        for path in there(site.base).values():
            page = visit.open(path)
            assert page.locator("h1").count() == 1
            assert page.locator("main").inner_text().strip()
        assert visit.complaints == []
