"""The parameters of an action, as a URL, a form or a JSON body gives them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sakata_lod.errors import ParameterInvalid, Words

_TRUE = {"true", "yes", "on", "y", "t", "1"}
"""What CKAN takes for true."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was given, by name: a text, or several; from JSON also numbers and truth values."""

    given: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """A text. Raises: ParameterInvalid: it is something else, or several."""
        value = self.given.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise _invalid(name, "文字列を1つ指定してください。", "Must be one text.")
        return value

    def required(self, name: str) -> str:
        """A text that must be there. Raises: ParameterInvalid."""
        value = self.text(name)
        if not value:
            raise _invalid(name, "必須です。", "Missing value")
        return value

    def whole(self, name: str, default: int, least: int = 0) -> int:
        """A whole number. Raises: ParameterInvalid: it is none, or less than it may be."""
        value = self.given.get(name)
        if value is None or value == "":
            return default
        text = value if isinstance(value, str) else str(value) if type(value) is int else ""
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10 and int(text) >= least):
            raise _invalid(
                name, f"{least} 以上の整数を指定してください。", f"Must be a whole number, {least} or more."
            )
        return int(text)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Whether something is wanted."""
        value = self.given.get(name)
        return default if value is None or value == "" else str(value).strip().lower() in _TRUE

    def texts(self, name: str) -> Sequence[str]:
        """Several texts: given several times, or as a list in JSON. Raises: ParameterInvalid."""
        value = self.given.get(name)
        if isinstance(value, str) and value.lstrip().startswith("["):
            value = _listed(name, value)
        if isinstance(value, str) or value is None:
            return [value] if value else []
        if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
            raise _invalid(
                name,
                '["name"] のような文字列のリストを指定してください。',
                'Must be a list of texts, like ["name"].',
            )
        return value


def _listed(name: str, value: str) -> object:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise _invalid(name, "JSONとして読み取れません。", "Cannot be parsed as JSON.") from None


def _invalid(name: str, ja: str, en: str) -> ParameterInvalid:
    return ParameterInvalid(name, Words(ja, en))
