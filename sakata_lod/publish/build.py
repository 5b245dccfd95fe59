"""The whole path, on one screen: a site's files → a finished release."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
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
    """A site's data without violations, as they are written, and the report that says so."""

    data: SiteData
    graphs: ReleaseGraphs
    report: ValidationReport


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


def validate_data(
    data: SiteData, stage: Stage, cache: ReportCache | None = None, graphs: ReleaseGraphs | None = None
) -> ValidationReport:
    """Hold what a site says to the shapes. Superseded editions were held to them when they were current.

    cache: where the reports of earlier runs are kept, if anywhere. graphs: the data as they are written, if
    they are made already.
    """

    def run() -> ValidationReport:
        store = None if graphs is None else graphs.store
        return validate(data.dataset.current, load_shapes(*SITE_SHAPES), store)

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
    found = _held(data, stage, cache)
    if found.report.conforms:
        return Checked(found, found.report)
    failing = _failing_plans(data, found.report)
    rest = _without(data, failing, stage)
    again = None if rest is None else _held(rest, stage, cache)
    return Checked(again if again and again.report.conforms else None, found.report, failing)


def _held(data: SiteData, stage: Stage, cache: ReportCache) -> Conforming:
    """Make the graphs as they are written, and hold them to the shapes: see whether the report conforms."""
    with stage("graph"):
        graphs = ReleaseGraphs(data.dataset)
    return Conforming(data, graphs, validate_data(data, stage, cache, graphs))


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
    data, graphs = checked.data, checked.graphs
    with stage("write"), release_folder(releases) as folder:
        write_distributions(folder, data.site, data.editions, graphs)
        listed = with_catalogue(checked, site_catalogue(data.site, data.editions, folder.files, data.iris))
        if not listed.report.conforms:
            return Built(None, listed.report)
        published = Published(data.site, data.editions, graphs, listed.report)
        return Built(finish_release(folder, published, data.iris), listed.report)


def with_catalogue(checked: Conforming, catalogue: Catalogue) -> Conforming:
    """The same with its catalogue and its report among its graphs.

    The catalogue is held to its own shapes: see whether the report conforms.
    """
    data, graphs = checked.data, checked.graphs
    listed = catalogue_graph(catalogue, data.iris)
    found = validate([listed, *_named_in_catalogue(data)], load_shapes(CATALOGUE_SHAPES))
    whole = ValidationReport(sorted_results((*checked.report.results, *found.results)))
    graphs.add(data.iris.graph("catalogue"), listed)
    graphs.add(data.iris.graph("validation"), report_graph(whole, data.iris))
    return Conforming(data, graphs, whole)


def _named_in_catalogue(data: SiteData) -> Iterator[Graph]:
    """The graphs in which the catalogue's shapes look, beside its own."""
    for name in ("site", *(each.name for each in SHARED_GRAPHS)):
        yield data.dataset.named[data.iris.graph(name)]
