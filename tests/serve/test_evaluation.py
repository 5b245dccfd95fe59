"""The query pool: limits, deaths, replacements. Bounds of time are generous: machines differ."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from sakata_lod.errors import (
    EndpointFailed,
    NoWorkerFree,
    QueryError,
    QueryExhaustedMemory,
    QueryMalformed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimedOut,
    ResultTooLarge,
)
from sakata_lod.formats import CSV, RESULTS_JSON, RESULTS_XML, TSV, TURTLE, Format
from sakata_lod.serve import evaluation
from sakata_lod.serve.evaluation import Answer, Evaluator
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.wire import Question

from .conftest import ROOT, descendants, is_alive, wait_until
from .small_release import BASE

NEVER_ENDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?d) }"
MEMORY_BOMB = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
SHORT_S = 1.0


def ask(evaluator: Evaluator, query: str, form: Format = RESULTS_JSON) -> Answer:
    return evaluator.evaluate(Question(query, form.media_type, TURTLE.media_type))


def answers(evaluator: Evaluator) -> bool:
    return ask(evaluator, "ASK {}").content == b'{"head":{},"boolean":true}'


@pytest.fixture(scope="module")
def dataset(release_folder: Path) -> Path:
    return release_folder / "dataset.nq"


@pytest.fixture(scope="module")
def evaluator(dataset: Path) -> Iterator[Evaluator]:
    made = Evaluator(dataset, BASE, Settings(query_timeout_s=30, result_rows=100, result_bytes=200_000))
    yield made
    made.close()


@pytest.fixture
def make(dataset: Path) -> Iterator[Callable[[Settings], Evaluator]]:
    made: list[Evaluator] = []

    def _make(settings: Settings) -> Evaluator:
        made.append(Evaluator(dataset, BASE, settings))
        return made[-1]

    yield _make
    for each in made:
        each.close()


def test_a_select_is_answered(evaluator: Evaluator) -> None:
    answer = ask(evaluator, "SELECT (1 AS ?one) {}", CSV)
    assert (answer.kind, answer.form, answer.content) == ("select", CSV, b"one\r\n1\r\n")


def test_an_ask_is_answered(evaluator: Evaluator) -> None:
    answer = ask(evaluator, "ASK { <id/measure/joho/2-1-2> a <https://w3id.org/municipal-plan#Measure> }")
    assert (answer.kind, answer.content) == ("ask", b'{"head":{},"boolean":true}')


def test_a_construct_is_answered(evaluator: Evaluator) -> None:
    answer = ask(evaluator, "CONSTRUCT { <a:a> <a:b> <a:c> } WHERE {}")
    assert (answer.kind, answer.form) == ("graph", TURTLE)
    assert b"<a:a> <a:b> <a:c> ." in answer.content


@pytest.mark.parametrize("form", [RESULTS_JSON, RESULTS_XML, CSV, TSV], ids=lambda form: form.name)
def test_exactly_as_many_rows_as_the_limit_are_answered(evaluator: Evaluator, form: Format) -> None:
    assert ask(evaluator, "SELECT ?s { ?s ?p ?o } LIMIT 100", form).content


@pytest.mark.parametrize("form", [RESULTS_JSON, RESULTS_XML, CSV, TSV], ids=lambda form: form.name)
def test_one_row_more_than_the_limit_is_refused(evaluator: Evaluator, form: Format) -> None:
    with pytest.raises(ResultTooLarge, match="100 rows"):
        ask(evaluator, "SELECT ?s { ?s ?p ?o } LIMIT 101", form)


@pytest.mark.parametrize("form", [RESULTS_JSON, RESULTS_XML, CSV, TSV], ids=lambda form: form.name)
def test_texts_that_look_like_rows_are_not_counted(evaluator: Evaluator, form: Format) -> None:
    text = "},{<result>\\n" * 200
    assert ask(evaluator, f'SELECT ("{text}" AS ?text) {{}}', form).content


def test_one_triple_more_than_the_limit_is_refused(evaluator: Evaluator) -> None:
    with pytest.raises(ResultTooLarge, match="100 triples"):
        ask(evaluator, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 101")


def test_a_result_of_too_many_bytes_is_refused(evaluator: Evaluator) -> None:
    query = 'SELECT (CONCAT(?t, ?t, ?t, ?t) AS ?long) { BIND("' + "a" * 50_001 + '" AS ?t) }'
    with pytest.raises(ResultTooLarge, match="200000 B"):
        ask(evaluator, query)
    assert answers(evaluator)


def test_a_syntax_error_is_told_with_its_place(evaluator: Evaluator) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        ask(evaluator, "SELECT * {\n  ?s unknown:p ?o\n}")
    assert (refused.value.line, refused.value.column) == (2, 15)
    assert "Prefix not found" in str(refused.value)


def test_an_unknown_function_is_the_clients_mistake(evaluator: Evaluator) -> None:
    with pytest.raises(QueryMalformed, match="http://x/f"):
        ask(evaluator, "SELECT (<http://x/f>(1) AS ?x) {}")


def test_an_unreadable_graph_name_is_the_clients_mistake(evaluator: Evaluator) -> None:
    question = Question("ASK {}", RESULTS_JSON.media_type, TURTLE.media_type, default_graphs=("no iri",))
    with pytest.raises(QueryMalformed):
        evaluator.evaluate(question)


def test_the_request_sets_the_dataset(evaluator: Evaluator) -> None:
    def count(pattern: str, **graphs: tuple[str, ...]) -> int:
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        question = Question(query, CSV.media_type, TURTLE.media_type, **graphs)
        return int(evaluator.evaluate(question).content.split()[1])

    older = f"{BASE}id/graph/edition/joho/2022-03-31"
    everything, in_graph = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
    assert count(everything, default_graphs=(older,)) == 8
    assert count(in_graph, default_graphs=(older,)) == 0
    assert count(in_graph, named_graphs=(older,)) == 8
    assert count(everything, named_graphs=(older,)) == 0
    assert count(everything, default_graphs=("http://example.invalid/unknown",)) == 0
    assert count(everything, default_graphs=(older, f"{BASE}id/graph/links")) == 11


def test_a_query_that_never_ends_is_ended_and_the_next_one_works(
    make: Callable[[Settings], Evaluator],
) -> None:
    evaluator = make(Settings(query_timeout_s=SHORT_S, query_workers=1))
    assert answers(evaluator)
    before = descendants(evaluator.zygote_pid)
    begun = time.monotonic()
    with pytest.raises(QueryTimedOut):
        ask(evaluator, NEVER_ENDS)
    assert time.monotonic() - begun < SHORT_S + 5
    assert answers(evaluator)
    wait_until(lambda: not any(is_alive(pid) for pid in before), "the worker is dead")


def test_a_worker_is_confined(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_workers=1, worker_memory_mib=100))
    assert answers(evaluator)
    (worker,) = descendants(evaluator.zygote_pid)
    limits = Path(f"/proc/{worker}/limits").read_text(encoding="ascii").splitlines()
    soft = {line[:26].strip(): line[26:].split()[0] for line in limits}
    assert 100 * 1024**2 < int(soft["Max address space"]) < 400 * 1024**2
    assert soft["Max core file size"] == "0"
    open_files = {each.name for each in Path(f"/proc/{worker}/fd").iterdir()}
    assert open_files == {"0", "1", "2", "3"}
    assert soft["Max open files"] == "4"


def test_a_memory_bomb_ends_its_worker_alone(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_timeout_s=60, query_workers=2, worker_memory_mib=64))
    with ThreadPoolExecutor() as threads:
        bomb = threads.submit(ask, evaluator, MEMORY_BOMB)
        while not bomb.done():
            assert answers(evaluator)
        with pytest.raises(QueryExhaustedMemory):
            bomb.result()
    assert answers(evaluator)


def test_a_query_that_crashes_its_worker_is_told_and_the_worker_replaced(
    make: Callable[[Settings], Evaluator], monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluator = make(Settings(query_workers=1))
    monkeypatch.setattr(evaluation, "examine", lambda *_: None)
    with pytest.raises(QueryExhaustedMemory):
        ask(evaluator, "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}")
    assert answers(evaluator)


def test_a_killed_worker_is_replaced(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_workers=1))
    assert answers(evaluator)
    (worker,) = descendants(evaluator.zygote_pid)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: not is_alive(worker), "the worker is dead")
    assert answers(evaluator)
    assert descendants(evaluator.zygote_pid) != {worker}


def test_a_worker_killed_at_work_is_told_and_replaced(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_timeout_s=60, query_workers=1))
    assert answers(evaluator)
    (worker,) = descendants(evaluator.zygote_pid)
    threading.Timer(0.5, os.kill, (worker, signal.SIGKILL)).start()
    with pytest.raises(QueryExhaustedMemory):
        ask(evaluator, NEVER_ENDS)
    assert answers(evaluator)


def test_a_killed_zygote_is_started_anew(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_workers=1))
    assert answers(evaluator)
    before = evaluator.zygote_pid
    (worker,) = descendants(before)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: not is_alive(worker), "the worker is dead, too")
    assert answers(evaluator)
    assert evaluator.zygote_pid != before


def test_no_process_is_left_after_closing(dataset: Path) -> None:
    evaluator = Evaluator(dataset, BASE, Settings(query_workers=2))
    assert answers(evaluator)
    everyone = {evaluator.zygote_pid, *descendants(evaluator.zygote_pid)}
    assert len(everyone) >= 2
    evaluator.close()
    wait_until(lambda: not any(is_alive(pid) for pid in everyone), "all are gone")
    with pytest.raises(EndpointFailed):
        ask(evaluator, "ASK {}")


def test_a_worker_at_work_is_ended_by_closing(dataset: Path) -> None:
    evaluator = Evaluator(dataset, BASE, Settings(query_timeout_s=60, query_workers=1))
    assert answers(evaluator)
    everyone = {evaluator.zygote_pid, *descendants(evaluator.zygote_pid)}
    with ThreadPoolExecutor() as threads:
        running = threads.submit(ask, evaluator, NEVER_ENDS)
        time.sleep(0.3)
        evaluator.close()
        with pytest.raises(QueryError):
            running.result()
    wait_until(lambda: not any(is_alive(pid) for pid in everyone), "all are gone")


def test_no_process_is_left_when_the_server_is_killed(dataset: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from sakata_lod.serve.evaluation import Evaluator; from sakata_lod.serve.settings import Settings\n"
        "from sakata_lod.serve.wire import Question\n"
        f"e = Evaluator(Path({str(dataset)!r}), {BASE!r}, Settings(query_workers=1))\n"
        "e.evaluate(Question('ASK {}', 'text/csv', 'text/turtle')); print(e.zygote_pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    command = [sys.executable, "-c", code]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        zygote = int(process.stdout.readline())
        everyone = {zygote, *descendants(zygote)}
        process.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in everyone), "all are gone")


def test_more_queries_than_may_wait_are_sent_away(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_timeout_s=3 * SHORT_S, query_workers=1, query_waiting=1))
    assert answers(evaluator)
    with ThreadPoolExecutor(max_workers=6) as threads:
        running = [threads.submit(ask, evaluator, NEVER_ENDS) for _ in range(6)]
        problems = [type(each.exception()) for each in running]
    assert problems.count(NoWorkerFree) >= 4
    assert QueryTimedOut in problems
    assert answers(evaluator)


def test_a_worker_that_held_much_memory_is_not_used_again(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_workers=1))
    assert answers(evaluator)
    before = descendants(evaluator.zygote_pid)
    long = "a" * 50_000
    doubled = " ".join(f"BIND(CONCAT(?t{each}, ?t{each}) AS ?t{each + 1})" for each in range(11))
    query = f'SELECT (STRLEN(?t11) AS ?n) {{ BIND("{long}" AS ?t0) {doubled} }}'
    assert ask(evaluator, query, CSV).content == f"n\r\n{50_000 * 2**11}\r\n".encode()
    assert answers(evaluator)
    assert not before & descendants(evaluator.zygote_pid)


def test_many_threads_share_the_workers(make: Callable[[Settings], Evaluator]) -> None:
    evaluator = make(Settings(query_workers=2, query_waiting=100))
    with ThreadPoolExecutor(max_workers=16) as threads:
        queries = [f"SELECT ({number} AS ?n) {{}}" for number in range(200)]
        found = list(threads.map(lambda query: ask(evaluator, query, CSV).content, queries))
    assert found == [f"n\r\n{number}\r\n".encode() for number in range(200)]
    assert len(descendants(evaluator.zygote_pid)) == 2


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_no_query_reaches_the_network(
    evaluator: Evaluator, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1.0)
        port = listener.getsockname()[1]
        query = f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}"
        with pytest.raises(QueryRefused):
            ask(evaluator, query)
        # Should the policy ever be outwitted: a worker can open no socket.
        monkeypatch.setattr(evaluation, "examine", lambda *_: None)
        with suppress(QueryMalformed):
            ask(evaluator, query)
        with pytest.raises(TimeoutError):
            listener.accept()
