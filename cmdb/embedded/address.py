"""Where a running server is reached."""

from dataclasses import dataclass, field
from typing import Self

from cmdb.embedded.config import HOST
from cmdb.embedded.files import Files

USER = "neo4j"


@dataclass(frozen=True)
class Address:
    """What a driver needs."""

    uri: str
    user: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, port: int, files: Files) -> Self:
        """Of our own server on that port, with the password in its file."""
        return cls(uri(port), USER, files.password.read_text(encoding="utf-8").strip())


def uri(port: int) -> str:
    """Bolt address on the loopback."""
    return f"bolt://{HOST}:{port}"
