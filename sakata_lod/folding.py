"""Texts that a reader takes for the same, made the same: for search, and for matching names.

fold("ＷＩ－ＦＩ") = fold("wi‐fi") = fold("WiFi") = "wifi"; fold("サーバー") = fold("ｻｰﾊﾞ") = "さーば".

What is folded together:
  width, ligatures, case      NFKC and case folding
  katakana and hiragana       as hiragana
  blanks, middle dots         left out, as are signs that are not seen, among them variants of kanji (IVS)
  hyphens, dashes, ー         after kana ー; between digits "-", so that 2-1-2 is not 21-2; else left out
  a last ー of a long word    left out, as in サーバー and サーバ
  々, ゝ, ゞ                   written out: 佐々木 is 佐佐木
Laws, which tests hold: fold(fold(text)) == fold(text); width, case and kind of kana change nothing.
"""

import re
import unicodedata

_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
"""Katakana that have a hiragana, and the iteration marks ヽ and ヾ."""

_KATAKANA = re.compile("[ァ-ヶヽヾ]+")

# Blanks and signs that are not seen; middle dots, of which NFKC leaves these; variation selectors.
_UNSEEN = re.compile(r"[\s\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
                     r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
                     r"\U000e0000-\U000e0fff"
                     r"\u00b7\u2022\u2027\u2219\u22c5\u30fb]+")  # fmt: skip
_KANA = "ぁ-ゖ"
# What is typed for a hyphen or for ー. 〜 and ~ are none: they stand for "from … to".
_DASHES = "\\-\u02d7\u2010-\u2015\u2043\u207b\u208b\u2212\u2500\u2501\u2796\u2e3a\u2e3bー"
_DASH_RUN = re.compile(rf"(?:(?<=([{_KANA}]))|(?<=(\d)))?[{_DASHES}]+(?=(\d))?")
_LAST_LONG_VOWEL = re.compile(rf"(?<=[{_KANA}ー]{{3}})ー(?![{_KANA}ー])")
_ITERATED = re.compile("[々〻ゝゞ]")
_VOICED = "\u3099"


def fold(text: str) -> str:
    """Fold a text, so that what a reader takes for the same becomes the same."""
    seen = _UNSEEN.sub("", _composed(_composed(text).casefold()))
    kana = _KATAKANA.sub(lambda run: run[0].translate(_HIRAGANA), _composed(seen))
    joined = _DASH_RUN.sub(_dash, _written_out(kana))
    return _LAST_LONG_VOWEL.sub("", joined)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _dash(run: re.Match[str]) -> str:
    """What a run of dashes stands for, by what stands beside it."""
    kana, before, after = run.groups()
    if kana:
        return "ー"
    return "-" if before and after else ""


def _written_out(text: str) -> str:
    """Write out iteration marks. One that repeats nothing stays."""
    if not _ITERATED.search(text):
        return text
    signs: list[str] = []
    for sign in text:
        signs.append(_repeated(signs[-1], sign) if signs and _ITERATED.match(sign) else sign)
    return "".join(signs)


def _repeated(before: str, mark: str) -> str:
    if mark in "々〻":
        return before if unicodedata.name(before, "").startswith("CJK UNIFIED") else mark
    if not re.match(f"[{_KANA}]", before):
        return mark
    # ゝ repeats the kana without its voicing (づゝ is づつ), ゞ with it, where it has one.
    plain = unicodedata.normalize("NFD", before)[0]
    voiced = unicodedata.normalize("NFC", plain + _VOICED)
    return voiced if mark == "ゞ" and len(voiced) == 1 else plain
