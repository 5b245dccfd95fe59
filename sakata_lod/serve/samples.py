"""Invented data, in the language of the page, for the page that shows each part that pages are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sakata_lod import vocabulary
from sakata_lod.namespaces import CODE, SKOS
from sakata_lod.serve.labels import Labels, Text
from sakata_lod.serve.pagemodels.changes import EditionOfChanges
from sakata_lod.serve.pagemodels.citation import Citation
from sakata_lod.serve.pagemodels.indicators import IndicatorRow, MeasureIndicator, MeasureIndicators
from sakata_lod.serve.pagemodels.matrix import Matrix, MatrixCell, MatrixRow
from sakata_lod.serve.pagemodels.naming import local_term
from sakata_lod.serve.pagemodels.neighbourhood import Drawing, Named, neighbourhood
from sakata_lod.serve.pagemodels.notes import Note
from sakata_lod.serve.pagemodels.parts import BarChart, Count, MeasureLine, Status, Tally, Year, bar
from sakata_lod.serve.pagemodels.questions import Question
from sakata_lod.serve.pagemodels.strip import Strip, StripChapter, StripRow, YearCell
from sakata_lod.serve.pagemodels.timeline import Work, YearOfWork
from sakata_lod.serve.tables import Link, Value
from sakata_lod.serve.translation import gettext

_QUESTION = Question("years", {})


@dataclass(frozen=True, slots=True)
class Sample:
    """One of everything that the macros in `templates/components` take."""

    achievements: Sequence[Status]
    responses: Sequence[Status]
    counts: Sequence[Count]
    chart: BarChart
    strip: Strip
    lines: Sequence[MeasureLine]
    matrix: Matrix
    years: Sequence[YearOfWork]
    indicators: MeasureIndicators
    notes: Sequence[Note]
    tallies: Sequence[Tally]
    changes: Sequence[EditionOfChanges]
    drawing: Drawing
    citation: Citation
    question: Question


def sample(language: str) -> Sample:
    """Invent a small plan. The codes are all of the shared list's."""
    triples = [each.triple for each in ox.parse(vocabulary.content(vocabulary.CODES), ox.RdfFormat.TURTLE)]
    labels = Labels(triples, language)
    achievements = _statuses(triples, labels, str(CODE.achievement))
    responses = _statuses(triples, labels, str(CODE.response))
    counts = [Count(each, len(achievements) - at) for at, each in enumerate(achievements)]
    years = [_year(2020 + at) for at in range(3)]
    notes = [_note("certain", is_certain=True), _note("open", is_certain=False)]
    lines = [_line(f"1-{at}", status, responses[at]) for at, status in enumerate(achievements[:4], 1)]
    return Sample(
        achievements=achievements,
        responses=responses,
        counts=counts,
        chart=_chart(counts),
        strip=_strip(lines, years),
        lines=lines,
        matrix=_matrix(achievements[:3], responses[:3]),
        years=_years_of_work(years, notes),
        indicators=_indicators(years, achievements, responses),
        notes=notes,
        tallies=[Tally(_value(f"{gettext('Theme')} {at}"), 20 - at, 5.0 * at) for at in range(1, 16)],
        changes=[_changes("2024-03-31", 2), _changes("2023-03-31", 1)],
        drawing=_drawing(),
        citation=Citation(gettext("City"), gettext("Measure"), "2023-03-31", "http://localhost:8000/id/x"),
        question=_QUESTION,
    )


def _statuses(triples: Sequence[ox.Triple], labels: Labels, scheme: str) -> list[Status]:
    in_scheme = [
        each.subject.value
        for each in triples
        if isinstance(each.subject, ox.NamedNode)
        and each.predicate.value == str(SKOS.inScheme)
        and each.object == ox.NamedNode(scheme)
    ]
    return [
        Status(local_term(iri), Value(labels.or_iri(iri), Link(f"codes/{local_term(iri)}"), iri))
        for iri in in_scheme
    ]


def _value(words: str) -> Value:
    return Value(Text(words), Link("components"))


def _year(start: int) -> Year:
    return Year(_value(f"FY{start}"), f"R{start - 2018}", start)


def _line(number: str, achievement: Status, response: Status) -> MeasureLine:
    reason = Text("目標年度までに達成できなかった。", "ja")
    return MeasureLine(number, _value(f"{gettext('Measure')} {number}"), achievement, response, reason)


def _chart(counts: Sequence[Count]) -> BarChart:
    whole = sum(each.measures for each in counts)
    bars = [
        bar(_value(gettext("All codes")), counts, whole, "1"),
        bar(_value(gettext("Three")), counts[:3], whole, "2"),
    ]
    return BarChart(
        gettext("A title that states the finding"), bars, [each.status for each in counts], _QUESTION
    )


def _strip(lines: Sequence[MeasureLine], years: Sequence[Year]) -> Strip:
    words = [Text("調査 検討", "ja")]
    first, second, third = years
    rows = [
        StripRow(
            line, [YearCell(first, words, 2), YearCell(second, words, 1, at % 2 == 0), YearCell(third, [])]
        )
        for at, line in enumerate(lines)
    ]
    chapter = StripChapter(_value(gettext("Chapter")), "1", rows)
    return Strip(_finding(), years, [chapter], [len(rows), len(rows), 0], _QUESTION)


def _finding() -> str:
    return gettext("A title that states the finding")


def _matrix(achievements: Sequence[Status], responses: Sequence[Status]) -> Matrix:
    rows = [MatrixRow(each, [MatrixCell(at * 2, at * 50.0) for at in range(3)], 6) for each in achievements]
    return Matrix(_finding(), responses, rows, [0, 6, 12], _QUESTION)


def _years_of_work(years: Sequence[Year], notes: Sequence[Note]) -> list[YearOfWork]:
    work = Work(1, _value("1"), Text("調査 検討", "ja"), [Text("調査", "ja"), Text("検討", "ja")], [], [])
    doubtful = Work(1, _value("2"), Text("運用開始", "ja"), [], [], notes)
    return [YearOfWork(years[0], [work]), YearOfWork(years[1], [doubtful]), YearOfWork(years[2], [])]


def _indicators(
    years: Sequence[Year], achievements: Sequence[Status], responses: Sequence[Status]
) -> MeasureIndicators:
    words = Text("A", "ja")
    whole = IndicatorRow(None, None, None, achievements[0], words, responses[0], words)
    figures = [Text(each, "ja") for each in ("1,200", "1,350", "同左", "集計中")]
    rows = [
        IndicatorRow(years[0], figures[0], figures[1], achievements[1], words, None, None),
        IndicatorRow(years[1], figures[2], figures[3], None, None, None, None),
    ]
    name = _value(gettext("Indicator"))
    return MeasureIndicators([MeasureIndicator(name, Text("件", "ja"), [whole, *rows])])


def _note(name: str, *, is_certain: bool) -> Note:
    return Note(
        f"http://localhost:8000/id/anomaly/{name}",
        _value(gettext("Kind")),
        _value(gettext("Note on the source")),
        Text("年度のセルが一つ多い。", "ja"),
        [Text("○ 達成", "ja")],
        [Text("達成", "ja")],
        [] if is_certain else [Text("令和元年度: 調査", "ja")],
        is_certain,
        frozenset(),
    )


def _changes(day: str, count: int) -> EditionOfChanges:
    return EditionOfChanges(_value(gettext("Edition")), day, [_value(gettext("Kind"))] * count)


def _drawing() -> Drawing:
    left = [Named("department", Text(gettext("Department"))), Named("division", Text(gettext("Division")))]
    right = [Named("theme", Text(gettext("Theme"))), Named("measure", Text(f"1-2 {gettext('Measure')}"))]
    return neighbourhood("1-1", left, right)
