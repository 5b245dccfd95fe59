"""The operations of the pages for people, for the interface's description."""

from collections.abc import Mapping

from sakata_lod.formats import HTML
from sakata_lod.serve.openapi_parts import DATED, LANG, UNCHANGED, Data, ok, operation, parameter

_NUMBER: Data = {"type": "integer", "minimum": 1}
_PAGE = parameter("page", "query", _NUMBER, "Which page of the notes", 1)


def of_the_pages() -> Mapping[str, Data]:
    """Each page that comes as HTML alone."""
    told = ok(HTML, always=DATED) | UNCHANGED
    plain = {
        "/": ("home", "Each plan: how it stands, and its measures"),
        "/about": ("about", "What this is, who publishes it, how it is made, what is not settled"),
        "/licence": ("licence", "On which terms the data may be used, and how to name the source"),
        "/accessibility": ("accessibility", "How accessible the pages are, and how that was tested"),
        "/api": ("guide", "Each door to the data, with an example"),
        "/components": ("components", "Each part that pages are made of"),
        "/problems": ("problems", "What the types of problems mean"),
    }
    pages = {path: operation(name, summary, told, (), [LANG]) for path, (name, summary) in plain.items()}
    quality = operation(
        "quality", "What is questionable in the published tables, and what validation found",
        told, (400, 404), [_PAGE, LANG],
    )  # fmt: skip
    return pages | {"/quality": quality}
