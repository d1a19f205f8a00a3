"""Tokens: 256 random bits that are shown once; the graph keeps only their SHA-256 digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from cmdb.access.roles import Role
from cmdb.database import Database
from cmdb.errors import Conflict, InvalidInput, NotFound

PREFIX = "linchpin_"
"""Lets people and scanners for leaked secrets tell what it is."""

RANDOM_BYTES = 32
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token. `last_used` is accurate to the hour; times are UTC."""

    name: str
    role: Role
    created: datetime
    expires: datetime | None
    last_used: datetime | None

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> "Token":
        """The token that a `Token` node tells of."""

        def time(name: str) -> datetime | None:
            value = properties.get(name)
            return None if value is None else value.to_native()

        return cls(
            properties["name"],
            Role(properties["role"]),
            properties["created"].to_native(),
            time("expires"),
            time("last_used"),
        )


def digest(secret: str) -> str:
    """What the graph keeps of a secret. 256 random bits need no slow hash: nobody can guess them."""
    return sha256(secret.encode()).hexdigest()


def create_token(database: Database, name: str, role: Role, lifetime: timedelta | None = None) -> str:
    """Make a token and return its secret, which cannot be had again; without a lifetime it never expires.

    Raises InvalidInput for a name that is empty, long or not printable, Conflict for one that is taken.
    """
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise InvalidInput(f"The name of a token is printable text of 1 to {LONGEST_NAME} characters.")
    secret = PREFIX + token_urlsafe(RANDOM_BYTES)
    now = datetime.now(UTC)
    properties = {
        "digest": digest(secret),
        "role": role.value,
        "created": now,
        "expires": now + lifetime if lifetime else None,
    }
    holder = database.write(
        lambda tx: tx.run(
            """
            MERGE (token:Token {name: $name})
            ON CREATE SET token += $properties
            RETURN token.digest AS digest
            """,
            name=name,
            properties=properties,
        ).single(strict=True)
    )
    if holder["digest"] != properties["digest"]:
        raise Conflict(f"There is a token {name!r} already. Revoke it first, or choose another name.")
    return secret


def list_tokens(database: Database) -> list[Token]:
    """All tokens by name, expired ones too."""
    rows = database.read("MATCH (token:Token) RETURN properties(token) AS token ORDER BY token.name")
    return [Token.of(row["token"]) for row in rows]


def revoke_token(database: Database, name: str) -> None:
    """Make a token invalid for good; raises NotFound. Servers may accept it some seconds longer."""
    deleted = database.write(
        lambda tx: (
            tx.run("MATCH (token:Token {name: $name}) DELETE token", name=name)
            .consume()
            .counters.nodes_deleted
        )
    )
    if not deleted:
        raise NotFound(f"There is no token {name!r}; `cmdb token list` shows all.")
