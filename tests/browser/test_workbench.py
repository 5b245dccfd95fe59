"""The workbench in a real browser: without scripts, with the editor, by keyboard, on a narrow screen."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import missing
from tests.serve.conftest import RunningServer

from .conftest import VENDOR, Visit, visiting

ROWS = "table.result tbody tr"
MOST_BYTES = 330 * 1024
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def test_without_scripts_an_example_is_picked_and_answers(plain_visit: Visit) -> None:
    page = plain_visit.open("sparql")
    page.select_option("#example", "achievements")
    page.click(".pick button")
    assert page.locator(ROWS).count() == 3
    assert page.locator("figure.result-bars rect").count() == 3


def test_without_scripts_a_query_of_ones_own_runs(plain_visit: Visit) -> None:
    page = plain_visit.open("sparql")
    page.fill("#query", "SELECT ?m { ?m a <https://w3id.org/municipal-plan#Measure> }")
    page.click("#ask button")
    assert page.locator(ROWS).count() == 33
    page.locator(f"{ROWS} a").first.click()
    assert "/doc/measure/joho-keikaku/" in page.url


def test_without_scripts_values_are_changed_in_a_form(plain_visit: Visit) -> None:
    page = plain_visit.open("sparql?example=activities-in-year")
    before = page.locator(ROWS).count()
    page.fill("#value-year", "2018")
    page.click(".values button")
    assert page.locator(ROWS).count() == 22 != before
    page.fill("#value-year", "x")
    page.click(".values button")
    assert "a year of four digits" in page.inner_text("[role=alert]")


def test_from_the_first_page_an_example_runs_in_three_clicks(visit: Visit) -> None:
    page = visit.open("")
    page.click("nav >> text=SPARQL")
    page.click("text=All example queries")
    page.click("text=How many measures have which achievement?")
    assert page.locator(ROWS).count() == 3


def test_by_keyboard_alone_an_example_runs_and_the_editor_lets_go(visit: Visit, editor: None) -> None:
    page = visit.open("sparql")
    page.focus("#example")
    page.keyboard.type("How many measures have which")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(ROWS).count() == 3
    page.focus("#share")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.CodeMirror') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Run the query"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.CodeMirror') !== null")


def write(page: Page, query: str) -> None:
    """Write a query in the editor, as a person does."""
    page.click("#editor .CodeMirror")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(query)


def test_ctrl_enter_asks_what_the_editor_holds(visit: Visit, editor: None) -> None:
    page = visit.open("sparql")
    write(page, "SELECT ?m { ?m a <https://w3id.org/municipal-plan#Plan> }")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.locator(ROWS).count() == 1


def test_terms_are_completed_by_their_names_and_prefixes_declared(visit: Visit, editor: None) -> None:
    page = visit.open("sparql")
    write(page, "SELECT * WHERE { ?m respons")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint")
    hints = page.locator(".CodeMirror-hint").all_inner_texts()
    chosen = next(place for place, each in enumerate(hints) if "plan:responsibleDepartment" in each)
    page.locator(".CodeMirror-hint").nth(chosen).click()
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert "?m plan:responsibleDepartment" in text
    assert "PREFIX plan: <https://w3id.org/municipal-plan#>" in text


def test_in_japanese_terms_are_found_by_their_japanese_names(
    browser: Browser, site: RunningServer, editor: None
) -> None:
    with visiting(browser, site, locale="ja") as visit:
        page = visit.open("sparql")
        write(page, "SELECT * WHERE { ?m ?p 取りやめ")
        page.keyboard.press("Control+Space")
        page.wait_for_selector(".CodeMirror-hint")
        assert "code:discontinued" in page.inner_text(".CodeMirror-hints")
        assert visit.complaints == []


def test_a_mistake_is_marked_in_the_editor(visit: Visit, editor: None) -> None:
    page = visit.open("sparql?query=SELECT+*+WHERE+%7B%0A+%3Fs+x%3Ap+%3Fo+%7D")
    assert page.locator("#editor .stopped-here").count() == 1
    assert "line 2, column" in page.inner_text("[role=alert]")


def test_the_page_weighs_less_than_it_may(visit: Visit, editor: None) -> None:
    visit.open("sparql?example=achievements")
    received = visit.received()
    assert any("yasqe" in each for each in received)
    assert 100 * 1024 < sum(received.values()) < MOST_BYTES


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_pages_fit_a_narrow_screen(browser: Browser, site: RunningServer, locale: str) -> None:
    with visiting(browser, site, locale=locale, viewport={"width": 320, "height": 800}) as visit:
        for path in ("sparql?example=with-theme", "sparql?example=achievements", "queries"):
            page = visit.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(
    ("path", "colours", "width"),
    [
        ("sparql?example=with-theme", "light", 320),
        ("sparql?example=achievements&lang=ja", "dark", 1280),
        ("sparql?query=SELECT+%7B", "dark", 320),
        ("queries", "light", 1280),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, site: RunningServer, path: str, colours: str, width: int
) -> None:
    if not (VENDOR / "axe.min.js").exists():
        missing("axe-core is not installed (make install puts it in place, with npm's registry)")
    options: dict[str, Any] = {"color_scheme": colours, "viewport": {"width": width, "height": 900}}
    with visiting(browser, site, bypass_csp=True, **options) as visit:
        page = visit.open(path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.add_script_tag(path=VENDOR / "axe.min.js")
        found = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG)
        assert [
            (each["id"], node["target"], node["failureSummary"])
            for each in found["violations"]
            for node in each["nodes"]
        ] == []
