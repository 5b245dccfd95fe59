"""Whether the texts below a heading bear out a role: years, kinds, statuses, divisions, numbers."""

import re
from collections.abc import Callable

from sakata_lod.namespaces import CODE
from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.proposal.header import year_within
from sakata_lod.publish.proposal.numbers import shaped
from sakata_lod.publish.proposal.statuses import are_dashes, says_a_status
from sakata_lod.publish.proposal.words import all_year_words, known_words
from sakata_lod.publish.proposal.years import mostly_figures
from sakata_lod.publish.row_kinds import plain_number

_MOST_STATUSES = 16
_LONGEST_STATUS = 24
_MOST_KINDS = 6
_FEWEST_NOTES = 4
_GRADE = re.compile("[0-5０-５]")
"""A mark of five grades, as in 5：目標以上."""


def _are_years(texts: list[str]) -> bool:
    named = [text for text in texts if fiscal_year(text) is not None or year_within(text) is not None]
    return len(named) * 2 > len(texts)


def _are_kinds(texts: list[str]) -> bool:
    words, kinds = all_year_words(), set(texts)
    known = {*words.activity, *words.target, *words.actual, *words.achievement, *words.response}
    kinds -= set(words.ignored)
    return bool(kinds) and (kinds <= known or (bool(kinds & known) and len(kinds) <= _MOST_KINDS))


def _are_statuses(texts: list[str]) -> bool:
    few_and_short = len(set(texts)) <= _MOST_STATUSES and all(len(text) <= _LONGEST_STATUS for text in texts)
    said = [text for text in texts if not are_dashes(text)]
    are_figures = mostly_figures(said) and not all(map(_GRADE.fullmatch, said))
    return few_and_short and not are_figures and not _are_words_of_their_own(texts)


def _are_words_of_their_own(texts: list[str]) -> bool:
    """Whether most cells say something else, and none a mark or a known word: notes, however short."""
    said = [text for text in texts if text not in known_words().figures.without_figure]
    if len(said) < _FEWEST_NOTES or len(set(said)) * 2 <= len(said):
        return False
    schemes = (CODE.achievement, CODE.response)
    return not any(len(text) <= 2 or says_a_status(text, each) for text in said for each in schemes)


def _are_words(texts: list[str]) -> bool:
    return not mostly_figures(texts)


def are_divisions(texts: list[str], titles: list[str]) -> bool:
    """Whether all texts are numbered, or they are fewer than the titles, and all different."""
    return bool(texts) and (all(map(shaped, texts)) or (1 < len(set(texts)) == len(texts) < len(titles)))


def are_numbers_or_headings(texts: list[str]) -> bool:
    """Whether a column holds bare numbers, as beside titles: (1), 1-2."""
    bare = [text for text in texts if plain_number(text.strip("()（）.．")) is not None]
    return bool(bare) and len(bare) * 2 >= len(texts)


FITS: dict[str, Callable[[list[str]], bool]] = {
    "year": _are_years,
    "description": _are_words,
    "kind": _are_kinds,
    "achievement": _are_statuses,
    "response": _are_statuses,
    "indicator_achievement": _are_statuses,
    "indicator_response": _are_statuses,
}
"""What must stand below a heading for its role, where that is not any text."""
