"""Tells who holds a token."""

from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic

from cmdb.access.roles import Actor
from cmdb.access.tokens import Token, digest
from cmdb.database import Database
from cmdb.errors import Unauthenticated

REMEMBERED = 5.0
"""Seconds for which a valid token is not looked up again."""

LARGEST_MEMORY = 10_000
USE_NOTED_EVERY = timedelta(hours=1)


class Authenticator:
    """Tells who holds a token. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[Actor, float]] = {}
        self._lock = Lock()

    def authenticate(self, secret: str) -> Actor:
        """Return who holds the token; raises Unauthenticated where it is unknown, revoked or expired."""
        key = digest(secret)
        with self._lock:
            actor, until = self._known.get(key, (None, 0.0))
        if actor and monotonic() < until:
            return actor
        actor = self._look_up(key)
        with self._lock:
            if len(self._known) >= LARGEST_MEMORY:
                self._known.clear()
            self._known[key] = actor, monotonic() + REMEMBERED
        return actor

    def _look_up(self, key: str) -> Actor:
        rows = self._database.read(
            "MATCH (token:Token {digest: $digest}) RETURN properties(token) AS token", digest=key
        )
        token = Token.of(rows[0]["token"]) if rows else None
        now = datetime.now(UTC)
        if token is None or (token.expires and token.expires <= now):
            raise Unauthenticated(
                "The token is unknown, revoked or expired. Make one with `cmdb token create`."
            )
        if token.last_used is None or token.last_used + USE_NOTED_EVERY <= now:
            self._note_use(key, now)
        return Actor(token.name, token.role)

    def _note_use(self, key: str, now: datetime) -> None:
        self._database.write(
            lambda tx: tx.run(
                "MATCH (token:Token {digest: $digest}) SET token.last_used = $now", digest=key, now=now
            ).consume()
        )
