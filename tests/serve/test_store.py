from pathlib import Path

import pyoxigraph as ox
import pytest

from sakata_lod.errors import UnknownIri
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, FOAF, PLAN, PROV, RDF, SKOS
from sakata_lod.release import open_release
from sakata_lod.serve.context import Service
from sakata_lod.serve.description import Description
from sakata_lod.serve.store import QUERIES, QuadStore

from .small_release import BASE, LICENCE

MEASURE = f"{BASE}id/measure/joho/2-1-2"


def has(description: Description, subject: str, predicate: str, value: str | None = None) -> bool:
    return any(
        (each.subject, each.predicate) == (ox.NamedNode(subject), ox.NamedNode(str(predicate)))
        and (value is None or (not isinstance(each.object, ox.Triple) and each.object.value == value))
        for each in description.triples
    )


def test_a_description_holds_what_the_thing_says(service: Service) -> None:
    found = service.store.describe(MEASURE)
    assert has(found, MEASURE, PLAN.currentAchievement)
    assert has(found, MEASURE, DCTERMS.title, "フリーWi-Fiエリアの拡充")
    assert has(found, MEASURE, DCTERMS.title, "Expanding free Wi-Fi areas")


def test_a_description_holds_what_says_the_thing(service: Service) -> None:
    found = service.store.describe(MEASURE)
    assert has(found, f"{BASE}id/activity/joho/2-1-2/2021", PLAN.measure, MEASURE)
    assert has(found, f"{BASE}id/measure/joho/2-1-10", PLAN.relatedMeasure, MEASURE)
    assert found.incoming_total == 3


def test_a_description_names_all_that_it_speaks_of(service: Service) -> None:
    found = service.store.describe(MEASURE)
    assert has(found, f"{BASE}id/department/kanko", SKOS.prefLabel, "Tourism Division")
    assert has(found, f"{BASE}id/department/kanko", SKOS.prefLabel, "観光課")
    assert has(found, "https://w3id.org/municipal-plan/codes#partlyAchieved", SKOS.prefLabel, "一部達成")


def test_a_description_holds_its_documents_own_triples(service: Service) -> None:
    document = f"{BASE}doc/measure/joho/2-1-2"
    found = service.store.describe(MEASURE)
    assert has(found, document, RDF.type, str(FOAF.Document))
    assert has(found, document, FOAF.primaryTopic, MEASURE)
    assert has(found, document, DCTERMS.license, LICENCE)
    assert has(found, document, DCTERMS.modified, "2023-05-10")
    assert has(found, document, PROV.wasDerivedFrom, f"{BASE}id/edition/joho/2023-03-31")


def test_parts_are_told_with_their_whole(service: Service) -> None:
    found = service.store.describe(f"{BASE}id/source/joho/2023-03-31")
    assert has(found, f"{BASE}id/source/joho/2023-03-31#cell=2,2", RDF.value, "利用エリアの拡大を図る")
    assert has(found, f"{BASE}id/activity/joho/2-1-2/2021", PROV.wasDerivedFrom)
    year = service.store.describe(f"{BASE}id/fiscal-year/2021")
    assert has(year, f"{BASE}id/fiscal-year/2021#end", RDF.type)


def test_what_stands_only_in_an_older_edition_is_told(service: Service) -> None:
    table = f"{BASE}id/source/joho/2022-03-31"
    found = service.store.describe(table)
    assert has(found, f"{table}#row=1", PLAN.row, "1")
    assert has(
        found, f"{BASE}doc/source/joho/2022-03-31", PROV.wasDerivedFrom, f"{BASE}id/edition/joho/2022-03-31"
    )


def test_a_graph_is_told(service: Service) -> None:
    assert has(service.store.describe(f"{BASE}id/graph/site"), f"{BASE}id/graph/site", SKOS.prefLabel, "Site")
    assert service.store.describe(f"{BASE}id/graph/links").document


def test_the_default_graph_hides_older_editions(service: Service) -> None:
    said = [
        each for each in service.store.describe(MEASURE).outgoing if each.predicate.value == str(RDF.type)
    ]
    assert len(said) == 1


def test_the_links_to_a_thing_are_capped_and_counted(release_folder: Path) -> None:
    store = QuadStore(open_release(release_folder), IriSpace(BASE), inverse_links=2)
    found = store.describe(MEASURE)
    assert len(found.incoming) == 2
    assert found.incoming_total == 3


@pytest.mark.parametrize("name", ["measure/joho/9", "measure/joho/2-1-2/", "a b", "\x00", "%20", ""])
def test_nothing_is_said_of_an_unknown_thing(service: Service, name: str) -> None:
    assert not service.store.knows(f"{BASE}id/{name}")
    with pytest.raises(UnknownIri):
        service.store.describe(f"{BASE}id/{name}")


def test_every_iri_of_the_release_is_known(service: Service, release_folder: Path) -> None:
    terms = {
        term.value.partition("#")[0]
        for quad in ox.parse(path=release_folder / "dataset.nq")
        for term in (quad.subject, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode) and term.value.startswith(f"{BASE}id/")
    }
    assert len(terms) > 20
    assert [each for each in terms if not service.store.knows(each)] == []
    assert all(service.store.describe(each).triples for each in terms)


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.rq")), ids=lambda path: path.stem)
def test_every_query_says_its_purpose_inputs_and_result(path: Path) -> None:
    header = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert header[0].startswith("# Purpose: ")
    assert any(line.startswith("# Inputs: ") for line in header)
    assert any(line.startswith(("# Columns: ", "# Result: ")) for line in header)


def test_values_are_bound_not_pasted(service: Service) -> None:
    plan = ox.NamedNode(f"{BASE}id/plan/joho")
    counts = {
        row.iri("code"): row.text("measures") for row in service.store.select("achievements", plan=plan)
    }
    codes = "https://w3id.org/municipal-plan/codes#"
    assert counts == {f"{codes}achieved": "2", f"{codes}partlyAchieved": "1"}
    assert service.store.select("achievements", plan=ox.NamedNode(f"{BASE}id/plan/none")) == []
