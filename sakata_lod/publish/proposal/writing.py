"""What was found in an unknown table → a plan.toml that says how it is read, and asks what only people know."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sakata_lod.errors import Words
from sakata_lod.namespaces import CODE
from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.proposal.opening import OpenedTable
from sakata_lod.publish.proposal.reading import TableReading, lines_outside
from sakata_lod.publish.proposal.rows import FoundRows
from sakata_lod.publish.proposal.statuses import FoundMark, choices, read_marks
from sakata_lod.publish.proposal.toml_text import Pattern, TomlText, toml
from sakata_lod.publish.proposal.units import FoundUnits
from sakata_lod.publish.proposal.words import known_words
from sakata_lod.publish.proposal.years import Pair, mostly_figures, pairs_of, read_figures
from sakata_lod.site import Figures
from sakata_lod.site.reading import QUESTION

_AS_OF = re.compile(
    r"(?P<year>(?:令和|平成)\s*(?:元|\d{1,2})|\d{4})\s*年(?P<fiscal>度)?\s*"
    r"(?:(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*日|末))?(?:末)?\s*(?:現在|時点)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person said: the plan's slug, the day of which the table tells, and where it will lie."""

    slug: str | None
    as_of: date | None
    source: str
    language: str


def plan_toml(opened: OpenedTable, reading: TableReading, units: FoundUnits, wanted: Wanted) -> TomlText:
    """Write the proposal."""
    out = TomlText(wanted.language)
    out.say(Words("表から作った案。「# ?」の行は人が答える問いで、「?」を答えに書き換えるまで作成は止まります。",
                  "Proposed from the table. At “# ?” only people know: the build stops until each “?” is replaced."))  # fmt: skip
    _plan(out, reading, wanted)
    pairs = _pairs(reading)
    _columns(out, reading, pairs)
    _rows(out, reading.rows, reading)
    if reading.block is not None:
        _block(out, reading.block)
    _years(out, reading, pairs)
    _indicators(out, reading, pairs)
    _figures(out, reading)
    _statuses(out, "achievement", reading.roles.achievement, reading)
    _statuses(out, "response", reading.roles.response, reading)
    _departments(out, units)
    _edition(out, opened, reading, wanted)
    return out


def _plan(out: TomlText, reading: TableReading, wanted: Wanted) -> None:
    out.lines.append("")
    if wanted.slug:
        out.key("slug", wanted.slug)
    else:
        out.ask(Words("計画のIRIの名前: 英小文字、数字、ハイフン。公開した後は変えられません",
                      "the plan's name in IRIs: a-z, 0-9, hyphens. Once published it can never change"), "slug")  # fmt: skip
    if (title := plan_title(reading)) is not None:
        row, text = title
        out.say(Words(f"{row}行に印刷されている名称", f"as row {row} prints it"))
        out.key("title.ja", text)
    else:
        out.ask(Words("計画の名称", "the plan's title"), "title.ja")
    _period(out, reading)


def _period(out: TomlText, reading: TableReading) -> None:
    labelled = [fiscal_year(text) for text in reading.texts.get(reading.roles.one.get("year", ""), [])]
    years = sorted({year.start_year for year in chain(reading.years.years, labelled) if year is not None})
    shown = f"{years[0]}–{years[-1]}" if years else "–"
    out.ask(Words(f"計画期間の最初と最後の年度（西暦）。表にある年度: {shown}",
                  f"the plan's first and last fiscal years. Those of the table: {shown}"), "first_fiscal_year")  # fmt: skip
    out.ask(Words("最後の年度", "the last"), "last_fiscal_year")


def plan_title(reading: TableReading) -> tuple[int, str] | None:
    """Find the plan's title above the header, with its row."""
    endings = "|".join(map(re.escape, known_words().titles_of_plans.endings))
    for row, text in lines_outside(reading):
        for word in re.split(r"[\s「」『』（）()]+", text):
            if (matched := re.match(rf".*?\w(?:{endings})", word)) and len(matched[0]) > 3:
                return row, matched[0]
    return None


def printed_as_of(reading: TableReading) -> date | None:
    """Find the day of which a table says that it tells: 令和5年3月31日現在, 令和６年５月末現在, 令和4年度末現在."""
    for _, text in lines_outside(reading):
        matched = _AS_OF.search(unicodedata.normalize("NFKC", text))
        year = fiscal_year(matched["year"] + "年") if matched else None
        if matched is None or year is None:
            continue
        if matched["month"] is None:
            return year.last_day if matched["fiscal"] else None
        return _day(year.start_year, int(matched["month"]), matched["day"])
    return None


def _day(year: int, month: int, day: str | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(int(day), last)) if day and int(day) else date(year, month, last)


def _pairs(reading: TableReading) -> tuple[Pair, ...]:
    """Headings, or words beside years, that are figures of indicators which no cell names."""
    if "year" in reading.roles.one and reading.block is None:
        named = [each for each in reading.roles.unknown if mostly_figures(reading.texts.get(each, []))]
        return pairs_of(named)
    return pairs_of(reading.years.unknown)


def _columns(out: TomlText, reading: TableReading, pairs: Sequence[Pair]) -> None:
    roles, paired = reading.roles, {word for each in pairs for word in (each.target, each.actual)}
    out.table("[columns]")
    if "title" not in roles.one:
        known = "、".join(each for each in roles.unknown if each not in paired)
        out.ask(
            Words(f"施策の題名の列はどれですか: {known}", f"which column holds the titles? {known}"), "title"
        )
    for key in (
        "divisions",
        "number",
        "title",
        "departments",
        "year",
        "kind",
        "activity",
        "indicator",
        "unit",
    ):
        _column(out, reading, key)
    _figure_columns(out, reading, pairs)
    for key in ("achievement", "response", "reason", "ignored"):
        _column(out, reading, key)
    if reading.rows.fill_down:
        out.say(Words("空白が上と同じ意味の列", "a blank in these means the same as above"))
        out.key("fill_down", reading.rows.fill_down)
    for heading in (each for each in roles.unknown if each not in paired):
        shown = "、".join(dict.fromkeys(reading.texts.get(heading, [])[:40]))[:80]
        out.wonder(Words(f"列「{heading}」の役割は？（{shown}）行頭の # を外すと、読まずに印刷のまま残します（ほかの役割なら、そのキーに）:",
                         f"what is the column “{heading}”? ({shown}) Taking the # below away keeps it as printed, unread; else name it at its key:"))  # fmt: skip
    if unread := [each for each in roles.unknown if each not in paired]:
        out.lines.append(f"# ignored = {toml([*roles.ignored, *unread])}")


def _column(out: TomlText, reading: TableReading, key: str) -> None:
    several = {"divisions", "departments", "achievement", "response", "ignored"}
    headings = getattr(reading.roles, key) if key in several else None
    if headings:
        if key in ("divisions",) and reading.block is not None:
            return
        out.key(key, headings[0] if len(headings) == 1 else headings)
    elif key in reading.roles.one:
        out.key(key, reading.roles.one[key])


def _figure_columns(out: TomlText, reading: TableReading, pairs: Sequence[Pair]) -> None:
    if "indicator" in reading.roles.one and "year" in reading.roles.one and pairs:
        for key, word in (("target", pairs[0].target), ("actual", pairs[0].actual)):
            if word:
                out.key(key, word)


def _rows(out: TomlText, rows: FoundRows, reading: TableReading) -> None:
    out.table("[rows]")
    if reading.header is not None and reading.header.count > 1:
        out.key("header", reading.header.count)
    if rows.divisions:
        out.key("divisions", [Pattern(each) for each in rows.divisions])
    else:
        out.ask(Words("章・節の行や列が見つかりません。章や節の列の値か、行の文字列全体の正規表現を書いてください",
                      "no chapters were found, and a measure without any cannot be published: write the pattern of their rows, or of a column of theirs"),
                "divisions", [QUESTION])  # fmt: skip
    out.key("measure", Pattern(rows.measure or ""))
    if rows.ignored:
        out.key("ignored", [Pattern(each) for each in rows.ignored])
    if rows.unnumbered:
        out.ask(Words("番号が印刷されていません。それぞれの番号を書いてください（IRIに使うので、公開した後は変えられません）",
                      "no number is printed; give one to each. They stand in IRIs, and can never change once published"),
                "numbers", dict.fromkeys(rows.unnumbered, QUESTION))  # fmt: skip
    for number, text in rows.unknown:
        out.wonder(Words(f"{number}行は章・節でも施策でもありません。続きの行なら corrections.toml に、読まない行なら ignored に: {text[:80]}",
                         f"row {number} is neither a division nor a measure. If it continues one, say so in corrections.toml; if it says nothing, in `ignored`: {text[:80]}"))  # fmt: skip
    if rows.shifted:
        shown = ", ".join(map(str, rows.shifted))
        out.wonder(Words(f"セルが列からずれている行: {shown}。どのセルをどの列と読むかを corrections.toml に書いてください",
                         f"rows whose cells stand beside their columns: {shown}. Say in corrections.toml which cell is read under which heading"))  # fmt: skip


def _block(out: TomlText, block: tuple[str, str | None]) -> None:
    out.table("[block]")
    out.key("starts_with", block[0])
    if block[1]:
        out.key("years", block[1])


def _years(out: TomlText, reading: TableReading, pairs: Sequence[Pair]) -> None:
    years = reading.years
    kinds = _words_of_kinds(reading)
    words = {
        key: list(dict.fromkeys([*years.words.get(key, []), *kinds.get(key, [])]))
        for key in ("activity", "target", "actual", "ignored")
    }
    paired = {word for each in pairs for word in (each.target, each.actual)}
    unknown = (
        [word for word in years.unknown if word not in paired]
        if reading.block or not reading.roles.one.get("year")
        else []
    )
    bare_figures = "kind" not in reading.roles.one and mostly_figures(
        [t for each in years.bare for t in reading.texts.get(each, [])]
    )
    if not (any(words.values()) or years.labels or bare_figures or unknown):
        return
    out.table("[years]")
    for key, some in words.items():
        if some:
            out.key(key, some[0] if len(some) == 1 else some)
    if bare_figures:
        out.ask(Words("年度だけの列に数値があります: target（目標）か actual（実績）か",
                      "figures stand under bare years: are they target or actual?"), "holds")  # fmt: skip
    for word in unknown:
        out.wonder(Words(f"年度に添えた「{word}」は何ですか: activity（取組）、target（目標）、actual（実績）、ignored（読まない）のどれかに書く",
                         f"what is “{word}” beside a year? Write it at activity, target, actual or ignored"))  # fmt: skip
    if years.labels:
        _labels(out, reading)


def _words_of_kinds(reading: TableReading) -> dict[str, list[str]]:
    texts = reading.texts.get(reading.roles.one.get("kind", ""), [])
    known = known_words().years.model_dump()
    return {key: [word for word in dict.fromkeys(texts) if word in words] for key, words in known.items()}


def _labels(out: TomlText, reading: TableReading) -> None:
    shown = []
    for label, year in reading.years.labels.items():
        figures = mostly_figures(reading.texts.get(label, []))
        shown.append(
            f"「{label}」 → "
            + (f'{{ year = {year.start_year}, holds = "actual" }}' if figures else f"{year.start_year}")
        )
    told = "、".join(shown)
    out.ask(Words(f"年度そのものではない見出しを、どの年度と読みますか。例: {told}",
                  f"as which year are these read, which name none? Perhaps: {told}"),
            "labels", dict.fromkeys(reading.years.labels, QUESTION))  # fmt: skip


def _indicators(out: TomlText, reading: TableReading, pairs: Sequence[Pair]) -> None:
    if "indicator" in reading.roles.one:
        return
    for each in pairs:
        out.table("[[indicators]]")
        words = "・".join(filter(None, (each.target, each.actual)))
        out.ask(
            Words(
                f"{words}は何の数値ですか（例: {each.rest or words}）",
                f"of what are {words} the figures? Perhaps: {each.rest or words}",
            ),
            "title",
        )
        out.ask(
            Words(
                "その単位（例: 千円、回。なければこの行を消す）",
                "their unit, such as 千円 or 回; without one, take this line away",
            ),
            "unit",
        )
        if each.target:
            out.key("target", each.target)
        if each.actual:
            out.key("actual", each.actual)


def _figures(out: TomlText, reading: TableReading) -> None:
    headings = [
        *reading.years.figures,
        *(p for each in _pairs(reading) for p in (each.target, each.actual) if p),
    ]
    if "kind" in reading.roles.one:
        headings += reading.years.bare
    texts = [*reading.figure_texts, *chain.from_iterable(reading.texts.get(each, []) for each in headings)]
    labelled = [t for each in reading.years.labels for t in reading.texts.get(each, [])]
    texts += labelled if mostly_figures(labelled) else []
    units = reading.texts.get(reading.roles.one.get("unit", ""), [])
    found = read_figures(texts, units)
    defaults = Figures()
    without = [word for word in found.without_figure if word not in defaults.without_figure]
    if not (without or found.same_as_left or found.notes or found.negative or found.unknown or found.units):
        return
    out.table("[figures]")
    asked: list[str] = []
    if found.unknown:
        shown = "、".join(each[:40] for each in found.unknown[:12])
        asked = [QUESTION]
        out.wonder(Words(f"数値として読めません: {shown}。数値のない語は without_figure の \"?\" に代えて、注記は notes、単位は units に書く（どれでもなければ \"?\" を消す）",
                         f"these are no figures: {shown}. Words for no figure go in place of “?” below, notes into `notes`, units into `units`"))  # fmt: skip
    if without or asked:
        out.key("without_figure", [*defaults.without_figure, *without, *asked])
    for key, some in (("same_as_left", found.same_as_left), ("negative", found.negative)):
        if some:
            out.key(key, some)
    if found.notes:
        out.key("notes", [Pattern(each) for each in found.notes])
    _units_beside(out, found.units, reading)


def _units_beside(out: TomlText, units: Sequence[str], reading: TableReading) -> None:
    fixed = reading.block is not None or "indicator" not in reading.roles.one
    if units and not fixed:
        out.key("units", [*Figures().units, *units])
    elif units:
        shown = "、".join(units)
        out.say(
            Words(
                f"数値の後の単位 {shown}: 指標の unit と同じなら、この行は要りません",
                f"behind figures stands {shown}; if that is the indicator's `unit`, this line is not needed",
            )
        )
        out.key("units", [*Figures().units, *units])


def _statuses(out: TomlText, key: str, headings: Sequence[str], reading: TableReading) -> None:
    texts = [text for heading in headings for text in reading.texts.get(heading, [])]
    scheme = CODE.achievement if key == "achievement" else CODE.response
    marks = read_marks(texts, scheme)
    if not marks:
        return
    out.table(f"[{key}]")
    unknown = [each for each in marks if each.code is None]
    if unknown:
        shown = ", ".join(f"{name} {label}" for name, label in choices(scheme))
        out.say(Words(f"選べるコード: {shown}", f"the codes: {shown}"))
    for each in marks:
        _mark(out, each)


def _mark(out: TomlText, mark: FoundMark) -> None:
    name = toml(mark.text)
    against = "、".join(f"{text} {count}" for text, count in mark.against)
    if mark.code is None:
        beside = Words(f"、並ぶ語: {against}", f", beside {against}") if against else Words("", "")
        out.ask(
            Words(
                f"「{mark.text}」の意味は？（{mark.cells}セル{beside.ja}）",
                f"what does “{mark.text}” mean? ({mark.cells} cells{beside.en})",
            ),
            name,
        )
        return
    if mark.beside != mark.text:
        out.say(
            Words(
                f"「{mark.beside}」と並ぶ（{mark.cells}セル）",
                f"printed beside “{mark.beside}” ({mark.cells} cells)",
            )
        )
    if mark.against:
        out.wonder(Words(f"「{mark.text}」は「{against}」とも並びます。そのセルで作成が止まるので、corrections.toml に読み方を書いてください",
                         f"“{mark.text}” stands beside {against}, too. The build stops at that cell: say in corrections.toml how it is read"))  # fmt: skip
    out.key(name, mark.code)


def _departments(out: TomlText, units: FoundUnits) -> None:
    if not (units.separators or units.suffix or units.others):
        return
    out.table("[departments]")
    if units.separators:
        out.key("separators", units.separators)
    if units.suffix:
        out.say(Words("ほかにもあることを示す語", "says that there are others, unnamed"))
        out.key("others_suffix", units.suffix)
    if units.others:
        out.say(Words("部署を名指ししない語", "names no department"))
        out.key("others", units.others)


def _edition(out: TomlText, opened: OpenedTable, reading: TableReading, wanted: Wanted) -> None:
    as_of = wanted.as_of or printed_as_of(reading)
    if as_of is None:
        out.lines.append("")
        out.wonder(
            Words(
                "表の基準日。フォルダの名前にもなります。例: 2024-03-31",
                "the day of which the table tells, which also names its folder, like 2024-03-31",
            )
        )
    out.table(f"[editions.{as_of.isoformat() if as_of else toml(QUESTION)}]")
    out.key("source", wanted.source)
    out.key("format", opened.source.format)
    if opened.encodings:
        _encoding(out, opened)
    if opened.source.sheet is not None and len(opened.sheets) > 1:
        out.key("sheet", opened.source.sheet)
    count = reading.rows.measures
    out.say(Words(f"表の施策を数えて同じなら行頭の # を外す。件数が変わると作成が止まります",
                  "count the measures in the table; if there are as many, take the # away. The build then stops when the number changes"))  # fmt: skip
    out.lines.append(f"# measures = {count}")


def _encoding(out: TomlText, opened: OpenedTable) -> None:
    if len(opened.encodings) > 1:
        shown = "、".join(opened.encodings)
        out.ask(
            Words(
                f"文字コードはバイト列からは分かりません: {shown}",
                f"the bytes do not tell the encoding: {shown}",
            ),
            "encoding",
        )
    else:
        out.say(
            Words(
                "ほかの文字コードでは文字にならないか、日本語にならない",
                "in any other encoding the bytes make no text, or no Japanese",
            )
        )
        out.key("encoding", opened.encodings[0])
