"""A small drawing of what a measure is linked to: who answers for it, where it stands, what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from sakata_lod.serve.labels import Text

WIDTH, _BOX_WIDTH, _BOX_HEIGHT, _STEP, _GAP = 720, 220, 28, 36, 24
_LONGEST = 30
"""Columns of narrow letters that a box holds; a Japanese character takes two."""


@dataclass(frozen=True, slots=True)
class Named:
    """A neighbour. kind: what it is to the measure, such as "theme"."""

    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class Box:
    """A thing in the drawing: its words, and its upper left corner in pixels. kind: picks its look."""

    kind: str
    text: Text
    x: float
    y: float
    width: float = _BOX_WIDTH
    height: float = _BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between the measure and a thing, in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and the lines between them, in pixels."""

    width: float
    height: float
    boxes: Sequence[Box]
    edges: Sequence[Edge]


def neighbourhood(number: str, left: Sequence[Named], right: Sequence[Named]) -> Drawing:
    """Lay out a measure in the middle, and its neighbours on either side."""
    height = max(len(left), len(right), 1) * _STEP + _GAP
    boxes = [*_column(left, 0, height), *_column(right, WIDTH - _BOX_WIDTH, height)]
    middle = Box("self", Text(number), (WIDTH - 100) / 2, (height - 40) / 2, 100, 40)
    return Drawing(WIDTH, height, [middle, *boxes], [_edge(middle, each) for each in boxes])


def _column(things: Sequence[Named], x: float, height: float) -> list[Box]:
    top = (height - len(things) * _STEP) / 2 + (_STEP - _BOX_HEIGHT) / 2
    return [Box(each.kind, _fitting(each.text), x, top + at * _STEP) for at, each in enumerate(things)]


def _edge(middle: Box, other: Box) -> Edge:
    is_left = other.x < middle.x
    start = middle.x if is_left else middle.x + middle.width
    end = other.x + other.width if is_left else other.x
    return Edge(start, middle.y + middle.height / 2, end, other.y + other.height / 2)


def _fitting(text: Text) -> Text:
    """As much of the words as a box holds."""
    room = _LONGEST
    for at, sign in enumerate(text.value):
        room -= 2 if east_asian_width(sign) in "WF" else 1
        if room < 0:
            return Text(f"{text.value[: at - 1]}…", text.language)
    return text
