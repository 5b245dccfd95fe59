import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sakata_lod.namespaces import PLAN, SH
from sakata_lod.serve.context import Service
from sakata_lod.serve.pagemodels.quality import quality_page
from sakata_lod.serve.pagemodels.questions import Asker
from sakata_lod.serve.pagemodels.shape_rules import binding, names, others, shapes
from sakata_lod.serve.problem_kinds import KINDS
from sakata_lod.serve.vocabularies import load_vocabulary

HTML = {"Accept": "text/html", "Accept-Language": "en"}


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200
    return answer.text


def test_a_release_without_doubts_says_so(client: FlaskClient) -> None:
    told = page(client, "/quality")
    assert "0 places of the published tables are questionable" in told
    assert client.get("/quality?page=2", headers=HTML).status_code == 404


def test_the_quality_model_of_a_release_without_doubts_is_empty(service: Service) -> None:
    shown = quality_page(Asker(service.store, service.iris, "en"), 1)
    assert (shown.kinds, shown.total, shown.open, shown.pages) == ([], 0, 0, 1)
    assert [count for _, count in shown.tally] == [0, 0, 0]


def test_an_unconfirmed_licence_is_called_so(client: FlaskClient) -> None:
    assert "The licence is not confirmed" in page(client, "/licence")
    assert "the city has not yet confirmed" in page(client, "/about")
    assert "(unconfirmed)" in page(client, "/licence")


def test_conformance_is_not_claimed(client: FlaskClient) -> None:
    assert "conformance is not claimed" in page(client, "/accessibility")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_each_kind_of_problem_tells_what_happened_and_what_to_do(client: FlaskClient, kind: object) -> None:
    told = page(client, "/problems")
    for words in (kind.title, kind.meaning, kind.remedy):  # type: ignore[attr-defined]
        assert str(words).replace("&", "&amp;") in told


def test_a_page_of_a_problem_tells_what_to_do(client: FlaskClient) -> None:
    told = client.get("/nowhere", headers=HTML).text
    assert "Look for typing mistakes in the address" in told
    assert 'aria-label="You are here"' in told


def test_every_page_but_the_first_tells_where_it_is(client: FlaskClient) -> None:
    for path in ("/about", "/ontology", "/dump/", "/sparql", "/quality", "/queries", "/api"):
        assert page(client, path).count('aria-label="You are here"') == 1
    assert 'aria-label="You are here"' not in page(client, "/")


def test_every_page_leads_to_the_pages_about_the_site(client: FlaskClient) -> None:
    told = page(client, "/codes")
    for path in ("about", "quality", "licence", "accessibility", "api", "problems"):
        assert f'<a href="/{path}">' in told
        assert f"<loc>http://localhost:8000/{path}</loc>" in client.get("/sitemap.xml").text


def test_the_sitemap_has_the_pages_of_codes_and_themes(client: FlaskClient) -> None:
    told = client.get("/sitemap.xml").text
    assert "<loc>http://localhost:8000/codes/achieved</loc>" in told
    assert "<loc>http://localhost:8000/themes/wi-fi</loc>" in told


def test_every_term_has_its_anchor(client: FlaskClient) -> None:
    for name in ("ontology", "codes", "themes", "shapes"):
        told = page(client, f"/{name}")
        anchors = set(re.findall(r' id="([^"]+)"', told))
        found = {
            each.subject.value
            for each in load_vocabulary(name).triples
            if isinstance(each.subject, ox.NamedNode) and "#" in each.subject.value
        }
        missing = {each.partition("#")[2] for each in found} - anchors
        assert {each for each in missing if f"codes-{each}" not in anchors} == set(), name


def test_a_property_tells_an_example_and_what_binds_it(client: FlaskClient) -> None:
    told = page(client, "/ontology").partition('id="responsibleDepartment"')[2].partition("</article>")[0]
    assert "Rules about it" in told
    assert 'href="/shapes#MeasureShape-responsibleDepartment"' in told
    assert re.search(r"Example.*Tourism Division|Example.*Planning Division", told, re.DOTALL)


def test_a_code_tells_how_many_measures_have_it(client: FlaskClient) -> None:
    told = page(client, "/codes").partition('id="achieved"')[2].partition("</article>")[0]
    assert "2 measures" in told


def test_rules_are_read_from_the_shapes() -> None:
    measure = next(each for each in shapes("en") if each.classes == [str(PLAN.Measure)])
    assert measure.name.value == "Measure"
    title = next(each for each in measure.parts if each.iri.endswith("MeasureShape-title"))
    assert (title.path, title.severity) == ("dct:title", "Violation")
    assert any(each.startswith("sh:") for each in title.constraints)
    assert title.count.startswith("1")
    assert [each.rule.anchor for each in binding(str(PLAN.division), "ja")] == ["MeasureShape-division"]
    assert names("ja")[title.iri].value.startswith("個別施策: ")
    assert any(iri.endswith("#prefix-dcat") for _, iri, _ in others("en"))
    assert all(each.severity in {"Violation", "Warning", "Info"} for each in shapes("en"))
    assert {each.iri for each in shapes("en")} >= {
        each for each in names("en") if "-" not in each.partition("#")[2]
    }
    assert str(SH.NodeShape) not in names("en")


def test_files_of_the_pages_are_given_whole(client: FlaskClient) -> None:
    with client.get("/static/base.css", headers={"Range": "bytes=0-9"}) as answer:
        assert answer.status_code == 200
        assert "Accept-Ranges" not in answer.headers
        assert len(answer.data) > 1000
