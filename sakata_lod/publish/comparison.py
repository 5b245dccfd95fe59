"""What changed between two releases, or two editions of one: read from what is published, and told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox
from rdflib import Graph

from sakata_lod.errors import ReleaseForAnotherBase, UnknownIri
from sakata_lod.iris import IriSpace
from sakata_lod.publish.change_words import headed_lines, sentence
from sakata_lod.publish.changes import Change, changes
from sakata_lod.publish.changes_graph import changes_graph
from sakata_lod.publish.snapshot import Snapshot, read_snapshot
from sakata_lod.release import Release, ReleasePlan


@dataclass(frozen=True, slots=True)
class PublishedPlan:
    """A plan in a release: of which city's IRIs, and with which editions."""

    iris: IriSpace
    record: ReleasePlan

    @property
    def iri(self) -> str:
        """The plan's IRI, which tells it from all plans of all cities."""
        return str(self.iris.plan(self.record.slug))


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What changed in a plan. old, new: the editions compared; None where a release lacks the plan."""

    plan: PublishedPlan
    old: Snapshot | None
    new: Snapshot | None
    changes: tuple[Change, ...]

    def text(self, language: str) -> str:
        """Tell the changes, kind by kind, below the plan's title and the days compared."""
        title = self.plan.record.title
        days = " → ".join(each.day if each else "—" for each in (self.old, self.new))
        none = "変更はありません" if language == "ja" else "no changes"
        told = headed_lines(self.changes, language) or none
        return f"{title.get(language, title['ja'])}: {days}\n{told}"

    @property
    def record(self) -> dict[str, object]:
        """The changes for a script."""
        return {
            "plan": self.plan.iri,
            "from": self.old.edition if self.old else None,
            "to": self.new.edition if self.new else None,
            "changes": [_record(each) for each in self.changes],
        }

    @property
    def graph(self) -> Graph:
        """The changes in RDF, as the history of a plan holds them."""
        return changes_graph(self.plan.record.slug, (self.old, self.new), self.changes, self.plan.iris)


def compare_releases(old: Release, new: Release) -> tuple[PlanChanges, ...]:
    """Compare the current editions of each plan that either release has.

    Raises: ReleaseForAnotherBase: their IRIs begin otherwise, so that nothing in the one is in the other.
    """
    if old.manifest.base_iri != new.manifest.base_iri:
        raise ReleaseForAnotherBase(old.folder, old.manifest.base_iri, new.manifest.base_iri)
    before, after = _plans(old), _plans(new)
    stores = _store(old), _store(new)
    found: list[PlanChanges] = []
    for iri, plan in sorted({**before, **after}.items()):
        editions = [
            _snapshot(store, plans[iri], plans[iri].record.current_edition) if iri in plans else None
            for store, plans in zip(stores, (before, after), strict=True)
        ]
        found.append(_compared(plan, editions[0], editions[1]))
    return tuple(found)


def compare_editions(
    release: Release, plan: str | None, days: tuple[str | None, str | None]
) -> tuple[PlanChanges, ...]:
    """Compare two editions of a release's plans.

    plan: the slug of the only plan to compare, if not all. days: the as-of dates; without the one the edition
    before the other's, without the other the current one. A plan without two editions is passed over.
    Raises: UnknownIri: there is no such plan, or it has no such edition.
    """
    store, plans = _store(release), _plans(release).values()
    wanted = [each for each in plans if plan is None or each.record.slug == plan]
    if plan is not None and not wanted:
        raise UnknownIri(IriSpace(release.manifest.base_iri).plan(plan))
    pairs = ((each, _days(each, days)) for each in wanted if len(each.record.editions) > 1 or any(days))
    return tuple(
        _compared(each, _snapshot(store, each, first), _snapshot(store, each, last))
        for each, (first, last) in pairs
    )


def changes_text(compared: Iterable[PlanChanges], language: str) -> str:
    """Tell the changes of all plans."""
    return "\n\n".join(each.text(language) for each in compared)


def _plans(release: Release) -> Mapping[str, PublishedPlan]:
    """The plans of a release by IRI; of a federation, those of its cities."""
    manifest = release.manifest
    own = ((manifest.base_iri, each) for each in manifest.plans)
    theirs = ((member.base_iri, each) for member in manifest.members for each in member.plans)
    plans = (PublishedPlan(IriSpace(base), each) for base, each in chain(own, theirs))
    return {each.iri: each for each in plans}


def _days(plan: PublishedPlan, days: tuple[str | None, str | None]) -> tuple[str, str]:
    editions: Sequence[str] = plan.record.editions
    last = days[1] or plan.record.current_edition
    first = days[0] or max((each for each in editions if each < last), default=last)
    for day in (first, last):
        if day not in editions:
            raise UnknownIri(plan.iris.thing(f"edition/{plan.record.slug}/{day}"))
    return first, last


def _store(release: Release) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    return store


def _snapshot(store: ox.Store, plan: PublishedPlan, day: str) -> Snapshot:
    return read_snapshot(store, plan.iris, plan.record.slug, day)


def _compared(plan: PublishedPlan, old: Snapshot | None, new: Snapshot | None) -> PlanChanges:
    nothing = Snapshot("", "")
    return PlanChanges(plan, old, new, changes(old or nothing, new or nothing))


def _record(change: Change) -> dict[str, object]:
    said = {"about": change.about, "before": change.before, "after": change.after}
    return {
        "kind": change.kind,
        "subject": change.subject,
        "also": list(change.also),
        **{key: text.by_language if text else None for key, text in said.items()},
        "sentence": {language: sentence(change, language) for language in ("ja", "en")},
    }
