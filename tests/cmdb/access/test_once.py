from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest

from cmdb.access import Answer, once
from cmdb.database import Database
from cmdb.errors import Conflict, KeyReused

ANSWER = Answer(201, {"Location": "/somewhere"}, '{"id": "ä"}')


class Work:
    """Counts how often it is carried out."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = Lock()

    def __call__(self) -> Answer:
        with self._lock:
            self.count += 1
        return ANSWER


def test_the_same_request_gets_the_same_answer_and_is_carried_out_once(database: Database) -> None:
    work = Work()
    assert [once(database, "key", "request", work) for _ in range(3)] == [ANSWER] * 3
    assert work.count == 1


def test_a_key_with_another_request_is_refused(database: Database) -> None:
    work = Work()
    once(database, "key", "request", work)
    with pytest.raises(KeyReused):
        once(database, "key", "another request", work)
    assert work.count == 1


def test_different_keys_are_different_requests(database: Database) -> None:
    work = Work()
    once(database, "key 1", "request", work)
    once(database, "key 2", "request", work)
    assert work.count == 2


def test_a_request_that_failed_can_be_sent_again(database: Database) -> None:
    def fail() -> Answer:
        raise Conflict("not now")

    with pytest.raises(Conflict):
        once(database, "key", "request", fail)
    assert once(database, "key", "another request", Work()) == ANSWER


def test_of_concurrent_requests_one_is_carried_out(database: Database) -> None:
    work, callers = Work(), 8
    start = Barrier(callers)

    def call(_: int) -> Answer:
        start.wait()
        return once(database, "key", "request", work)

    with ThreadPoolExecutor(callers) as pool:
        assert list(pool.map(call, range(callers))) == [ANSWER] * callers
    assert work.count == 1


def test_a_key_is_forgotten_after_a_day(database: Database) -> None:
    work = Work()
    once(database, "key", "request", work)
    database.write(
        lambda tx: tx.run(
            "MATCH (request:IdempotentRequest) SET request.at = request.at - duration('PT24H1S')"
        ).consume()
    )
    once(database, "key", "another request", work)
    assert work.count == 2
