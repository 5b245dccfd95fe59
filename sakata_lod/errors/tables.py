"""Why a published table cannot be read without guessing: the table as a whole, and its rows."""

from dataclasses import dataclass

from sakata_lod.errors.facts import Place, SakataLodError, Words


@dataclass(eq=False)
class SourceError(SakataLodError):
    """The printed table cannot be read without guessing. Says at which place.

    `en` and `ja` begin with the place; their first sentence is the problem, the others what to do.
    """

    place: Place

    @property
    def problem_and_remedy(self) -> tuple[Words, Words]:
        """The two parts of the sentences, without the place."""
        ja, stop, ja_remedy = self.ja.removeprefix("{place}: ").partition("。")
        en, _, en_remedy = self.en.removeprefix("{place}: ").partition(". ")
        in_ja, in_en = self.facts("ja"), self.facts("en")
        problem = Words((ja + stop).format(**in_ja), f"{en.removesuffix('.')}.".format(**in_en))
        return problem, Words(ja_remedy.format(**in_ja), en_remedy.format(**in_en))


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
class SheetUnclear(SourceError):
    """A workbook has other sheets than the one named, or several and none is named."""

    sheets: str
    en = (
        "{place}: it has the sheets {sheets}. Name the one to read as `sheet` in plan.toml, or by --sheet; "
        "where there is neither, send a workbook of that sheet alone."
    )
    ja = (
        "{place}: シートは {sheets} です。どれを読むかを plan.toml の sheet か --sheet に書いてください。"
        "どちらもなければ、そのシートだけのブックにしてください。"
    )


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
    problem: Words
    remedy: Words
    en = "{place}: not {declared}: {problem}. {remedy}"
    ja = "{place}: 文字コードが {declared} ではありません: {problem}。{remedy}"


@dataclass(eq=False)
class MalformedTable(SourceError):
    """The file is not of the format that the configuration declares."""

    declared: str | Words
    problem: Words
    en = (
        "{place}: not readable as {declared}: {problem}. Save the table anew, or set its format in plan.toml."
    )
    ja = "{place}: {declared} として読めません: {problem}。保存し直すか、plan.toml の format を直してください。"


@dataclass(eq=False)
class RepeatedHeading(SourceError):
    """One heading stands over two columns, or twice in a form, and it cannot be told which is meant."""

    heading: str
    en = "{place}: the heading “{heading}” stands twice. Name it in `ignored` of [columns] if neither is to be read; if further rows of the header tell the two apart, count them in [rows] `header`."
    ja = "{place}: 見出し「{heading}」が2回あります。どちらも読まないなら plan.toml の [columns] の ignored に、見出しの次の行で区別できるなら [rows] の header に行数を書いてください。"


@dataclass(eq=False)
class HiddenCells(SourceError):
    """A workbook does not show sheets, rows or columns that hold text. what: which."""

    what: Words
    en = '{place}: hidden in the workbook, and not blank: {what}. The file is published as it is: take them out of it, or write `hidden = "published"` for this edition in plan.toml if they may be read.'
    ja = '{place}: 非表示なのに文字のあるところがあります（{what}）。ファイルはそのまま公開されます。見せないものは消して保存し直し、公開してよければ plan.toml のこの版に hidden = "published" と書いてください。'


@dataclass(eq=False)
class SameYearTwice(SourceError):
    """Two headings tell the same of one fiscal year, and it cannot be told which is meant."""

    heading: str
    first: str
    en = "{place}: “{heading}” and “{first}” both tell the same of one fiscal year. Name in `ignored` of [columns] which of them is not to be read; or tell them apart by the words of [years], as target and actual."
    ja = "{place}: 「{heading}」と「{first}」は、どちらも同じ年度の同じことを表す列です。読まないほうを plan.toml の [columns] の ignored に書くか、[years] の語（目標と実績など）で区別してください。"


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
    first: Place
    en = "{place}: number {number} was already given at {first}. Number the rows apart, or record a correction."
    ja = "{place}: 番号 {number} は {first} で使われています。番号を分けるか、訂正を記録してください。"


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
