"""What each kind of harvester asks, word for word, and what it makes of the answers.

The requests are those of ckanext-harvest, NII's xckan, BODIK's counting, ckanext-dcat and search engines.
"""

import re
from collections.abc import Callable, Sequence

import pyoxigraph as ox

from sakata_lod.formats import GRAPH_FORMATS, HTML, JSON
from sakata_lod.namespaces import HYDRA
from sakata_lod.serve.harvest import trouble
from sakata_lod.serve.harvest.answers import Answer
from sakata_lod.serve.harvest.offered import of_dcat_json, of_package, of_rdf, read_json
from sakata_lod.serve.harvest.replay import Check, Replay, Site
from sakata_lod.serve.harvest.rules import CKAN, DCAT_JSON, DCAT_RDF, XCKAN

_ROWS = 100
_SCRIPT = re.compile(r'<script[^>]+type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)
_LOC = re.compile(r"<loc>\s*([^<\s]+)\s*</loc>")
_RDF = {each.media_type: each.rdf for each in GRAPH_FORMATS if each.rdf is not None}


def ckan(site: Site) -> Check:
    """CKAN's harvester, all packages: page after page until one is empty; the same page twice is an error."""
    replay = Replay(site, CKAN, "CKAN（全件）", "CKAN, everything")
    last: list[str] = []
    for page in range(site.pages):
        found = replay.search(rows=_ROWS, start=page * _ROWS, sort="id asc")
        if not found:
            return replay.done()
        offered = [of_package(each) for each in found]
        if [each.id for each in offered] == last:
            replay.note(f"start={page * _ROWS}", trouble.SAME_PAGE)
            return replay.done()
        last = [each.id for each in offered]
        replay.store(offered)
    replay.check.whole = False
    return replay.done()


def ckan_incremental(site: Site) -> Check:
    """CKAN's harvester, what changed since it came last: with the newest of the first page as that time."""
    replay = Replay(site, CKAN, "CKAN（差分）", "CKAN, what changed")
    newest = replay.search(rows=1, start=0, sort="metadata_modified desc")
    if newest:
        since = of_package(newest[0]).modified
        found = replay.search(
            rows=_ROWS, start=0, sort="id asc", fq=f"metadata_modified:[{since.removesuffix('Z')}Z TO *]"
        )
        offered = [of_package(each) for each in found or ()]
        replay.store(offered)
        if found is not None and not offered:
            replay.note(since, trouble.NEWEST_MISSED)
        if any(each.modified < since for each in offered):
            replay.note(since, trouble.OLDER_GIVEN)
    return replay.done()


def xckan(site: Site) -> Check:
    """NII's harvester: the list, the first few packages by name, and changes by quoted times."""
    replay = Replay(site, XCKAN, "NII（xckan）", "NII's xckan")
    names = replay.action("package_list")
    known = names if isinstance(names, list) else []
    for name in [each for each in known if isinstance(each, str)][: site.pages]:
        package = replay.action("package_show", id=name)
        if isinstance(package, dict):
            replay.store([of_package(package)])
    since = '["2000-01-01T00:00:00Z" TO *]'
    found = replay.search(fq=f"(metadata_modified:{since} OR metadata_created:{since})", start=0, rows=_ROWS)
    if found == [] and names:
        replay.note(since, trouble.NEWEST_MISSED)
    return replay.done()


def bodik(site: Site) -> Check:
    """Users of BODIK: how many packages a city has, by the code that their names begin with."""
    replay = Replay(site, "bodik", "BODIK（件数）", "BODIK, counting")
    names = replay.action("package_list", limit=1)
    if isinstance(names, list) and names and isinstance(names[0], str):
        code = names[0].partition("_")[0]
        counted: dict[str, str | int] = {"rows": 0, "facet.field": '["name"]', "facet.limit": -1}
        result = replay.action("package_search", **counted, fq=f"name:{code}_*")
        facets = result.get("facets") if isinstance(result, dict) else None
        if not re.fullmatch(r"[0-9]{6}", code):
            replay.note(names[0], trouble.NO_CODE)
        elif result is not None and not (isinstance(facets, dict) and facets.get("name")):
            replay.note("facet.field", trouble.NOT_COUNTED)
    return replay.done()


def dcat_rdf(site: Site) -> Check:
    """CKAN's harvester of DCAT in RDF: HEAD, GET, and on by hydra:next, without saying what it accepts."""
    replay = Replay(site, DCAT_RDF, "DCAT（RDF）", "DCAT in RDF")
    path: str | None = "catalog.xml"
    seen: set[str] = set()
    while path is not None:
        if len(seen) == site.pages:
            replay.check.whole = False
            break
        seen.add(path)
        replay.get(path, "HEAD")
        answer = replay.get(path)
        triples = _triples(replay, answer) if answer else []
        replay.store(of_rdf(triples))
        path = _following(replay, triples, seen)
    return replay.done()


def _triples(replay: Replay, answer: Answer) -> list[ox.Triple]:
    form = _RDF.get(answer.media_type)
    if form is None:
        replay.note(answer.path, trouble.no_rdf(answer))
        return []
    try:
        return [quad.triple for quad in ox.parse(answer.content, format=form, base_iri=replay.site.base)]
    except (SyntaxError, ValueError) as error:
        replay.note(answer.path, trouble.malformed(str(error)))
        return []


def _following(replay: Replay, triples: Sequence[ox.Triple], seen: set[str]) -> str | None:
    targets = (each.object for each in triples if each.predicate.value == str(HYDRA.next))
    following = next((each.value for each in targets if isinstance(each, ox.NamedNode | ox.Literal)), "")
    path = following.removeprefix(replay.site.base)
    if path and (path == following or path in seen):
        replay.note(following, trouble.LED_ASTRAY)
        return None
    return path or None


def dcat_json(site: Site) -> Check:
    """CKAN's harvester of DCAT in JSON: page after page until one is not there, empty, or the last again."""
    replay = Replay(site, DCAT_JSON, "DCAT（JSON）", "DCAT in JSON")
    last: list[str] = []
    for page in range(1, site.pages + 1):
        path = "dcat.json" + (f"?page={page}" if page > 1 else "")
        answer = site.ask("GET", path, "") if page > 1 else replay.get(path)
        if answer is None or answer.status == 404:
            return replay.done()
        told = read_json(answer.content)
        datasets = told.get("dataset", []) if isinstance(told, dict) else told
        if answer.media_type != JSON.media_type or not isinstance(datasets, list):
            replay.note(path, trouble.NO_DCAT_JSON)
            return replay.done()
        offered = [of_dcat_json(each) for each in datasets if isinstance(each, dict)]
        if not offered or [each.id for each in offered] == last:
            return replay.done()
        last = [each.id for each in offered]
        replay.store(offered)
    replay.check.whole = False
    return replay.done()


def search_engine(site: Site) -> Check:
    """Search engines: robots.txt, the sitemap, and a dataset's page with schema.org's Dataset in it."""
    replay = Replay(site, "schema-org", "検索エンジン（schema.org）", "search engines (schema.org)")
    replay.get("robots.txt")
    listed = replay.get("sitemap.xml")
    addresses = _LOC.findall(listed.content.decode("utf-8", "replace")) if listed else []
    if addresses and addresses[0].endswith(".xml"):  # an index of further lists
        more = replay.get(addresses[0].removeprefix(site.base))
        addresses = _LOC.findall(more.content.decode("utf-8", "replace")) if more else []
    pages = [each for each in addresses if each.startswith(f"{site.base}dataset/")]
    if listed and not pages:
        elsewhere = [each for each in addresses if not each.startswith(site.base)]
        lacking = trouble.listed_elsewhere(elsewhere[0]) if elsewhere else trouble.NO_DATASETS_LISTED
        replay.note("sitemap.xml", lacking)
    for each in pages[:1]:
        page = replay.get(each.removeprefix(site.base), accept=HTML.media_type)
        if page and not any(map(_is_dataset, _SCRIPT.findall(page.content.decode("utf-8", "replace")))):
            replay.note(each, trouble.NO_STRUCTURE)
    return replay.done()


def _is_dataset(script: str) -> bool:
    told = read_json(script.encode())
    if not isinstance(told, dict) or told.get("@type") != "Dataset":
        return False
    return bool(told.get("name")) and bool(told.get("description"))


CLIENTS: Sequence[Callable[[Site], Check]] = (
    ckan, ckan_incremental, xckan, bodik, dcat_rdf, dcat_json, search_engine,
)  # fmt: skip


def check(site: Site) -> list[Check]:
    """Play every harvester."""
    return [each(site) for each in CLIENTS]
