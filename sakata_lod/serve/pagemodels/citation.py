"""How a page's subject is cited: in words, and for BibTeX."""

import re
from dataclasses import dataclass

from sakata_lod.release import PublishedSite
from sakata_lod.serve.translation import day, gettext


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. date: the day that the data are as of, like 2023-03-31; empty where it has none."""

    author: str
    title: str
    date: str
    iri: str

    @property
    def plain(self) -> str:
        """The citation in words, in the language of the request."""
        return gettext(
            "%(author)s: “%(title)s”. Data as of %(date)s. %(iri)s",
            author=self.author,
            title=self.title,
            date=day(self.date),
            iri=self.iri,
        )

    @property
    def bibtex(self) -> str:
        """The citation as an entry of a BibTeX file."""
        key = re.sub(r"[^a-z0-9]+", "-", self.iri.partition("://")[2].lower()).strip("-")
        fields = {
            "author": f"{{{_escaped(self.author)}}}",
            "title": f"{{{_escaped(self.title)}}}",
            "year": self.date[:4],
            "note": self.date,
            "url": self.iri,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{key},", *lines, "}"])


def citation(site: PublishedSite, language: str, title: str, iri: str) -> Citation:
    """Cite a thing that a site publishes, as of its newest edition."""
    publisher = site.publisher.get(language) or next(iter(site.publisher.values()))
    return Citation(publisher, title, max((each.current_edition for each in site.plans), default=""), iri)


def _escaped(text: str) -> str:
    """Keep what BibTeX and TeX would take for commands."""
    return re.sub(r"([{}%#&$_])", r"\\\1", text.replace("\\", "/"))
