"""The departments that an unknown table names, and spellings that may be of one of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from sakata_lod.folding import fold
from sakata_lod.publish.proposal.words import known_words

_ALIKE = 84.0
"""From here on, of 100, two folded names may be of one department: 保育子ども園課, 保育こども園課 are 86."""
_KINDS = re.compile("(?:課|係|室|部|局|班|センター|グループ|担当)$")


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A department. within: the one around it. like: another that may be the same, or None."""

    name: str
    within: str | None = None
    like: str | None = None


@dataclass(slots=True)
class FoundUnits:
    """Departments in order; separators: what keeps names of one cell apart; others: words that name none."""

    units: list[FoundUnit] = field(default_factory=list)
    separators: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    suffix: str | None = None
    unclear: list[str] = field(default_factory=list)


def read_units(cells: Iterable[tuple[str, str]]) -> FoundUnits:
    """Tell the departments. cells: the text, and that of the level around it, blank where there is none."""
    rows = list(dict.fromkeys(cells))
    found = FoundUnits(separators=_separators([text for text, _ in rows]))
    names: dict[str, str | None] = {}
    for text, around in rows:
        within = " ".join(around.split()) or None
        if within:
            names.setdefault(within, None)
        for name in _names(text, found.separators):
            _take(found, names, name, within)
    found.units = _with_likeness(names)
    return found


def _separators(texts: Sequence[str]) -> list[str]:
    some = [sign for sign in known_words().departments.separators if any(sign in text for text in texts)]
    # A line break parts names as a blank does, unless other signs do so.
    return [] if set(some) <= {"\n"} else some


def _names(text: str, separators: Sequence[str]) -> list[str]:
    if not separators:
        return text.split()
    parts = re.split("|".join(map(re.escape, separators)), text)
    return [" ".join(part.split()) for part in parts if part.strip()]


def _take(found: FoundUnits, names: dict[str, str | None], name: str, within: str | None) -> None:
    words = known_words().departments
    if name in words.others:
        found.others += [name] if name not in found.others else []
        return
    suffix = next(
        (each for each in words.others_suffix if name.endswith(each) and _KINDS.search(name[: -len(each)])),
        None,
    )
    if suffix and found.suffix in (None, suffix):
        found.suffix, name = suffix, name.removesuffix(suffix)
    if " " in name:
        found.unclear += [name] if name not in found.unclear else []
    elif names.setdefault(name, within) is None and within and name != within:
        names[name] = within


def _with_likeness(names: Mapping[str, str | None]) -> list[FoundUnit]:
    units: list[FoundUnit] = []
    for name, within in names.items():
        like = next(
            (each.name for each in units if each.within == within and are_alike(name, each.name)), None
        )
        units.append(FoundUnit(name, within, like))
    return units


def are_alike(one: str, other: str) -> bool:
    """Whether two names may be of one department: alike but for width, for 係 or 課, or for a sign."""
    one, other = fold(one), fold(other)
    if one == other:
        return True
    kinds = (_KINDS.search(one), _KINDS.search(other))
    same_stem = _KINDS.sub("", one) == _KINDS.sub("", other) and len(_KINDS.sub("", one)) > 1
    if same_stem:
        return True
    alike_kinds = (kinds[0] and kinds[0][0]) == (kinds[1] and kinds[1][0])
    return alike_kinds and min(len(one), len(other)) > 3 and fuzz.ratio(one, other) >= _ALIKE
