"""The whole path, on one screen: a site's files → a finished release."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib import Graph

from sakata_lod.iris import IriSpace
from sakata_lod.publish.catalogue import Catalogue
from sakata_lod.publish.catalogue_graph import catalogue_graph
from sakata_lod.publish.dataset import ReleaseDataset, site_dataset
from sakata_lod.publish.departments import DepartmentRegister, read_register
from sakata_lod.publish.editions import read_editions
from sakata_lod.publish.folder import release_folder
from sakata_lod.publish.measure_links import of_plans
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.release_graphs import ReleaseGraphs
from sakata_lod.publish.report_cache import ReportCache
from sakata_lod.publish.report_key import report_key
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.site_catalogue import site_catalogue
from sakata_lod.publish.validation import validate
from sakata_lod.publish.validation_report import ValidationReport, report_graph, sorted_results
from sakata_lod.publish.withdrawals import without_successors_in
from sakata_lod.publish.writing import Published, finish_release, write_distributions
from sakata_lod.release import Release
from sakata_lod.site import Site, read_site
from sakata_lod.vocabulary import CATALOGUE_SHAPES, SHARED_GRAPHS, SITE_SHAPES

Stage = Callable[[str], AbstractContextManager[None]]
"""What is told of each stage as it begins and ends, by its name."""


@dataclass(frozen=True, slots=True)
class SiteData:
    """A site read, and all that it says in RDF; not yet validated."""

    site: Site
    iris: IriSpace
    register: DepartmentRegister
    editions: tuple[Edition, ...]
    dataset: ReleaseDataset


@dataclass(frozen=True, slots=True)
class Built:
    """What building came to. report: of all that the site says.

    left_out: the plans whose data have violations, which are never published. release: of the rest; None if
    there is no rest, or a violation is no plan's.
    """

    release: Release | None
    report: ValidationReport
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conforming:
    """A site's data without violations, and the report that says so."""

    data: SiteData
    report: ValidationReport

    @property
    def dataset(self) -> ReleaseDataset:
        """The site's graphs, with the report's."""
        report = report_graph(self.report, self.data.iris)
        return self.data.dataset.with_graph(self.data.iris.graph("validation"), report)


@dataclass(frozen=True, slots=True)
class Checked:
    """What validating came to: as Built, but for what may be published in the place of a release."""

    conforming: Conforming | None
    report: ValidationReport
    left_out: tuple[str, ...] = ()


def read_data(folder: Path, base_iri: str | None, stage: Stage) -> SiteData:
    """Read a site's folder and make its graphs.

    Raises: ConfigurationError, SourceError, IdentityUnclear.
    """
    with stage("read"):
        site = read_site(folder, base_iri)
        iris = IriSpace(site.base_iri)
        register = read_register(site.departments, iris)
        editions = tuple(edition for plan in site.plans for edition in read_editions(plan, register))
    with stage("graph"):
        dataset = site_dataset(site, register, editions, iris)
    return SiteData(site, iris, register, editions, dataset)


def validate_data(data: SiteData, stage: Stage, cache: ReportCache | None = None) -> ValidationReport:
    """Hold what a site says to the shapes. Superseded editions were held to them when they were current.

    cache: where the reports of earlier runs are kept, if anywhere.
    """

    def run() -> ValidationReport:
        return validate(data.dataset.current, load_shapes(*SITE_SHAPES))

    with stage("validate"):
        if cache is None:
            return run()
        return cache.report(report_key(data.site, data.register, data.editions), run)


def build(folder: Path, releases: Path, base_iri: str | None, stage: Stage) -> Built:
    """Build a site's release and make it the current one.

    A plan whose data break a shape is left out, and the rest published.
    releases: the folder in which the site's releases stand. If nothing is published, they stay as they were.
    Raises: as read_data.
    """
    found = check(read_data(folder, base_iri, stage), stage, ReportCache(releases / "validated"))
    if found.conforming is None:
        return Built(None, found.report, found.left_out)
    written = _write(found.conforming, releases, stage)
    return Built(written.release, found.report if found.left_out else written.report, found.left_out)


def check(data: SiteData, stage: Stage, cache: ReportCache) -> Checked:
    """Validate a site, and leave out the plans whose data break a shape."""
    report = validate_data(data, stage, cache)
    if report.conforms:
        return Checked(Conforming(data, report), report)
    failing = _failing_plans(data, report)
    rest = _without(data, failing, stage)
    found = validate_data(rest, stage, cache) if rest is not None else report
    if rest is None or not found.conforms:
        return Checked(None, report, failing)
    return Checked(Conforming(rest, found), report, failing)


def _failing_plans(data: SiteData, report: ValidationReport) -> tuple[str, ...]:
    """The plans that violations are about."""
    named = {data.iris.plan_of(str(each.focus_node)) for each in report.violations}
    return tuple(plan.slug for plan in data.site.plans if plan.slug in named)


def _without(data: SiteData, slugs: tuple[str, ...], stage: Stage) -> SiteData | None:
    """The same site without some plans; None if none or nothing would be left out."""
    kept = tuple(plan for plan in data.site.plans if plan.slug not in slugs)
    if not kept or len(kept) == len(data.site.plans):
        return None
    with stage("graph"):
        withdrawn = without_successors_in(data.site.withdrawn, slugs, data.iris)
        links = of_plans(data.site.links, {plan.slug for plan in kept})
        site = data.site.model_copy(update={"plans": kept, "withdrawn": withdrawn, "links": links})
        editions = tuple(each for each in data.editions if each.plan not in slugs)
        dataset = site_dataset(site, data.register, editions, data.iris)
    return SiteData(site, data.iris, data.register, editions, dataset)


def _write(checked: Conforming, releases: Path, stage: Stage) -> Built:
    """Write the files, then the catalogue that lists them; it is held to its own shapes before all else."""
    data = checked.data
    with stage("write"), release_folder(releases) as folder:
        graphs = ReleaseGraphs(data.dataset)
        write_distributions(folder, data.site, data.editions, graphs)
        listed = with_catalogue(checked, site_catalogue(data.site, data.editions, folder.files, data.iris))
        if not listed.report.conforms:
            return Built(None, listed.report)
        named = listed.dataset.named
        for name in (data.iris.graph("catalogue"), data.iris.graph("validation")):
            graphs.add(name, named[name])
        published = Published(data.site, data.editions, graphs, listed.report)
        return Built(finish_release(folder, published, data.iris), listed.report)


def with_catalogue(checked: Conforming, catalogue: Catalogue) -> Conforming:
    """The same with its catalogue, held to the catalogue's own shapes: see whether the report conforms."""
    data = checked.data
    listed = catalogue_graph(catalogue, data.iris)
    found = validate([listed, *_named_in_catalogue(data)], load_shapes(CATALOGUE_SHAPES))
    whole = ValidationReport(sorted_results((*checked.report.results, *found.results)))
    dataset = data.dataset.with_graph(data.iris.graph("catalogue"), listed)
    return Conforming(replace(data, dataset=dataset), whole)


def _named_in_catalogue(data: SiteData) -> Iterator[Graph]:
    """The graphs in which the catalogue's shapes look, beside its own."""
    for name in ("site", *(each.name for each in SHARED_GRAPHS)):
        yield data.dataset.named[data.iris.graph(name)]
