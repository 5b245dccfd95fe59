import unicodedata

import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakata_lod.folding import fold

JAPANESE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x3040, max_codepoint=0x30FF),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF9F),
        st.sampled_from("防災税務課佐々木〻 　・-‐−―ー～0129azAZé①㍻ﬁ\u200b\U000e0100"),
    )
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Wi-Fi", "wifi"),
        ("ＷＩ－ＦＩ", "wifi"),
        ("wi‐fi", "wifi"),
        ("Wi Fi", "wifi"),
        ("ワイファイ", "わいふぁい"),
        ("ﾜｲﾌｧｲ", "わいふぁい"),
        ("わい・ふぁい", "わいふぁい"),
        ("サーバー", "さーば"),
        ("ｻｰﾊﾞ", "さーば"),
        ("サ－バ－", "さーば"),
        ("サーバーシステム", "さーばーしすてむ"),
        ("コピー", "こぴー"),
        ("コード", "こーど"),
        ("2-1-2", "2-1-2"),
        ("２－１－２", "2-1-2"),
        ("2ー1ー2", "2-1-2"),
        ("２‐１−２", "2-1-2"),
        ("佐々木", "佐佐木"),
        ("いすゞ", "いすず"),
        ("づゝ", "づつ"),
        ("学問のすゝめ", "学問のすすめ"),
        ("々", "々"),
        ("ゝ", "ゝ"),
        ("納税課　管理係", "納税課管理係"),
        ("辻\U000e0100", "辻"),
        ("㈱", "(株)"),
        ("①", "1"),
        ("ヴ", "ゔ"),
        ("Straße", "strasse"),
        ("10~20", "10~20"),
        ("・ 　", ""),
        ("", ""),
    ],
)
def test_what_readers_take_for_the_same_is_the_same(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_what_differs_stays_apart() -> None:
    apart = ["2-1-2", "21-2", "212", "コード", "こども", "ビール", "ビル", "は", "ば", "ぱ", "か", "カー"]
    assert len({fold(each) for each in apart}) == len(apart)


@given(st.one_of(st.text(), JAPANESE))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(JAPANESE)
def test_width_changes_nothing(text: str) -> None:
    composed = unicodedata.normalize("NFKC", text)
    wide = jaconv.h2z(composed, kana=True, ascii=True, digit=True)
    narrow = jaconv.z2h(composed, kana=True, ascii=True, digit=True)
    assert fold(wide) == fold(narrow) == fold(text)


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x3096)))
def test_the_kind_of_kana_changes_nothing(text: str) -> None:
    assert fold(jaconv.hira2kata(text)) == fold(text)


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x7F)))
def test_case_changes_nothing(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@given(JAPANESE)
def test_blanks_and_middle_dots_change_nothing_but_at_digits(text: str) -> None:
    assert fold("　・".join(text)) == fold(text)
