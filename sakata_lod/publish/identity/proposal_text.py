"""What would settle which things an edition lists, written as a table for plan.toml."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sakata_lod.publish.identity.likeness import Pair, likeness
from sakata_lod.publish.identity.listing import Known, Listed, by_number
from sakata_lod.site import Identity

_CONFIRM = """\
# 要確認: 数は題名の似ている度合い（100は同じ）。
# To be confirmed: the figure is the likeness of the titles (100 is the same).
"""


@dataclass(frozen=True, slots=True)
class Titled:
    """The titles that a proposal tells: those printed by number, those before by key, and pairs of them."""

    listed: Mapping[str, Listed]
    known: Mapping[str, Known]
    pairs: Sequence[Pair]

    def score(self, number: str, key: str) -> int:
        """How like the title at a number is to the one before under a key."""
        return likeness(self.listed[number].title, self.known[key].title)


def proposal_text(table: str, as_of: date, identity: Identity, titled: Titled) -> str:
    """Write an edition's table, with the titles meant and their likeness beside each line."""
    lines = [f"[editions.{as_of}.{table}]\n{_CONFIRM}"]
    if identity.ended:
        lines.append("ended = [\n")
        lines += (f"  {_quoted(key)},{_note(titled.known[key].title)}" for key in identity.ended)
        lines.append("]\n")
    pairs = {each.number: each for each in titled.pairs}
    for number, key in _in_order(identity.renumbered):
        title = f"{titled.known[key].title}{_within(pairs.get(number))}"
        lines.append(f'renumbered."{number}" = "{key}"{_note(title, titled.score(number, key))}')
    for number, title in _in_order(identity.renamed):
        pair = pairs.get(number)
        before = _note(f"← {titled.known[pair.key].title}{_within(pair)}", pair.score) if pair else "\n"
        lines.append(f'renamed."{number}" = {_quoted(title)}{before}')
    for number, key in _in_order(identity.new):
        lines.append(f'new."{number}" = "{key}"{_note(titled.listed[number].title)}')
    for number, keys in identity.made_from.items():
        lines.append(f'made_from."{number}" = {json.dumps(list(keys))}\n')
    return "".join(lines)


def _in_order(said: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return sorted(said.items(), key=lambda each: by_number(each[0]))


def _within(pair: Pair | None) -> str:
    """How like the titles are that two divisions hold, where that tells more than their own."""
    if pair is None or pair.within <= pair.score:
        return ""
    return f"（中の題名は{pair.within}、titles within: {pair.within}）"


def _quoted(text: str) -> str:
    """A TOML basic string, which is written as JSON writes one, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _note(text: str, score: int | None = None) -> str:
    """A comment to the line's end; what TOML does not take in one is left out."""
    words = "".join(each for each in " ".join(text.split()) if each.isprintable())
    return f"  # {'' if score is None else f'{score} '}{words}\n"
