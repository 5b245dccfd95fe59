"""Playing one harvester: what it asks, what comes of it, what is noted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sakata_lod.errors import Words
from sakata_lod.serve.harvest import trouble
from sakata_lod.serve.harvest.answers import LARGEST_BYTES, Answer, Ask
from sakata_lod.serve.harvest.offered import Offered, read_json
from sakata_lod.serve.harvest.rules import Finding, findings

_ACTION = "api/3/action/"


@dataclass(slots=True)
class Check:
    """What a harvester asked, what it would store, and what it would refuse. whole: it came to the end."""

    client: str
    title: Words
    asked: list[Answer] = field(default_factory=list)
    stored: list[Offered] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    whole: bool = True

    @property
    def refused(self) -> bool:
        """Whether anything would be lost."""
        return any(each.refused for each in self.found)


@dataclass(frozen=True, slots=True)
class Site:
    """A site to be asked. base: ends in a slash. pages: the most that are asked for of each list."""

    base: str
    ask: Ask
    pages: int


class Replay:
    """Plays one harvester, and notes what it asks and finds."""

    def __init__(self, site: Site, client: str, ja: str, en: str) -> None:
        self.site = site
        self.check = Check(client, Words(ja, en))

    def get(self, path: str, method: str = "GET", accept: str = "") -> Answer | None:
        """Ask; None, and a finding, where that does not succeed."""
        answer = self.site.ask(method, path, accept)
        self.check.asked.append(answer)
        if answer.status == 200 and len(answer.content) <= LARGEST_BYTES:
            return answer
        self.note(path, trouble.unanswered(answer))
        return None

    def action(self, name: str, **parameters: str | int) -> Any:
        """Do an action of CKAN's API; None, and a finding, where that does not succeed."""
        query = urlencode(parameters)
        answer = self.get(f"{_ACTION}{name}{query and '?'}{query}")
        if answer is None:
            return None
        told = read_json(answer.content)
        if not isinstance(told, dict) or told.get("success") is not True:
            self.note(answer.path, trouble.NO_CKAN)
            return None
        return told.get("result")

    def search(self, **parameters: str | int) -> list[Mapping[str, Any]] | None:
        """Search packages; None where that does not succeed."""
        result = self.action("package_search", **parameters)
        results = result.get("results") if isinstance(result, dict) else None
        return [each for each in results if isinstance(each, dict)] if isinstance(results, list) else None

    def note(self, about: str, told: trouble.Trouble) -> None:
        """Note what is wrong."""
        self.check.found.append(Finding(about, told.problem, told.remedy, told.refused))

    def store(self, offered: Iterable[Offered]) -> None:
        """Note what would be stored."""
        self.check.stored += offered

    def done(self) -> Check:
        """Hold what was stored to the rules."""
        self.check.found += findings(self.check.client, self.check.stored)
        return self.check
