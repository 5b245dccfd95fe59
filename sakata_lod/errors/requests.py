"""Why a request is not answered: CKAN's actions, files to check, names to reconcile."""

from dataclasses import dataclass

from sakata_lod.errors.facts import SakataLodError, Words


@dataclass(eq=False)
class RateExceeded(SakataLodError):
    """A client asked more often than it may."""

    requests: int
    window_s: int
    retry_after_s: int
    en = "More than {requests} requests in {window_s} s came from your network. Go on after {retry_after_s} s, or download the data as a whole."
    ja = "同じネットワークからの要求が{window_s}秒間に{requests}件を超えました。{retry_after_s}秒後に再開するか、データ全体をダウンロードしてください。"


class ActionError(SakataLodError):
    """An action of CKAN's interface is not done."""


@dataclass(eq=False)
class UnknownAction(ActionError):
    """There is no action of that name, or it would change something."""

    action: str
    en = "Action name not known here: {action}. The catalogue is only read; help_show tells of the actions."
    ja = "アクション {action} はありません。ここでは読み取りだけができます。使えるものは help_show で分かります。"


@dataclass(eq=False)
class UnreadableRequest(ActionError):
    """What was sent is no JSON object, no form, or names no function to call back."""

    problem: Words
    en = "The request cannot be read: {problem}"
    ja = "要求を読み取れません。{problem}"


@dataclass(eq=False)
class NotInCatalogue(ActionError):
    """The catalogue has no such package, resource, organization or group."""

    named: str
    en = "Not found: {named}. The lists (package_list, organization_list, group_list) tell what there is."
    ja = "{named} は見つかりません。あるものは package_list・organization_list・group_list で分かります。"


@dataclass(eq=False)
class ParameterInvalid(ActionError):
    """A parameter of an action is missing, or is not what it must be."""

    parameter: str
    problem: Words
    en = "{parameter}: {problem}"
    ja = "{parameter}: {problem}"


@dataclass(eq=False)
class SearchRefused(ActionError):
    """A search asks for what cannot be answered here."""

    problem: Words
    en = "Search Query is invalid: {problem}"
    ja = "検索条件に答えられません。{problem}"


class CheckError(SakataLodError):
    """A file that was sent in is not checked."""


class FileNotSent(CheckError):
    """There is no file in the request."""

    en = "There is no file in the request. Choose one, or send it as the field “file” of a form: curl -F file=@plan.xlsx"
    ja = "ファイルがありません。ファイルを選ぶか、フォームの file として送ってください: curl -F file=@plan.xlsx"


@dataclass(eq=False)
class FileNotKnown(CheckError):
    """The file is of no kind that is checked here, by the suffix of its name."""

    name: str
    known: str
    en = "“{name}” is no kind of file that is checked here. Send one whose name ends in: {known}"
    ja = "「{name}」はここで検査できる種類のファイルではありません。名前の末尾が次のものを送ってください: {known}"


@dataclass(eq=False)
class FileTooLarge(CheckError):
    """The file is larger than is taken."""

    limit: str
    en = "The file is larger than {limit}. Check it with the command `sakata-lod validate`, which has no such limit."
    ja = "ファイルが {limit} を超えています。上限のないコマンド sakata-lod validate で検査してください。"


@dataclass(eq=False)
class FileRefused(CheckError):
    """The file, or what it is to be read by, cannot be read at all. reason: where and why."""

    reason: Words
    en = "It cannot be read: {reason}"
    ja = "読み取れません。{reason}"


@dataclass(eq=False)
class CheckTooCostly(CheckError):
    """The check took more time or memory than one may."""

    seconds: float
    mebibytes: int
    en = "The check would take more than {seconds:g} s or {mebibytes} MiB of memory. Divide the file, or check it with the command `sakata-lod validate`."
    ja = "検査に{seconds:g}秒または{mebibytes} MiBを超える時間かメモリが必要です。ファイルを分けるか、コマンド sakata-lod validate で検査してください。"


@dataclass(eq=False)
class NoCheckFree(CheckError):
    """As many files are being checked as the server takes."""

    retry_after_s: int
    en = "Other files are being checked. Try again in {retry_after_s} s."
    ja = "ほかのファイルを検査しています。{retry_after_s}秒後にもう一度お試しください。"


class ReconciliationError(SakataLodError):
    """A request to the reconciliation service is not answered."""


@dataclass(eq=False)
class InvalidReconciliation(ReconciliationError):
    """A request breaks the specification. where: the parameter and what leads to the spot: queries.q0.limit."""

    where: str
    problem: str
    en = "{where}: {problem}. The Reconciliation Service API 0.2 tells how it is to be written."
    ja = "{where}: {problem}。書き方はReconciliation Service API 0.2の仕様をご覧ください。"


@dataclass(eq=False)
class BatchTooLarge(ReconciliationError):
    """A request holds more than is answered at once. where: the parameter."""

    where: str
    count: int
    most: int
    en = "{where}: {count} at once; at most {most} are answered. Send them in several batches."
    ja = "{where}: 一度に{count}件は受け付けられません。{most}件以下に分けて送ってください。"
