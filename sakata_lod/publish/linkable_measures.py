"""The measures that a release or a SPARQL endpoint has, as far as others can be compared with them."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from sakata_lod.errors import EndpointFailed, StoreRefused, StoreUnavailable
from sakata_lod.publish.link_proposals import Linkable
from sakata_lod.release import open_release
from sakata_lod.stores.endpoint import Endpoint, StoreQuery, parse_results

_QUERY = Path(__file__).parent / "queries" / "linkable-measures.rq"
_TIMEOUT_S = 60.0
_LARGEST_ANSWER_BYTES = 1 << 28


def linkable_measures(at: str, city: str | None = None) -> list[Linkable]:
    """Ask for the measures. at: the folder of a release, or an endpoint's URL. city: a code, of those there.

    Raises: ReleaseNotFound, ReleaseDamaged; EndpointFailed.
    """
    query = _QUERY.read_text(encoding="utf-8")
    found = _ask_endpoint(at, query) if at.startswith(("http://", "https://")) else _ask_release(at, query)
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for code, measure, name, value in found:
        if city is None or code == city:
            said[measure][name].add(value)
    return [_linkable(iri, each) for iri, each in sorted(said.items()) if each["title"]]


def _linkable(iri: str, said: dict[str, set[str]]) -> Linkable:
    return Linkable(iri, min(said["title"]), frozenset(said["theme"]), frozenset(said["department"]))


def _ask_release(folder: str, query: str) -> Iterable[tuple[str, ...]]:
    store = ox.Store()
    store.bulk_load(path=open_release(Path(folder)).dataset, format=ox.RdfFormat.N_QUADS)
    return _rows(store.query(query))


def _ask_endpoint(url: str, query: str) -> Iterable[tuple[str, ...]]:
    try:
        answer = Endpoint(url, _TIMEOUT_S).results(StoreQuery(query), _LARGEST_ANSWER_BYTES)
        return _rows(parse_results(answer))
    except (StoreUnavailable, StoreRefused, TimeoutError, SyntaxError, ValueError) as error:
        raise EndpointFailed(url, " ".join(str(error).split()) or type(error).__name__) from error


def _rows(found: object) -> list[tuple[str, ...]]:
    if not isinstance(found, ox.QuerySolutions):
        raise ValueError("the answer is no table")  # noqa: TRY004 - of what was sent, not of a type
    return [tuple(_text(each) for each in row) for row in found]


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
