"""What stands under an unknown table's years: words beside them, labels of no year, figures."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sakata_lod.errors import Place, UnknownFigure
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.figures import figure
from sakata_lod.publish.headings import Heading
from sakata_lod.publish.proposal.header import year_within
from sakata_lod.publish.proposal.words import all_year_words, known_words
from sakata_lod.publish.year_headings import YearWords, year_column
from sakata_lod.site import Figures


@dataclass(frozen=True, slots=True)
class Pair:
    """Words for the figure aimed at and the figure reached, which share a rest: 予算額, 決算額."""

    target: str | None
    actual: str | None
    rest: str

    @property
    def words(self) -> tuple[str, ...]:
        """Those that there are."""
        return tuple(filter(None, (self.target, self.actual)))


@dataclass(slots=True)
class FoundYears:
    """words: those beside years, by what stands there. labels: what names no year, and the one it mentions.

    bare: headings that say a year and no more. unknown: words beside a year that nothing tells.
    statuses: headings of a year's achievement, or response. headings: those of each word.
    planned: words below which stands in words what was planned. done: headings of what was done in a year.
    hold_marks: below years without words stand marks, perhaps statuses.
    """

    words: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, FiscalYear] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    statuses: dict[str, list[str]] = field(default_factory=dict)
    years: list[FiscalYear] = field(default_factory=list)
    headings: dict[str, list[str]] = field(default_factory=dict)
    planned: list[str] = field(default_factory=list)
    done: dict[str, FiscalYear] = field(default_factory=dict)
    hold_marks: bool = False

    @property
    def twice(self) -> list[tuple[str, str]]:
        """Headings that tell what was done in one year; labels are taken for the year that they mention."""
        first: dict[FiscalYear, str] = {}
        told = {**self.done, **self.labels}
        pairs = [(first.setdefault(year, heading), heading) for heading, year in told.items()]
        return [pair for pair in pairs if pair[0] != pair[1]]

    def take_for_words(self) -> None:
        """Take what was found to stand below 目標 and 実績 for words: what was planned, and what was done."""
        planned, done = (self.words.pop(content, []) for content in ("target", "actual"))
        self.planned += planned
        for content, words in (("ignored", planned), ("activity", done)):
            if words:
                self.words.setdefault(content, []).extend(words)
        of_words = {heading for word in (*planned, *done) for heading in self.headings.get(word, [])}
        self.figures[:] = [each for each in self.figures if each not in of_words]


def read_years(headings: Iterable[Heading]) -> FoundYears:
    """Tell what stands under headings that name years."""
    found, known = FoundYears(), YearWords(all_year_words(), ())
    for heading in headings:
        column = year_column(heading.levels, known)
        if column is None:
            _other(found, heading)
            continue
        found.years.append(column.year)
        words = _words(heading, known)
        if words:
            _note(found.words.setdefault(column.content or "ignored", []), words)
            found.headings.setdefault(words, []).append(heading.text)
        else:
            found.bare.append(heading.text)
        if column.content == "activity":
            found.done[heading.text] = column.year
        if column.content in ("target", "actual"):
            found.figures.append(heading.text)
        elif column.content in ("achievement", "response"):
            found.statuses.setdefault(column.content, []).append(heading.text)
    return found


def _words(heading: Heading, known: YearWords) -> str:
    """The words beside a heading's year; blank where there are none."""
    if len(heading.levels) > 1:
        return "".join(level for level in heading.levels if known.year(level) is None)
    if known.year(heading.text) is not None:
        return ""
    return next((word for word in known.words() if word in heading.text), "")


def _other(found: FoundYears, heading: Heading) -> None:
    """A label that mentions a year, or words beside a year that are not known."""
    known = YearWords(all_year_words(), ())
    beside = [level for level in heading.levels if known.year(level) is None]
    if len(beside) < len(heading.levels):
        _note(found.unknown, "".join(beside))
        found.headings.setdefault("".join(beside), []).append(heading.text)
        found.figures.append(heading.text)
        found.years.extend(year for level in heading.levels if (year := known.year(level)))
        return
    year = year_within(heading.text)
    if year is not None:
        found.labels[heading.text] = year


def _note(words: list[str], word: str) -> None:
    if word not in words:
        words.append(word)


def pairs_of(words: Sequence[str]) -> tuple[Pair, ...]:
    """Put words together that differ in 予定 and 実施 and the like alone."""
    by_rest: dict[str, dict[str, str]] = {}
    parts = known_words().pairs
    for word in words:
        for content, some in (("target", parts.target), ("actual", parts.actual)):
            part = next((each for each in some if word.startswith(each) or word.endswith(each)), None)
            if part is not None:
                by_rest.setdefault(word.replace(part, "", 1), {}).setdefault(content, word)
                break
    return tuple(Pair(each.get("target"), each.get("actual"), rest) for rest, each in by_rest.items())


@dataclass(slots=True)
class FoundFigures:
    """What stands in cells of figures beside figures. unknown: texts that nothing tells."""

    without_figure: list[str] = field(default_factory=list)
    same_as_left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    negative: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


_UNIT_BEHIND = re.compile(r"[-+−]?[0-9０-９.,，]+\s*([^\d\s０-９()（）]{1,5})")


def read_figures(texts: Iterable[str], units: Sequence[str]) -> FoundFigures:
    """Tell what cells of figures hold beside figures. units: those of the unit's column."""
    found, words, everything = FoundFigures(), known_words().figures, _all_figure_words()
    for text in dict.fromkeys(text.strip() for text in texts):
        bare = "".join(text.split())
        for known, into in (
            (words.without_figure, found.without_figure),
            (words.same_as_left, found.same_as_left),
        ):
            if bare in known:
                _note(into, bare)
        if bare in words.same_as_left or _is_figure(bare, everything):
            _signs(found, bare)
            continue
        if any(re.fullmatch(each, _with_plain_brackets(bare)) for each in words.notes):
            _note(found.without_figure, bare)
            continue
        unit = _UNIT_BEHIND.fullmatch(_without_notes(bare))
        if unit:
            _signs(found, bare)
        if unit and unit[1] in units:
            continue
        _note(*((found.units, unit[1]) if unit else (found.unknown, text)))
    return found


def _all_figure_words() -> Figures:
    """All that is known to stand in cells of figures, beside units."""
    words = known_words().figures
    return Figures(
        without_figure=words.without_figure, same_as_left=words.same_as_left, notes=words.notes,
        negative=words.negative,
    )  # fmt: skip


def _is_figure(text: str, words: Figures) -> bool:
    try:
        return figure(text, None, words, Place(Path())) is not None
    except UnknownFigure:
        return False


def _signs(found: FoundFigures, text: str) -> None:
    words = known_words().figures
    for sign in words.negative:
        if text.startswith(sign):
            _note(found.negative, sign)
    for note in words.notes:
        if re.search(note, _with_plain_brackets(text)):
            _note(found.notes, note)


def _without_notes(text: str) -> str:
    return re.sub("|".join(known_words().figures.notes), "", _with_plain_brackets(text))


def _with_plain_brackets(text: str) -> str:
    return text.translate({0xFF08: "(", 0xFF09: ")"})


def mostly_figures(texts: Sequence[str]) -> bool:
    """Whether most texts are figures."""
    return bool(texts) and sum(_is_figure(text, Figures()) for text in texts) * 2 > len(texts)


def are_marks(texts: Sequence[str]) -> bool:
    """Whether all texts are signs or letters, and of several kinds: A and B, ○ and △."""
    kinds = {unicodedata.normalize("NFKC", text) for text in texts} - {"-", "−", "―", "→"}
    return len(kinds) > 1 and all(re.fullmatch("[A-ES◎○●△▲×☆★◇◆□■]", kind) for kind in kinds)


def mostly_words(texts: Iterable[str]) -> bool:
    """Whether fewer than half of the texts are figures, with a unit or without, or say that there is none."""
    everything, bare = _all_figure_words(), ["".join(text.split()) for text in texts]
    figures = [
        each for each in bare if _is_figure(each, everything) or _UNIT_BEHIND.fullmatch(_without_notes(each))
    ]
    return len(figures) * 2 < len(bare)
