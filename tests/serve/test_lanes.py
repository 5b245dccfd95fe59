"""Short queries pass long ones. Bounds of time are generous: machines differ."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from sakata_lod.errors import NoWorkerFree, QueryError, QueryExhaustedMemory, QueryTimedOut
from sakata_lod.formats import CSV
from sakata_lod.serve import lanes
from sakata_lod.serve.evaluation import Evaluator
from sakata_lod.serve.lanes import taken
from sakata_lod.serve.settings import Settings

from .conftest import wait_until
from .small_release import BASE
from .test_evaluation import NEVER_ENDS, SHORT_S, answers, ask


@pytest.fixture
def make(release_folder: Path) -> Iterator[Callable[[Settings], Evaluator]]:
    made: list[Evaluator] = []

    def _make(settings: Settings) -> Evaluator:
        made.append(Evaluator(release_folder / "dataset.nq", BASE, settings))
        return made[-1]

    yield _make
    for each in made:
        each.close()


@contextmanager
def slow_lane_taken(evaluator: Evaluator) -> Iterator[None]:
    """As if a query ran in the slow lane, which has one place."""
    with taken(evaluator._lanes._seats), taken(evaluator._lanes._slow):
        yield


def test_short_queries_do_not_wait_behind_long_ones(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_timeout_s=60, query_workers=1, query_waiting=2))
    assert answers(evaluator)
    with ThreadPoolExecutor() as threads:
        long = [threads.submit(ask, evaluator, f"{NEVER_ENDS} # {number}") for number in range(3)]
        wait_until(lambda: (evaluator.running, evaluator.waiting) == (1, 2), "the slow lane is full")
        assert answers(evaluator)
        with pytest.raises(NoWorkerFree):
            ask(evaluator, f"{NEVER_ENDS} # one more")
        assert not any(each.done() for each in long)
        evaluator.close()


@pytest.mark.parametrize(
    ("query", "error"),
    [(NEVER_ENDS, QueryTimedOut), (f"SELECT ({'1+' * 30_000}1 AS ?x) {{}}", QueryExhaustedMemory)],
    ids=["was slow", "cost its worker"],
)
def test_a_costly_query_no_longer_holds_up_the_quick_lane(
    make: Callable[[Settings], Evaluator], query: str, error: type[QueryError]
) -> None:
    evaluator = make(Settings(query_timeout_s=SHORT_S, query_workers=1))
    for _ in range(2):
        with pytest.raises(error):
            ask(evaluator, query)
    with ThreadPoolExecutor() as threads, slow_lane_taken(evaluator):
        waiting = threads.submit(ask, evaluator, query)
        wait_until(lambda: evaluator.waiting == 1, "it waits for the slow lane")
        assert evaluator._lanes._quick.running == 0
        with pytest.raises(NoWorkerFree):
            waiting.result()


def test_a_query_that_was_quick_after_all_is_quick_again(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_timeout_s=60, query_workers=1))
    evaluator._lanes._costly[hash("ASK {}")] = None
    wait_until(lambda: answers(evaluator) and not evaluator._lanes._costly, "it is forgotten")
    with slow_lane_taken(evaluator):
        assert answers(evaluator)


def test_a_slow_query_that_finds_the_slow_lane_full_begins_anew(
    make: Callable[[Settings], Evaluator], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "QUICK_S", 0.001)
    evaluator = make(Settings(query_workers=1))
    counting = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
    expected = ask(evaluator, counting, CSV).content
    evaluator._lanes._costly.clear()
    with ThreadPoolExecutor() as threads:
        with slow_lane_taken(evaluator):
            waiting = threads.submit(ask, evaluator, counting, CSV)
            wait_until(lambda: evaluator.waiting == 1, "it waits for the slow lane")
        assert waiting.result().content == expected


def test_a_slow_large_result_arrives_whole(
    make: Callable[[Settings], Evaluator], monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluator = make(Settings(query_workers=1))
    everything = "CONSTRUCT WHERE { ?s ?p ?o }"
    expected = ask(evaluator, everything).content
    assert len(expected) > 1 << 16, "it takes more than one read"
    monkeypatch.setattr(lanes, "QUICK_S", 0.001)
    assert ask(evaluator, everything).content == expected
