"""What several kinds of page show: a status, a measure in a list, a chart with its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.questions import Question
from sakata_lod.serve.tables import Value


@dataclass(frozen=True, slots=True)
class Status:
    """A code as a reader sees it. slug: its local name, which picks the mark; value: its name and link."""

    slug: str
    value: Value


@dataclass(frozen=True, slots=True)
class Count:
    """How many measures have a code; of indicators, how many of these."""

    status: Status
    measures: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many measures have something, such as a department. rank: their part of the most, in percent."""

    value: Value
    measures: int
    rank: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. start, width: in percent of the bar's full length."""

    status: Status
    measures: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it stands for, and its parts. number: that of a division, else empty."""

    value: Value
    number: str
    total: int
    segments: Sequence[Segment]

    def count(self, slug: str) -> int:
        """How many of its measures have a code."""
        return sum(each.measures for each in self.segments if each.status.slug == slug)


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of measures by code. finding: what it shows, in a sentence; statuses: the codes, in order."""

    finding: str
    bars: Sequence[Bar]
    statuses: Sequence[Status]
    question: Question


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure in a list: how it stands, why it was not achieved, as printed, and of which plan it is."""

    number: str
    measure: Value
    achievement: Status | None
    response: Status | None
    reason: Text | None = None
    plan: Value | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year. value: in both reckonings; short: for a narrow column, R2; start: 2020."""

    value: Value
    short: str
    start: int


def is_machine_translated(text: Text) -> bool:
    """Whether words are a machine's translation, as their language tag says (RFC 6497)."""
    return "-t0-" in text.language


def bar(value: Value, counts: Sequence[Count], whole: int, number: str = "") -> Bar:
    """Lay the parts of a bar side by side. whole: the measures that its full length stands for."""
    segments, start = [], 0.0
    for each in counts:
        width = 100 * each.measures / whole if whole else 0.0
        segments.append(Segment(each.status, each.measures, round(start, 3), round(width, 3)))
        start += width
    return Bar(value, number, sum(each.measures for each in counts), segments)
