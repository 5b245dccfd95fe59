"""What makes a harvester refuse a dataset, or lose something of it: why, and what to do about it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sakata_lod.errors import Words
from sakata_lod.serve.harvest.offered import Offered

_TAG = re.compile(r"[\w \-.]{2,100}")
_NAME = re.compile(r"[a-z0-9_-]{2,100}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")

CKAN, XCKAN, DCAT_RDF, DCAT_JSON = "ckan", "xckan", "dcat-rdf", "dcat-json"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found wrong. about: a dataset or an address. refused: it is lost, not only poorer for it."""

    about: str
    problem: Words
    remedy: Words
    refused: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """What a dataset must be for some harvesters. broken: what of it breaks the rule, if anything."""

    clients: frozenset[str]
    broken: Callable[[Offered], str]
    problem: Words
    remedy: Words
    refused: bool = True


_ALL = frozenset({CKAN, XCKAN, DCAT_RDF, DCAT_JSON})
_PACKAGES = frozenset({CKAN, XCKAN})

RULES: Sequence[Rule] = (
    Rule(
        _ALL,
        lambda each: "" if each.id else "id",
        Words("識別子（id / identifier）がありません", "has no identifier"),
        Words("変わらない識別子を付けてください", "give it one that never changes"),
    ),
    Rule(
        _ALL,
        lambda each: "" if each.title else "title",
        Words(
            "題名がありません（収集全体が止まることがあります）",
            "has no title, which may stop the whole harvest",
        ),
        Words("題名を付けてください", "give it a title"),
    ),
    Rule(
        _PACKAGES,
        lambda each: "" if _NAME.fullmatch(each.name) else each.name or "name",
        Words(
            "name に使えるのは英小文字・数字・- _ の2〜100字です",
            "its name is not 2 to 100 of a-z, 0-9, - and _",
        ),
        Words("name を直してください", "mend the name"),
    ),
    Rule(
        _ALL,
        lambda each: ", ".join(tag for tag in each.tags if not _TAG.fullmatch(tag)),
        Words("CKANが受け付けないタグです", "has tags that CKAN refuses"),
        Words(
            "文字・数字・空白・- _ . だけの2〜100字にしてください",
            "use 2 to 100 letters, digits, blanks, - _ .",
        ),
    ),
    Rule(
        _PACKAGES,
        lambda each: ", ".join(sorted({k for k in each.extras if each.extras.count(k) > 1})),
        Words("extras のキーが重複しています", "has an extra twice"),
        Words("キーを1つずつにしてください", "give each key once"),
    ),
    Rule(
        frozenset({XCKAN}),
        lambda each: "" if each.organization else "organization",
        Words(
            "organization がありません（NIIの収集が止まります）",
            "has no organization, which stops NII's harvester",
        ),
        Words("組織に所属させてください", "have it belong to one"),
    ),
    Rule(
        _PACKAGES,
        lambda each: "" if _MOMENT.fullmatch(each.modified) else each.modified or "metadata_modified",
        Words(
            "metadata_modified を文字列として比べられません",
            "its metadata_modified does not compare as a text",
        ),
        Words(
            "2026-01-31T00:00:00.000000 のように書いてください", "write it like 2026-01-31T00:00:00.000000"
        ),
    ),
    Rule(
        _ALL,
        lambda each: "" if all(each.urls) else "url",
        Words("URLのないファイルがあります", "has a file without an address"),
        Words("ファイルのURLを書いてください", "tell where the file is"),
    ),
    Rule(
        _ALL,
        lambda each: "" if each.urls else "resources",
        Words("ファイルがありません", "has no files"),
        Words("ファイルを加えてください", "add some"),
        refused=False,
    ),
    Rule(
        _ALL,
        lambda each: "" if each.licence else "license",
        Words("ライセンスがありません", "has no licence"),
        Words("ライセンスを示してください", "tell its licence"),
        refused=False,
    ),
)


def findings(client: str, offered: Sequence[Offered]) -> Iterator[Finding]:
    """Hold what is offered to the rules of a client."""
    for each in offered:
        for rule in RULES:
            if client in rule.clients and (broken := rule.broken(each)):
                about = each.name or each.id or each.title
                problem = Words(f"{rule.problem.ja}: {broken}", f"{rule.problem.en}: {broken}")
                yield Finding(about, problem, rule.remedy, rule.refused)
