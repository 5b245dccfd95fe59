import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from sakata_lod.serve.translation import TRANSLATIONS

PAGES = [
    "/",
    "/problems",
    "/quality",
    "/about",
    "/licence",
    "/accessibility",
    "/api",
    "/search",
    "/search?q=wifi",
    "/search?q=nothing+防災&theme=none&department=kanko",
    "/dump/",
    "/sparql",
    "/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+20",
    "/sparql?example=achievements",
    "/sparql?example=with-theme&theme=tourism",
    "/queries",
    "/doc/measure/joho/2-1-2",
    "/doc/measure/joho/3-1",
    "/doc/source/joho/2023-03-31",
    "/doc/graph/site",
    "/doc/plan/joho",
    "/doc/edition/joho/2023-03-31",
    "/doc/department/kanko",
    "/doc/fiscal-year/2021",
    "/doc/division/joho/2",
    "/codes/partlyAchieved",
    "/codes/continue",
    "/codes/misprint",
    "/themes/wi-fi",
    "/components",
    "/ontology",
    "/codes",
    "/themes",
    "/shapes",
    "/nowhere",
]
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def get(client: FlaskClient, path: str, language: str) -> str:
    return client.get(path, headers={"Accept": "text/html", "Accept-Language": language}).text


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_sound(client: FlaskClient, path: str, language: str) -> None:
    page = Page(get(client, path, language))
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    assert page.all("a")[0]["href"] == "#main"


@pytest.mark.parametrize("path", PAGES)
def test_pages_need_nothing_from_elsewhere_and_only_the_workbench_has_a_script(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = Page(answer.text)
    assert page.all("style") == []
    # JSON-LD is data, which no browser runs.
    run = [each for each in page.all("script") if each.get("type") != "application/ld+json"]
    scripts = [str(each["src"]) for each in run]
    assert all(each.startswith("/static/") for each in scripts)
    assert not scripts or path.startswith("/sparql")
    assert not any("style" in attributes for _, attributes in page.elements)
    loaded = [each["href"] for each in page.all("link") if each["rel"] in {"stylesheet", "icon"}]
    assert loaded
    assert all(each and each.startswith("/static/") for each in loaded)
    for each in loaded:
        with client.get(str(each)) as file:
            assert file.status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_links_on_pages_lead_somewhere(client: FlaskClient, path: str, language: str) -> None:
    page = Page(get(client, path, language))
    anchors = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    links = {str(each["href"]) for each in page.all("a")}
    assert {unquote(each[1:]) for each in links if each.startswith("#")} <= anchors
    for address in {each.partition("#")[0] for each in links if each.startswith("/") and path != "/nowhere"}:
        with client.get(address, headers={"Accept": "text/html"}) as answer:
            assert answer.status_code == 200, address


def test_home_tells_how_the_plan_stands(client: FlaskClient) -> None:
    english = get(client, "/", "en")
    assert "Minato City ICT Plan" in english
    assert "as of March 31, 2023" in english
    assert "Of 3 measures: Achieved 2, Partly achieved 1." in english
    assert re.search(r'href="/codes/achieved">.*Achieved</span> <strong>2</strong>', english)
    assert re.search(r'href="/codes/continue">.*Continue</span> <strong>1</strong>', english)
    assert "no entry" in english
    assert "unconfirmed" in english
    assert english.index("2-1-2") < english.index("2-1-10") < english.index(">3-1<")
    japanese = get(client, "/", "ja")
    assert "港市情報化計画" in japanese
    assert "未確認" in japanese


def test_japanese_text_on_an_english_page_says_so(client: FlaskClient) -> None:
    english = get(client, "/doc/measure/joho/2-1-10", "en")
    assert '<h1><span lang="ja">光ファイバの整備</span></h1>' in english
    assert "<h1>光ファイバの整備</h1>" in get(client, "/doc/measure/joho/2-1-10", "ja")


def test_a_translated_title_says_how_it_came_about(client: FlaskClient) -> None:
    english = get(client, "/doc/measure/joho/2-1-2", "en")
    assert '<h1><span lang="en-t-ja-t0-und">Expanding free Wi-Fi areas</span></h1>' in english


def test_a_list_of_translated_titles_says_how_they_came_about(client: FlaskClient) -> None:
    said = "Titles of measures in English are machine translations."
    assert said in client.get("/?lang=en", headers={"Accept": "text/html"}).text
    assert "英語の施策名は機械翻訳です。" not in client.get("/?lang=ja", headers={"Accept": "text/html"}).text


def test_text_of_the_data_is_never_markup(client: FlaskClient) -> None:
    assert "防災「情報」の&lt;発信&gt; &amp; 共有" in get(client, "/doc/measure/joho/3-1", "ja")


def test_terms_lead_to_their_explanations_here(client: FlaskClient) -> None:
    english = get(client, "/doc/measure/joho/2-1-2", "en")
    assert '<a href="/ontology#responsibleDepartment">responsible department</a>' in english
    assert '<a href="/codes#partlyAchieved">Partly achieved</a>' in english
    assert '<a href="/doc/department/kanko">Tourism Division</a>' in english


def test_a_language_asked_for_stays_asked_for(client: FlaskClient) -> None:
    page = client.get("/?lang=en", headers={"Accept": "text/html", "Accept-Language": "ja"}).text
    assert 'href="/doc/measure/joho/2-1-2?lang=en"' in page
    assert 'href="/?lang=ja"' in page


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (TRANSLATIONS / "ja" / "LC_MESSAGES" / "messages.po").open("rb") as text:
        return read_po(text, locale="ja")


def sentences() -> Iterator[str]:
    """All sentences that pages and views say, as Babel finds them."""
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    options = {"templates/**.html": {"trimmed": "true"}}
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
    found = extract_from_dir(TRANSLATIONS.parent, methods, options, keywords)
    for _, _, message, _, _ in found:
        yield message if isinstance(message, str) else message[0]


def test_every_sentence_has_a_japanese_translation(catalogue: Catalog) -> None:
    used = set(sentences())
    assert len(used) > 100
    assert sorted(each for each in used if not (catalogue.get(each) and catalogue[each].string)) == []


def test_every_translation_is_of_a_sentence_still_said(catalogue: Catalog) -> None:
    used = set(sentences())
    kept = {
        message.id if isinstance(message.id, str) else message.id[0] for message in catalogue if message.id
    }
    assert sorted(kept - used) == []


def test_translations_keep_the_facts(catalogue: Catalog) -> None:
    for message in catalogue:
        if not message.id:
            continue
        english = str(message.id)
        japanese = str(message.string)
        facts = re.compile(r"%\(\w+\)s")
        assert set(facts.findall(english)) == set(facts.findall(japanese)), english
