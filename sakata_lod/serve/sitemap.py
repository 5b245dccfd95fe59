"""The list of all pages for search engines: https://www.sitemaps.org/protocol.html."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote
from xml.sax.saxutils import escape

from sakata_lod.iris import IriSpace
from sakata_lod.serve.catalogue import Entry
from sakata_lod.serve.negotiation import LANGUAGES

LARGEST = 50_000
"""URLs in one file: the protocol allows no more."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of all pages.

    listed: those at hand. more: how many there are beside them. read: so many of these, after the first
    so many.
    """

    listed: Sequence[str]
    more: int = 0
    read: Callable[[int, int], Sequence[str]] = lambda _first, _most: ()

    def __len__(self) -> int:
        return len(self.listed) + self.more

    def some(self, first: int, most: int) -> Sequence[str]:
        """So many, after the first so many."""
        found = self.listed[first : first + most]
        missing = min(most, len(self) - first) - len(found)
        return [*found, *self.read(max(0, first - len(self.listed)), missing)] if missing > 0 else found


@dataclass(frozen=True, slots=True)
class Sitemap:
    """All pages by their addresses, and when they changed last."""

    addresses: Addresses
    modified: str
    largest: int = LARGEST

    @property
    def parts(self) -> int:
        """How many files it takes."""
        return max(1, -(-len(self.addresses) // self.largest))

    def index(self, base: str) -> str:
        """The list of its parts, where one file does not hold all."""
        parts = (
            f"<sitemap><loc>{escape(base)}sitemap-{number}.xml</loc><lastmod>{self.modified}</lastmod></sitemap>\n"
            for number in range(1, self.parts + 1)
        )
        return f'{_HEAD}<sitemapindex xmlns="{_SITEMAPS}">\n{"".join(parts)}</sitemapindex>\n'

    def part(self, number: int) -> str:
        """One file, from 1."""
        shown = self.addresses.some((number - 1) * self.largest, self.largest)
        urls = "".join(_url(each, self.modified) for each in shown)
        return f'{_HEAD}<urlset xmlns="{_SITEMAPS}" xmlns:xhtml="{_XHTML}">\n{urls}</urlset>\n'


def addresses(
    iris: IriSpace, pages: Sequence[str], entries: Sequence[Entry], things: Sequence[str]
) -> Iterator[str]:
    """The address of every page, that search engines are to know it by.

    pages: by their paths. things: those of the site, and the shared codes and themes.
    """
    for path in pages:
        yield str(iris.address(path))
    for city in sorted(iris.cities):
        yield iris.city(city).base
    for entry in entries:
        yield str(iris.dataset_page(entry.name))
    for thing in things:
        yield iris.document(thing)


def _url(address: str, modified: str) -> str:
    loc = escape(quote(address, safe=":/%~@!$&'()*+,;=-._"))
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{each}" href="{loc}?lang={each}"/>' for each in LANGUAGES
    )
    return f"<url><loc>{loc}</loc><lastmod>{modified}</lastmod>{others}</url>\n"
