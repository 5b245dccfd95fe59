import json
import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest

from sakata_lod.publish.search_documents import search_documents
from sakata_lod.publish.search_file import write_index
from sakata_lod.release import Release
from sakata_lod.search_index import SEARCH_INDEX, Choice, Document, Passage


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    quads = ox.Store()
    quads.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    return quads


@pytest.fixture(scope="module")
def wi_fi(store: ox.Store) -> Document:
    return next(each for each in search_documents(store) if each.number == "2-1-2")


def test_the_index_of_the_same_release_is_the_same_byte_for_byte(
    store: ox.Store, release: Release, tmp_path: Path
) -> None:
    write_index(tmp_path / SEARCH_INDEX, search_documents(store))
    assert (tmp_path / SEARCH_INDEX).read_bytes() == (release.folder / SEARCH_INDEX).read_bytes()


def test_every_measure_is_a_document_in_the_order_of_the_table(store: ox.Store) -> None:
    numbers = [each.number for each in search_documents(store)]
    assert len(numbers) == 33
    assert numbers.index("3-3-9") + 1 == numbers.index("3-3-10")


def test_a_document_says_what_its_measure_says(wi_fi: Document) -> None:
    assert wi_fi.titles["ja"] == "フリーWi-Fiエリアの拡充"
    assert [tag for tag in wi_fi.titles if tag.startswith("en")] == ["en-t-ja-t0-und"]
    assert {"ワイファイ", "Wi-Fi", "公衆無線LAN", "交流観光課"} <= set(wi_fi.names)
    assert [each.year for each in wi_fi.passages] == ["2018", "2019", None]
    assert wi_fi.passages[-1].text.startswith("コロナ禍の影響")
    assert Choice("department", "koryu-kanko", "交流観光課", "Exchange and Tourism Division") in wi_fi.choices
    assert Choice("chapter", "joho-keikaku/2", "2 地域情報通信基盤の整備",
                  "2 Building the region's information and communications infrastructure") in wi_fi.choices  # fmt: skip


def test_cities_of_one_index_keep_their_departments_apart_and_share_their_themes(store: ox.Store) -> None:
    document = next(each for each in search_documents(store, "062049/") if each.number == "2-1-2")
    values = {(each.facet, each.value) for each in document.choices}
    assert {("department", "062049/koryu-kanko"), ("plan", "062049/joho-keikaku"), ("theme", "wi-fi"),
            ("city", "062049"), ("year", "2018")} <= values  # fmt: skip


def test_documents_and_what_they_have_are_written(tmp_path: Path) -> None:
    path = tmp_path / SEARCH_INDEX
    theme = Choice("theme", "wi-fi", "公衆Wi-Fi", "Public Wi-Fi")
    others = [Document(f"http://a/{number}", f"{number}", {"ja": "題"}, (), (), ()) for number in range(1, 9)]
    having = Document("http://a/9", "9", {"ja": "防災"}, ("公衆Wi-Fi",), (Passage("整備", "2021"),), (theme,))
    write_index(path, [*others, having])
    index = sqlite3.connect(path)
    ((first, documents),) = index.execute(
        "SELECT first, documents FROM choice WHERE value = 'wi-fi'"
    ).fetchall()
    ((said,),) = index.execute("SELECT said FROM document WHERE id = 9").fetchall()
    index.close()
    assert (first, int.from_bytes(documents, "little")) == (1, 1 << 1)
    assert json.loads(said)["passages"] == [["整備", "2021"]]
