"""What a worker does with a question, in this process: how it lives and dies is in test_evaluation."""

import socket
import threading
import time

import pyoxigraph as ox
import pytest

from sakata_lod.formats import CSV, RESULTS_JSON, TURTLE
from sakata_lod.serve.wire import Outcome, Question, Reply, receive_reply, send_question
from sakata_lod.serve.worker import Limits, answer, work

LIMITS = Limits("http://localhost:8000/", memory_mib=64, rows=3, size=5000)


@pytest.fixture
def quads() -> ox.Store:
    store = ox.Store()
    lines = [f'<a:{number}> <a:p> "{number}" .' for number in range(5)]
    store.load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize(
    ("query", "outcome", "kind", "problem"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 3", Outcome.ANSWERED, "select", ""),
        ("SELECT * { ?s ?p ?o } LIMIT 4", Outcome.TOO_LARGE, "", "3 rows"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3", Outcome.ANSWERED, "graph", ""),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 4", Outcome.TOO_LARGE, "", "3 triples"),
        ("ASK {}", Outcome.ANSWERED, "ask", ""),
        (f'SELECT ("{"a" * 6000}" AS ?a) {{}}', Outcome.TOO_LARGE, "", "5000 B"),
        ("SELECT", Outcome.MALFORMED, "", "error at 1:"),
        ("SELECT (<a:f>(1) AS ?a) {}", Outcome.MALFORMED, "", "a:f"),
    ],
)
def test_how_a_question_ends(quads: ox.Store, query: str, outcome: Outcome, kind: str, problem: str) -> None:
    reply = answer(quads, Question(query, RESULTS_JSON.media_type, TURTLE.media_type), LIMITS)
    assert (reply.outcome, reply.kind) == (outcome.value, kind)
    assert problem in reply.problem
    assert bool(reply.payload) == (outcome is Outcome.ANSWERED)


def test_rows_that_only_seem_too_many_are_counted(quads: ox.Store) -> None:
    question = Question('SELECT ("\\n\\n\\n\\n\\n" AS ?lines) {}', CSV.media_type, TURTLE.media_type)
    assert answer(quads, question, LIMITS).payload == b'lines\r\n"\n\n\n\n\n"\r\n'


def test_the_request_sets_the_whole_dataset(quads: ox.Store) -> None:
    question = Question("ASK { ?s ?p ?o }", RESULTS_JSON.media_type, TURTLE.media_type, named_graphs=("a:g",))
    assert b"false" in answer(quads, question, LIMITS).payload


def test_questions_are_answered_until_the_server_leaves(quads: ox.Store) -> None:
    server, worker = socket.socketpair()
    with server, worker:
        working = threading.Thread(target=work, args=(worker, quads, LIMITS))
        working.start()
        replies = []
        for query in ("ASK {}", "ASK { <a:none> ?p ?o }"):
            send_question(server, Question(query, CSV.media_type, TURTLE.media_type))
            replies.append(receive_reply(server, time.monotonic() + 10))
        server.shutdown(socket.SHUT_WR)
        working.join()
        worker.close()
        replies.append(receive_reply(server, time.monotonic() + 10))
    assert replies == [
        Reply("answered", "ask", payload=b"true"),
        Reply("answered", "ask", payload=b"false"),
        None,
    ]
