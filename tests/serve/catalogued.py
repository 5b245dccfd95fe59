"""Releases with a catalogue of many invented datasets, as `publish` makes catalogues."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from sakata_lod.conversion import ox_triples
from sakata_lod.formats import CSV, N_QUADS, TURTLE
from sakata_lod.iris import IriSpace
from sakata_lod.publish.authority import FREQUENCIES, file_type
from sakata_lod.publish.catalogue import Catalogue, Dataset, Distribution, Keyword, Series
from sakata_lod.publish.catalogue import Period as CoveredTime
from sakata_lod.publish.catalogue_graph import catalogue_graph
from sakata_lod.publish.void import Holdings, void_graph
from sakata_lod.publish.void_statements import Described, Dump
from sakata_lod.publish.wording import Wording
from sakata_lod.release import DATASET, GRAPH, MANIFEST, VOID_FILE
from sakata_lod.serialization import SortedGraph, serialize
from sakata_lod.site import Contact, Licence, Publisher, Text

from .small_release import BASE, LICENCE, listed, manifest

FIRST_DAY = date(2020, 1, 1)
"""The first dataset changed then, each further one a day later."""

TERMS = Licence(iri=LICENCE, title="Creative Commons Attribution")
CITY = Publisher(
    code="999999", name=Text(ja="港市", en="Minato City"), homepage="https://www.example.jp/",
    see_also=("https://sws.geonames.org/1/",),
)  # fmt: skip
FORMATS = (CSV.media_type, TURTLE.media_type)


def write_catalogued_release(
    folder: Path, datasets: int, base: str = BASE, changed: int | None = None
) -> Path:
    """Write a release whose catalogue lists so many datasets. Answers the folder.

    changed: the number of one whose words are others than they else are.
    """
    folder.mkdir(parents=True)
    iris = IriSpace(base)
    catalogue = ox_triples(catalogue_graph(invented(datasets, iris, changed), iris))
    name = ox.NamedNode(iris.graph("catalogue"))
    store = ox.Store()
    for graph in (ox.DefaultGraph(), name):
        store.bulk_extend(ox.Quad(each.subject, each.predicate, each.object, graph) for each in catalogue)
    store.dump(output=folder / DATASET, format=ox.RdfFormat.N_QUADS)
    titles = Wording(Text(ja="港市のデータ", en="Data of Minato City"), Text(ja="試験用。", en="For tests."))
    described = Described(
        titles, iris.organization("999999"), URIRef(LICENCE), "2023-05-10", f"{base}id/",
        (Dump(f"{GRAPH}.ttl", TURTLE),),
    )  # fmt: skip
    whole = SortedGraph(catalogue)
    title = Text(ja="カタログ", en="Catalogue")
    held = Holdings(whole, {iris.graph("catalogue"): whole}, {iris.graph("catalogue"): title})
    void = void_graph(held, described, iris)
    (folder / VOID_FILE).write_bytes(serialize(ox_triples(void), TURTLE))
    files = [
        listed(folder, DATASET, N_QUADS.media_type, "全データ", "Everything"),
        listed(folder, VOID_FILE, TURTLE.media_type, "要約", "Summary"),
    ]
    (folder / MANIFEST).write_text(manifest(base, files).text(), encoding="utf-8")
    return folder


def invented(datasets: int, iris: IriSpace, changed: int | None = None) -> Catalogue:
    """A catalogue of so many datasets, each with two files."""
    last = FIRST_DAY + timedelta(days=datasets - 1)
    series = iris.series("joho")
    period = CoveredTime(iris.plan_period("joho"), date(2018, 4, 1), date(2023, 3, 31))
    return Catalogue(
        words=Wording(Text(ja="港市のカタログ", en="Catalogue of Minato City"), Text(ja="目録。", en="A list.")),
        publisher=CITY,
        contact=Contact(name=CITY.name, url=CITY.homepage),
        licence=TERMS,
        languages=("ja", "en"),
        issued=FIRST_DAY,
        modified=last,
        datasets=tuple(
            _mended(each) if number == changed else each
            for number in range(datasets)
            for each in [_dataset(number, series, period, iris)]
        ),
        series=(
            Series(series, Wording(Text(ja="進捗", en="Progress"), Text(ja="各版。", en="Editions.")),
                   FREQUENCIES["annual"], period, FIRST_DAY, last),
        ),
        services=(),
    )  # fmt: skip


def _dataset(number: int, series: URIRef, period: CoveredTime, iris: IriSpace) -> Dataset:
    slug = f"invented-{number:04}"
    iri, name, day = iris.dataset(slug), f"999999_{slug}", FIRST_DAY + timedelta(days=number)
    return Dataset(
        iri=iri,
        name=name,
        page=iris.dataset_page(name),
        words=Wording(
            Text(ja=f"データ{number}", en=f"Data {number}"),
            Text(ja=f"{number}番の</script>説明。", en=f"No. {number}."),
        ),
        licence=TERMS,
        modified=day,
        issued=FIRST_DAY,
        keywords=(Keyword("公開データ", "ja"), Keyword("open data", "en")),
        themes=(),
        distributions=tuple(_file(iri, f"{slug}.{number}", each, iris) for each in FORMATS),
        conforms_to=(URIRef("https://w3id.org/municipal-plan"),),
        provenance=Text(ja="試験のために作った。", en="Made up for tests."),
        version=day.isoformat(),
        series=series,
        period=period,
        frequency=FREQUENCIES["annual"],
    )


def _mended(dataset: Dataset) -> Dataset:
    words = Wording(dataset.words.title, Text(ja="訂正した説明。", en="A mended description."))
    return replace(dataset, words=words)


def _file(dataset: URIRef, path: str, media_type: str, iris: IriSpace) -> Distribution:
    kind = file_type(media_type)
    assert kind is not None
    path = f"{path}.{kind.label.ja.lower()}"
    return Distribution(
        iris.distribution(dataset, path),
        Text(ja="ファイル", en="File"),
        iris.dump(path),
        media_type,
        kind,
        42,
        "ab" * 32,
    )
