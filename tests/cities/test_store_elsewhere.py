"""A federation in a SPARQL store elsewhere: loaded whole, and served as from memory."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.cli import main
from sakata_lod.publish.federation import build_federation
from sakata_lod.release import Release
from sakata_lod.site import read_federation
from tests.cities.conftest import BASE, KAKUU, MABOROSHI, UTSUTSU
from tests.publish.conftest import unwatched
from tests.stores.conftest import RunningStore, made_app, running_oxigraph, running_virtuoso, settings_for

DEFAULT_GRAPH = f"{BASE}id/graph/default"
PAGES = [
    "/",
    f"/{KAKUU}/",
    f"/{KAKUU}/doc/measure/sogo/1-1.html",
    f"/{KAKUU}/doc/measure/sogo/1-1.ttl",
    f"/{KAKUU}/doc/department/shimin.html",
    f"/{UTSUTSU}/doc/plan/jisshi.html",
    f"/{UTSUTSU}/doc/source/jisshi/2024-05-31.nt",
    f"/{MABOROSHI}/doc/fiscal-year/2023.html",
    f"/{MABOROSHI}/doc/edition/kanko/2021-03-31.html",
    f"/{MABOROSHI}/doc/graph/edition/kanko/2021-03-31.nt",
    f"/{MABOROSHI}/catalog.nt",
    f"/{MABOROSHI}/dataset/{MABOROSHI}_tables.nt",
    f"/{MABOROSHI}/.well-known/void.ttl",
    f"/{KAKUU}/doc/measure/sogo/9-9",
    f"/{UTSUTSU}/doc/measure/jisshi/9-9-9",
    "/doc/association.nt",
    "/themes/online-procedures.html",
    "/catalog.nt",
    "/sitemap.xml",
    "/compare",
    f"/compare?city={MABOROSHI}&plan={KAKUU}/sogo&by=response&theme=online-procedures",
    "/search?q=オンライン",
    "/readyz",
    "/api/3/action/package_list",
    f"/{KAKUU}/reconcile/suggest/entity?prefix=環境",
    "/reconcile/suggest/entity?prefix=環境",
]
QUERIES = {
    "measures by city": """SELECT ?code (COUNT(?m) AS ?n) {
        ?m a <https://w3id.org/municipal-plan#Measure> ; <http://purl.org/dc/terms/isPartOf> ?p .
        ?p <http://purl.org/dc/terms/publisher>/<http://purl.org/dc/terms/identifier> ?code } GROUP BY ?code""",
    "graphs": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "everything": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
}


def load(release: Release, store: RunningStore) -> dict[str, object]:
    """What `sakata-lod load` says."""
    arguments = [store.graph_url, "--query-url", store.query_url, "--release", str(release.folder)]
    named = ["--default-graph", store.default_graph] if store.default_graph else []
    account = (
        {"STORE_USER": store.account.user, "STORE_PASSWORD": store.account.password} if store.account else {}
    )
    result = CliRunner().invoke(main, ["load", *arguments, *named, "--json"], env=account)
    assert result.exit_code == 0, result.output
    told: dict[str, object] = json.loads(result.stdout)
    return told


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    """A store that holds nothing: with a default graph of its own, or where it has a name."""
    if request.param == "oxigraph":
        with running_oxigraph() as bare:
            yield bare
    else:
        with running_virtuoso(tmp_path_factory.mktemp("virtuoso")) as bare:
            yield bare


@pytest.fixture(scope="module")
def loaded(store: RunningStore, release: Release) -> dict[str, object]:
    return load(release, store)


@pytest.fixture(scope="module")
def elsewhere(store: RunningStore, loaded: object, release: Release) -> Iterator[Flask]:
    with ExitStack() as stack:
        yield made_app(stack, settings_for(store, release))


def test_every_graph_of_every_city_is_loaded_whole(loaded: dict[str, object], release: Release) -> None:
    quads = ox.parse(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    counted = Counter(each.graph_name for each in quads)
    named = {name.value: count for name, count in counted.items() if isinstance(name, ox.NamedNode)}
    triples = loaded["triples"]
    assert isinstance(triples, dict)
    assert triples == named | {
        (DEFAULT_GRAPH if DEFAULT_GRAPH in triples else "default"): counted[ox.DefaultGraph()]
    }
    assert {name.removeprefix(BASE)[:6] for name in named} >= {KAKUU, UTSUTSU, MABOROSHI}
    assert loaded["removed"] == []


@pytest.mark.parametrize("path", PAGES)
def test_an_answer_is_the_same(elsewhere: Flask, client: FlaskClient, path: str) -> None:
    there, here = (each.get(path, follow_redirects=True) for each in (elsewhere.test_client(), client))
    # Oxigraph keeps whole numbers of each type as xsd:integer; Virtuoso, as they are.
    told = [
        sorted(each.text.replace("#nonNegativeInteger", "#integer").splitlines()) for each in (there, here)
    ]
    assert (there.status_code, told[0]) == (here.status_code, told[1])


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_over_all_cities_has_the_same_rows(elsewhere: Flask, client: FlaskClient, name: str) -> None:
    found = []
    for each in (elsewhere.test_client(), client):
        answer = each.post("/sparql", data={"query": QUERIES[name]}, headers={"Accept": "text/csv"})
        assert answer.status_code == 200, answer.text
        found.append(sorted(answer.text.splitlines()))
    assert found[0] == found[1]
    assert len(found[0]) > 1


def test_a_city_that_is_published_no_more_leaves_the_store(
    store: RunningStore,
    loaded: object,
    release: Release,
    federation: Path,
    tmp_path: Path,
) -> None:
    fewer = Path(shutil.copytree(federation, tmp_path / "kakuu-ken"))
    shutil.rmtree(fewer / "cities" / "maboroshi")
    built = build_federation(read_federation(fewer), tmp_path / "releases", 1, unwatched)
    assert built.release is not None
    removed = load(built.release, store)["removed"]
    assert isinstance(removed, list)
    assert removed
    assert all(each.startswith(f"{BASE}{MABOROSHI}/id/graph/") for each in removed)
    again = load(release, store)["triples"]
    assert isinstance(again, dict)
    assert set(removed) < set(again)
