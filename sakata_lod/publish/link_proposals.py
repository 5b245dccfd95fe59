"""Which measures of two cities may be alike: by their titles, shared themes and departments. People decide.

A part of the score that one side says nothing of is left out, and the others weigh the more.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from sakata_lod.folding import fold
from sakata_lod.site import MeasureLink

METHOD = "title-themes-departments 1"
"""Told with each link: another way of scoring needs another name."""

WEIGHTS = {"title": 0.6, "themes": 0.3, "departments": 0.1}
CLOSE = 0.75
"""From this score on, "much the same" is proposed; below, "related"."""

_HEAD = """\
# accept = "yes": 公開する publish; "no": 却下する refuse; "": 未定 leave open.
# 公開する前に、決めた部署と日付を書く。 Before publishing, write who decides and when:
# by.ja = "企画課"
# by.en = "Planning Division"
# on = 2026-04-01
"""


_folded = lru_cache(maxsize=1 << 16)(fold)
"""Each text is compared with many."""


@dataclass(frozen=True, slots=True)
class Linkable:
    """A measure as far as others can be compared with it. Themes are IRIs, departments Japanese names."""

    iri: str
    title: str
    themes: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()

    @property
    def local_name(self) -> str:
        """What follows `id/`."""
        return self.iri.rpartition("/id/")[2]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals are made. at_least: the lowest score; at_most: how many for each own measure."""

    at_least: float
    at_most: int


def proposals(
    own: Sequence[Linkable],
    others: Sequence[Linkable],
    wanted: Wanted,
    known: Iterable[MeasureLink] = (),
) -> list[MeasureLink]:
    """Propose links, the best first; the same input gives the same. known: links not to be proposed again."""
    decided = {(each.measure, each.other) for each in known}
    found: list[MeasureLink] = []
    for measure in own:
        pairs = (
            _proposal(measure, other)
            for other in others
            if other.iri != measure.iri and (measure.local_name, other.iri) not in decided
        )
        scored = sorted((each for each in pairs if (each.score or 0) >= wanted.at_least), key=_order)
        found += scored[: wanted.at_most]
    return sorted(found, key=_order)


def as_toml(links: Sequence[MeasureLink]) -> str:
    """Write proposals as links.toml, for people to decide on."""
    return "\n".join([f'{_HEAD}method = "{METHOD}"\n', *map(_entry, links)])


def _proposal(own: Linkable, other: Linkable) -> MeasureLink:
    parts = {
        "title": _likeness(own.title, other.title),
        "themes": _shared(own.themes, other.themes),
        "departments": max(
            (_likeness(one, two) for one in own.departments for two in other.departments), default=None
        ),
    }
    known = {name: part for name, part in parts.items() if part is not None}
    weight = sum(WEIGHTS[name] for name in known)
    score = sum(WEIGHTS[name] * part for name, part in known.items()) / weight
    return MeasureLink(
        measure=own.local_name,
        own_title=own.title,
        other=other.iri,
        other_title=other.title,
        relation="closeMatch" if score >= CLOSE else "relatedMatch",
        score=round(score, 2),
        parts={name: round(part, 2) for name, part in known.items()},
    )


def _likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1, in whatever kana, width or case they are written."""
    return fuzz.WRatio(_folded(one), _folded(other)) / 100


def _shared(one: frozenset[str], other: frozenset[str]) -> float | None:
    """How many of the themes that either has both have; None where one has none."""
    return len(one & other) / len(one | other) if one and other else None


def _order(link: MeasureLink) -> tuple[float, str, str]:
    return (-(link.score or 0), link.measure, link.other)


def _entry(link: MeasureLink) -> str:
    parts = ", ".join(f"{name} = {part:.2f}" for name, part in link.parts.items())
    lines = [
        "[[link]]",
        'accept = ""',
        f"measure = {_text(link.measure)}",
        f"own_title = {_text(link.own_title)}",
        f"other = {_text(link.other)}",
        f"other_title = {_text(link.other_title)}",
        f"relation = {_text(link.relation)}",
        f"score = {link.score:.2f}",
        f"parts = {{ {parts} }}",
    ]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    # What JSON escapes in a text, TOML escapes alike, but for DEL, which a title must not have.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
