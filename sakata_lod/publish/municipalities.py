"""全国地方公共団体コード: their check digit, and the municipalities that there are."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sakata_lod.errors import Words, WrongMunicipalityCode

LIST = Path(__file__).parent / "municipalities.tsv"
"""A municipality a line: code, prefecture, name, reading. Its source stands in it."""

INVENTED = range(48, 100)
"""Numbers that no prefecture has: codes for places that do not exist."""

_WEIGHTS = (6, 5, 4, 3, 2)
_TOKYO = "13"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A prefecture or municipality. kana: the reading of its name; of a prefecture, name is its own."""

    code: str
    prefecture: str
    name: str
    kana: str


def check_digit(digits: str) -> str:
    """The sixth digit of a code, by its first five: modulus 11, as 総務省 specifies it."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return str((11 - total % 11) % 10) if total >= 11 else str(11 - total)[-1]


@cache
def municipalities() -> dict[str, Municipality]:
    """All that are listed, by code."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {code: Municipality(code, *names) for code, *names in rows}


def municipality(code: str) -> Municipality | None:
    """Find a municipality by its whole code; None for a code that is right, but of none that is listed.

    Raises: WrongMunicipalityCode: no such code, or one of a body that publishes under another's.
    """
    _check(code)
    found = municipalities().get(code)
    if found is None and (ward_of := _city_around(code)) is not None:
        raise WrongMunicipalityCode(code, _a_ward(ward_of))
    if found is None and int(code[:2]) not in INVENTED and code[2] in "89":
        raise WrongMunicipalityCode(code, _AN_ASSOCIATION)
    return found


def is_invented(code: str) -> bool:
    """Tell a code of a prefecture that does not exist."""
    return int(code[:2]) in INVENTED


def _check(code: str) -> None:
    if not (code.isascii() and code.isdigit() and len(code) in (5, 6)):
        problem = Words("6桁の数字で書いてください。例: 062049", "write its six digits, like 062049")
        raise WrongMunicipalityCode(code, problem)
    whole = code[:5] + check_digit(code[:5])
    if len(code) == 5:
        problem = Words(
            f"検査数字がありません。検査数字を加えると {whole} です", f"with its check digit it is {whole}"
        )
        raise WrongMunicipalityCode(code, problem)
    if code != whole:
        problem = Words(
            f"検査数字が違います。{code[:5]} の検査数字は {whole[5]} です",
            f"the check digit of {code[:5]} is {whole[5]}; look whether a digit is mistyped",
        )
        raise WrongMunicipalityCode(code, problem)


def _city_around(code: str) -> Municipality | None:
    """The designated city whose ward has a code: the last listed before it, among those from 100 to 199."""
    if code[2] != "1" or code[:2] == _TOKYO:
        return None
    before = [each for each in municipalities().values() if code[:3] == each.code[:3] and each.code < code]
    return max(before, key=lambda each: each.code, default=None)


def _a_ward(city: Municipality) -> Words:
    return Words(
        f"{city.name}の区の番号です。計画は市が公表するので、{city.name}の {city.code} を使ってください",
        f"a ward of {city.name} has it, or would; a plan is the city's: use its code, {city.code}",
    )


_AN_ASSOCIATION = Words(
    "一部事務組合・広域連合などの番号です。構成する市町村のコードで公開してください",
    "an association of municipalities (一部事務組合, 広域連合) has it: use the code of one of its members",
)
