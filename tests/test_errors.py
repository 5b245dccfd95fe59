import string
from pathlib import Path

import pytest

from sakata_lod import errors
from sakata_lod.errors import Place, SakataLodError, UnknownMark


def leaves(kind: type[SakataLodError] = SakataLodError) -> list[type[SakataLodError]]:
    below = kind.__subclasses__()
    return [leaf for each in below for leaf in leaves(each)] if below else [kind]


def test_the_tree_drawn_at_the_top_is_the_tree() -> None:
    drawn = [line.split("─ ")[1].split()[0] for line in (errors.__doc__ or "").splitlines() if "─ " in line]
    defined = [
        name
        for name, each in vars(errors).items()
        if isinstance(each, type) and issubclass(each, SakataLodError) and each is not SakataLodError
    ]
    assert sorted(drawn) == sorted(defined)


@pytest.mark.parametrize("kind", leaves(), ids=lambda each: each.__name__)
def test_both_sentences_of_an_error_tell_all_its_facts(kind: type[SakataLodError]) -> None:
    facts = set(getattr(kind, "__dataclass_fields__", {}))
    for sentence in (kind.en, kind.ja):
        assert {name for _, name, _, _ in string.Formatter().parse(sentence) if name} == facts


def test_a_place_is_told_in_both_languages() -> None:
    place = Place(Path("source.tsv"), 48, 8, "令和4年度")
    assert place.sentence("en") == "source.tsv, row 48, column 8 (令和4年度)"
    assert place.sentence("ja") == "source.tsv 48行 8列 (令和4年度)"


def test_a_sentence_says_where_what_and_what_to_do() -> None:
    error = UnknownMark(Place(Path("source.tsv"), 10, 9, "目標達成"), "×", "◎、達成", "achievement")
    assert str(error) == (
        "source.tsv, row 10, column 9 (目標達成): “×” is not among the marks of this plan (◎、達成). "
        "Add it to [achievement] of plan.toml, or, if it says no status, to without_achievement in [statuses]; "
        "or record a correction."
    )
    assert error.sentence("ja").startswith("source.tsv 10行 9列")


def test_a_brace_in_a_fact_is_text() -> None:
    assert "{x}" in str(UnknownMark(Place(Path("a.tsv"), 1), "{x}", "◎", "achievement"))
