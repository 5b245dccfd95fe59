"""What all tables of a release say of themselves: whose they are, of when, on which terms."""

from dataclasses import dataclass
from datetime import date

from sakata_lod.site import Site, Text


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes a release's tables, as of when, under which licence.

    plans: their titles. base: the IRI that all addresses begin with. licence_confirmed: by the publisher.
    """

    publisher: Text
    plans: tuple[Text, ...]
    as_of: date
    licence: str
    licence_title: str
    licence_confirmed: bool
    base: str

    @property
    def title(self) -> Text:
        """What the tables are called together."""
        en = self.publisher.en and f"{self.publisher.en}: the progress of its plans, as tables"
        return Text(ja=f"{self.publisher.ja}の計画の進捗状況の表", en=en)


def publication_of(site: Site, as_of: date) -> Publication:
    """What a site's tables say of themselves. as_of: the latest edition's day."""
    return Publication(
        publisher=site.publisher.name,
        plans=tuple(plan.title for plan in site.plans),
        as_of=as_of,
        licence=site.licence.iri,
        licence_title=site.licence.title,
        licence_confirmed=site.licence.confirmed,
        base=site.base_iri,
    )
