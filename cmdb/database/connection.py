"""One Neo4j, embedded, single or a cluster, behind three verbs: read, write, number."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from neo4j import READ_ACCESS, Driver, GraphDatabase, ManagedTransaction, Record, RoutingControl
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    ServiceUnavailable,
    TransientError,
)

from cmdb.errors import Unavailable

T = TypeVar("T")
Work = Callable[[ManagedTransaction], T]

OLDEST_SERVER = (5, 26)
SCHEMES = tuple(
    f"{protocol}{security}://" for protocol in ("bolt", "neo4j") for security in ("", "+s", "+ssc")
)
ALREADY_THERE = tuple(
    f"Neo.ClientError.Schema.{name}AlreadyExists" for name in ("EquivalentSchemaRule", "Constraint", "Index")
)
"""`IF NOT EXISTS` overlooks what another transaction has not committed yet."""
NUMBER_BLOCK = 1000
LOST_RACES = 20
FIRST_PAUSE = 0.05
"""Seconds after a deadlock; the driver's own default of one second would be felt by whoever waits."""


class LostRace(Exception):
    """Another transaction was first; raised by work that must be begun again."""


class Database:
    """A database of a Neo4j server. Safe to share between threads; close it when done.

    Reads follow the writes of the same object, on a cluster too, by way of bookmarks. `patience` is for how
    many seconds work is tried again while no server answers, a leader is elected or deadlocks recur.
    """

    def __init__(self, uri: str, user: str, password: str, name: str = "neo4j", patience: float = 30) -> None:
        if not uri.startswith(SCHEMES):
            raise Unavailable(f"{uri!r} is not an address of a Neo4j such as bolt://localhost:7687.")
        self._uri, self._user, self._name = uri, user, name
        try:
            self._driver: Driver = GraphDatabase.driver(
                uri,
                auth=(user, password),
                notifications_min_severity="OFF",
                connection_timeout=10,
                max_transaction_retry_time=patience,
                initial_retry_delay=FIRST_PAUSE,
                retry_delay_jitter_factor=0.5,
            )
        except (ConfigurationError, ValueError) as error:
            raise Unavailable(f"{uri} is not an address of a Neo4j: {error}") from error
        self._numbers: dict[str, range] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def verify(self) -> str:
        """Return the server's version.

        Raises Unavailable where nothing answers, the password is wrong or the version is too old.
        """
        record = self.read(
            "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' "
            "RETURN versions[0] AS version"
        )[0]
        version = str(record["version"])
        major, minor = (int(part) for part in version.split(".")[:2])
        if (major, minor) < OLDEST_SERVER:
            oldest = ".".join(map(str, OLDEST_SERVER))
            raise Unavailable(
                f"The server at {self._uri} is Neo4j {version}; Linchpin needs {oldest} or later. "
                "Upgrade it, or unset CMDB_NEO4J_URI to let Linchpin run its own."
            )
        return version

    def read(self, query: str, **parameters: Any) -> list[Record]:
        """Run one read query, on a follower where there is one, and fetch all its rows."""
        with self._explained():
            return self._driver.execute_query(
                query,
                parameters,
                routing_=RoutingControl.READ,
                database_=self._name,
            ).records

    def snapshot(self, work: Work[T]) -> T:
        """Run several reads in one transaction on the leader."""
        with (
            self._explained(),
            self._driver.session(
                database=self._name,
                default_access_mode=READ_ACCESS,
                bookmark_manager=self._driver.execute_query_bookmark_manager,
            ) as session,
        ):
            return session.execute_read(work)

    def write(self, work: Work[T]) -> T:
        """Run `work` in one write transaction and commit it.

        It is run again, from its beginning, after a deadlock, a lost leader, LostRace, or a uniqueness
        constraint that another transaction satisfied first; so it may affect nothing but its transaction.
        """
        with (
            self._explained(),
            self._driver.session(
                database=self._name,
                bookmark_manager=self._driver.execute_query_bookmark_manager,
            ) as session,
        ):
            for _ in range(LOST_RACES):
                try:
                    return session.execute_write(work)
                except (ConstraintError, LostRace):
                    continue
            return session.execute_write(work)

    @contextmanager
    def rehearsal(self) -> Iterator[ManagedTransaction]:
        """A write transaction of which nothing remains; it is not run again where it fails."""
        with (
            self._explained(),
            self._driver.session(
                database=self._name,
                bookmark_manager=self._driver.execute_query_bookmark_manager,
            ) as session,
            session.begin_transaction() as tx,
        ):
            try:
                yield cast(ManagedTransaction, tx)
            finally:
                tx.rollback()

    def define(self, statement: str) -> None:
        """Run one schema statement; what somebody else has made at this moment is there already."""
        with self._explained():
            try:
                self._driver.execute_query(statement, database_=self._name)
            except ClientError as error:
                if error.code not in ALREADY_THERE:
                    raise

    def numbers(self, name: str, count: int) -> list[int]:
        """Take `count` integers that nobody else gets, from blocks; those left at exit stay unused."""
        with self._lock:
            left = self._numbers.get(name, range(0))
            taken = list(left[:count])
            left = left[count:]
            if missing := count - len(taken):
                block = self._block(name, max(missing, NUMBER_BLOCK))
                taken += block[:missing]
                left = block[missing:]
            self._numbers[name] = left
            return taken

    def _block(self, name: str, size: int) -> range:
        def take(tx: ManagedTransaction) -> int:
            record = tx.run(
                """
                MERGE (head:Head {name: $name})
                SET head.locked = true
                WITH head
                SET head.value = coalesce(head.value, 0) + $size
                REMOVE head.locked
                RETURN head.value AS last
                """,
                name=name,
                size=size,
            ).single(strict=True)
            return int(record["last"])

        last = self.write(take)
        return range(last - size + 1, last + 1)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except AuthError as error:
            raise Unavailable(
                f"The Neo4j at {self._uri} refuses the password of user {self._user}. "
                "Set CMDB_NEO4J_USER and CMDB_NEO4J_PASSWORD."
            ) from error
        except (ServiceUnavailable, TransientError) as error:
            raise Unavailable(f"The Neo4j at {self._uri} does not answer: {error}") from error
        except DriverError as error:
            raise Unavailable(f"The connection to {self._uri} failed: {error}") from error
