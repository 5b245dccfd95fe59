"""The pages of several cities on one server, as every page is looked at."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.serve.conftest import RunningServer

from .conftest import visiting
from .inspection import MOST_STOPS, STATES, Inspection, look

PAGES = [
    "",
    "990001/",
    "990002/",
    "990003/",
    "compare",
    "dump/",
    "990001/catalog",
    "990002/doc/plan/bosai",
    "990003/doc/plan/kanko",
    "990001/doc/measure/sogo/1-1",
    "quality",
    "990001/quality",
    "themes",
    "codes/achieved",
    "reconcile/guide",
    "990001/reconcile/guide",
]


@pytest.fixture(scope="module")
def inspect(browser: Browser, cities: RunningServer, axe: str) -> Iterator[Callable[[str, str], Inspection]]:
    """Looks at a page in a language."""
    with ExitStack() as stack:
        visits = {
            language: stack.enter_context(visiting(browser, cities, locale=language))
            for language in ("ja", "en")
        }
        yield lambda path, language: look(visits[language], path, axe)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_about_cities_is_whole_and_nothing_is_found_wrong(
    inspect: Callable[[str, str], Inspection], path: str, language: str
) -> None:
    found = inspect(path, language)
    assert (found.status, found.headings, found.language) == (200, 1, language)
    assert {state: each for state, each in found.faults.items() if each} == {}
    assert len(found.faults) == len(STATES)
    assert found.too_wide == []
    assert found.complaints == []
    assert 4 <= found.stops <= MOST_STOPS
