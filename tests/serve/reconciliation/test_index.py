"""What holds for all names: each finds itself, and likeness keeps within its bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.serve.reconciliation.index import LOOKED_AT, NameIndex, pairs
from sakata_lod.serve.reconciliation.names import Spellings, content, key, numbers

titles = st.text(st.sampled_from("観光施設の整備フリーWi-Fiエリア拡充2-1・「」等"), min_size=1, max_size=20)


@given(names=st.lists(titles.filter(key), min_size=1, max_size=30))
def test_every_name_finds_itself_as_the_most_like(names: list[str]) -> None:
    spellings = [Spellings([]).spelling(each) for each in names]
    index = NameIndex(spellings)
    for each in spellings:
        found = dict(index.like(each))
        best = max(found, key=lambda number: found[number].score)
        assert found[best].score == 100
        assert any(spellings[number].key == each.key for number in found)


@given(one=st.text(max_size=40), other=st.text(max_size=40))
def test_likeness_is_mutual_and_within_bounds(one: str, other: str) -> None:
    spellings = [Spellings([]).spelling(each) for each in (one, other)]
    index = NameIndex(spellings)
    there, back = index.likeness(*spellings), index.likeness(*reversed(spellings))
    for each in (there.edits, there.overlap, there.content, there.coverage, there.score):
        assert 0 <= each <= 100.000001
    assert there.edits == pytest.approx(back.edits)
    assert there.overlap == pytest.approx(back.overlap)


def test_no_more_names_are_compared_than_are_bound() -> None:
    index = NameIndex(Spellings([]).spelling(f"施設{number:04}の整備") for number in range(3000))
    assert len(list(index.like(Spellings([]).spelling("施設の整備")))) <= 2 * LOOKED_AT


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("防災「情報」の<発信> & 共有", "防災情報の発信共有"),
        ("２－１－２", "2-1-2"),
        ("（）", ""),
        ("Ｗｉ‐Ｆｉ", "wifi"),
    ],
)
def test_punctuation_is_left_out_but_in_numbers(text: str, folded: str) -> None:
    assert key(text) == folded


def test_content_is_what_carries_the_meaning() -> None:
    assert content("オープンデータへの取り組み") == content("オープンデータの取組") == "オープンデータ取組"


def test_numbers_are_compared_as_numbers() -> None:
    assert numbers(key("令和０３年度")) == numbers(key("令和3年度")) == ["3"]


def test_a_word_in_kana_is_read_as_the_latin_word_that_a_concept_lists_beside_it() -> None:
    spellings = Spellings(
        [["Wi-Fi", "wifi", "ワイファイ", "フリーワイファイ", "公衆無線LAN"], ["AI", "RPA", "アールピーエー"]]
    )
    assert spellings.key("フリーワイファイの整備") == spellings.key("フリーWi-Fiの整備")
    assert spellings.key("アールピーエー") != spellings.key("RPA")  # two Latin words: it cannot be told which


def test_a_letter_alone_is_its_own_pair() -> None:
    assert (pairs("税"), pairs(""), pairs("市税収")) == ({"税"}, set(), {"市税", "税収"})
