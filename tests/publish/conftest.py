"""Sakata's edition, read once, and its release, built once: tests leave both as they are."""

import shutil
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from sakata_lod.conversion import rdflib_graph
from sakata_lod.iris import IriSpace
from sakata_lod.publish.assembly import read_edition
from sakata_lod.publish.build import Built, build
from sakata_lod.publish.departments import read_register
from sakata_lod.publish.plan import Edition
from sakata_lod.release import Release
from sakata_lod.site import Site, read_site
from tests.conftest import SAKATA, SiteCopy
from tests.sites import CITIES, make_site


@pytest.fixture(scope="session")
def sakata() -> Site:
    return read_site(SAKATA)


@pytest.fixture(scope="session")
def edition(sakata: Site) -> Edition:
    return read_first_edition(sakata)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(SAKATA, tmp_path_factory.mktemp("releases"), None, unwatched)


@pytest.fixture(scope="session")
def release(built: Built) -> Release:
    assert built.release is not None
    return built.release


@pytest.fixture
def releases(built: Built, tmp_path: Path) -> Path:
    """A copy of the folder in which the release stands, for a test to build into or to spoil.

    It is what building a copied site there would have made, for a tenth of the time.
    """
    assert built.release is not None
    return Path(shutil.copytree(built.release.folder.parent, tmp_path / "releases", symlinks=True))


def read_first_edition(site: Site) -> Edition:
    """Read the first edition of a site's first plan."""
    plan = site.plans[0]
    return read_edition(plan, plan.editions[0], read_register(site.departments, IriSpace(site.base_iri)))


def read_copy(site: SiteCopy) -> Edition:
    """Read the table of a copied site."""
    return read_first_edition(read_site(site.folder))


def store_of(release: Release) -> ox.Store:
    """All graphs of a release."""
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    return store


def default_graph(release: Release) -> Graph:
    """What a release says is true now."""
    quads = store_of(release).quads_for_pattern(None, None, None, ox.DefaultGraph())
    return rdflib_graph(each.triple for each in quads)


def unwatched(_stage: str) -> AbstractContextManager[None]:
    """Take no notice of a build's stages."""
    return nullcontext()


@pytest.fixture(scope="session")
def cities(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The invented cities' sites, their tables written."""
    folder = tmp_path_factory.mktemp("cities")
    return {city: make_site(city, folder) for city in CITIES}


def read_plan(folder: Path, slug: str) -> Edition:
    """Read the first edition of one plan of a site."""
    site = read_site(folder)
    plan = next(each for each in site.plans if each.slug == slug)
    return read_edition(plan, plan.editions[0], read_register(site.departments, IriSpace(site.base_iri)))
