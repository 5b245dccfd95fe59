"""Names as they are compared: folded, without punctuation, in one of the spellings that mean the same."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from sakata_lod.folding import fold
from sakata_lod.serve.reconciliation.index import Spelling

_PUNCTUATION = re.compile(r"[^\w-]+")
_LATIN = re.compile(r"[a-z0-9]{2,}")
_KANA = re.compile(r"[ぁ-ゖー]{4,}")
_JOINING = re.compile(r"[ぁ-ゖ]+|等")
_DIGITS = re.compile(r"\d+")


def key(text: str) -> str:
    """Fold a name, and leave its punctuation out: "防災「情報」" becomes "防災情報", "2-1-2" stays."""
    return _PUNCTUATION.sub("", fold(text))


def content(text: str) -> str:
    """What of a name carries its meaning: all but what is written in hiragana, and 等.

    Particles and endings are written or left out as a table has room: 機能の拡充, 機能拡充; 取り組み, 取組.
    """
    return _JOINING.sub("", unicodedata.normalize("NFKC", text))


def numbers(name: str) -> list[str]:
    """The numbers in a folded name. Names that differ in them are never the same: FY2021, FY2022."""
    return [each.lstrip("0") for each in _DIGITS.findall(name)]


class Spellings:
    """Latin words that are also spelt in kana: ワイファイ is wifi.

    They come from the data: a concept with one Latin label is spelt so in each of its labels in kana.
    """

    def __init__(self, labels: Iterable[Iterable[str]]) -> None:
        """labels: of each concept, its labels in Japanese."""
        self._latin: Mapping[str, str] = {
            kana: latin for each in labels for kana, latin in _pairs({key(label) for label in each})
        }
        longest_first = sorted(self._latin, key=len, reverse=True)
        self._kana = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def spelling(self, text: str) -> Spelling:
        """A name as it is compared."""
        return Spelling(self.key(text), self.key(content(text)))

    def key(self, text: str) -> str:
        """The key of a name, what is spelt in kana put into Latin letters."""
        folded = key(text)
        return self._kana.sub(lambda found: self._latin[found[0]], folded) if self._kana else folded


def _pairs(labels: set[str]) -> Iterable[tuple[str, str]]:
    latin = [each for each in labels if _LATIN.fullmatch(each)]
    if len(latin) == 1:
        kana = [each for each in labels if _KANA.fullmatch(each)]
        # フリーワイファイ holds ワイファイ, which is the word.
        yield from (
            (each, latin[0]) for each in kana if not any(word in each for word in kana if word != each)
        )
