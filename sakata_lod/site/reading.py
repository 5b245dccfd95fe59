"""Read a site's files and check them, against their schema and against the shared code lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from rdflib import URIRef

from sakata_lod.errors import InvalidConfiguration, MissingFile, UnknownCode, Words
from sakata_lod.namespaces import CODE
from sakata_lod.site.configuration_file import (
    checked,
    content_of,
    parsed,
    read_file,
    read_if_there,
    values_of,
)
from sakata_lod.site.corrections import CorrectionsFile
from sakata_lod.site.links import LinksFile
from sakata_lod.site.schema import (
    EditionFolder,
    FederationFile,
    PlanFile,
    PlanSource,
    Site,
    SiteFile,
    ThemeRules,
    Translations,
    Withdrawal,
    WithdrawnFile,
)
from sakata_lod.site.table_layout import EditionSource, TableLayout
from sakata_lod.vocabulary import CODES, THEMES, concepts

FEDERATION = "federation.toml"
"""The file that makes a folder a federation's."""
WITHDRAWN = "withdrawn.toml"
LINKS = "links.toml"
"""The file of a site that says which measures elsewhere are like its own."""
_REGISTER = Words("施策の所管課の台帳です。", "the register of the departments that measures name")
_ONE_PLAN = Words("サイトは少なくとも1つの計画を公開します。", "a site publishes at least one plan")
_TABLE = Words(
    "plan.toml が示す、この版の公表された表です。", "the published table of this edition, named in plan.toml"
)
_PLAN_FILE = Words("計画の表の読み方を決めるファイルです。", "it says how the plan's tables are laid out")
_THEMES_FILE = Words(
    "どの言葉がどのテーマになるかを決めるファイルです。", "it says which words make which theme"
)
_FEDERATION_FILE = Words(
    "まとめて公開するサイトを並べるファイルです。", "it names the sites to publish together"
)
_SITE_FILE = Words(
    "公開者とベースIRIを決めるファイルです。", "it says who publishes, and under which base IRI"
)


def read_site(folder: Path, base_iri: str | None = None) -> Site:
    """Read a site's folder.

    base_iri: instead of the one in site.toml.
    Raises: MissingFile, InvalidConfiguration, UnknownCode: each names the file, the key and what to do.
    """
    path = folder / "site.toml"
    settings = read_site_file(folder)
    register = folder / "departments.ttl"
    if not register.is_file():
        raise MissingFile(register, _REGISTER)
    plans = tuple(_read_plan(each) for each in sorted((folder / "plans").glob("*/plan.toml")))
    if not plans:
        raise MissingFile(folder / "plans" / "…" / "plan.toml", _ONE_PLAN)
    _check_slugs(plans)
    values = settings.model_dump() | ({"base_iri": base_iri} if base_iri else {})
    return checked(
        path,
        Site,
        values
        | {
            "folder": folder,
            "departments": register,
            "themes": _read_themes(folder),
            "plans": plans,
            "withdrawn": _read_withdrawn(folder / WITHDRAWN),
            "links": read_links(folder / LINKS),
        },
    )


def read_site_file(folder: Path) -> SiteFile:
    """Read who publishes, without their plans. Raises: MissingFile, InvalidConfiguration, Unanswered."""
    return read_file(folder / "site.toml", SiteFile, _SITE_FILE)


def read_new_site_file(folder: Path) -> SiteFile:
    """Read who publishes, as far as it is answered. Raises: MissingFile, InvalidConfiguration."""
    path = folder / "site.toml"
    return checked(path, SiteFile, values_of(path, content_of(path, _SITE_FILE)))


def read_federation_file(folder: Path) -> FederationFile:
    """Read which sites are published together. Raises: MissingFile, InvalidConfiguration."""
    return read_file(folder / FEDERATION, FederationFile, _FEDERATION_FILE)


def read_links(path: Path) -> LinksFile:
    """Read the links to measures elsewhere, if there are any. Raises: InvalidConfiguration."""
    links = read_if_there(path, LinksFile)
    seen: set[tuple[str, str]] = set()
    for each in links.link:
        if (each.measure, each.other) in seen:
            problem = Words(
                f"{each.other} へのリンクが2つあります。1つにしてください",
                f"it is linked to {each.other} twice; leave one",
            )
            raise InvalidConfiguration(path, each.measure, problem)
        seen.add((each.measure, each.other))
    return links


def _check_slugs(plans: Sequence[PlanSource]) -> None:
    seen: dict[str, Path] = {}
    for plan in plans:
        first = seen.setdefault(plan.slug, plan.folder)
        if first != plan.folder:
            problem = Words(
                f"{first / 'plan.toml'} と同じ slug です。計画ごとに別の slug にしてください",
                f"{first / 'plan.toml'} bears this slug, too; each plan needs its own",
            )
            raise InvalidConfiguration(plan.folder / "plan.toml", "slug", problem)


def _read_plan(path: Path) -> PlanSource:
    plan = read_file(path, PlanFile, _PLAN_FILE)
    translations = path.parent / "translations.toml"
    return PlanSource(
        folder=path.parent,
        slug=plan.slug,
        title=plan.title,
        first_fiscal_year=plan.first_fiscal_year,
        last_fiscal_year=plan.last_fiscal_year,
        frequency=plan.frequency,
        layout=_layout(path, plan, {}, ""),
        translations=read_if_there(translations, Translations),
        editions=tuple(
            _read_edition(path, plan, as_of, source) for as_of, source in sorted(plan.editions.items())
        ),
    )


def _layout(path: Path, plan: PlanFile, anew: Mapping[str, object], within: str) -> TableLayout:
    """How a plan's tables are read; anew: what one edition says instead, each key as a whole.

    within: where that stands in the file, for an error: "editions.2024-03-31.".
    """
    said = {name: getattr(plan, name) for name in TableLayout.model_fields}
    layout = checked(path, TableLayout, said | dict(anew), within)
    _check_codes(path, f"{within}achievement", layout.achievement, concepts(CODES, CODE.achievement))
    _check_codes(path, f"{within}response", layout.response, concepts(CODES, CODE.response))
    return layout


def plan_for_a_table(path: Path, content: bytes, table: str) -> PlanSource:
    """Read a plan.toml for one table at hand, which need not be in an edition's folder.

    path: the file's name, for errors. table: the name of the table's file. Its edition is the one that names
    that file, or else the last; it is the only one in the answer.
    Raises: InvalidConfiguration, UnknownCode.
    """
    plan = parsed(path, content, PlanFile)
    as_of, source = max(plan.editions.items(), key=lambda each: (each[1].source == table, each[0]))
    within = f"editions.{as_of}." if source.layout else ""
    layout = _layout(path, plan, source.layout, within)
    folder = EditionFolder(folder=path.parent, as_of=as_of, source=source, layout=layout, corrections=())
    return PlanSource(
        folder=path.parent,
        slug=plan.slug,
        title=plan.title,
        first_fiscal_year=plan.first_fiscal_year,
        last_fiscal_year=plan.last_fiscal_year,
        layout=layout,
        translations=Translations(),
        editions=(folder,),
    )


def _read_edition(plan_path: Path, plan: PlanFile, as_of: date, source: EditionSource) -> EditionFolder:
    folder = plan_path.parent / as_of.isoformat()
    if not (folder / source.source).is_file():
        raise MissingFile(folder / source.source, _TABLE)
    path = folder / "corrections.toml"
    corrections = read_if_there(path, CorrectionsFile).correction
    known = concepts(CODES, CODE.anomaly)
    seen: set[str] = set()
    for each in corrections:
        _check_codes(path, each.slug, {"type": each.type}, known)
        if each.slug in seen:
            problem = Words(
                "同じ slug の訂正が2つあります。訂正ごとに別の slug にしてください",
                "two corrections bear this slug; each needs its own",
            )
            raise InvalidConfiguration(path, each.slug, problem)
        seen.add(each.slug)
    return EditionFolder(
        folder=folder,
        as_of=as_of,
        source=source,
        layout=_layout(plan_path, plan, source.layout, f"editions.{as_of}." if source.layout else ""),
        corrections=corrections,
    )


def _read_themes(folder: Path) -> ThemeRules:
    path = folder / "themes.toml"
    rules = read_file(path, ThemeRules, _THEMES_FILE)
    known = concepts(THEMES, THEMES.iri)
    for theme in [rule.theme for rule in rules.rule] + [link.theme for link in rules.link]:
        _check_codes(path, "theme", {theme: theme}, known)
    return rules


def _read_withdrawn(path: Path) -> tuple[Withdrawal, ...]:
    """Read what is withdrawn, if anything. Whether it is published all the same, only the data can tell."""
    withdrawn = read_if_there(path, WithdrawnFile).withdrawn
    paths = [each.path for each in withdrawn]
    for place, each in enumerate(withdrawn):
        if each.path in paths[:place]:
            problem = Words(
                "同じものが2回取り下げられています。1つにしてください",
                "it is withdrawn twice; leave one entry",
            )
            raise InvalidConfiguration(path, each.path, problem)
        if each.successor in paths:
            problem = Words(
                f"後継の {each.successor} も取り下げられています。今あるものを書くか、空けてください",
                f"its successor {each.successor} is withdrawn itself: name what there is now, or nothing",
            )
            raise InvalidConfiguration(path, each.path, problem)
    return withdrawn


def _check_codes(path: Path, key: str, codes: Mapping[str, str], known: Mapping[str, URIRef]) -> None:
    for word, code in codes.items():
        if code not in known:
            raise UnknownCode(path, f"{key}.{word}", code, ", ".join(sorted(known)))
