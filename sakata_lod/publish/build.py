"""The whole path, on one screen: a site's files → a finished release."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sakata_lod.iris import IriSpace
from sakata_lod.publish.assembly import read_edition
from sakata_lod.publish.dataset import ReleaseDataset, site_dataset
from sakata_lod.publish.departments import DepartmentRegister, read_register
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.report_cache import ReportCache
from sakata_lod.publish.report_key import report_key
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.validation import validate
from sakata_lod.publish.validation_report import ValidationReport, report_graph
from sakata_lod.publish.writing import write_release
from sakata_lod.release import Release
from sakata_lod.site import Site, read_site

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
    """What building came to. release: None if the report has violations, which are never published."""

    release: Release | None
    report: ValidationReport


def read_data(folder: Path, base_iri: str | None, stage: Stage) -> SiteData:
    """Read a site's folder and make its graphs.

    Raises: ConfigurationError, SourceError, IdentityUnclear.
    """
    with stage("read"):
        site = read_site(folder, base_iri)
        iris = IriSpace(site.base_iri)
        register = read_register(site.departments, iris)
        editions = tuple(read_edition(plan, each, register) for plan in site.plans for each in plan.editions)
    with stage("graph"):
        dataset = site_dataset(site, register, editions, iris)
    return SiteData(site, iris, register, editions, dataset)


def validate_data(data: SiteData, stage: Stage, cache: ReportCache | None = None) -> ValidationReport:
    """Hold what a site says to the shapes. Superseded editions were held to them when they were current.

    cache: where the reports of earlier runs are kept, if anywhere.
    """

    def run() -> ValidationReport:
        return validate(data.dataset.current, load_shapes())

    with stage("validate"):
        if cache is None:
            return run()
        return cache.report(report_key(data.site, data.register, data.editions), run)


def build(folder: Path, releases: Path, base_iri: str | None, stage: Stage) -> Built:
    """Build a site's release and make it the current one.

    releases: the folder in which the site's releases stand. If anything fails, they stay as they were.
    Raises: as read_data.
    """
    data = read_data(folder, base_iri, stage)
    report = validate_data(data, stage, ReportCache(releases / "validated"))
    if not report.conforms:
        return Built(None, report)
    with stage("write"):
        named = data.iris.graph("validation")
        dataset = data.dataset.with_graph(named, report_graph(report, data.iris))
        release = write_release(data.site, data.editions, dataset, report, releases)
    return Built(release, report)
