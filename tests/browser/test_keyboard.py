"""What people come for, reached by keyboard alone, in so few steps from the first page, in both languages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.serve.conftest import RunningServer

from .conftest import Visit, visiting
from .pages import answers

MOST_TABS = 250
_FOCUSED = "(document.activeElement.closest('a, summary, button') ?? document.activeElement).innerText ?? ''"


@pytest.fixture(params=["ja", "en"])
def home(request: pytest.FixtureRequest, browser: Browser, site: RunningServer) -> Iterator[Visit]:
    """The first page, in a language."""
    with visiting(browser, site, locale=request.param) as made:
        made.open("")
        yield made
        assert made.complaints == []


def language(visit: Visit) -> str:
    """The language of the page."""
    return str(visit.page.evaluate("document.documentElement.lang"))


def follow(page: Page, ja: str, en: str) -> None:
    """Tab to the first link or fold whose words match, and press Enter. ja, en: what it says, by language."""
    wanted = re.compile(ja if page.evaluate("document.documentElement.lang") == "ja" else en)
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.search(page.evaluate(_FOCUSED)):
            break
    else:
        pytest.fail(f"{MOST_TABS} times Tab, and not at {wanted.pattern}")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring != "none", "the focus cannot be seen"
    if page.evaluate("document.activeElement.tagName") == "A":
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.keyboard.press("Enter")


def said(page: Page) -> str:
    """The words of a page."""
    return page.locator("main").inner_text()


def test_how_many_were_achieved_is_told_at_once(home: Visit) -> None:
    counted = home.page.locator(".counts").first.inner_text()
    assert re.search(r"(達成|Achieved)\s*27\b", counted), counted


def test_which_measures_were_dropped_and_why(home: Visit) -> None:
    follow(home.page, r"^取りやめ", r"^Discontinued")
    assert "4-1-2" in said(home.page)
    assert home.page.locator("td.reason").first.inner_text().strip()


def test_what_a_department_did(home: Visit) -> None:
    follow(home.page, r"^ほか\d+件$", r"^\d+ more$")
    follow(home.page, r"^納税課", r"^Tax Payment Division")
    assert home.page.url.endswith("doc/department/nozei")
    assert home.page.locator("table.work .entry").count() > 0


def test_what_was_reported_for_a_library_in_a_year(home: Visit) -> None:
    follow(home.page, r"光丘文庫", r"Kokyu|Kōkyū|Koukyu|Bunko")
    assert "第4回" in home.page.locator("#fy2021").inner_text()


def test_which_cells_of_a_measure_are_doubtful(home: Visit) -> None:
    follow(home.page, r"ペーパーレス化の推進", r"[Pp]aper")
    assert home.page.locator(".timeline .doubtful").all_inner_texts()
    assert "電子決裁導入の検討" in home.page.locator(".timeline .doubtful").first.inner_text()


def test_everything_as_csv_and_turtle(home: Visit) -> None:
    follow(home.page, r"^ダウンロード$", r"^Downloads$")
    for name in ("graph.ttl", "measures.csv"):
        link = home.page.get_by_role("link", name=name, exact=True)
        assert home.page.request.get(link.evaluate("each => each.href")).ok


def test_iri_licence_and_citation_of_a_measure(home: Visit) -> None:
    follow(home.page, r"ペーパーレス化の推進", r"[Pp]aper")
    box = home.page.locator("aside.data").inner_text()
    assert f"{home.base}id/measure/joho-keikaku/4-1-9" in box
    assert home.page.locator(".cite").inner_text()
    assert "creativecommons.org/licenses/by/4.0" in home.page.locator("footer").inner_text()


def test_an_example_query_runs_and_has_an_address_to_share(home: Visit) -> None:
    follow(home.page, r"^SPARQL$", r"^SPARQL$")
    follow(home.page, r"^例の一覧$", r"^All example queries$")
    follow(home.page, r"達成状況ごとの施策の数", r"How many measures have which achievement")
    assert home.page.locator("table.result tbody tr").count() == 3
    assert "example=achievements" in home.page.url


def test_what_partly_achieved_means_and_its_property(home: Visit) -> None:
    follow(home.page, r"^一部達成", r"^Partly achieved")
    assert home.page.locator(".definition").inner_text()
    link = home.page.locator("dl.rows a[href*='ontology#']").first
    assert "chievement" in str(link.get_attribute("href"))


def test_whether_a_file_of_ones_own_is_valid(home: Visit) -> None:
    if not answers(home.base, "validate"):
        pytest.skip("this server has no /validate")
    follow(home.page, r"^自分の計画を検査する$", r"^Check your plan$")
    assert home.page.locator("input[type=file]").first.is_visible()


def test_words_are_found(home: Visit) -> None:
    if not answers(home.base, "search"):
        pytest.skip("this server has no /search")
    home.page.focus("#site-search")
    home.page.keyboard.type("光丘文庫")
    with home.page.expect_navigation():
        home.page.keyboard.press("Enter")
    assert "3-3-4" in said(home.page)


def test_the_first_tab_leads_past_the_top_of_the_page(home: Visit) -> None:
    home.page.keyboard.press("Tab")
    home.page.keyboard.press("Enter")
    assert home.page.evaluate("document.activeElement.id") == "main"
