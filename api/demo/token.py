"""A token to try the API with."""

import os
from pathlib import Path

from cmdb.access import Role, create_token, list_tokens, revoke_token
from cmdb.database import Database

NAME = "demo"


def demo_token(database: Database, home: Path) -> str:
    """The secret of the demo's token, the same every time; kept in the state folder for its owner alone."""
    kept = home / "demo-token"
    known = any(token.name == NAME for token in list_tokens(database))
    if known and kept.exists():
        return kept.read_text()
    if known:
        revoke_token(database, NAME)
    secret = create_token(database, NAME, Role.MANAGER)
    home.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)
    return secret
