"""Search over Sakata's measures: what is found, counted, told and refused."""

import csv
import io
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.folding import fold
from sakata_lod.publish.build import build
from sakata_lod.release import MANIFEST, Manifest, Release, open_release
from sakata_lod.search_index import FACETS, SEARCH_INDEX
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.search.index import SearchIndex
from sakata_lod.serve.search.marking import marked, spans
from sakata_lod.serve.search.words import read_words
from sakata_lod.serve.settings import Settings

SAKATA = Path(__file__).parents[2] / "data" / "sakata"
TEXTS = st.text(st.sampled_from("防災ワイファイｻｰﾊﾞ゛ーサバわいふぁＷiｗI-‐ 　・々佐ß㈱12"), max_size=30)


@pytest.fixture(scope="module")
def sakata(tmp_path_factory: pytest.TempPathFactory) -> Release:
    release = build(SAKATA, tmp_path_factory.mktemp("sakata"), None, lambda _: nullcontext()).release
    assert release is not None
    return release


@pytest.fixture(scope="module")
def search(sakata: Release) -> Iterator[FlaskClient]:
    application = create_app(Settings(release=sakata.folder))
    yield application.test_client()
    service_of(application).close()


def asked(search: FlaskClient, *parameters: tuple[str, str]) -> dict[str, object]:
    """What is found, as JSON."""
    answer = search.get(f"/search.json?{urlencode(parameters)}")
    assert answer.status_code == 200
    assert isinstance(answer.json, dict)
    return answer.json


def numbers(search: FlaskClient, *parameters: tuple[str, str]) -> list[str]:
    """The numbers of the measures found, in their order."""
    measures = asked(search, *parameters)["measures"]
    assert isinstance(measures, list)
    return [each["number"] for each in measures]


WI_FI = ["2-1-2", "2-1-4", "2-1-3"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("防災", ["3-1-1", "2-1-1"]),
        ("wifi", WI_FI),
        ("Wi-Fi", WI_FI),
        ("ＷＩ－ＦＩ", WI_FI),
        ("ワイファイ", ["2-1-2", "2-1-3", "2-1-4"]),
        ("わいふぁい", ["2-1-2", "2-1-3", "2-1-4"]),
        ("公衆無線LAN", ["2-1-2", "2-1-3", "2-1-4"]),
        ("マイナンバー", ["3-3-9"]),
        ("My Number", ["3-3-9"]),
        ("税", ["3-3-10"]),
        ("納税課", ["3-3-10"]),
        ("オープンデータ", ["3-2-3"]),
        ("ｵｰﾌﾟﾝﾃﾞｰﾀ", ["3-2-3"]),
        ("open data", ["3-2-3"]),
        ("光丘文庫", ["3-3-4"]),
        ("セキュリティー", ["4-2-1", "4-2-2", "3-4-1"]),
        ("コロナ", ["2-1-2", "3-3-2"]),
        ("2-1-2", ["2-1-2"]),
        ("２－１－２", ["2-1-2"]),
        ("2-1", ["2-1-1", "2-1-2", "2-1-3", "2-1-4", "2-1-5"]),
        ("1-2", []),
        ("wifi 観光", ["2-1-4", "2-1-2"]),
        ("wifi -観光", ["2-1-3"]),
        ('"情報通信 ネットワーク"', ["2-1-1"]),
        ("サーバー", []),
        ("xyzzy", []),
    ],
)
def test_words_find_measures(search: FlaskClient, typed: str, found: list[str]) -> None:
    assert numbers(search, ("q", typed)) == found


def test_a_word_is_found_wherever_the_published_table_has_it(search: FlaskClient) -> None:
    """No theme's name has these words."""
    table = (SAKATA / "plans/joho-keikaku/2023-03-31/source.tsv").read_text(encoding="utf-8")
    for word in ("税", "洪水", "商店街", "説明会"):
        rows = [line for line in table.splitlines() if word in line]
        assert asked(search, ("q", word))["total"] == len(rows), word


def test_all_measures_are_listed_in_the_order_of_the_plan_where_nothing_is_asked(search: FlaskClient) -> None:
    found = numbers(search, ("per_page", "1000"))
    assert len(found) == 33
    assert found[:6] == ["2-1-1", "2-1-2", "2-1-3", "2-1-4", "2-1-5", "3-1-1"]
    assert found.index("3-3-9") < found.index("3-3-10")


def test_titles_come_before_names_and_names_before_texts(search: FlaskClient) -> None:
    """In 3-4-1 セキュリティ is said of an activity alone."""
    assert numbers(search, ("q", "セキュリティ"))[-1] == "3-4-1"
    assert numbers(search, ("q", "セキュリティ"), ("sort", "plan"))[0] == "3-4-1"


def test_values_of_a_facet_are_alternatives_and_facets_narrow_down(search: FlaskClient) -> None:
    both = numbers(
        search, ("achievement", "discontinued"), ("achievement", "partlyAchieved"), ("per_page", "99")
    )
    one = numbers(search, ("achievement", "discontinued"))
    other = numbers(search, ("achievement", "partlyAchieved"))
    assert sorted(both) == sorted(one + other)
    assert numbers(search, ("achievement", "discontinued"), ("department", "nozei")) == []


FACET_PATTERNS = {
    "department": "?measure plan:responsibleDepartment ?value",
    "theme": "?measure plan:theme ?value",
    "achievement": "?measure plan:currentAchievement ?value",
    "response": "?measure plan:currentResponse ?value",
    "year": "?activity plan:measure ?measure ; plan:fiscalYear ?value",
    "plan": "?measure dct:isPartOf ?value",
    "city": "?measure dct:isPartOf/dct:publisher ?value",
    "chapter": "?measure plan:division/skos:broader ?value",
}


@pytest.mark.parametrize("achievement", ["", "partlyAchieved"])
@pytest.mark.parametrize("facet", FACETS)
def test_counts_of_facets_are_those_of_sparql(
    search: FlaskClient, sakata: Release, facet: str, achievement: str
) -> None:
    store = ox.Store()
    store.bulk_load(path=sakata.dataset, format=ox.RdfFormat.N_QUADS)
    narrowed = achievement and facet != "achievement"
    query = f"""
        PREFIX code: <https://w3id.org/municipal-plan/codes#> PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX plan: <https://w3id.org/municipal-plan#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?value (COUNT(DISTINCT ?measure) AS ?measures) {{
          ?measure a plan:Measure . {f"?measure plan:currentAchievement code:{achievement} ." if narrowed else ""}
          {FACET_PATTERNS[facet]} }} GROUP BY ?value"""
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    expected = {re.split("[/#]", row["value"].value)[-1]: int(row["measures"].value) for row in rows}
    found = asked(search, *([("achievement", achievement)] if achievement else []))["facets"]
    assert isinstance(found, dict)
    assert {each["value"].rpartition("/")[2]: each["measures"] for each in found[facet]} == expected


@pytest.mark.parametrize(
    "parameters",
    [
        [("q", "情報"), ("per_page", "5"), ("page", "2")],
        [("theme", "wi-fi"), ("per_page", "20")],
        [("q", "情報"), ("sort", "plan"), ("per_page", "50")],
        [("q", "xyzzy"), ("per_page", "20")],
    ],
)
def test_page_csv_and_json_have_the_same_rows(search: FlaskClient, parameters: list[tuple[str, str]]) -> None:
    query = urlencode(parameters)
    in_json = numbers(search, *parameters)
    table = search.get(f"/search.csv?{query}")
    assert table.data.startswith(b"\xef\xbb\xbf")
    in_csv = [each["施策番号"] for each in csv.DictReader(io.StringIO(table.data.decode("utf-8-sig")))]
    in_page = re.findall(r'<span class="nr">([^<]+)</span>', search.get(f"/search.html?{query}").text)
    assert in_csv == in_json == in_page


def test_a_page_leads_to_the_next_until_all_is_told(search: FlaskClient) -> None:
    found: list[str] = []
    address = "/search.json?q=情報&per_page=10"
    while address:
        answer = search.get(address)
        assert answer.json is not None
        found += [each["number"] for each in answer.json["measures"]]
        address = answer.json.get("next", "")
        assert ('rel="next"' in answer.headers["Link"]) is bool(address)
    assert len(found) == len(set(found)) == 29


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=１", "page"),
        ("per_page=1001", "per_page"),
        ("sort=price", "sort"),
        ("q=a&q=b", "q"),
        ("page=1&page=2", "page"),
        ("q=" + "税" * 201, "q"),
    ],
)
def test_a_parameter_that_cannot_be_understood_is_named(search: FlaskClient, query: str, said: str) -> None:
    answer = search.get(f"/search.json?{query}")
    assert answer.status_code == 400
    assert answer.json is not None
    assert f"「{said}」" in answer.json["detail"]


def test_a_page_after_the_last_is_not_there(search: FlaskClient) -> None:
    assert search.get("/search?q=税&page=2").status_code == 404


def test_a_value_that_is_not_in_the_data_is_told(search: FlaskClient) -> None:
    found = asked(search, ("theme", "wifi"), ("theme", "tourism"), ("them", "wi-fi"))
    assert found["unknown"] == [{"facet": "theme", "value": "wifi"}]
    assert found["unread"] == ["them"]
    assert found["total"] == asked(search, ("theme", "tourism"))["total"]
    page = search.get("/search?theme=wifi&them=x", headers={"Accept": "text/html"}).text
    assert "テーマの「wifi」はこのデータにない" in page
    assert "them" in page


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("防才", "防災"),
        ("オープンデーダ", "オープンデータ"),
        ("図書漢", "図書館"),
        ("セキュリテイ", "セキュリティ"),
    ],
)
def test_a_word_that_is_nowhere_gets_one_spelt_alike(search: FlaskClient, typed: str, offered: str) -> None:
    spellings = asked(search, ("q", typed))["spellings"]
    assert isinstance(spellings, list)
    assert spellings[0]["offered"] == offered
    assert spellings[0]["measures"] == asked(search, ("q", offered))["total"]


def test_an_empty_result_says_which_word_is_missing_and_what_to_leave_out(search: FlaskClient) -> None:
    page = search.get("/search?q=サーバー+防災", headers={"Accept": "text/html"}).text
    assert "「サーバー」を含む施策はありません。" in page
    assert "「サーバー」を外す" in page
    assert "「防災」を外す" not in page
    page = search.get("/search?q=サーバー+防災&department=nozei", headers={"Accept": "text/html"}).text
    assert "「防災」だけで探す" in page


def test_hits_are_marked_in_the_text_as_printed(search: FlaskClient) -> None:
    page = search.get("/search?q=ｗｉｆｉ", headers={"Accept": "text/html"}).text
    assert "フリー<mark>Wi-Fi</mark>エリアの拡充" in page
    assert "八幡地域への<mark>Wi-Fi</mark>整備" in page


def test_an_english_page_tells_where_a_japanese_word_is(search: FlaskClient) -> None:
    page = search.get("/search?q=拡充&lang=en", headers={"Accept": "text/html"}).text
    assert "Title in the other language:" in page
    assert '<span lang="ja">フリーWi-Fiエリアの<mark>拡充</mark></span>' in page


HOSTILE = ['"', '""', "NEAR(防災 税, 2)", "*", "税*", "title:防災", "防災 OR 税", "^防", "a\0b", "'; DROP TABLE word; --",
           "(((", ")", "-", "--", "- -", '-"', "{title}", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
           "\u202e", "🏯", "𠮷", "税" * 200, '"' * 200, "- " * 100, "%", "\\"]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("suffix", ["html", "json", "csv"])
def test_nothing_typed_is_syntax(search: FlaskClient, typed: str, suffix: str) -> None:
    answer = search.get(f"/search.{suffix}?{urlencode({'q': typed, 'theme': typed})}")
    assert answer.status_code == 200


@given(st.text(max_size=200))
def test_whatever_is_typed_is_answered(search: FlaskClient, typed: str) -> None:
    query = urlencode({"q": typed.encode("utf-8", "replace")})
    assert search.get(f"/search.html?{query}").status_code == 200


def test_markup_in_words_is_text(search: FlaskClient) -> None:
    page = search.get("/search?q=<script>alert(1)</script>", headers={"Accept": "text/html"}).text
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
    ],
)
def test_the_format_is_negotiated(search: FlaskClient, accept: str, content_type: str) -> None:
    answer = search.get("/search?q=防災", headers={"Accept": accept})
    assert answer.content_type == content_type
    assert "Accept" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-cache"
    again = search.get("/search?q=防災", headers={"Accept": accept, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_another_format_is_not_acceptable(search: FlaskClient) -> None:
    assert search.get("/search", headers={"Accept": "text/turtle"}).status_code == 406


def test_pages_of_two_languages_have_two_tags(search: FlaskClient) -> None:
    tags = {
        search.get("/search.html", headers={"Accept-Language": each}).headers["ETag"] for each in ("ja", "en")
    }
    assert len(tags) == 2


def test_browsers_are_told_how_to_search(search: FlaskClient) -> None:
    answer = search.get("/opensearch.xml")
    assert answer.content_type == "application/opensearchdescription+xml"
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    told = ET.fromstring(answer.data)  # noqa: S314 - our own
    assert told.findtext(f"{name}ShortName") == "酒田市"
    assert len(told.findtext(f"{name}ShortName") or "") <= 16
    (page,) = [each for each in told.findall(f"{name}Url") if each.get("type") == "text/html"]
    template = page.get("template", "").replace("{startPage?}", "1").replace("{count?}", "20")
    path = "/" + template.replace("{searchTerms}", "防災").split("/", 3)[3]
    assert "3-1-1" in search.get(path).text
    assert 'rel="search"' in search.get("/", headers={"Accept": "text/html"}).text


def test_a_release_without_an_index_says_so(sakata: Release, tmp_path: Path) -> None:
    manifest = sakata.manifest
    kept = [each for each in manifest.files if each.path != SEARCH_INDEX]
    for each in sakata.folder.iterdir():
        (tmp_path / each.name).symlink_to(each)
    (tmp_path / MANIFEST).unlink()
    older: Manifest = manifest.model_copy(update={"files": kept})
    (tmp_path / MANIFEST).write_text(older.text(), encoding="utf-8")
    application = create_app(Settings(release=tmp_path))
    try:
        assert application.test_client().get("/search").status_code == 404
    finally:
        service_of(application).close()


def test_the_index_is_a_file_of_the_release_that_is_checked(sakata: Release) -> None:
    listed = open_release(sakata.folder).file(SEARCH_INDEX)
    assert listed is not None
    assert listed.media_type == "application/vnd.sqlite3"


def test_threads_search_at_once(sakata: Release) -> None:
    index = SearchIndex(sakata.folder / SEARCH_INDEX)
    found: list[tuple[int, ...]] = []

    def ask() -> None:
        for _ in range(20):
            index.forget()
            found.append(index.having('"防災"'))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    index.close()
    assert len(found) == 80
    assert len(set(found)) == 1


def test_the_index_is_never_written(sakata: Release) -> None:
    index = SearchIndex(sakata.folder / SEARCH_INDEX)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index._file.all("DELETE FROM document")
    index.close()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("防災 税", [("防災", False), ("税", False)]),
        ("防災　税", [("防災", False), ("税", False)]),
        ('"open data" -税', [("open data", False), ("税", True)]),
        ("－税", [("税", True)]),
        ('-"open data"', [("open data", True)]),
        ("Wi-Fi", [("Wi-Fi", False)]),
        ("“防災 情報”", [("防災 情報", False)]),
        ('"防災', [("防災", False)]),
        ("防災 防災", [("防災", False)]),
        ("- ・ 「」", []),
        ("", []),
    ],
)
def test_words_are_read(typed: str, words: list[tuple[str, bool]]) -> None:
    assert [(each.text, each.excluded) for each in read_words(typed)] == words


@given(st.text(max_size=60))
def test_words_typed_again_are_the_same(typed: str) -> None:
    words = read_words(typed)
    again = read_words(" ".join(each.typed for each in words))
    assert [(each.folded, each.excluded) for each in again] == [
        (each.folded, each.excluded) for each in words
    ]


@given(TEXTS, TEXTS)
def test_marks_lose_nothing_of_a_text_and_hold_the_word(text: str, word: str) -> None:
    folded = fold(word)
    if not folded:
        return
    assert "".join(each.text for each in marked(text, [folded])) == text
    assert bool(list(spans(text, folded))) is (folded in fold(text))


@pytest.mark.parametrize(
    ("text", "word", "hits"),
    [
        ("フリーWi-Fiエリア", "wifi", ["Wi-Fi"]),
        ("ｻｰﾊﾞｰ室", "さーば", ["ｻｰﾊﾞ"]),
        ("佐々木さん", "佐佐木", ["佐々木"]),
        ("株式会社㈱", "(株)", ["㈱"]),
        ("防 災と防災", "防災", ["防 災", "防災"]),
    ],
)
def test_hits_are_cut_as_printed(text: str, word: str, hits: list[str]) -> None:
    assert [each.text for each in marked(text, [word]) if each.is_hit] == hits
