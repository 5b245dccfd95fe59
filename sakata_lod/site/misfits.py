"""What a configuration has wrong, in both languages: our own words, and pydantic's in Japanese."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from sakata_lod.errors import UnfitValue, Words

_JAPANESE: Mapping[str, str] = {
    "missing": "必要な項目がありません",
    "extra_forbidden": "この名前の項目はありません。つづりと、どの表に書くかを確かめてください",
    "string_type": '文字列を引用符で囲んで書いてください（"…"）',
    "string_too_short": "{min_length}文字以上で書いてください",
    "string_pattern_mismatch": "決まった形（{pattern}）で書いてください",
    "int_type": "整数を書いてください",
    "int_parsing": "整数を書いてください",
    "int_from_float": "小数ではなく整数を書いてください",
    "float_type": "数を書いてください",
    "float_parsing": "数を書いてください",
    "bool_type": "true か false を書いてください",
    "bool_parsing": "true か false を書いてください",
    "tuple_type": "値を角括弧に並べて書いてください（[…, …]）",
    "list_type": "値を角括弧に並べて書いてください（[…, …]）",
    "dict_type": "「名前 = 値」の表で書いてください",
    "model_type": "「名前 = 値」の表で書いてください",
    "model_attributes_type": "「名前 = 値」の表で書いてください",
    "literal_error": "次のいずれかを書いてください: {expected}",
    "enum": "次のいずれかを書いてください: {expected}",
    "date_type": "日付を 2024-03-31 のように書いてください",
    "date_parsing": "日付を 2024-03-31 のように書いてください",
    "date_from_datetime_parsing": "日付を 2024-03-31 のように書いてください",
    "date_from_datetime_inexact": "時刻を付けず、日付だけを 2024-03-31 のように書いてください",
    "greater_than_equal": "{ge} 以上にしてください",
    "less_than_equal": "{le} 以下にしてください",
    "greater_than": "{gt} より大きくしてください",
    "less_than": "{lt} より小さくしてください",
    "too_short": "{min_length}個以上書いてください（今は{actual_length}個）",
    "too_long": "{max_length}個以下にしてください（今は{actual_length}個）",
}
"""By the type of pydantic's error (https://docs.pydantic.dev/latest/errors/validation_errors/)."""


def first_misfit(error: ValidationError) -> tuple[str, Words]:
    """The key of the first value that does not fit, and what is the matter with it."""
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"]) or "file"
    facts: dict[str, Any] = first.get("ctx", {})
    if isinstance(unfit := facts.get("error"), UnfitValue):
        return key, unfit.words
    japanese = _JAPANESE.get(first["type"], first["msg"])
    return key, Words(japanese.format(**facts) if first["type"] in _JAPANESE else japanese, first["msg"])
