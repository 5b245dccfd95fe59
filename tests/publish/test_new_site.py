"""Codes of municipalities, and the folder in which one begins to publish."""

import csv
import io
from pathlib import Path

import pytest
from rdflib import Graph

from sakata_lod.errors import Unanswered, WrongMunicipalityCode
from sakata_lod.publish.municipalities import LIST, check_digit, municipalities, municipality
from sakata_lod.publish.municipality_list import listed, written
from sakata_lod.publish.new_site import new_site, write_site
from sakata_lod.site.reading import read_new_site_file, read_site_file


def test_every_listed_code_ends_in_its_check_digit() -> None:
    assert all(check_digit(code[:5]) == code[5] for code in municipalities())


def test_the_list_holds_all_prefectures_and_municipalities() -> None:
    codes = list(municipalities())
    assert sum(code[2:5] == "000" for code in codes) == 47
    # 792 cities, 743 towns and 183 villages, and the 23 wards of Tokyo.
    assert sum(code[2:5] != "000" for code in codes) == 1718 + 23
    assert sum(each.name.endswith("市") for each in municipalities().values()) == 792


@pytest.mark.parametrize(("code", "name"), [
    ("062049", "酒田市"), ("131016", "千代田区"), ("221309", "浜松市"), ("060003", "山形県"), ("473821", "与那国町"),
])  # fmt: skip
def test_a_municipality_is_found_by_its_code(code: str, name: str) -> None:
    found = municipality(code)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(("code", "told"), [
    ("06204", "062049"),
    ("062048", "062040"[:5]),
    ("990002", "99000"),
    ("221392", "浜松市"),
    ("011011", "011002"),
    ("068004", "一部事務組合"),
    ("６２０４９", "6桁"),
    ("", "6桁"),
    ("酒田市", "6桁"),
])  # fmt: skip
def test_a_code_that_cannot_publish_is_refused_with_the_one_that_can(code: str, told: str) -> None:
    with pytest.raises(WrongMunicipalityCode) as refused:
        municipality(code)
    assert told in refused.value.sentence("ja")


def test_the_list_is_remade_from_the_ministrys_columns() -> None:
    published = "団体コード,都道府県名（漢字）,市区町村名（漢字）,都道府県名（カナ）,市区町村名（カナ）\n060003,山形県,,ﾔﾏｶﾞﾀｹﾝ,\n062049,山形県,酒田市,ﾔﾏｶﾞﾀｹﾝ,ｻｶﾀｼ\n"
    lines = written(listed(csv.reader(io.StringIO(published)))).splitlines()
    kept = LIST.read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == ["060003\t山形県\t山形県\tヤマガタケン", "062049\t山形県\t酒田市\tサカタシ"]
    assert set(lines) <= set(kept)


def test_a_damaged_list_is_refused() -> None:
    with pytest.raises(ValueError, match="wrong check digit"):
        list(listed([["062048", "山形県", "酒田市", "", ""]]))


def test_a_new_site_asks_for_what_only_people_know_and_is_else_whole(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "sakata"
    write_site(new_site(folder, "062049", None, "https://data.example.jp/"))
    said = read_new_site_file(folder)
    assert (said.publisher.code, said.publisher.name.ja, said.base_iri) == (
        "062049", "酒田市", "https://data.example.jp/",
    )  # fmt: skip
    assert not said.licence.confirmed
    assert len(Graph().parse(folder / "departments.ttl")) == 0
    assert str(folder) in (folder / "plans/README.md").read_text(encoding="utf-8")
    with pytest.raises(Unanswered, match=r"publisher\.homepage"):
        read_site_file(folder)


@pytest.mark.parametrize("name", ['あ"い', "あ\\い", "あ\nい", "$code", "{}"])
def test_any_name_is_written_as_it_is(name: str, tmp_path: Path) -> None:
    write_site(new_site(tmp_path / "s", "990001", name, None))
    assert read_new_site_file(tmp_path / "s").publisher.name.ja == name


def test_a_municipality_that_is_not_listed_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(WrongMunicipalityCode, match="--name"):
        new_site(tmp_path / "s", "990001", None, None)
    assert new_site(tmp_path / "s", "990001", "架空市", None).is_invented


def test_nothing_is_overwritten_and_nothing_half_written(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write_site(new_site(folder, "062049", None, None))
    assert [each.name for each in tmp_path.rglob("*")] == ["s", "mine.txt"]
