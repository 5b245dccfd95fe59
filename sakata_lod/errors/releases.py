"""What can be wrong with releases: making them, finding them, putting them elsewhere."""

from dataclasses import dataclass
from pathlib import Path

from sakata_lod.errors.facts import Doubts, SakataLodError, Words


@dataclass(eq=False)
class IdentityUnclear(SakataLodError):
    """Numbers vanished, are new, or have another title than in the edition before.

    proposal: TOML for plan.toml that settles every doubt by the likeness of titles, for a person to confirm.
    """

    file: Path
    doubts: Doubts
    proposal: str
    en = (
        "{file}: which divisions and measures the newer edition lists cannot be told from its table, and an address "
        "must not change its meaning. The build stops:\n{doubts}\nCheck this proposal line by line, put it at the end of "
        "{file}, in place of any table of the same name, and build again:\n\n{proposal}"
    )
    ja = (
        "{file}: 新しい版の章・節や施策が前の版のどれか、表だけでは分かりません。アドレスの意味を変えないよう、作成を中止しました。"
        "\n{doubts}\n次の案を一行ずつ確かめ、{file} の末尾に貼り付けて（同じ名前の表があれば置き換えて）、"
        "もう一度作成してください。\n\n{proposal}"
    )


@dataclass(eq=False)
class InvalidData(SakataLodError):
    """An RDF file to be checked cannot be parsed, or is in no format known here."""

    file: Path
    problem: Words
    en = "{file}: {problem}"
    ja = "{file}: {problem}"


class ReleaseError(SakataLodError):
    """A release folder is not there, not whole, or made for another server."""


@dataclass(eq=False)
class ReleaseNotFound(ReleaseError):
    """There is no release in that folder."""

    folder: Path
    en = "{folder}: there is no release here. Make one with: sakata-lod build SITE"
    ja = "{folder}: 公開データがありません。sakata-lod build SITE で作成してください。"


@dataclass(eq=False)
class ReleaseDamaged(ReleaseError):
    """A release's files are not those its manifest lists."""

    folder: Path
    problem: Words
    en = "{folder}: the release is damaged: {problem}. Build it anew."
    ja = "{folder}: 公開データが壊れています: {problem}。作り直してください。"


@dataclass(eq=False)
class ReleaseForAnotherBase(ReleaseError):
    """The release's IRIs begin otherwise than the server's base IRI."""

    folder: Path
    built_for: str
    wanted: str
    en = "{folder}: the release was built for {built_for}, not {wanted}. Build it with --base-iri {wanted}"
    ja = "{folder}: この公開データは {built_for} 用です（指定は {wanted}）。--base-iri {wanted} で作り直してください。"


@dataclass(eq=False)
class DatabaseNotMade(ReleaseError):
    """A release with too many triples for memory needs a database beside them, and none can be written."""

    folder: Path
    problem: str
    en = "{folder}: the database of its triples cannot be made there: {problem}. Let the server write to this folder, or set STORE_IN_MEMORY_QUADS higher."
    ja = "{folder}: トリプルのデータベースを作成できません: {problem}。サーバーがこのフォルダに書き込めるようにするか、STORE_IN_MEMORY_QUADS を大きくしてください。"


@dataclass(eq=False)
class UnknownIri(SakataLodError):
    """The release says nothing of that IRI."""

    iri: str
    en = "{iri}: the release says nothing of this IRI."
    ja = "{iri}: このIRIについての記述はありません。"


@dataclass(eq=False)
class IriWithdrawn(SakataLodError):
    """The site publishes an IRI no more. since: a day, like 2024-04-01; reason: as the site says it."""

    iri: str
    since: str
    reason: Words
    en = "{iri} was withdrawn on {since}: {reason}"
    ja = "{iri} は {since} に公開を終えました。理由: {reason}"


@dataclass(eq=False)
class IriReplaced(IriWithdrawn):
    """The site publishes another IRI in the place of this one."""

    successor: str
    en = "{iri} was withdrawn on {since}: {reason} In its place there is {successor}"
    ja = "{iri} は {since} に公開を終えました。理由: {reason} 後継は {successor} です。"


@dataclass(eq=False)
class AddressUnavailable(SakataLodError):
    """The server cannot listen at its address."""

    address: str
    problem: str
    en = "{address}: cannot listen there: {problem}. If another program does, end it; or set HOST and PORT otherwise."
    ja = "{address}: ここでは待ち受けできません: {problem}。ほかのプログラムが使用中なら終えるか、HOST と PORT を変えてください。"


class LoadError(SakataLodError):
    """A release was not put into a store."""


@dataclass(eq=False)
class NothingLoaded(LoadError):
    """What was there before is there still: nothing was written."""

    store: str
    problem: str
    en = "{store}: {problem}. Nothing was changed there."
    ja = "{store}: {problem}。データは変更していません。"


@dataclass(eq=False)
class LoadUndone(LoadError):
    """Something went wrong half-way, and what was there before was put back, and counted."""

    store: str
    problem: str
    en = "{store}: {problem}. What it held before was put back."
    ja = "{store}: {problem}。読み込み前のデータに戻しました。"


@dataclass(eq=False)
class LoadIncomplete(LoadError):
    """Something went wrong half-way, and again when what was there before was to be put back."""

    store: str
    problem: str
    second: str
    en = (
        "{store}: {problem}. Putting back what it held before failed, too: {second}. "
        "It holds parts of two releases now: load again before it is served from."
    )
    ja = (
        "{store}: {problem}。元に戻すこともできませんでした: {second}。"
        "新旧のデータが混ざっています。公開に使う前に、もう一度 load してください。"
    )
