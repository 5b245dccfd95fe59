"""Which measure each number of an edition is: told by number and title, else by plan.toml, never guessed.

A measure's address has the number under which it was first listed. A number whose title is as in the edition
before, but for width, blanks and the like, is the measure that it was. Anything else plan.toml must say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sakata_lod.errors import Doubt, Doubts, IdentityUnclear, InvalidConfiguration
from sakata_lod.folding import fold
from sakata_lod.publish.identity_proposal import Likeness, proposal_text, proposed
from sakata_lod.publish.open_identity import KnownMeasure, OpenIdentity, by_number
from sakata_lod.publish.plan import Anomaly, Edition
from sakata_lod.site import Identity, PlanSource


def identified(plan: PlanSource, editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """Name the measures of a plan's editions, oldest first, by the numbers in their addresses.

    editions: as they were read, with each measure under the number that its table prints.
    Raises: IdentityUnclear: with every doubt of every edition, and what would settle them all.
        InvalidConfiguration: what plan.toml says does not fit the tables.
    """
    known: dict[str, KnownMeasure] = {}
    named: list[Edition] = []
    doubts: list[Doubt] = []
    proposals: list[str] = []
    for folder, edition in zip(plan.editions, editions, strict=True):
        numbering = _Numbering(_titles(edition), known, edition.as_of)
        identity = folder.source.identity
        _check(plan, numbering, identity)
        found = numbering.told(identity)
        if found.is_open:
            doubts += numbering.doubts(found)
            likeness = Likeness.of(found, known, numbering.titles)
            identity = proposed(identity, found, likeness, edition.as_of)
            proposals.append(proposal_text(identity, likeness, edition.as_of))
            found = numbering.told(identity)
        named.append(_renamed(edition, found.keys, identity))
        known = _after(known, found.keys, numbering.titles)
    if doubts:
        raise IdentityUnclear(plan.folder / "plan.toml", Doubts(tuple(doubts)), "\n".join(proposals))
    return tuple(named)


@dataclass(frozen=True, slots=True)
class _Numbering:
    """The numbers and titles of an edition, and the measures that the editions before it list."""

    titles: Mapping[str, str]
    known: Mapping[str, KnownMeasure]
    as_of: date

    def told(self, identity: Identity) -> OpenIdentity:
        """Tell which measure each number is, and what stays open."""
        if not self.known:
            return OpenIdentity({number: identity.new.get(number, number) for number in self.titles})
        carried = self._carried(identity)
        said = carried | identity.renumbered | identity.new
        keys = {
            number: said[number]
            for number, title in self.titles.items()
            if number in said
            and (number not in carried or number in identity.renamed or self._is_titled(said[number], title))
        }
        retitled = [
            number
            for number in identity.renumbered
            if number not in identity.renamed
            and not self._is_titled(identity.renumbered[number], self.titles[number])
        ]
        accounted = {*keys.values(), *identity.ended}
        return OpenIdentity(
            keys=keys,
            numbers=tuple(number for number in self.titles if number not in keys),
            retitled=tuple(retitled),
            measures=tuple(each.key for each in self._listed if each.key not in accounted),
        )

    def doubts(self, found: OpenIdentity) -> Iterable[Doubt]:
        """What is open, in the order of the numbers."""
        before = {each.number: each for each in self._listed}
        lost = [self.known[key] for key in found.measures]
        told = [(number, found.keys[number]) for number in found.retitled]
        doubts = [Doubt(self.as_of, n, self.known[key].title, self.titles[n]) for n, key in told]
        for number in found.numbers:
            was = before[number].title if before.get(number) in lost else None
            doubts.append(Doubt(self.as_of, number, was, self.titles[number]))
        gone = (each for each in lost if each.number not in found.numbers)
        doubts += (Doubt(self.as_of, each.number or each.key, each.title, None) for each in gone)
        return sorted(doubts, key=lambda each: (by_number(each.number), each.after is None))

    @property
    def _listed(self) -> list[KnownMeasure]:
        """The measures that the edition before lists."""
        return [each for each in self.known.values() if each.number is not None]

    def _carried(self, identity: Identity) -> dict[str, str]:
        """The numbers that mean what they meant, but for what plan.toml says."""
        claimed = {*identity.renumbered.values(), *identity.ended}
        spoken = identity.renumbered.keys() | identity.new.keys()
        return {
            each.number: each.key
            for each in self._listed
            if each.number is not None and each.key not in claimed and each.number not in spoken
        }

    def _is_titled(self, key: str, title: str) -> bool:
        return fold(self.known[key].title) == fold(title)


def _titles(edition: Edition) -> dict[str, str]:
    return {measure.number: measure.title for measure in edition.measures}


def _after(
    known: Mapping[str, KnownMeasure], keys: Mapping[str, str], titles: Mapping[str, str]
) -> dict[str, KnownMeasure]:
    """What is known of measures after one more edition."""
    before = {key: replace(each, number=None) for key, each in known.items()}
    return before | {key: KnownMeasure(key, number, titles[number]) for number, key in keys.items()}


def _check(plan: PlanSource, numbering: _Numbering, identity: Identity) -> None:
    """Hold what plan.toml says of an edition to its table, and to the editions before."""
    for key, problem in _problems(numbering, identity):
        place = f"editions.{numbering.as_of}.identity.{key}"
        raise InvalidConfiguration(plan.folder / "plan.toml", place, problem)


def _problems(numbering: _Numbering, identity: Identity) -> Iterable[tuple[str, str]]:
    titles, known = numbering.titles, numbering.known
    for key, numbers in identity.numbers.items():
        yield from (
            (f"{key}.{number}", "the table of this edition has no such number")
            for number in numbers
            if number not in titles
        )
    named = [(f"renumbered.{number}", key) for number, key in identity.renumbered.items()]
    named += [("ended", key) for key in identity.ended]
    named += [(f"made_from.{number}", key) for number, keys in identity.made_from.items() for key in keys]
    unknown = ((place, key) for place, key in named if key not in known)
    yield from ((place, f"no earlier edition lists a measure {key}") for place, key in unknown)
    for number, key in identity.new.items():
        if key in known:
            free = f"{number}-{numbering.as_of.year}"
            yield f"new.{number}", f"an earlier measure has the address {key}: give this one {free}"
    for number, title in identity.renamed.items():
        if number in titles and fold(titles[number]) != fold(title):
            yield f"renamed.{number}", f"the table prints “{titles[number]}” there"


def _renamed(edition: Edition, keys: Mapping[str, str], identity: Identity) -> Edition:
    """The same edition with each measure under its key, wherever it is named."""
    made_from = {keys[number]: sources for number, sources in identity.made_from.items()}
    return replace(
        edition,
        measures=tuple(replace(each, key=keys[each.number]) for each in edition.measures),
        progress=tuple(replace(each, measure=keys[each.measure]) for each in edition.progress),
        activities=tuple(replace(each, measure=keys[each.measure]) for each in edition.activities),
        anomalies=tuple(_anomaly(each, keys) for each in edition.anomalies),
        indicators=tuple(replace(each, measure=keys[each.measure]) for each in edition.indicators),
        indicator_values=tuple(
            replace(each, measure=keys[each.measure]) for each in edition.indicator_values
        ),
        made_from=tuple(sorted(made_from.items())),
    )


def _anomaly(anomaly: Anomaly, keys: Mapping[str, str]) -> Anomaly:
    return replace(anomaly, measures=tuple(keys[each] for each in anomaly.measures))
