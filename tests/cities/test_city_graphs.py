"""What is asked of one city's own triples is answered as the whole release would answer it."""

import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask

from sakata_lod.namespaces import PLAN, SH
from sakata_lod.release import Release
from sakata_lod.serve.app import service_of
from sakata_lod.serve.city_graphs import CityGraphs
from sakata_lod.serve.quads import QUERIES, ask, load_quads, looks_at_one_city, query_text
from tests.cities.conftest import BASE, KAKUU, UTSUTSU, built
from tests.conftest import SAKATA
from tests.next_edition import add_next_edition
from tests.sites import make_federation

CHANGES = "thing-changes"
NAMES = sorted(
    path.stem for path in QUERIES.glob("*.rq") if looks_at_one_city(path.stem) and path.stem != CHANGES
)
SAKATA_CODE = "062049"
KINDS = {
    "plan": ("Plan",),
    "measure": ("Measure",),
    "edition": ("Edition",),
    "group": ("Division", "FiscalYear", "Plan"),
    "table": ("SourceTable",),
    "report": (str(SH.ValidationReport),),
}


def things(store: ox.Store, city: str, kinds: tuple[str, ...]) -> list[ox.NamedNode]:
    """What a city has of some kinds, and its departments."""
    classes = [f"<{kind if ':' in kind else PLAN[kind]}>" for kind in kinds]
    asked = f"""SELECT DISTINCT ?thing {{ VALUES ?class {{ {" ".join(classes)}
      <http://www.w3.org/ns/org#OrganizationalUnit> }} ?thing a ?class
      FILTER STRSTARTS(STR(?thing), "{BASE}{city}/") }}"""
    found = store.query(asked)
    assert isinstance(found, ox.QuerySolutions)
    return [row["thing"] for row in found if isinstance(row["thing"], ox.NamedNode)]


def rows(store: ox.Store, name: str, bound: dict[str, ox.NamedNode]) -> Counter[str]:
    found = ask(store, query_text(name), BASE, bound)
    assert isinstance(found, ox.QuerySolutions)
    return Counter(str([row[each] for each in found.variables]) for row in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_city_alone_answers_as_all_cities_together(name: str, store: ox.Store, release: Release) -> None:
    given = next(line for line in query_text(name).splitlines() if line.startswith("# Inputs: "))
    variable = given.removeprefix("# Inputs: ").partition(":")[0]
    answered = 0
    for city in (KAKUU, UTSUTSU):
        own = CityGraphs(release).of(f"{BASE}{city}/id/")
        assert own is not None
        if variable == "none.":
            rest = rows(store, name, {}) - rows(own, name, {})
            assert rest
            assert not [each for each in rest if f"{BASE}{city}/" in each]
            continue
        for thing in things(store, city, KINDS[variable]):
            expected = rows(store, name, {variable: thing})
            if name == "plan-years":  # asked of all cities, it tells the fiscal years of each
                expected = Counter({row: each for row, each in expected.items() if row.count(city) > 1})
            assert rows(own, name, {variable: thing}) == expected, thing
            answered += bool(expected)
    # None of these cities has a doubt: test_summary.py asks some that have.
    assert answered or variable == "none." or name == "anomalies"


def test_what_changed_in_a_city_alone_is_what_changed_among_all(tmp_path: Path) -> None:
    folder = make_federation(tmp_path / "kakuu-ken", BASE)
    add_next_edition(Path(shutil.copytree(SAKATA, folder / "cities" / "sakata")))
    release = built(folder, tmp_path / "releases")
    whole, own = load_quads(release.dataset), CityGraphs(release).of(f"{BASE}{SAKATA_CODE}/id/")
    assert own is not None
    changed: Counter[str] = Counter()
    for thing in things(whole, SAKATA_CODE, ("Division", "Measure", "EndedMeasure")):
        expected = rows(whole, CHANGES, {"thing": thing})
        assert rows(own, CHANGES, {"thing": thing}) == expected, thing
        changed += expected
    assert changed.total() > 5


def test_pages_ask_a_city_of_its_own_triples(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, service = ox.NamedNode(f"{BASE}{KAKUU}/id/plan/sogo"), service_of(app)
    assert service.store.select("divisions", plan=plan)
    monkeypatch.setattr(CityGraphs, "_load", lambda _self, _code: ox.Store())
    monkeypatch.setattr(service.store, "_cities", CityGraphs(service.release))
    assert not service.store.select("divisions", plan=plan)
    assert service.store.select("plan-themes", plan=plan)


def test_what_is_of_no_city_is_asked_of_all(release: Release) -> None:
    assert CityGraphs(release).of("https://w3id.org/municipal-plan/themes#wi-fi") is None
    assert CityGraphs(release).of(BASE) is None


def test_the_things_with_a_page_are_those_of_the_query(app: Flask) -> None:
    store = service_of(app).store
    assert list(store.documents) == [each.iri("thing") for each in store.select("documents")]
    assert len(store.documents) > 100
