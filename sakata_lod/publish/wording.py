"""What a release says of itself, in both languages: titles and descriptions of editions and of graphs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from sakata_lod.iris import IriSpace
from sakata_lod.site import PlanSource, Publisher, Text


@dataclass(frozen=True, slots=True)
class Wording:
    """A title, and a sentence that describes."""

    title: Text
    description: Text


GRAPHS = {
    "site": Wording(
        Text(ja="サイト", en="Site"),
        Text(
            ja="市、部署、年度、計画と版。", en="The city, its departments, fiscal years, plans and editions."
        ),
    ),
    "links": Wording(
        Text(ja="関連づけ", en="Links"),
        Text(
            ja="規則と職員が付けたテーマと、施策どうしの関連。",
            en="Themes that rules and people gave to measures, and relations between measures.",
        ),
    ),
    "history": Wording(
        Text(ja="経過", en="History"),
        Text(
            ja="各版の進捗とその改訂関係、版の間の変更、施策の最新の状況、終了した施策。",
            en="The progress in each edition, what revises what, what changed between editions, "
            "each measure's latest status, and the measures that have ended.",
        ),
    ),
    "catalogue": Wording(
        Text(ja="カタログ", en="Catalogue"),
        Text(
            ja="公開しているデータセットとそのファイルの目録（DCAT）。",
            en="The datasets that are published, and their files (DCAT).",
        ),
    ),
    "validation": Wording(
        Text(ja="検証", en="Validation"),
        Text(ja="SHACLによる検証の結果。", en="The report of the validation by SHACL."),
    ),
    "ontology": Wording(
        Text(ja="語彙", en="Vocabulary"), Text(ja="自治体計画の語彙。", en="The municipal plan vocabulary.")
    ),
    "codes": Wording(
        Text(ja="コード", en="Codes"), Text(ja="共通のコード一覧。", en="The shared code lists.")
    ),
    "themes": Wording(Text(ja="テーマ", en="Themes"), Text(ja="共通のテーマ。", en="The shared themes.")),
}
"""The named graphs that every release has, by their names."""


SUMMARY_TITLE = Text(ja="全市を通した件数と一覧（SQLite）", en="Counts and lists over all cities (SQLite)")
SEARCH_INDEX_TITLE = Text(
    ja="施策を検索するための索引（SQLite FTS5）", en="The index by which measures are searched (SQLite FTS5)"
)


CURRENT_DATA = Text(ja="現在のデータ", en="What is true now")

UNCONFIRMED_LICENCE = Text(
    ja="この利用条件は、公表元による確認がまだ済んでいません。",
    en="The publisher has not yet confirmed these terms of use.",
)

SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
RECONCILIATION_PROTOCOL = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"

STANDARDS = {
    SPARQL_PROTOCOL: "SPARQL 1.1 Protocol",
    RECONCILIATION_PROTOCOL: "Reconciliation Service API v0.2",
}
"""The titles of standards that the shared vocabulary does not tell."""

SPARQL = Wording(
    Text(ja="SPARQLエンドポイント", en="SPARQL endpoint"),
    Text(
        ja="公開しているすべてのデータに、SPARQL 1.1で問い合わせできる窓口。",
        en="Where all data that are published can be queried with SPARQL 1.1.",
    ),
)

RECONCILIATION = Wording(
    Text(ja="名寄せの窓口", en="Reconciliation service"),
    Text(
        ja="ほかの表にある施策・部署・テーマなどの名前を、このデータのものと突き合わせる窓口。OpenRefineなどから使う。",
        en="Where names of measures, departments and themes in other tables are matched with these data, "
        "from OpenRefine and the like.",
    ),
)

VOCABULARY_PROVENANCE = Text(
    ja="sakata-lodとともに配布される共通の語彙の写し。",
    en="A copy of the shared vocabulary that comes with sakata-lod.",
)

TABLES_PROVENANCE = Text(
    ja="各計画の最新の版のデータから、SPARQLで作成した表。",
    en="Made by SPARQL from the data of each plan's current edition.",
)


def catalogue(name: Text) -> Wording:
    """The catalogue of all that is published by whoever is called so."""
    return Wording(
        Text(ja=f"{name.ja}の計画データカタログ", en=name.en and f"{name.en}: catalogue of plan data"),
        Text(
            ja=f"{name.ja}が公開する、計画の進捗状況のオープンデータの目録。",
            en=name.en and f"The open data that {name.en} publishes on the progress of its plans.",
        ),
    )


def tables(publisher: Publisher) -> Wording:
    """The tables that tell what is true now, of all plans."""
    name = publisher.name
    return Wording(
        Text(
            ja=f"{name.ja}の計画の進捗状況（最新、表形式）",
            en=name.en and f"Progress of the plans of {name.en}: current tables",
        ),
        Text(
            ja="すべての計画の最新の版から、施策・取組・部署・疑わしい箇所をそれぞれ一覧にした表。表計算ソフトで開けます。",
            en="Measures, activities, departments and doubtful places, each as a table: from the "
            "current edition of every plan.",
        ),
    )


def edition_provenance(plan: PlanSource, as_of: date) -> Text:
    """Where an edition comes from."""
    title = source_table_title(plan, as_of)
    return Text(
        ja=f"「{title.ja}」を機械で読み取り、疑わしい箇所を記録したうえでリンクトデータにしたもの。",
        en=title.en
        and f"Read by machine from “{title.en}”, its doubtful places recorded, and made linked data.",
    )


def series(plan: PlanSource) -> Wording:
    """The editions of a plan's table, taken together."""
    return Wording(
        _progress(plan),
        Text(
            ja=f"{plan.title.ja}の進捗状況の表の、各時点の版。",
            en=plan.title.en and f"The editions of the progress table of the {plan.title.en}.",
        ),
    )


def edition(plan: PlanSource, as_of: date) -> Wording:
    """One edition of a plan's table."""
    ja = (
        f"{plan.title.ja}の施策ごとに、所管課、各年度の取組、目標の達成状況、今後の対応を示した"
        f"{_japanese(as_of)}現在の表を、セルまで遡れるリンクトデータにしたもの。"
    )
    en = (
        f"For each measure of the {plan.title.en}: the departments in charge, what was done in each "
        f"fiscal year, whether the aim was met and what comes next, as of {as_of.isoformat()}. "
        "Each statement is traced to the cell of the published table that it comes from."
    )
    return Wording(_as_of(plan, as_of), Text(ja=ja, en=plan.title.en and en))


def edition_graph(plan: PlanSource, as_of: date) -> Wording:
    """The named graph of one edition."""
    about = Text(ja="この版の表が述べていること。", en="What the table of this edition says.")
    return Wording(_as_of(plan, as_of), about)


def graph_titles(plans: Iterable[PlanSource], iris: IriSpace) -> dict[URIRef, Text]:
    """Every named graph that a release has, and what it is called."""
    titles = {iris.graph(name): words.title for name, words in GRAPHS.items()}
    for plan in plans:
        for each in plan.editions:
            titles[iris.edition_graph(plan.slug, each.as_of)] = edition_graph(plan, each.as_of).title
    return titles


def source_table_title(plan: PlanSource, as_of: date) -> Text:
    """The published table of an edition."""
    title = _as_of(plan, as_of)
    return Text(ja=f"{title.ja} 公表された表", en=title.en and f"{title.en}: the published table")


def _progress(plan: PlanSource) -> Text:
    title = plan.title
    return Text(ja=f"{title.ja}の進捗状況", en=title.en and f"Progress of the {title.en}")


def _as_of(plan: PlanSource, as_of: date) -> Text:
    title = _progress(plan)
    return Text(
        ja=f"{title.ja}（{_japanese(as_of)}現在）",
        en=title.en and f"{title.en}, as of {as_of.isoformat()}",
    )


def _japanese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
