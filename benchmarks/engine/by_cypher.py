"""What a user writes in Cypher, on a plain graph in a real Neo4j."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from neo4j import Driver, GraphDatabase, Query
from neo4j.exceptions import ClientError, TransientError

from benchmarks.engine.graphs import Graph
from benchmarks.engine.questions import Answer, Measured, Question
from benchmarks.engine.timing import LONGEST, TooLong, once
from cmdb.embedded import Address, EmbeddedNeo4j
from cmdb.embedded.files import Files
from cmdb.settings import Settings

BATCH = 20_000
TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"

REACHED = """
    MATCH (failed:CI)<-[:DEPENDS_ON*0..]-(dependent:CI)
    WHERE failed.no IN $nos
    RETURN count(DISTINCT dependent.no) AS count
"""
# Of the nodes themselves, Neo4j 2026.08.1 counts those twice that it finds from two starts: its plan has
# left out the DISTINCT. Hence the numbers.
REQUIRED = """
    MATCH (service:CI)-[:DEPENDS_ON*0..]->(provider:CI)
    WHERE service.no IN $nos
    RETURN count(DISTINCT provider.no) AS count
"""
REQUIRED_NOS = """
    MATCH (service:CI)-[:DEPENDS_ON*0..]->(provider:CI)
    WHERE service.no IN $nos
    RETURN collect(DISTINCT provider.no) AS nos
"""
FALLING = """
    MATCH (member:CI)<-[lost:DEPENDS_ON]-(owner:CI)
    WHERE member.no IN $new AND NOT owner.no IN $down
    WITH DISTINCT owner, lost.group AS group, lost.need AS need
    MATCH (owner)-[:DEPENDS_ON {group: group}]->(member:CI)
    WITH owner, group, need, count(CASE WHEN NOT member.no IN $down THEN 1 END) AS up
    WHERE up < need
    RETURN collect(DISTINCT owner.no) AS nos
"""
"""One round: whose groups have too few members left. A fixed point is beyond a query that only reads."""


class ByCypher:
    """Queries by variable-length paths; redundancy in rounds, each a query, in a loop of the client."""

    name = "cypher"

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def measure(self, question: Question) -> Measured | None:
        """Answer and time a question, if that ends in time."""
        return once(lambda: self._answer(question, time.monotonic() + LONGEST))

    def _answer(self, question: Question, end: float) -> Answer:
        cis = list(question.cis)
        match question.kind:
            case "reached":
                return Answer(self._ask(end, REACHED, nos=cis)["count"])
            case "required":
                return Answer(self._ask(end, REQUIRED, nos=cis)["count"])
            case "down":
                down = self._down(end, cis)
                return Answer(len(down), np.array(sorted(down), dtype=np.int32))
            case "single_points":
                return self._single_points(end, cis)

    def _down(self, end: float, cis: list[int]) -> set[int]:
        down, new = set(cis), cis
        while new:
            new = self._ask(end, FALLING, new=new, down=list(down))["nos"]
            down.update(new)
        return down

    def _single_points(self, end: float, services: list[int]) -> Answer:
        asked, needed = set(services), self._ask(end, REQUIRED_NOS, nos=services)["nos"]
        return Answer(sum(len(self._down(end, [ci]) & asked - {ci}) for ci in needed))

    def _ask(self, end: float, query: str, **parameters: Any) -> dict[str, Any]:
        left = end - time.monotonic()
        if left <= 0:
            raise TooLong
        try:
            with self._driver.session() as session:
                return session.run(Query(query, timeout=left), parameters).single(strict=True).data()
        except (ClientError, TransientError) as error:
            if error.code.startswith(TIMED_OUT) or "OutOfMemory" in error.code:
                raise TooLong from error
            raise


@contextmanager
def neo4j_with(graph: Graph) -> Iterator[ByCypher]:
    """A Neo4j of its own that holds nothing but the graph."""
    with TemporaryDirectory(prefix="linchpin-benchmark-") as home:
        settings = Settings(home=Path(home), neo4j_port=0, neo4j_jars=Files.of(Settings()).jars)
        server = EmbeddedNeo4j(settings)
        try:
            address = server.start()
            with driver_of(address) as driver:
                fill(driver, graph)
                yield ByCypher(driver)
        finally:
            server.stop()


def driver_of(address: Address) -> Driver:
    return GraphDatabase.driver(address.uri, auth=(address.user, address.password))


def fill(driver: Driver, graph: Graph) -> None:
    """Write the graph: CIs by `no`, and relationships that know their group and its need."""
    driver.execute_query("CREATE CONSTRAINT IF NOT EXISTS FOR (ci:CI) REQUIRE ci.no IS UNIQUE")
    for start in range(0, graph.cis, BATCH):
        nos = list(range(start, min(start + BATCH, graph.cis)))
        driver.execute_query("UNWIND $nos AS no CREATE (:CI {no: no})", nos=nos)
    driver.execute_query("CALL db.clearQueryCaches()")  # plans made on an empty graph scan, and would stay
    arrays = graph.arrays
    columns = (arrays["src"], arrays["dst"], arrays["egroup"], arrays["gk"][arrays["egroup"]])
    rows = np.stack(columns, axis=1)
    for start in range(0, len(rows), BATCH):
        driver.execute_query(
            """
            UNWIND $rows AS row
            MATCH (dependent:CI {no: row[0]})
            MATCH (provider:CI {no: row[1]})
            CREATE (dependent)-[:DEPENDS_ON {group: row[2], need: row[3]}]->(provider)
            """,
            rows=rows[start : start + BATCH].tolist(),
        )
