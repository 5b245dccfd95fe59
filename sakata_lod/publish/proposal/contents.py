"""The parts of a proposal about years, indicators and figures."""

from collections.abc import Sequence
from itertools import chain, zip_longest

from sakata_lod.publish.eras import FiscalYear, fiscal_year
from sakata_lod.publish.proposal.header import year_within
from sakata_lod.publish.proposal.reading import TableReading
from sakata_lod.publish.proposal.toml_text import Pattern, TomlText
from sakata_lod.publish.proposal.words import known_words
from sakata_lod.publish.proposal.years import Pair, mostly_figures, pairs_of, read_figures
from sakata_lod.site import STATUS_AXES, Figures
from sakata_lod.site.configuration_file import QUESTION

_MOST_QUOTED = 12
_LONGEST_QUOTE = 40


def paired_columns(reading: TableReading) -> tuple[Pair, ...]:
    """Headings, or words beside years, that are the figures of indicators which no cell names."""
    years_are_in_a_row = reading.block is not None and reading.block[1] is not None
    if "year" in reading.roles.one and not years_are_in_a_row:
        named = [each for each in reading.roles.unknown if mostly_figures(reading.texts.get(each, []))]
        return pairs_of(named)
    pairs = pairs_of([*reading.years.unknown, *_unknown_kinds(reading)])
    paired = {word for each in pairs for word in each.words}
    lone = (each for each in reading.years.unknown if each not in paired and _are_figures(reading, each))
    pairs = (*pairs, *(Pair(None, each, each) for each in lone))
    if "indicator" in reading.roles.one:
        return pairs
    words = _words(reading)
    of_none = zip_longest(words["target"], words["actual"])
    return (*pairs, *(Pair(target, actual, "") for target, actual in of_none))


def _unknown_kinds(reading: TableReading) -> list[str]:
    """What a column of kinds says that is not known to stand beside years."""
    kinds = dict.fromkeys(reading.texts.get(reading.roles.one.get("kind", ""), []))
    known = {word for words in known_words().years.model_dump().values() for word in words}
    return [each for each in kinds if each not in known]


def _are_figures(reading: TableReading, word: str) -> bool:
    """Whether figures stand below an unknown word beside years."""
    headings = reading.years.headings.get(word, [])
    return mostly_figures([text for each in headings for text in reading.texts.get(each, [])])


def write_contents(out: TomlText, reading: TableReading) -> None:
    """Write [years], [[indicators]] and [figures], as far as the table has any."""
    pairs = paired_columns(reading)
    _years(out, reading, pairs)
    if not {"indicator", "year"} <= set(reading.roles.one):
        for each in pairs:
            _indicator(out, each)
    _figures(out, reading, pairs)


def _years(out: TomlText, reading: TableReading, pairs: Sequence[Pair]) -> None:
    paired, labels = {word for each in pairs for word in each.words}, _labels(reading)
    words = {key: [each for each in some if each not in paired] for key, some in _words(reading).items()}
    unknown = [word for word in (*reading.years.unknown, *_unknown_kinds(reading)) if word not in paired]
    bare = [text for each in reading.years.bare for text in reading.texts.get(each, [])]
    are_figures = "kind" not in reading.roles.one and mostly_figures(bare)
    if not (any(words.values()) or labels or are_figures or unknown or reading.years.hold_marks):
        return
    out.table("[years]")
    for key, some in words.items():
        if some:
            if key.startswith("indicator_"):
                out.say("of_indicators", heading="、".join(some))
            if key == "ignored" and reading.years.planned:
                out.say("planned", words="、".join(reading.years.planned))
            out.key(key, some[0] if len(some) == 1 else some)
    if are_figures and "indicator" in reading.roles.one:
        out.ask("holds", "holds")
    elif are_figures:
        out.say("figures_of_nothing")
    elif reading.years.hold_marks:
        out.ask("holds_marks", "holds", texts="、".join(dict.fromkeys(bare)))
    for word in unknown:
        out.wonder("year_word", word=word)
    if labels:
        out.ask("labels", "labels", dict.fromkeys(labels, QUESTION), examples=_examples(reading))


def _words(reading: TableReading) -> dict[str, list[str]]:
    """The words beside years, and in a column of kinds, by what they tell; of statuses, if any is printed."""
    kinds = reading.texts.get(reading.roles.one.get("kind", ""), [])
    of_indicators = reading.year_statuses.of_indicators
    return {
        f"indicator_{content}" if content in of_indicators else content: list(
            dict.fromkeys([*reading.years.words.get(content, []), *(k for k in kinds if k in known)])
        )
        for content, known in known_words().years.model_dump().items()
        if content not in STATUS_AXES or reading.status_texts(content)
    }


def _labels(reading: TableReading) -> dict[str, FiscalYear]:
    """What names no fiscal year, in headings or in a column of years, and the one that it mentions."""
    cells = dict.fromkeys(reading.texts.get(reading.roles.one.get("year", ""), []))
    named = {text: year for text in cells if fiscal_year(text) is None and (year := year_within(text))}
    return reading.years.labels | named


def _examples(reading: TableReading) -> str:
    """As which year each label may be read, written as TOML."""
    shown = []
    for label, year in _labels(reading).items():
        figures = "indicator" in reading.roles.one and mostly_figures(reading.texts.get(label, []))
        value = f'{{ year = {year.start_year}, holds = "actual" }}' if figures else str(year.start_year)
        shown.append(f"{label} → {value}")
    return "、".join(shown)


def _indicator(out: TomlText, pair: Pair) -> None:
    words = "・".join(pair.words)
    out.table("[[indicators]]")
    rest = pair.rest if len(pair.words) > 1 else words
    out.ask("indicator", "title", words=words, rest=rest or words)
    out.ask("indicator_unit", "unit")
    if pair.target:
        out.key("target", pair.target)
    if pair.actual:
        out.key("actual", pair.actual)


def _figures(out: TomlText, reading: TableReading, pairs: Sequence[Pair]) -> None:
    units = reading.texts.get(reading.roles.one.get("unit", ""), [])
    found, defaults = read_figures(_texts_of_figures(reading, pairs), units), Figures()
    without = [word for word in found.without_figure if word not in defaults.without_figure]
    values: dict[str, list[object]] = {
        "without_figure": [*defaults.without_figure, *without] if without else [],
        "same_as_left": [*found.same_as_left],
        "negative": [*found.negative],
        "notes": [Pattern(each) for each in found.notes],
        "units": [*defaults.units, *found.units] if found.units else [],
    }
    if not (found.unknown or any(values.values())):
        return
    out.table("[figures]")
    if found.unknown:
        out.wonder(
            "no_figures", texts="、".join(each[:_LONGEST_QUOTE] for each in found.unknown[:_MOST_QUOTED])
        )
        values["without_figure"] = [*defaults.without_figure, *without, QUESTION]
    for key, some in values.items():
        if some:
            out.say("units") if key == "units" else None
            out.key(key, some)


def _texts_of_figures(reading: TableReading, pairs: Sequence[Pair]) -> list[str]:
    """All that is printed in cells of figures."""
    years = reading.years
    headings = [*years.figures, *(word for each in pairs for word in each.words)]
    labelled = [text for each in years.labels for text in reading.texts.get(each, [])]
    texts = chain.from_iterable(reading.texts.get(each, []) for each in headings)
    return [*reading.figure_texts, *texts, *(labelled if mostly_figures(labelled) else [])]
