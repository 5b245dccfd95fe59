"""An edition as it was read → the same, with each division and measure under the key of its address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sakata_lod.publish.plan import Anomaly, Division, Edition, Measure
from sakata_lod.site import Identity


@dataclass(frozen=True, slots=True)
class Keys:
    """Number → key of what an edition lists of a kind, and what plan.toml says of it."""

    of: Mapping[str, str]
    identity: Identity

    @property
    def made_from(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """A key → those of what it was made from."""
        return tuple(sorted((self.of[number], keys) for number, keys in self.identity.made_from.items()))


def named(edition: Edition, divisions: Keys, measures: Keys) -> Edition:
    """Name what an edition lists by its keys, wherever it is named."""
    keys = measures.of
    return replace(
        edition,
        divisions=tuple(_division(each, divisions.of) for each in edition.divisions),
        measures=tuple(_measure(each, divisions.of, keys) for each in edition.measures),
        progress=tuple(replace(each, measure=keys[each.measure]) for each in edition.progress),
        activities=tuple(replace(each, measure=keys[each.measure]) for each in edition.activities),
        anomalies=tuple(_anomaly(each, keys) for each in edition.anomalies),
        indicators=tuple(replace(each, measure=keys[each.measure]) for each in edition.indicators),
        indicator_values=tuple(
            replace(each, measure=keys[each.measure]) for each in edition.indicator_values
        ),
        made_from=measures.made_from,
        divisions_made_from=divisions.made_from,
    )


def _division(division: Division, keys: Mapping[str, str]) -> Division:
    parent = division.parent and keys[division.parent]
    return replace(division, key=keys[division.number], parent=parent)


def _measure(measure: Measure, divisions: Mapping[str, str], keys: Mapping[str, str]) -> Measure:
    division = measure.division and divisions[measure.division]
    return replace(measure, key=keys[measure.number], division=division)


def _anomaly(anomaly: Anomaly, keys: Mapping[str, str]) -> Anomaly:
    return replace(anomaly, measures=tuple(keys[each] for each in anomaly.measures))
