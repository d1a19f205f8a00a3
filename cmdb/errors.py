"""Every error Linchpin raises on purpose.

LinchpinError
├── InvalidInput         400  the request or the row says something that cannot be meant
│   ├── Invalid          422  one or more attributes break the catalogue's rules
│   └── KeyReused        422  an idempotency key came with another request before
├── NotFound             404  nothing has that name
│   └── Ambiguous        409  several things have that name
├── Conflict             409  the graph already says otherwise
│   └── Outdated         412  somebody else changed it first
├── Refused              403  the actor may not do that
│   └── Unauthenticated  401  no valid token
├── CatalogueError       500  a catalogue or policy file has mistakes
└── Unavailable          503  Neo4j cannot be reached or started

Each carries a `title` that is the same for every error of its class and a `detail` that says what is wrong,
where, and what to do. The CLI prints both; the API sends both as problem details (RFC 9457).
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, ClassVar


class LinchpinError(Exception):
    """The root of all errors raised on purpose."""

    title: ClassVar[str] = "Something went wrong"
    status: ClassVar[int] = 500

    def __init__(self, detail: str, **extensions: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extensions = extensions


class InvalidInput(LinchpinError):
    """The request or the row says something that cannot be meant."""

    title = "Invalid input"
    status = 400


class Invalid(InvalidInput):
    """One or more attributes break the catalogue's rules; `extensions["errors"]` lists them all."""

    title = "Attributes break the catalogue's rules"
    status = 422

    @classmethod
    def of(cls, problems: Sequence[Any]) -> "Invalid":
        """An error that tells of all problems (see `cmdb.catalogue.Problem`) at once."""
        return cls(
            "; ".join(f"{p.class_name}.{p.attribute}: {p.value!r} {p.reason}" for p in problems),
            errors=[asdict(problem) for problem in problems],
        )


class KeyReused(InvalidInput):
    """An idempotency key came with another request before."""

    title = "Idempotency key used for another request"
    status = 422


class NotFound(LinchpinError):
    """Nothing has that name."""

    title = "Not found"
    status = 404


class Ambiguous(NotFound):
    """Several things have that name; `extensions["candidates"]` lists them."""

    title = "Ambiguous name"
    status = 409


class Conflict(LinchpinError):
    """The graph already says otherwise."""

    title = "Conflict"
    status = 409


class Outdated(Conflict):
    """Somebody else changed it first."""

    title = "Changed by somebody else"
    status = 412


class Refused(LinchpinError):
    """The actor may not do that."""

    title = "Not allowed"
    status = 403


class Unauthenticated(Refused):
    """No valid token came with the request."""

    title = "Token missing or invalid"
    status = 401


class CatalogueError(LinchpinError):
    """A catalogue or policy file has mistakes, each named by file, key and reason."""

    title = "A file of the catalogue or of the policies has mistakes"
    status = 500


class Unavailable(LinchpinError):
    """Neo4j cannot be reached or started."""

    title = "Neo4j is not available"
    status = 503
