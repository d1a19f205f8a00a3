from datetime import UTC, datetime, timedelta

import pytest

from cmdb.access import Actor, Authenticator, Role, create_token, list_tokens, revoke_token
from cmdb.database import Database
from cmdb.errors import Conflict, InvalidInput, NotFound, Unauthenticated


def test_a_token_authenticates_its_holder(database: Database) -> None:
    secret = create_token(database, "robot", Role.OPERATOR)
    assert Authenticator(database).authenticate(secret) == Actor("robot", Role.OPERATOR)


def test_the_graph_does_not_keep_the_secret(database: Database) -> None:
    secret = create_token(database, "robot", Role.OPERATOR)
    (row,) = database.read("MATCH (token:Token) RETURN properties(token) AS properties")
    assert secret.removeprefix("linchpin_") not in str(row["properties"])


def test_secrets_are_long_and_differ(database: Database) -> None:
    secrets = {create_token(database, f"robot {n}", Role.VIEWER) for n in range(5)}
    assert len(secrets) == 5
    assert all(len(secret) >= 43 for secret in secrets)


@pytest.mark.parametrize("secret", ["", "linchpin_", "linchpin_" + "A" * 43, "ünï\x00code"])
def test_an_unknown_token_is_refused(database: Database, secret: str) -> None:
    with pytest.raises(Unauthenticated):
        Authenticator(database).authenticate(secret)


def test_an_expired_token_is_refused(database: Database) -> None:
    secret = create_token(database, "robot", Role.VIEWER, timedelta(seconds=-1))
    with pytest.raises(Unauthenticated):
        Authenticator(database).authenticate(secret)


def test_a_revoked_token_is_refused_by_whoever_does_not_remember_it(database: Database) -> None:
    secret = create_token(database, "robot", Role.VIEWER)
    revoke_token(database, "robot")
    with pytest.raises(Unauthenticated):
        Authenticator(database).authenticate(secret)


def test_a_name_is_given_once_until_it_is_revoked(database: Database) -> None:
    create_token(database, "robot", Role.VIEWER)
    with pytest.raises(Conflict, match="robot"):
        create_token(database, "robot", Role.ADMINISTRATOR)
    assert [token.role for token in list_tokens(database)] == [Role.VIEWER]
    revoke_token(database, "robot")
    create_token(database, "robot", Role.ADMINISTRATOR)


def test_revoking_an_unknown_token_is_an_error(database: Database) -> None:
    with pytest.raises(NotFound, match="ghost"):
        revoke_token(database, "ghost")


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 101])
def test_a_name_is_short_and_printable(database: Database, name: str) -> None:
    with pytest.raises(InvalidInput):
        create_token(database, name, Role.VIEWER)


def test_the_list_tells_when_a_token_was_last_used(database: Database) -> None:
    lifetime = timedelta(days=30)
    secret = create_token(database, "robot", Role.VIEWER, lifetime)
    (unused,) = list_tokens(database)
    assert unused.last_used is None
    assert unused.expires == unused.created + lifetime

    Authenticator(database).authenticate(secret)
    (used,) = list_tokens(database)
    assert used.last_used is not None
    assert used.created <= used.last_used <= datetime.now(UTC)
