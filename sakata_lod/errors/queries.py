"""Why a SPARQL query is not answered."""

from dataclasses import dataclass

from sakata_lod.errors.facts import SakataLodError


class QueryError(SakataLodError):
    """A SPARQL query is not answered."""


@dataclass(eq=False)
class QueryRefused(QueryError):
    """The query asks for what this endpoint never does."""

    reason: str
    en = "Refused: {reason}."
    ja = "お断りします: {reason}"


@dataclass(eq=False)
class UpdateRefused(QueryError):
    """The request is an update, not a query."""

    operation: str
    en = "{operation} is an update, and this endpoint only answers queries."
    ja = "{operation} は更新です。このエンドポイントは問い合わせだけに答えます。"


@dataclass(eq=False)
class QueryTooLong(QueryError):
    """The query's text is over its cap."""

    limit: str
    en = "The query is longer than {limit}."
    ja = "問い合わせが上限（{limit}）より長くなっています。"


@dataclass(eq=False)
class QueryTooDeep(QueryError):
    """The query's brackets are nested so deep that parsing could take the process down."""

    limit: int
    en = "Brackets are nested more than {limit} deep. Write the query flatter."
    ja = "括弧が{limit}段より深く入れ子になっています。浅く書き直してください。"


@dataclass(eq=False)
class QuerySyntaxError(QueryError):
    """The query is not SPARQL 1.1 at a place in its text, counted from 1."""

    problem: str
    line: int
    column: int
    en = "The query is not valid SPARQL at line {line}, column {column}: {problem}"
    ja = "{line}行{column}列でSPARQLとして正しくありません: {problem}"


@dataclass(eq=False)
class QueryMalformed(QueryError):
    """The query is not SPARQL 1.1, or calls a function that is not there."""

    problem: str
    en = "The query is not valid SPARQL: {problem}"
    ja = "SPARQLとして正しくありません: {problem}"


@dataclass(eq=False)
class QueryTimedOut(QueryError):
    """The query ran into its time limit; its worker was ended."""

    seconds: float
    en = "The query did not end within {seconds} s. Make it more selective, or download the data from /dump/."
    ja = "{seconds}秒以内に終わりませんでした。条件を絞るか、/dump/ からデータを入手してください。"


@dataclass(eq=False)
class QueryExhaustedMemory(QueryError):
    """The query ran out of its memory, or ended its worker otherwise."""

    mebibytes: int
    en = "The query needed more than the {mebibytes} MiB it may use. Make it more selective, or download the data from /dump/."
    ja = (
        "利用できるメモリ（{mebibytes} MiB）を超えました。条件を絞るか、/dump/ からデータを入手してください。"
    )


@dataclass(eq=False)
class ResultTooLarge(QueryError):
    """The result is over its cap. Nothing is cut off in silence."""

    limit: str
    en = "The result is larger than {limit}. Use LIMIT and OFFSET, or download the data from /dump/."
    ja = "結果が上限（{limit}）を超えました。LIMIT と OFFSET を使うか、/dump/ からデータを入手してください。"


@dataclass(eq=False)
class NoWorkerFree(QueryError):
    """As many queries are running and waiting as the server takes."""

    retry_after_s: int
    en = "Too many queries are running. Try again in {retry_after_s} s."
    ja = "混み合っています。{retry_after_s}秒後にもう一度お試しください。"


class StoreUnavailable(QueryError):
    """The store behind the server cannot be reached, or fails. Where it is, is no stranger's business."""

    en = "The store behind this server does not answer. Try again later."
    ja = "このサーバーの背後にあるデータベースが応答しません。しばらくしてからもう一度お試しください。"


@dataclass(eq=False)
class StoreRefused(QueryError):
    """The store behind the server does not take a query that is valid SPARQL."""

    problem: str
    en = "The query is valid, but the store behind this server does not take it: {problem}"
    ja = "問い合わせは正しいのですが、このサーバーの背後にあるデータベースが受け付けません: {problem}"


@dataclass(eq=False)
class EndpointFailed(QueryError):
    """A SPARQL endpoint elsewhere could not be reached, or failed."""

    endpoint: str
    problem: str
    en = "{endpoint}: {problem}"
    ja = "{endpoint}: {problem}"
