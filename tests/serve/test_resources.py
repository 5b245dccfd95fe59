import pytest
from flask.testing import FlaskClient

from sakata_lod.formats import DOCUMENT_FORMATS, GRAPH_FORMATS, Format

from .small_release import BASE

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
DOC = "/doc/measure/joho/2-1-2"


def test_a_thing_points_to_its_document(client: FlaskClient) -> None:
    answer = client.get("/id/measure/joho/2-1-2?lang=en&x=%E7%81%BD")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{DOC}?lang=en&x=%E7%81%BD"
    assert answer.headers["Link"] == f'<{DOC}>; rel="describedby"'


def test_the_host_header_is_not_believed(client: FlaskClient) -> None:
    answer = client.get("/id/measure/joho/2-1-2", headers={"Host": "evil.example"})
    assert "evil" not in str(answer.headers)
    assert "evil" not in str(client.get(DOC, headers={"Host": "evil.example"}).headers)


@pytest.mark.parametrize(
    "path",
    ["/id/nothing", "/doc/nothing", "/doc/nothing.ttl", "/id/", "/doc/", f"{DOC}.xyz", f"/id{DOC[4:]}/"],
)
def test_an_unknown_thing_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("form", DOCUMENT_FORMATS, ids=lambda form: form.name)
def test_a_suffix_wins_over_accept(client: FlaskClient, form: Format) -> None:
    answer = client.get(f"{DOC}.{form.suffix}", headers={"Accept": "image/png"})
    assert answer.status_code == 200
    assert answer.content_type == form.content_type


@pytest.mark.parametrize("form", DOCUMENT_FORMATS, ids=lambda form: form.name)
def test_what_was_chosen_has_an_address_of_its_own(client: FlaskClient, form: Format) -> None:
    answer = client.get(DOC, headers={"Accept": form.media_type})
    assert answer.headers["Content-Location"] == f"{DOC}.{form.suffix}"
    assert client.get(answer.headers["Content-Location"]).data == answer.data


def test_a_table_is_told_with_its_rows_and_cells(client: FlaskClient) -> None:
    assert "#cell=2,2> a plan:SourceCell" in client.get("/doc/source/joho/2023-03-31").text
    assert 'id="cell=2,2"' in client.get("/doc/source/joho/2023-03-31.html").text


def test_dates_in_a_path_are_no_suffix(client: FlaskClient) -> None:
    answer = client.get("/doc/edition/joho/2023-03-31")
    assert answer.headers["Content-Location"] == "/doc/edition/joho/2023-03-31.ttl"


def test_nothing_that_fits_is_told_with_what_there_is(client: FlaskClient) -> None:
    answer = client.get(DOC, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.json is not None
    variants = {each["type"]: each["href"] for each in answer.json["variants"]}
    assert variants == {each.media_type: f"{DOC}.{each.suffix}" for each in DOCUMENT_FORMATS}


def test_caches_learn_what_an_answer_depends_on(client: FlaskClient) -> None:
    assert client.get(DOC).headers["Vary"] == "Accept, Accept-Encoding"
    assert client.get(DOC, headers=BROWSER).headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"


def test_links_lead_to_the_other_formats_the_licence_and_the_thing(client: FlaskClient) -> None:
    links = client.get(DOC).headers["Link"]
    for form in GRAPH_FORMATS[1:]:
        assert f'<{DOC}.{form.suffix}>; rel="alternate"; type="{form.media_type}"' in links
    assert f'<{BASE}doc/measure/joho/2-1-2>; rel="canonical"' in links
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    assert f'<{BASE}id/measure/joho/2-1-2>; rel="describes"' in links
    assert f'<{DOC}>; rel="describedby"; anchor="{BASE}id/measure/joho/2-1-2"' in links


def test_tags_tell_formats_and_languages_apart(client: FlaskClient) -> None:
    tags = [client.get(f"{DOC}.{form.suffix}").headers["ETag"] for form in GRAPH_FORMATS]
    tags += [
        client.get(DOC, headers=BROWSER | {"Accept-Language": each}).headers["ETag"] for each in ("ja", "en")
    ]
    assert len(set(tags)) == len(GRAPH_FORMATS) + 2
    assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "application/ld+json"])
def test_who_has_it_is_told_so(client: FlaskClient, accept: str) -> None:
    first = client.get(DOC, headers={"Accept": accept})
    again = client.get(DOC, headers={"Accept": accept, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Vary", "Content-Location", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    other = client.get(DOC, headers={"Accept": accept, "If-None-Match": '"other"'})
    assert other.status_code == 200


def test_who_has_it_since_its_last_change_is_told_so(client: FlaskClient) -> None:
    modified = client.get(DOC).headers["Last-Modified"]
    assert modified == "Wed, 10 May 2023 00:00:00 GMT"
    assert client.get(DOC, headers={"If-Modified-Since": modified}).status_code == 304
    assert client.get(DOC, headers={"If-Modified-Since": "Tue, 09 May 2023 00:00:00 GMT"}).status_code == 200
    both = {"If-Modified-Since": modified, "If-None-Match": '"other"'}
    assert client.get(DOC, headers=both).status_code == 200


@pytest.mark.parametrize(
    "path", [DOC, f"{DOC}.html", "/id/measure/joho/2-1-2", "/ontology", "/sparql", "/dump/", "/"]
)
def test_head_says_what_get_says(client: FlaskClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.data == b""
    assert head.status_code == get.status_code
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize(
    "path", [DOC, "/id/measure/joho/2-1-2", "/ontology", "/sparql", "/dump/", "/healthz"]
)
def test_any_origin_may_ask(client: FlaskClient, path: str) -> None:
    options = client.options(path)
    assert options.status_code == 200
    assert "GET" in options.headers["Allow"]
    assert "GET" in options.headers["Access-Control-Allow-Methods"]
    for answer in (options, client.get(path)):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        exposed = answer.headers["Access-Control-Expose-Headers"]
        assert exposed == "Link, ETag, Content-Location, Retry-After, Accept-Ranges, Content-Range"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("name", ["ontology", "codes", "themes", "shapes"])
@pytest.mark.parametrize("form", DOCUMENT_FORMATS, ids=lambda form: form.name)
def test_vocabularies_come_in_every_format(client: FlaskClient, name: str, form: Format) -> None:
    answer = client.get(f"/{name}", headers={"Accept": form.media_type})
    assert answer.status_code == 200
    assert answer.content_type == form.content_type
    assert answer.headers["Content-Location"] == f"/{name}.{form.suffix}"
    assert client.get(f"/{name}.{form.suffix}").data == answer.data


def test_an_unknown_suffix_of_a_vocabulary_is_not_found(client: FlaskClient) -> None:
    assert client.get("/ontology.csv").status_code == 404
    assert client.get("/shape").status_code == 404


@pytest.mark.parametrize(
    ("page", "anchor"),
    [("ontology", "Measure"), ("codes", "achieved"), ("themes", "wi-fi"), ("shapes", "prefix-dct")],
)
def test_a_term_has_its_place_on_the_page(client: FlaskClient, page: str, anchor: str) -> None:
    assert f'id="{anchor}"' in client.get(f"/{page}.html").text
