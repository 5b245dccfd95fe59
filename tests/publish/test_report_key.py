"""No plan, code or shape that has changed passes for one that is known."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sakata_lod.errors import SakataLodError
from sakata_lod.publish import build as building
from sakata_lod.publish import report_key as keys
from sakata_lod.publish.build import SiteData, read_data, validate_data
from sakata_lod.publish.report_cache import ReportCache
from sakata_lod.publish.report_key import report_key, software, source_digest
from sakata_lod.vocabulary import CODES, ONTOLOGY, PLAN_SHAPES, SharedFile, content
from tests.conftest import SAKATA, SiteCopy
from tests.publish.conftest import unwatched

FILES = sorted(path.relative_to(SAKATA) for path in SAKATA.rglob("*") if path.is_file())


def key(data: SiteData) -> str:
    return report_key(data.site, data.register, data.editions)


def graphs(data: SiteData) -> dict[str, frozenset[str]]:
    return {
        str(name): frozenset(" ".join(term.n3() for term in triple) for triple in graph)
        for name, graph in data.dataset.named.items()
    }


@cache
def unchanged() -> SiteData:
    return read_data(SAKATA, None, unwatched)


def test_an_unchanged_plan_is_not_validated_again(
    site: SiteCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = ReportCache(tmp_path / "validated")
    first = validate_data(read_data(site.folder, None, unwatched), unwatched, cache)

    def again(*_: object) -> None:
        raise AssertionError("validated again")

    monkeypatch.setattr(building, "validate", again)
    monkeypatch.setattr(building, "load_shapes", again)
    assert validate_data(read_data(site.folder, None, unwatched), unwatched, cache) == first
    with pytest.raises(AssertionError, match="validated again"):
        validate_data(read_data(site.folder, "https://data.example.jp/", unwatched), unwatched, cache)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("site.toml", "confirmed = false", "confirmed = true"),
        ("departments.ttl", "org:unitOf <organization/062049>", "org:unitOf <plan/joho-keikaku>"),
        ("themes.toml", "words = [", 'words = ["検討", '),
        ("plans/joho-keikaku/plan.toml", 'title.ja = "酒田市', 'title.ja = "さかた'),
        ("plans/joho-keikaku/translations.toml", "machine = true", "machine = false"),
        ("plans/joho-keikaku/2023-03-31/source.tsv", "検討部会設置", "検討部会の設置"),
        ("plans/joho-keikaku/2023-03-31/corrections.toml", "certain = true", "certain = false"),
    ],
)
def test_every_file_of_a_site_is_in_its_key(site: SiteCopy, file: str, old: str, new: str) -> None:
    before = read_data(site.folder, None, unwatched)
    site.replace(site.folder / file, old, new)
    after = read_data(site.folder, None, unwatched)
    assert key(after) != key(before)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(FILES),
    at=st.floats(0, 1, exclude_max=True),
    written=st.text(st.sampled_from("0129-あア市 課施策aZ."), max_size=2),
)
def test_other_graphs_have_another_key(site: SiteCopy, file: Path, at: float, written: str) -> None:
    text = (SAKATA / file).read_text(encoding="utf-8")
    place = int(at * len(text))
    (site.folder / file).write_text(text[:place] + written + text[place + 1 :], encoding="utf-8")
    try:
        changed = read_data(site.folder, None, unwatched)
    except SakataLodError:
        return
    finally:
        shutil.copy(SAKATA / file, site.folder / file)
    restored = read_data(site.folder, None, unwatched)
    assert graphs(restored) == graphs(unchanged())
    assert key(changed) != key(restored) or graphs(changed) == graphs(restored)


def test_a_file_that_changes_while_the_graphs_are_made_is_not_taken_for_what_was_read(site: SiteCopy) -> None:
    before = key(read_data(site.folder, None, unwatched))

    @contextmanager
    def changing(stage: str) -> Iterator[None]:
        if stage == "graph":
            for file in FILES:
                (site.folder / file).write_bytes(b"changed")
        yield

    data = read_data(site.folder, None, changing)
    assert graphs(data) == graphs(unchanged())
    assert key(data) == before


def with_shared(file: SharedFile) -> Callable[[SharedFile], bytes]:
    return lambda each: content(each) + (b"# changed" if each is file else b"")


@pytest.mark.parametrize("file", [ONTOLOGY, CODES, PLAN_SHAPES], ids=lambda file: file.name)
def test_the_vocabulary_and_the_shapes_are_in_the_key(
    file: SharedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(unchanged())
    monkeypatch.setattr(keys, "content", with_shared(file))
    assert key(unchanged()) != before


def test_the_libraries_are_in_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(unchanged())
    monkeypatch.setattr(rdflib, "__version__", "0")
    software.cache_clear()
    assert key(unchanged()) != before
    monkeypatch.undo()
    software.cache_clear()
    assert key(unchanged()) == before


@pytest.mark.parametrize("change", ["edit", "add", "remove", "rename", "data"])
def test_our_own_source_is_in_the_key(tmp_path: Path, change: str) -> None:
    package = tmp_path / "package"
    shutil.copytree(keys._PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "serve"))
    before, module = source_digest(package), package / "publish" / "graph.py"
    assert before == source_digest(keys._PACKAGE)
    match change:
        case "edit":
            module.write_text(module.read_text(encoding="utf-8") + "#", encoding="utf-8")
        case "add":
            (package / "publish" / "more").mkdir()
            (package / "publish" / "more" / "added.py").touch()
        case "remove":
            module.unlink()
        case "rename":
            module.rename(module.with_name("graphs.py"))
        case "data":
            (package / "publish" / "queries" / "measures.rq").write_text("", encoding="utf-8")
    assert source_digest(package) != before
