"""Terms of the EU's authority tables that the catalogue uses, each looked up, with what it is called.

http://publications.europa.eu/resource/authority/…; catalogues everywhere know them.
"""

from dataclasses import dataclass

from rdflib import URIRef

from sakata_lod.formats import FILE_TYPES
from sakata_lod.namespaces import DCTERMS
from sakata_lod.site import Frequency, Text

_TABLES = "http://publications.europa.eu/resource/authority/"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a table. type: the class that DCAT-AP asks for; None where it asks for a mere concept."""

    iri: URIRef
    label: Text
    type: URIRef | None

    @property
    def table(self) -> URIRef:
        """The table that it stands in."""
        return URIRef(self.iri.rpartition("/")[0])


def _term(path: str, ja: str, en: str, type_: URIRef | None = None) -> Term:
    return Term(URIRef(_TABLES + path), Text(ja=ja, en=en), type_)


LANGUAGES = {
    "ja": _term("language/JPN", "日本語", "Japanese", DCTERMS.LinguisticSystem),
    "en": _term("language/ENG", "英語", "English", DCTERMS.LinguisticSystem),
}
FREQUENCIES: dict[Frequency, Term] = {
    "monthly": _term("frequency/MONTHLY", "毎月", "monthly", DCTERMS.Frequency),
    "quarterly": _term("frequency/QUARTERLY", "四半期ごと", "quarterly", DCTERMS.Frequency),
    "semiannual": _term("frequency/ANNUAL_2", "年2回", "semiannual", DCTERMS.Frequency),
    "annual": _term("frequency/ANNUAL", "年1回", "annual", DCTERMS.Frequency),
    "biennial": _term("frequency/BIENNIAL", "2年に1回", "biennial", DCTERMS.Frequency),
    "triennial": _term("frequency/TRIENNIAL", "3年に1回", "triennial", DCTERMS.Frequency),
    "irregular": _term("frequency/IRREG", "不定期", "irregular", DCTERMS.Frequency),
}
GOVERNMENT = _term("data-theme/GOVE", "政府・公共部門", "Government and public sector")
PUBLIC = _term("access-right/PUBLIC", "公開", "public", DCTERMS.RightsStatement)
STABLE = _term("planned-availability/STABLE", "安定", "stable")
COMPLETED = _term("distribution-status/COMPLETED", "完成", "completed")


def file_type(media_type: str) -> Term | None:
    """The kind of a file; None where it is none that a catalogue lists."""
    if media_type not in FILE_TYPES:
        return None
    name, label = FILE_TYPES[media_type]
    return _term(f"file-type/{name}", label, label, DCTERMS.IMT)
