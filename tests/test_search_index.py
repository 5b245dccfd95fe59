import re
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.folding import fold
from sakata_lod.search_index import SCHEMA, Document, expression, runs, title_tokens, tokens

LETTERS = st.text(st.sampled_from("防災税務課ワイファイさーばwifi２12-‐ー・ 。「」\"*\0'(^:"), max_size=12)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    yield connection
    connection.close()


def finds(index: sqlite3.Connection, title: str, text: str, word: str) -> bool:
    """Whether a word finds a document that has a title and a text."""
    looked_for = expression(fold(word))
    if looked_for is None:
        return False
    index.execute("BEGIN")
    index.execute("INSERT INTO word (rowid, title, text) VALUES (1, ?, ?)", (title, tokens(text)))
    found = index.execute("SELECT rowid FROM word WHERE word MATCH ?", (looked_for,)).fetchall()
    index.execute("ROLLBACK")
    return bool(found)


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("防災", "防災 災"),
        ("税", "税"),
        ("光ファイバー", "光ふ ふぁ ぁい いば ば"),
        ("防災・減災", "防災 災減 減災 災"),
        ("防災。減災", "防災 災 減災 災"),
        ("2-1-2", "2- -1 1- -2 2"),
        ("「」", ""),
    ],
)
def test_pairs_of_signs_are_indexed_and_the_last_of_a_run(text: str, indexed: str) -> None:
    assert tokens(text) == indexed


def test_a_measure_is_indexed_by_its_number_and_those_it_lies_in() -> None:
    document = Document("http://a/", "2-1-2", {"ja": "防災"}, (), (), ())
    assert title_tokens(document) == "№2 №2-1 №2-1-2 防災 災"


@pytest.mark.parametrize(
    ("text", "word", "is_found"),
    [
        ("防災情報", "防災", True),
        ("防災情報", "災情", True),
        ("防災情報", "防情", False),
        ("市税", "税", True),
        ("税金", "税", True),
        ("防災。情報", "災情", False),
        ("オープンデータ", "ぷんでー", True),
        ("abc", "ac", False),
        ("ワイファイ", "わいふぁい", True),
        ("サーバー室", "サーバ", True),
    ],
)
def test_a_word_is_found_where_it_stands(
    index: sqlite3.Connection, text: str, word: str, is_found: bool
) -> None:
    assert finds(index, "", text, word) is is_found


@pytest.mark.parametrize(
    ("number", "is_found"), [("2-1-2", True), ("2-1", True), ("1-2", False), ("2-1-20", False)]
)
def test_a_number_is_found_whole(index: sqlite3.Connection, number: str, is_found: bool) -> None:
    title = title_tokens(Document("http://a/", "2-1-2", {}, (), (), ()))
    assert finds(index, title, "", number) is is_found


@given(text=LETTERS, word=LETTERS)
def test_a_word_is_found_exactly_where_the_folded_text_has_each_run_of_it(
    index: sqlite3.Connection, text: str, word: str
) -> None:
    looked_for, there = runs(fold(word)), runs(fold(text))
    assert finds(index, "", text, word) is (
        bool(looked_for) and all(any(run in each for each in there) for run in looked_for)
    )


@given(st.text())
def test_no_word_is_syntax(index: sqlite3.Connection, word: str) -> None:
    looked_for = expression(fold(word))
    if looked_for is not None:
        index.execute("SELECT rowid FROM word WHERE word MATCH ?", (looked_for,)).fetchall()
        unquoted = re.sub(r'"[^"]*"', "", looked_for)
        assert set(unquoted.translate(str.maketrans("()*", "   ")).split()) <= {"AND", "OR"}
