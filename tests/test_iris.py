from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from sakata_lod.iris import NUMBER, SLUG, IriSpace

IRIS = IriSpace("http://localhost:8000/")
AS_OF = date(2023, 3, 31)

slugs = st.from_regex(SLUG, fullmatch=True)
numbers = st.from_regex(NUMBER, fullmatch=True)


@pytest.mark.parametrize(
    ("minted", "path"),
    [
        (IRIS.organization("062049"), "organization/062049"),
        (IRIS.plan("joho-keikaku"), "plan/joho-keikaku"),
        (IRIS.plan_period("joho-keikaku"), "plan/joho-keikaku#period"),
        (IRIS.division("joho-keikaku", "2-1"), "division/joho-keikaku/2-1"),
        (IRIS.measure("joho-keikaku", "2-1-2"), "measure/joho-keikaku/2-1-2"),
        (IRIS.edition("joho-keikaku", AS_OF), "edition/joho-keikaku/2023-03-31"),
        (IRIS.progress("joho-keikaku", "2-1-2", AS_OF), "progress/joho-keikaku/2-1-2/2023-03-31"),
        (IRIS.activity("joho-keikaku", "2-1-2", 2020), "activity/joho-keikaku/2-1-2/2020"),
        (IRIS.activity("joho-keikaku", "3-4-1", 2020, 2), "activity/joho-keikaku/3-4-1/2020/2"),
        (IRIS.department("joho-kikaku"), "department/joho-kikaku"),
        (IRIS.fiscal_year(2020), "fiscal-year/2020"),
        (IRIS.source("joho-keikaku", AS_OF), "source/joho-keikaku/2023-03-31"),
        (IRIS.source_row("joho-keikaku", AS_OF, 10), "source/joho-keikaku/2023-03-31#row=10"),
        (IRIS.source_cell("joho-keikaku", AS_OF, 10, 3), "source/joho-keikaku/2023-03-31#cell=10,3"),
        (IRIS.anomaly("joho-keikaku", AS_OF, "4-1-4"), "anomaly/joho-keikaku/2023-03-31/4-1-4"),
        (IRIS.edition_graph("joho-keikaku", AS_OF), "graph/edition/joho-keikaku/2023-03-31"),
        (IRIS.graph("site"), "graph/site"),
    ],
)
def test_each_kind_of_thing_has_its_path(minted: URIRef, path: str) -> None:
    assert minted == URIRef(f"http://localhost:8000/id/{path}")


@pytest.mark.parametrize(
    "base",
    [
        "localhost:8000/",
        "http://localhost:8000",
        "ftp://localhost/",
        "http:///",
        "http://localhost/?a",
        "http://localhost/#a",
        "http://酒田/",
        "http://a b/",
    ],
)
def test_what_is_no_base_iri_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base IRI"):
        IriSpace(base)


@pytest.mark.parametrize("slug", ["", "Joho", "joho_keikaku", "-a", "a-", "a--b", "情報", "a/b", "a#b"])
def test_what_cannot_stand_in_an_iri_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in an IRI"):
        IRIS.department(slug)


@given(slugs, numbers)
def test_a_minted_iri_gives_its_local_name_back(plan: str, number: str) -> None:
    minted = IRIS.measure(plan, number)
    assert IRIS.local_name(minted) == f"measure/{plan}/{number}"
    assert IRIS.thing(IRIS.local_name(minted)) == minted
    assert IRIS.document(minted) == f"http://localhost:8000/doc/measure/{plan}/{number}"


@given(slugs, numbers, slugs, numbers)
def test_two_measures_share_no_iri(plan: str, number: str, other_plan: str, other_number: str) -> None:
    same = (plan, number) == (other_plan, other_number)
    assert (IRIS.measure(plan, number) == IRIS.measure(other_plan, other_number)) == same


def test_a_document_is_named_without_the_fragment() -> None:
    cell = IRIS.source_cell("joho-keikaku", AS_OF, 10, 3)
    assert IRIS.document(cell) == "http://localhost:8000/doc/source/joho-keikaku/2023-03-31"


def test_an_iri_from_elsewhere_has_no_local_name() -> None:
    with pytest.raises(ValueError, match="does not begin with"):
        IRIS.local_name("http://example.org/id/measure/a/1")


def test_a_thing_tells_the_plan_that_it_belongs_to() -> None:
    for iri in (
        IRIS.plan("a"), IRIS.plan_period("a"), IRIS.series("a"), IRIS.division("a", "2"), IRIS.measure("a", "2-1"),
        IRIS.edition("a", AS_OF), IRIS.progress("a", "2-1", AS_OF), IRIS.activity("a", "2-1", 2020, 2),
        IRIS.source_cell("a", AS_OF, 1, 1), IRIS.anomaly("a", AS_OF, "b"), IRIS.theme_assignment("a", "2-1", "vr"),
        IRIS.measure_relation("a", "2-1", "2-2"),
    ):  # fmt: skip
        assert IRIS.plan_of(iri) == "a", iri
    for iri in (
        IRIS.department("a"),
        IRIS.fiscal_year(2020),
        IRIS.graph("a"),
        URIRef("http://example.org/id/plan/a"),
    ):
        assert IRIS.plan_of(iri) is None, iri


def test_a_base_may_have_a_path() -> None:
    iris = IriSpace("https://data.example.jp/lod/")
    assert iris.path == "/lod/"
    assert iris.plan("a") == URIRef("https://data.example.jp/lod/id/plan/a")
