"""What a browser finds on a page: faults of axe-core, parts that are too wide, complaints."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from .conftest import Visit

WIDE, NARROW = 1280, 320
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core whose outcome a colour scheme can change: in the dark, these alone are asked again."""

MOST_STOPS = 15
"""So many links and fields stand before the content at most."""

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
TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const scrolls = (each) => each && (getComputedStyle(each).overflowX !== 'visible' || scrolls(each.parentElement));
  const wide = [...document.querySelectorAll('main *, header *, footer *')]
    .filter((each) => Math.max(each.getBoundingClientRect().right, each.scrollWidth) > most + 1 && !scrolls(each));
  return ['page', ...wide.map((each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`)];
}"""
AXE = """async (only) => {
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


def look(visit: Visit, path: str, axe: str) -> Inspection:
    """Load a page, and look at it in light and dark, wide and narrow. axe: axe-core itself."""
    found, page = Inspection(), visit.page
    visit.complaints.clear()
    show(page, "light", WIDE)
    answer = page.goto(f"{visit.base}{path}", wait_until="load")
    found.status = answer.status if answer else 0
    found.headings = page.locator("h1").count()
    found.language = page.evaluate("document.documentElement.lang")
    found.stops = page.evaluate(_STOPS)
    page.evaluate(_FOLD_OUT)
    page.evaluate(axe)
    for colours, width, rules in STATES:
        show(page, colours, width)
        found.faults[colours, width] = page.evaluate(AXE, rules)
    found.too_wide = page.evaluate(TOO_WIDE)
    found.complaints = list(visit.complaints)
    return found


def show(page: Page, colours: str, width: int) -> None:
    """Show it in these colours, so wide."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
