"""Which division or measure each number of an edition is: told, else said by plan.toml, never guessed.

An address has the number under which it was first listed. A number whose title is as in the edition before,
but for width, blanks and the like, and that stands in the same division, is what it was. Anything else
plan.toml must say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sakata_lod.errors import Doubt, Doubts, IdentityUnclear, InvalidConfiguration
from sakata_lod.publish.identity.checking import problems
from sakata_lod.publish.identity.likeness import Pair, paired, proposed
from sakata_lod.publish.identity.listing import Known, Listed, listed_divisions, listed_measures
from sakata_lod.publish.identity.naming import Keys, named
from sakata_lod.publish.identity.proposal_text import Titled, proposal_text
from sakata_lod.publish.identity.telling import Telling
from sakata_lod.publish.plan import Edition
from sakata_lod.site import Identity, PlanSource


def identified(plan: PlanSource, editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """Name the divisions and measures of a plan's editions, oldest first, by the numbers in their addresses.

    editions: as they were read, with each under the number that its table prints.
    Raises: IdentityUnclear: with every doubt of every edition, and what would settle them all.
        InvalidConfiguration: what plan.toml says does not fit the tables.
    """
    divisions, measures = _Kind(plan, "divisions"), _Kind(plan, "identity")
    found: list[Edition] = []
    doubts: list[Doubt] = []
    proposals: list[str] = []
    for folder, edition in zip(plan.editions, editions, strict=True):
        source, as_of = folder.source, edition.as_of
        outer = divisions.settle(source.divisions, listed_divisions(edition), as_of, {})
        inner = measures.settle(source.identity, listed_measures(edition), as_of, outer.keys.of)
        for each in (outer, inner):
            doubts += each.doubts
            proposals += [each.proposal] if each.doubts else []
        found.append(named(edition, outer.keys, inner.keys))
    if doubts:
        raise IdentityUnclear(plan.folder / "plan.toml", Doubts(tuple(doubts)), "\n".join(proposals))
    return tuple(found)


@dataclass(slots=True)
class _Settling:
    """One kind of an edition, told level by level; where it is open, as it would be settled.

    now: what will be known of what it lists. pairs: those that were guessed.
    """

    identity: Identity
    keys: dict[str, str] = field(default_factory=dict)
    now: dict[str, Known] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    def tell(self, telling: Telling) -> None:
        """Tell which each number of a level is; guess where it is open."""
        found = telling.told(self.identity)
        if found.is_open:
            self.doubts += telling.doubts(found, are_divisions=self.identity.noun == "division")
            self.pairs += (guessed := paired(found, telling))
            self.identity = proposed(self.identity, found, guessed, telling)
            found = telling.told(self.identity)
        self.keys |= found.keys
        self.now |= telling.after(found.keys)


@dataclass(frozen=True, slots=True)
class _Settled:
    """keys: as told, and as proposed where it was open. proposal: TOML that settles the doubts."""

    keys: Keys
    doubts: Sequence[Doubt]
    proposal: str


@dataclass(slots=True)
class _Kind:
    """Divisions or measures, edition after edition. table: what says of them in plan.toml which they are."""

    plan: PlanSource
    table: str
    known: dict[str, Known] = field(default_factory=dict)

    def settle(
        self,
        identity: Identity,
        levels: Sequence[Mapping[str, Listed]],
        as_of: date,
        divisions: Mapping[str, str],
    ) -> _Settled:
        """Settle the next edition. levels: what it lists, the outermost first; divisions: number → key."""
        listed = {number: each for level in levels for number, each in level.items()}
        self._check(identity, listed, as_of)
        settling = _Settling(identity)
        # Where a plan has no divisions any more, none can be another's: all have ended, and nothing is asked.
        depths = [len(levels), *(1 + each.level for each in self.known.values())] if levels else [0]
        for level in range(max(depths)):
            here = levels[level] if level < len(levels) else {}
            settling.tell(Telling(here, self.known, level, {**divisions, **settling.keys}, as_of))
        titled = Titled(listed, self.known, settling.pairs)
        proposal = proposal_text(self.table, as_of, settling.identity, titled)
        before = {key: replace(each, number=None) for key, each in self.known.items()}
        self.known = before | settling.now
        return _Settled(Keys(settling.keys, settling.identity), settling.doubts, proposal)

    def _check(self, identity: Identity, listed: Mapping[str, Listed], as_of: date) -> None:
        """Hold what plan.toml says to the table. Raises: InvalidConfiguration."""
        for key, problem in problems(identity, listed, self.known, as_of):
            place = f"editions.{as_of}.{self.table}.{key}"
            raise InvalidConfiguration(self.plan.folder / "plan.toml", place, problem)
