"""How codes are told apart without colour: a mark each, and a hatching for the bars of charts."""

import re
from collections.abc import Mapping
from pathlib import Path

MARKS_FILE = "marks.svg"

HATCHINGS: Mapping[str, str] = {
    "exceeded": "M0 4h8M4 0v8",
    "mostlyAchieved": "M0 4h8",
    "partlyAchieved": "M-2 2l4-4M0 8l8-8M6 10l4-4",
    "inProgress": "M4 0v8",
    "late": "M-2 6l4 4M0 0l8 8M6-2l4 4",
    "notAchieved": "M0 0l8 8M8 0l-8 8",
    "discontinued": "M2 2h2v2h-2zM6 6h2v2h-2z",
    "redirected": "M0 6h4v-4h4",
    "notEvaluable": "M2 4h4",
    "notStarted": "M3 3h1v1h-1z",
    "pending": "M1 1h1v1h-1zM5 5h1v1h-1z",
    "complete": "M-2 2l4-4M0 8l8-8M6 10l4-4",
    "suspend": "M2 2h2v2h-2zM6 6h2v2h-2z",
    "abolish": "M0 0l8 8M8 0l-8 8",
    "end": "M-2 6l4 4M0 0l8 8M6-2l4 4",
    "revise": "M4 0v8",
    "improve": "M0 4h8",
    "reduce": "M0 6h4v-4h4",
    "merge": "M0 4h8M4 0v8",
}
"""SVG paths, in a square of 8 px. Codes that have none are plain: achieved, continue."""


def marks(folder: Path) -> frozenset[str]:
    """The codes that the file of marks has a drawing for."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', (folder / MARKS_FILE).read_text(encoding="utf-8")))
