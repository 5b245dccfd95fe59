"""Read a site's files and check them, against their schema and against the shared code lists."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from rdflib import URIRef

from sakata_lod.errors import InvalidConfiguration, MissingFile, Unanswered, UnknownCode
from sakata_lod.namespaces import CODE
from sakata_lod.site.fields import Configuration
from sakata_lod.site.links import LinksFile
from sakata_lod.site.schema import (
    CorrectionsFile,
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
QUESTION = "?"
"""What stands in a proposed configuration where only people know the answer."""
PROPOSED = (SiteFile, PlanFile)
"""The files that commands propose. In others, "?" is what a table prints."""
_SITE_FILE = "it says who publishes, and under which base IRI"

ConfigurationT = TypeVar("ConfigurationT", bound=Configuration)


def read_site(folder: Path, base_iri: str | None = None) -> Site:
    """Read a site's folder.

    base_iri: instead of the one in site.toml.
    Raises: MissingFile, InvalidConfiguration, UnknownCode: each names the file, the key and what to do.
    """
    path = folder / "site.toml"
    settings = read_site_file(folder)
    register = folder / "departments.ttl"
    if not register.is_file():
        raise MissingFile(register, "the register of the departments that measures name")
    plans = tuple(_read_plan(each) for each in sorted((folder / "plans").glob("*/plan.toml")))
    if not plans:
        raise MissingFile(folder / "plans" / "…" / "plan.toml", "a site publishes at least one plan")
    _check_slugs(plans)
    values = settings.model_dump() | ({"base_iri": base_iri} if base_iri else {})
    return _checked(
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
    return _read_toml(folder / "site.toml", SiteFile, _SITE_FILE)


def read_new_site_file(folder: Path) -> SiteFile:
    """Read who publishes, as far as it is answered. Raises: MissingFile, InvalidConfiguration."""
    path = folder / "site.toml"
    return _checked(path, SiteFile, _values(path, _content(path, _SITE_FILE)))


def read_federation_file(folder: Path) -> FederationFile:
    """Read which sites are published together. Raises: MissingFile, InvalidConfiguration."""
    return _read_toml(folder / FEDERATION, FederationFile, "it names the sites to publish together")


def read_links(path: Path) -> LinksFile:
    """Read the links to measures elsewhere, if there are any. Raises: InvalidConfiguration."""
    links = _read_toml(path, LinksFile, "") if path.exists() else LinksFile()
    seen: set[tuple[str, str]] = set()
    for each in links.link:
        if (each.measure, each.other) in seen:
            raise InvalidConfiguration(path, each.measure, f"it is linked to {each.other} twice; leave one")
        seen.add((each.measure, each.other))
    return links


def _check_slugs(plans: Sequence[PlanSource]) -> None:
    seen: dict[str, Path] = {}
    for plan in plans:
        first = seen.setdefault(plan.slug, plan.folder)
        if first != plan.folder:
            problem = f"{first / 'plan.toml'} bears this slug, too; each plan needs its own"
            raise InvalidConfiguration(plan.folder / "plan.toml", "slug", problem)


def _read_plan(path: Path) -> PlanSource:
    plan = _read_toml(path, PlanFile, "it says how the plan's tables are laid out")
    translations = path.parent / "translations.toml"
    return PlanSource(
        folder=path.parent,
        slug=plan.slug,
        title=plan.title,
        first_fiscal_year=plan.first_fiscal_year,
        last_fiscal_year=plan.last_fiscal_year,
        frequency=plan.frequency,
        layout=_layout(path, plan, {}, ""),
        translations=_read_toml(translations, Translations, "") if translations.exists() else Translations(),
        editions=tuple(
            _read_edition(path, plan, as_of, source) for as_of, source in sorted(plan.editions.items())
        ),
    )


def _layout(path: Path, plan: PlanFile, anew: Mapping[str, object], within: str) -> TableLayout:
    """How a plan's tables are read; anew: what one edition says instead, each key as a whole.

    within: where that stands in the file, for an error: "editions.2024-03-31.".
    """
    said = {name: getattr(plan, name) for name in TableLayout.model_fields}
    layout = _checked(path, TableLayout, said | dict(anew), within)
    _check_codes(path, f"{within}achievement", layout.achievement, concepts(CODES, CODE.achievement))
    _check_codes(path, f"{within}response", layout.response, concepts(CODES, CODE.response))
    return layout


def plan_for_a_table(path: Path, content: bytes, table: str) -> PlanSource:
    """Read a plan.toml for one table at hand, which need not be in an edition's folder.

    path: the file's name, for errors. table: the name of the table's file. Its edition is the one that names
    that file, or else the last; it is the only one in the answer.
    Raises: InvalidConfiguration, UnknownCode.
    """
    plan = _parsed(path, content, PlanFile)
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
        raise MissingFile(folder / source.source, "the published table of this edition, named in plan.toml")
    path = folder / "corrections.toml"
    corrections = _read_toml(path, CorrectionsFile, "").correction if path.exists() else ()
    known = concepts(CODES, CODE.anomaly)
    seen: set[str] = set()
    for each in corrections:
        _check_codes(path, each.slug, {"type": each.type}, known)
        if each.slug in seen:
            raise InvalidConfiguration(path, each.slug, "two corrections bear this slug; each needs its own")
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
    rules = _read_toml(path, ThemeRules, "it says which words make which theme")
    known = concepts(THEMES, THEMES.iri)
    for theme in [rule.theme for rule in rules.rule] + [link.theme for link in rules.link]:
        _check_codes(path, "theme", {theme: theme}, known)
    return rules


def _read_withdrawn(path: Path) -> tuple[Withdrawal, ...]:
    """Read what is withdrawn, if anything. Whether it is published all the same, only the data can tell."""
    withdrawn = _read_toml(path, WithdrawnFile, "").withdrawn if path.exists() else ()
    paths = [each.path for each in withdrawn]
    for place, each in enumerate(withdrawn):
        if each.path in paths[:place]:
            raise InvalidConfiguration(path, each.path, "it is withdrawn twice; leave one entry")
        if each.successor in paths:
            problem = (
                f"its successor {each.successor} is withdrawn itself: name what there is now, or nothing"
            )
            raise InvalidConfiguration(path, each.path, problem)
    return withdrawn


def _check_codes(path: Path, key: str, codes: Mapping[str, str], known: Mapping[str, URIRef]) -> None:
    for word, code in codes.items():
        if code not in known:
            raise UnknownCode(path, f"{key}.{word}", code, ", ".join(sorted(known)))


def _read_toml(path: Path, model: type[ConfigurationT], purpose: str) -> ConfigurationT:
    return _parsed(path, _content(path, purpose), model)


def _content(path: Path, purpose: str) -> bytes:
    if not path.is_file():
        raise MissingFile(path, purpose)
    return path.read_bytes()


def _parsed(path: Path, content: bytes, model: type[ConfigurationT]) -> ConfigurationT:
    values = _values(path, content)
    if model in PROPOSED and (asked := next(_questions(values), None)):
        raise Unanswered(path, asked)
    return _checked(path, model, values)


def _values(path: Path, content: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidConfiguration(path, "TOML", str(error)) from error


def _questions(value: object, key: str = "") -> Iterator[str]:
    """The keys that are still asked, the day of an edition among them, which is a key itself."""
    if value == QUESTION or (key == "editions" and isinstance(value, dict) and QUESTION in value):
        yield key
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _questions(each, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for each in value:
            yield from _questions(each, key)


def _checked(
    path: Path, model: type[ConfigurationT], values: Mapping[str, object], within: str = ""
) -> ConfigurationT:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "file"
        raise InvalidConfiguration(path, within + key, first["msg"].removeprefix("Value error, ")) from error
