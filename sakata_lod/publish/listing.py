"""What a release's manifest lists: the plans, what is published no more, and how much there is of all."""

from collections.abc import Iterable, Sequence

from sakata_lod.publish.plan import Edition
from sakata_lod.release import ReleasePlan, WithdrawnThing
from sakata_lod.serialization import SortedGraph
from sakata_lod.site import Site


def release_plans(site: Site) -> list[ReleasePlan]:
    """The plans of a site, as a manifest lists them."""
    return [
        ReleasePlan(
            slug=plan.slug,
            title=plan.title.by_language,
            editions=[edition.as_of.isoformat() for edition in plan.editions],
            current_edition=plan.editions[-1].as_of.isoformat(),
        )
        for plan in site.plans
    ]


def withdrawn_things(site: Site) -> list[WithdrawnThing]:
    """What a site publishes no more, as a manifest lists it."""
    return [
        WithdrawnThing(
            path=each.path,
            since=each.since.isoformat(),
            reason=each.reason.by_language,
            successor=each.successor,
        )
        for each in site.withdrawn
    ]


def counts_of(
    editions: Sequence[Edition], default: SortedGraph, named: Iterable[SortedGraph]
) -> dict[str, int]:
    """Count what the current editions hold, and what the graphs do."""
    latest = {edition.plan: edition for edition in editions}.values()
    return {
        "divisions": sum(len(edition.divisions) for edition in latest),
        "measures": sum(len(edition.measures) for edition in latest),
        "activities": sum(len(edition.activities) for edition in latest),
        "anomalies": sum(len(edition.anomalies) for edition in latest),
        "triples": len(default),
        "quads": sum(map(len, named)),
    }
