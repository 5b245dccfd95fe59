"""Everything that can go wrong and that a person must hear about.

    SakataLodError
    ├── ConfigurationError          a file of the site says something that cannot be
    │   ├── InvalidConfiguration
    │   ├── MissingFile
    │   ├── Unanswered
    │   └── UnknownCode
    ├── SourceError                 the printed table cannot be read without guessing
    │   ├── EmptySource
    │   ├── NotATable
    │   ├── NoHeadings
    │   ├── WrongEncoding
    │   ├── MalformedTable
    │   ├── HeaderNotFound
    │   ├── UnknownColumn
    │   ├── UnknownRow
    │   ├── UnnumberedRow
    │   ├── NumberOutOfPlace
    │   ├── AmbiguousRow
    │   ├── MisplacedCell
    │   ├── UnknownMark
    │   ├── MarkAndWordsDisagree
    │   ├── UnknownDepartment
    │   ├── UnknownEra
    │   ├── UnknownFigure
    │   ├── UnitsDiffer
    │   ├── RowsDisagree
    │   ├── MergedAcrossRoles
    │   ├── DuplicateNumber
    │   ├── NoMeasures
    │   ├── WrongCount
    │   └── CorrectionDoesNotFit
    ├── IdentityUnclear             which measures a newer edition lists cannot be told from its table
    ├── InvalidData                 an RDF file to be checked cannot be parsed
    ├── ReleaseError                a release folder is not there, not whole, or another's
    │   ├── ReleaseNotFound
    │   ├── ReleaseDamaged
    │   ├── ReleaseForAnotherBase
    │   └── DatabaseNotMade
    ├── UnknownIri                  the release says nothing of that IRI
    ├── IriWithdrawn                the site does not publish that IRI any more
    │   └── IriReplaced
    ├── WrongMunicipalityCode       a code names no municipality that can publish
    ├── RateExceeded                a client asks more often than it may
    ├── AddressUnavailable          the server cannot listen where it is told to
    ├── LoadError                   a release was not put into a store
    │   ├── NothingLoaded
    │   ├── LoadUndone
    │   └── LoadIncomplete
    ├── ActionError                 an action of CKAN's interface is not done
    │   ├── UnknownAction
    │   ├── UnreadableRequest
    │   ├── NotInCatalogue
    │   ├── ParameterInvalid
    │   └── SearchRefused
    ├── CheckError                  a file that was sent in is not checked
    │   ├── FileNotSent
    │   ├── FileNotKnown
    │   ├── FileTooLarge
    │   ├── FileRefused
    │   ├── CheckTooCostly
    │   └── NoCheckFree
    ├── ReconciliationError         names are not reconciled
    │   ├── InvalidReconciliation
    │   └── BatchTooLarge
    └── QueryError                  a SPARQL query is not answered
        ├── QueryRefused
        ├── UpdateRefused
        ├── QueryTooLong
        ├── QueryTooDeep
        ├── QueryMalformed
        ├── QuerySyntaxError
        ├── QueryTimedOut
        ├── QueryExhaustedMemory
        ├── ResultTooLarge
        ├── NoWorkerFree
        ├── StoreUnavailable
        ├── StoreRefused
        └── EndpointFailed

Errors carry facts. `sentence(language)` makes of them what a person reads: where, what, and what to do.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a table: a file, a sheet if it has several, and in it a row and a column, counted from 1."""

    file: Path
    row: int | None = None
    column: int | None = None
    column_name: str | None = None
    sheet: str | None = None

    def sentence(self, language: str) -> str:
        """Tell the place in words: "source.tsv, row 48, column 8 (令和4年度)"."""
        ja = language == "ja"
        row, column, comma = ("{}行", "{}列", " ") if ja else ("row {}", "column {}", ", ")
        parts = [str(self.file)]
        if self.sheet is not None:
            parts.append(f"シート「{self.sheet}」" if ja else f"sheet “{self.sheet}”")
        if self.row is not None:
            parts.append(row.format(self.row))
        if self.column is not None:
            parts.append(column.format(self.column))
        return comma.join(parts) + (f" ({self.column_name})" if self.column_name else "")


@dataclass(frozen=True, slots=True)
class Words:
    """What a site says in its own words, in Japanese and, where there are any, in English."""

    ja: str
    en: str | None = None

    def sentence(self, language: str) -> str:
        """Tell them in a language; in Japanese where there are no English ones."""
        return self.ja if language == "ja" or self.en is None else self.en


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number whose measure is unclear. before, after: its titles; None where an edition has no such number."""

    edition: date
    number: str
    before: str | None
    after: str | None

    def sentence(self, language: str) -> str:
        """Tell what is unclear: "2024-03-31: 2-1-3 “…” is listed no more"."""
        ja = language == "ja"
        if self.after is None:
            said = "{0}「{1}」がなくなりました" if ja else "{0} “{1}” is listed no more"
        elif self.before is None:
            said = "{0}「{2}」は前の版にありません" if ja else "{0} “{2}” was not listed before"
        else:
            said = "{0}「{1}」が「{2}」になりました" if ja else "{0} was “{1}”, and is “{2}” now"
        return f"{self.edition}: {said.format(self.number, self.before, self.after)}"


@dataclass(frozen=True, slots=True)
class Doubts:
    """All that is unclear, a line each."""

    each: tuple[Doubt, ...]

    def sentence(self, language: str) -> str:
        """Tell them, one below the other."""
        return "\n".join(f"  {doubt.sentence(language)}" for doubt in self.each)


class SakataLodError(Exception):
    """The root. Facts are attributes; `en` and `ja` are sentences with a place for each fact."""

    en: ClassVar[str]
    ja: ClassVar[str]

    def sentence(self, language: str = "en") -> str:
        """Tell the error in "ja" or "en"; any other language is told in English."""
        words = {
            name: fact.sentence(language) if isinstance(fact, Place | Words | Doubts) else fact
            for name, fact in vars(self).items()
        }
        return (self.ja if language == "ja" else self.en).format(**words)

    def __str__(self) -> str:
        return self.sentence()


class ConfigurationError(SakataLodError):
    """A file of the site says something that cannot be."""


@dataclass(eq=False)
class InvalidConfiguration(ConfigurationError):
    """A configuration file breaks its own schema."""

    file: Path
    key: str
    problem: str
    en = "{file}: {key}: {problem}"
    ja = "{file}: {key}: {problem}"


@dataclass(eq=False)
class MissingFile(ConfigurationError):
    """A file that the site needs is not there."""

    file: Path
    purpose: str
    en = "{file}: no such file. It is needed: {purpose}."
    ja = "{file}: ファイルがありません。必要な理由: {purpose}"


@dataclass(eq=False)
class Unanswered(ConfigurationError):
    """A question that a proposed configuration asks, and that nobody has answered."""

    file: Path
    key: str
    en = "{file}: {key}: a question that only people can answer: replace “?” by the answer. The lines before it, marked # ?, tell the choices."
    ja = "{file}: {key}: 人が答える問いです。「?」を答えに書き換えてください。すぐ前の # ? の行に選択肢があります。"


@dataclass(eq=False)
class UnknownCode(ConfigurationError):
    """A configuration file names a concept that the shared lists do not hold."""

    file: Path
    key: str
    code: str
    known: str
    en = "{file}: {key}: “{code}” is no concept of the shared list. Use one of: {known}."
    ja = "{file}: {key}: 「{code}」は共通コードにありません。次のいずれかを使ってください: {known}"


@dataclass(eq=False)
class SourceError(SakataLodError):
    """The printed table cannot be read without guessing. Says at which place.

    `en` and `ja` begin with the place; their first sentence is the problem, the others what to do.
    """

    place: Place

    @property
    def problem_and_remedy(self) -> tuple[Words, Words]:
        """The two parts of the sentences, without the place."""
        facts = {name: fact for name, fact in vars(self).items() if not isinstance(fact, Place | Words)}
        ja, stop, ja_remedy = self.ja.removeprefix("{place}: ").partition("。")
        en, _, en_remedy = self.en.removeprefix("{place}: ").partition(". ")
        problem = Words((ja + stop).format(**facts), f"{en.removesuffix('.')}.".format(**facts))
        return problem, Words(ja_remedy.format(**facts), en_remedy.format(**facts))


@dataclass(eq=False)
class EmptySource(SourceError):
    """The file holds no text at all."""

    en = "{place}: the file is empty. Put the published table there."
    ja = "{place}: ファイルが空です。公表された表を置いてください。"


@dataclass(eq=False)
class NotATable(SourceError):
    """The file is of a kind that holds no table to be read. found: which; remedy: what to do."""

    found: Words
    remedy: Words
    en = "{place}: this is {found}, and no table that can be read. {remedy}."
    ja = "{place}: {found}なので、表として読めません。{remedy}。"


@dataclass(eq=False)
class NoHeadings(SourceError):
    """No row of a table looks like its headings. known: words that they would hold."""

    known: str
    en = "{place}: no row looks like the headings of a table of measures ({known} …). Choose the sheet or file that lists the measures, or write plan.toml by hand."
    ja = "{place}: 施策の表の見出し（{known}など）らしい行がありません。施策を並べたシートかファイルを選ぶか、plan.toml を手で書いてください。"


@dataclass(eq=False)
class WrongEncoding(SourceError):
    """The bytes are not of the encoding that the configuration declares."""

    declared: str
    problem: str
    remedy: str
    en = "{place}: not {declared}: {problem}. {remedy}"
    ja = "{place}: 文字コードが {declared} ではありません: {problem}。{remedy}"


@dataclass(eq=False)
class MalformedTable(SourceError):
    """The file is not of the format that the configuration declares."""

    declared: str
    problem: str
    en = (
        "{place}: not readable as {declared}: {problem}. Save the table anew, or set its format in plan.toml."
    )
    ja = "{place}: {declared} として読めません: {problem}。保存し直すか、plan.toml の format を直してください。"


@dataclass(eq=False)
class HeaderNotFound(SourceError):
    """No row holds all the column names of the configuration."""

    expected: str
    missing: str
    en = (
        "{place}: no row holds the columns {expected}; nearest, {missing} is missing. "
        "Write the names in [columns] of plan.toml as the table prints them."
    )
    ja = (
        "{place}: 見出し行（{expected}）が見つかりません。足りない列: {missing}。"
        "plan.toml の [columns] を表のとおりに書いてください。"
    )


@dataclass(eq=False)
class UnknownColumn(SourceError):
    """A column whose heading has no role in the configuration and names no year."""

    heading: str
    en = "{place}: the column “{heading}” has no role. Name it in [columns] of plan.toml, under `ignored` if it is only to be kept as printed; what stands beside a year, in [years]."
    ja = "{place}: 列「{heading}」の役割が決まっていません。plan.toml の [columns] に書いてください（読み取らず残すだけなら ignored に）。年度に添えた語は [years] に書きます。"


@dataclass(eq=False)
class UnknownRow(SourceError):
    """A row with text is neither heading, division, measure nor corrected."""

    text: str
    en = (
        "{place}: “{text}” is neither a heading, a division nor a measure. "
        "Check its number and title, extend [rows] in plan.toml, or record in corrections.toml which row it continues."
    )
    ja = (
        "{place}: 「{text}」は見出し・章節・施策のいずれでもありません。"
        "番号と名称の書き方を確かめるか、plan.toml の [rows] を補うか、corrections.toml にどの行の続きかを記録してください。"
    )


@dataclass(eq=False)
class UnnumberedRow(SourceError):
    """A division or measure prints no number, and the configuration gives it none."""

    title: str
    en = "{place}: “{title}” has no number, and an IRI needs one. Give it one in [rows] numbers of plan.toml."
    ja = "{place}: 「{title}」に番号がありません。IRIに必要なので、plan.toml の [rows] numbers に書いてください。"


@dataclass(eq=False)
class NumberOutOfPlace(SourceError):
    """A full number does not begin with that of the division that it stands in."""

    number: str
    division: str
    en = (
        "{place}: number {number} stands in division {division} but does not begin with its number. "
        "Check the row, or record a correction."
    )
    ja = "{place}: 番号 {number} は、置かれている章・節 {division} の番号で始まっていません。行を確かめるか、訂正を記録してください。"


@dataclass(eq=False)
class AmbiguousRow(SourceError):
    """A row has more cells than columns: which year each belongs to cannot be told."""

    cells: int
    years: int
    en = (
        "{place}: {cells} year cells for {years} fiscal years. Record in corrections.toml "
        "under which column each cell of this row is to be read."
    )
    ja = (
        "{place}: 年度が{years}つなのに年度のセルが{cells}つあります。"
        "この行の各セルをどの列と読むかを corrections.toml に記録してください。"
    )


@dataclass(eq=False)
class MisplacedCell(SourceError):
    """A cell has text where its row can have none."""

    text: str
    en = (
        "{place}: “{text}” stands where nothing is expected. Record in corrections.toml how it is to be read."
    )
    ja = "{place}: 「{text}」は読み取り先のない位置にあります。corrections.toml に読み方を記録してください。"


@dataclass(eq=False)
class UnknownMark(SourceError):
    """A status cell holds a mark or word that the plan does not map to a code."""

    text: str
    known: str
    en = "{place}: “{text}” is not among the marks of this plan ({known}). Add it to plan.toml, or record a correction."
    ja = "{place}: 「{text}」はこの計画の記号・語（{known}）にありません。plan.toml に加えるか、訂正を記録してください。"


@dataclass(eq=False)
class MarkAndWordsDisagree(SourceError):
    """A status cell's mark says one code, its words another."""

    text: str
    codes: str
    en = "{place}: the mark and the words of “{text}” disagree ({codes}). Record in corrections.toml which one wins, and why."
    ja = "{place}: 「{text}」の記号と語が食い違っています（{codes}）。どちらを採るか、理由とともに corrections.toml に記録してください。"


@dataclass(eq=False)
class UnknownDepartment(SourceError):
    """A department that the site's register does not hold."""

    name: str
    en = "{place}: the department “{name}” is not in departments.ttl. Add it there, or add this spelling to the department it means."
    ja = "{place}: 所管課「{name}」は departments.ttl にありません。追加するか、該当する課の別表記として登録してください。"


@dataclass(eq=False)
class UnknownEra(SourceError):
    """A column heading that looks like a year but names no known fiscal year."""

    label: str
    en = (
        "{place}: “{label}” names no fiscal year. Write it like 令和4年度, R4, 2022年度 or FY2022, "
        "or say in [years] labels of plan.toml which year it is read as."
    )
    ja = (
        "{place}: 「{label}」は年度として読めません。令和4年度、R4、2022年度、FY2022 のように書くか、"
        "どの年度と読むかを plan.toml の [years] labels に書いてください。"
    )


@dataclass(eq=False)
class UnknownFigure(SourceError):
    """A cell of figures holds neither a number nor a word that is known to stand for none."""

    text: str
    en = (
        "{place}: “{text}” is no figure. If it gives none, add it to [figures] without_figure of plan.toml; "
        "if a note or a unit stands beside one, to `notes` or `units`."
    )
    ja = (
        "{place}: 「{text}」は数値として読めません。数値のない語なら plan.toml の [figures] without_figure に、"
        "数値に添えた注記や単位なら notes か units に加えてください。"
    )


@dataclass(eq=False)
class UnitsDiffer(SourceError):
    """The figures of one indicator have two units."""

    unit: str
    other: str
    en = "{place}: the unit “{unit}” stands beside a figure of an indicator that has the unit “{other}”. Check the cell, or record a correction."
    ja = "{place}: 単位「{unit}」は、指標の単位「{other}」と違います。セルを確かめるか、訂正を記録してください。"


@dataclass(eq=False)
class RowsDisagree(SourceError):
    """Two rows of one measure say different things of what a measure has one of."""

    text: str
    first_row: int
    other: str
    en = (
        "{place}: “{text}”, but row {first_row} of the same measure says “{other}”. "
        "Put the column into [columns] ignored of plan.toml, or record a correction."
    )
    ja = (
        "{place}: 「{text}」とありますが、同じ施策の{first_row}行では「{other}」です。"
        "列を plan.toml の [columns] ignored に移すか、訂正を記録してください。"
    )


@dataclass(eq=False)
class MergedAcrossRoles(SourceError):
    """A cell is merged over columns of different roles, so it cannot be told which it fills."""

    text: str
    headings: str
    en = "{place}: “{text}” is merged over columns of different roles ({headings}). Undo the merge, and fill the cells."
    ja = "{place}: 「{text}」は役割の違う列（{headings}）にまたがって結合されています。結合を解いて、それぞれのセルに書いてください。"


@dataclass(eq=False)
class DuplicateNumber(SourceError):
    """Two rows bear the same number, so the number names nothing."""

    number: str
    first_row: int
    en = "{place}: number {number} was already given to row {first_row}. Number the rows apart, or record a correction."
    ja = "{place}: 番号 {number} は{first_row}行で使われています。番号を分けるか、訂正を記録してください。"


@dataclass(eq=False)
class NoMeasures(SourceError):
    """The table holds no measure."""

    rows: int
    en = (
        "{place}: among {rows} rows below the headings is no measure. A table of totals alone cannot be published: "
        "choose the table that lists the measures, or mend [rows] in plan.toml."
    )
    ja = (
        "{place}: 見出しの下の{rows}行に施策がありません。集計だけの表は公開できません。"
        "施策を並べた表を選ぶか、plan.toml の [rows] を直してください。"
    )


@dataclass(eq=False)
class WrongCount(SourceError):
    """The table holds more or fewer measures than a person counted."""

    found: int
    expected: int
    en = (
        "{place}: {found} measures were read, but plan.toml says {expected}. "
        "Check whether the table is whole, or count again and set `measures` of the edition."
    )
    ja = (
        "{place}: 施策を{found}件読みましたが、plan.toml では{expected}件です。"
        "表が欠けていないか確かめるか、数え直して版の measures を直してください。"
    )


@dataclass(eq=False)
class CorrectionDoesNotFit(SourceError):
    """A correction expects a cell to read otherwise than it does."""

    correction: str
    expected: str
    found: str
    en = (
        "{place}: the correction “{correction}” expects “{expected}” but the table says “{found}”. "
        "The table has changed: check the correction against it and mend or remove it."
    )
    ja = (
        "{place}: 訂正「{correction}」は「{expected}」を前提としていますが、表には「{found}」とあります。"
        "表が変わっています。訂正を確かめ、直すか削除してください。"
    )


@dataclass(eq=False)
class IdentityUnclear(SakataLodError):
    """Numbers vanished, are new, or have another title than in the edition before.

    proposal: TOML for plan.toml that settles every doubt by the likeness of titles, for a person to confirm.
    """

    file: Path
    doubts: Doubts
    proposal: str
    en = (
        "{file}: which measures the newer edition lists cannot be told from its table, and an address must not "
        "change its meaning. The build stops:\n{doubts}\nCheck this proposal line by line, put it at the end of "
        "{file}, in place of any [….identity] of the same edition, and build again:\n\n{proposal}"
    )
    ja = (
        "{file}: 新しい版の施策が前の版のどの施策か、表だけでは分かりません。アドレスの意味を変えないよう、作成を中止しました。"
        "\n{doubts}\n次の案を一行ずつ確かめ、{file} の末尾に貼り付けて（同じ版の [….identity] があれば置き換えて）、"
        "もう一度作成してください。\n\n{proposal}"
    )


@dataclass(eq=False)
class InvalidData(SakataLodError):
    """An RDF file to be checked cannot be parsed, or is in no format known here."""

    file: Path
    problem: str
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
    problem: str
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
class WrongMunicipalityCode(SakataLodError):
    """A code is no 全国地方公共団体コード, or that of a body that publishes under another's."""

    code: str
    problem: Words
    en = "{code}: not the code of a municipality: {problem}."
    ja = "{code}: 市区町村の全国地方公共団体コードではありません: {problem}。"


@dataclass(eq=False)
class RateExceeded(SakataLodError):
    """A client asked more often than it may."""

    requests: int
    window_s: int
    retry_after_s: int
    en = "More than {requests} requests in {window_s} s came from your network. Go on after {retry_after_s} s, or download the data as a whole."
    ja = "同じネットワークからの要求が{window_s}秒間に{requests}件を超えました。{retry_after_s}秒後に再開するか、データ全体をダウンロードしてください。"


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
