"""Requests that are carried out once, however often they are sent, also at the same time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson
from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.errors import KeyReused

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered: status, headers, and the JSON body as text."""

    status: int
    headers: Mapping[str, str]
    body: str


def once(database: Database, key: str, fingerprint: str, carry_out: Callable[[], Answer]) -> Answer:
    """Carry a request out, or return the answer it got before; one that fails leaves no trace.

    A second request with the key waits until the first is done: the open transaction holds the key's entry
    of the unique index. Where the process dies between the commit of `carry_out` and that of the answer,
    the answer is lost and the request is carried out anew. Raises KeyReused where the key came with
    another fingerprint within the last 24 hours.
    """
    _forget(database)
    done: list[Answer] = []

    def work(tx: ManagedTransaction) -> Answer:
        if known := _known(tx, key, fingerprint):
            return known
        if not done:  # the transaction may be run again, what it answers may not
            done.append(carry_out())
        _keep(tx, key, done[0])
        return done[0]

    return database.write(work)


def _known(tx: ManagedTransaction, key: str, fingerprint: str) -> Answer | None:
    (row,) = tx.run(
        """
        MERGE (request:IdempotentRequest {key: $key})
        ON CREATE SET request.fingerprint = $fingerprint, request.at = $now
        RETURN properties(request) AS request
        """,
        key=key,
        fingerprint=fingerprint,
        now=datetime.now(UTC),
    )
    request = row["request"]
    if request["fingerprint"] != fingerprint:
        raise KeyReused("This Idempotency-Key came with another request before; choose a new one.")
    if "status" not in request:
        return None
    return Answer(request["status"], orjson.loads(request["headers"]), request["body"])


def _keep(tx: ManagedTransaction, key: str, answer: Answer) -> None:
    tx.run(
        """
        MATCH (request:IdempotentRequest {key: $key})
        SET request.status = $status, request.headers = $headers, request.body = $body
        """,
        key=key,
        status=answer.status,
        headers=orjson.dumps(dict(answer.headers)).decode(),
        body=answer.body,
    ).consume()


def _forget(database: Database) -> None:
    database.write(
        lambda tx: tx.run(
            "MATCH (request:IdempotentRequest) WHERE request.at < $then DELETE request",
            then=datetime.now(UTC) - KEPT,
        ).consume()
    )
