"""A site, its editions and the files written of them → the catalogue of what it publishes.

A file's size and digest are known when it is written, so the catalogue is made after the files that it lists,
and before those that hold it: it lists no dump of the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rdflib import Literal, URIRef

from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import DCTERMS, SKOS, THEME
from sakata_lod.publish import wording
from sakata_lod.publish.authority import FREQUENCIES, file_type
from sakata_lod.publish.catalogue import (
    Catalogue,
    DataService,
    Dataset,
    Distribution,
    Keyword,
    Period,
    Series,
)
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.keywords import keyword
from sakata_lod.publish.links import theme_assignments
from sakata_lod.publish.plan import Edition
from sakata_lod.release import EDITIONS, SOURCES, TEMPLATE, VOCABULARY, ReleaseFile
from sakata_lod.site import Contact, Licence, PlanSource, Site, Text
from sakata_lod.vocabulary import ONTOLOGY, SHARED_GRAPHS, THEMES, SharedFile, load

SERVICES = (
    ("sparql", wording.SPARQL, URIRef(wording.SPARQL_PROTOCOL)),
    ("reconcile", wording.RECONCILIATION, URIRef(wording.RECONCILIATION_PROTOCOL)),
)
"""The addresses where programs ask for data: path, words and protocol of each."""

_VOCABULARY_LICENCE_TITLE = "Creative Commons Attribution"


def site_catalogue(
    site: Site, editions: Sequence[Edition], files: Iterable[ReleaseFile], iris: IriSpace
) -> Catalogue:
    """Make the catalogue of a site. files: those written so far; what catalogues do not know is left out."""
    return _Cataloguer(site, tuple(editions), tuple(files), iris).catalogue()


@dataclass(frozen=True)
class _Cataloguer:
    site: Site
    editions: tuple[Edition, ...]
    files: tuple[ReleaseFile, ...]
    iris: IriSpace

    def catalogue(self) -> Catalogue:
        datasets = sorted(
            (*self._of_editions(), *self._of_tables(), *self._of_vocabularies()), key=lambda each: each.name
        )
        return Catalogue(
            words=wording.catalogue(self.site.publisher.name),
            publisher=self.site.publisher,
            contact=self._contact(),
            licence=self.site.licence,
            languages=self.site.languages,
            issued=min(each.as_of for each in self.editions),
            modified=max(each.modified for each in datasets),
            datasets=tuple(datasets),
            series=tuple(self._series(plan) for plan in self.site.plans),
            services=tuple(
                DataService(self.iris.service(path), words, address, address, protocol)
                for path, words, protocol in SERVICES
                for address in (self.iris.address(path),)
            ),
        )

    @cached_property
    def _latest(self) -> date:
        return max(each.as_of for each in self.editions)

    def _contact(self) -> Contact:
        publisher = self.site.publisher
        return self.site.contact or Contact(name=publisher.name, url=publisher.homepage)

    def _series(self, plan: PlanSource) -> Series:
        days = [each.as_of for each in plan.editions]
        iri, frequency = self.iris.series(plan.slug), FREQUENCIES[plan.frequency]
        return Series(iri, wording.series(plan), frequency, self._period(plan), min(days), max(days))

    def _of_editions(self) -> Iterable[Dataset]:
        plans = {plan.slug: plan for plan in self.site.plans}
        for edition in self.editions:
            plan, as_of = plans[edition.plan], edition.as_of
            iri, slug = self.iris.edition(plan.slug, as_of), f"{plan.slug}-{as_of.isoformat()}"
            before = [each.as_of for each in plan.editions if each.as_of < as_of]
            themes = sorted({each.theme for each in theme_assignments(edition, self.site.themes)})
            prefixes = (
                f"{EDITIONS}/{plan.slug}/{as_of.isoformat()}",
                f"{SOURCES}/{plan.slug}/{as_of.isoformat()}/",
            )
            yield Dataset(
                iri=iri,
                name=self._name(slug),
                page=self.iris.dataset_page(self._name(slug)),
                words=wording.edition(plan, as_of),
                licence=self.site.licence,
                issued=as_of,
                modified=as_of,
                keywords=self._keywords(plan.title, themes),
                themes=tuple(THEME[each] for each in themes),
                distributions=self._distributions(iri, prefixes),
                conforms_to=(ONTOLOGY.iri,),
                provenance=wording.edition_provenance(plan, as_of),
                sources=(self.iris.source(plan.slug, as_of),),
                version=as_of.isoformat(),
                previous=self.iris.edition(plan.slug, max(before)) if before else None,
                series=self.iris.series(plan.slug),
                period=self._period(plan),
                frequency=FREQUENCIES[plan.frequency],
                quality=self.iris.graph("validation"),
            )

    def _of_tables(self) -> Iterable[Dataset]:
        """The tables of all plans, where there are any."""
        iri, name = self.iris.dataset("tables"), self._name("tables")
        others = (EDITIONS, SOURCES, VOCABULARY, TEMPLATE)
        paths = tuple(
            each.path for each in self.files if not each.path.startswith(tuple(f"{x}/" for x in others))
        )
        distributions = self._distributions(iri, paths) if paths else ()
        themes = sorted({a.theme for e in self.editions for a in theme_assignments(e, self.site.themes)})
        if distributions:
            yield Dataset(
                iri=iri,
                name=name,
                page=self.iris.dataset_page(name),
                words=wording.tables(self.site.publisher),
                licence=self.site.licence,
                issued=min(each.as_of for each in self.editions),
                modified=self._latest,
                keywords=self._keywords(None, themes),
                themes=tuple(THEME[each] for each in themes),
                distributions=distributions,
                conforms_to=(),
                provenance=wording.TABLES_PROVENANCE,
                version=self._latest.isoformat(),
                period=self._whole_period(iri),
                quality=self.iris.graph("validation"),
            )

    def _of_vocabularies(self) -> Iterable[Dataset]:
        for shared in SHARED_GRAPHS:
            iri, name = self.iris.dataset(shared.name), self._name(shared.name)
            distributions = self._distributions(iri, (f"{VOCABULARY}/{shared.name}.",))
            if distributions:
                words = _told_words(shared)
                yield Dataset(
                    iri=iri,
                    name=name,
                    page=self.iris.dataset_page(name),
                    words=words,
                    licence=Licence(
                        iri=str(load(shared).value(shared.iri, DCTERMS.license)),
                        title=_VOCABULARY_LICENCE_TITLE,
                        confirmed=True,
                    ),
                    modified=date.fromisoformat(str(load(shared).value(shared.iri, DCTERMS.modified))),
                    keywords=self._keywords(words.title, ()),
                    themes=(),
                    distributions=distributions,
                    conforms_to=(),
                    provenance=wording.VOCABULARY_PROVENANCE,
                    sources=(shared.iri,),
                )

    def _name(self, slug: str) -> str:
        return f"{self.site.publisher.code}_{slug}"

    def _distributions(self, dataset: URIRef, prefixes: tuple[str, ...]) -> tuple[Distribution, ...]:
        return tuple(
            Distribution(
                iri=self.iris.distribution(dataset, each.path),
                title=Text.model_validate(each.title),
                download=self.iris.dump(each.path),
                media_type=each.media_type,
                format=kind,
                size=each.size,
                sha256=each.sha256,
            )
            for each in self.files
            if each.path.startswith(prefixes) and (kind := file_type(each.media_type)) is not None
        )

    def _keywords(self, title: Text | None, themes: Iterable[str]) -> tuple[Keyword, ...]:
        """The publisher's name, a title, and the names of themes, as catalogues take them."""
        texts = [self.site.publisher.name.by_language, *([title.by_language] if title else [])]
        texts += [_labels(theme) for theme in themes]
        found = {
            Keyword(cleaned, language)
            for labels in texts
            for language, text in labels.items()
            if language in self.site.languages and (cleaned := keyword(text)) is not None
        }
        return tuple(sorted(found, key=lambda each: (each.language, each.text)))

    def _period(self, plan: PlanSource) -> Period:
        first, last = FiscalYear(plan.first_fiscal_year), FiscalYear(plan.last_fiscal_year)
        return Period(self.iris.plan_period(plan.slug), first.beginning, last.last_day)

    def _whole_period(self, dataset: URIRef) -> Period:
        periods = [self._period(plan) for plan in self.site.plans]
        start, end = min(each.start for each in periods), max(each.end for each in periods)
        return Period(self.iris.period(dataset), start, end)


def _labels(theme: str) -> dict[str, str]:
    labels = load(THEMES).objects(THEME[theme], SKOS.prefLabel)
    return {each.language: str(each) for each in labels if isinstance(each, Literal) and each.language}


def _told_words(shared: SharedFile) -> wording.Wording:
    """What a shared file says of itself."""
    return wording.Wording(_text(shared, DCTERMS.title), _text(shared, DCTERMS.description))


def _text(shared: SharedFile, predicate: URIRef) -> Text:
    texts = load(shared).objects(shared.iri, predicate)
    return Text.model_validate({each.language: str(each) for each in texts if isinstance(each, Literal)})
