"""Delegations: who decides on whose behalf, and until when."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from cmdb.history import Author, Draft, Kind, Revision, revise
from cmdb.history.kept import Kept

DELEGATIONS = Kept(Kind.DELEGATION, "Delegation", "key")


@dataclass(frozen=True, slots=True)
class Delegation:
    """Somebody's right to decide, given to somebody else for a time: ISO 8601 text in UTC, to the second."""

    of: str
    to: str
    since: str
    until: str

    @property
    def key(self) -> str:
        """What identifies it: there is one from a person to another."""
        return _key(self.of, self.to)


def delegate(
    database: Database, author: Author, to: str, since: datetime, until: datetime
) -> Revision | None:
    """Give the author's right to decide to somebody else, in place of what they were given before.

    Nobody can give what is another's. What is decided meanwhile stays decided. Raises InvalidInput.
    """
    one = Delegation(author.actor, to.strip(), _instant(since), _instant(until))
    if one.to in ("", one.of):
        raise InvalidInput("Say to whom else you delegate.")
    if one.until <= one.since:
        raise InvalidInput(f"The delegation ends ({one.until}) no later than it begins ({one.since}).")
    node = {"key": one.key, **asdict(one)}
    return revise(database, author, lambda draft: DELEGATIONS.put(draft, {one.key: node}))[1]


def end_delegation(database: Database, author: Author, to: str) -> Revision | None:
    """Take back what the author has delegated to somebody; raises NotFound where that is nothing."""

    def work(draft: Draft) -> None:
        if not DELEGATIONS.remove(draft, [_key(author.actor, to)]):
            raise NotFound(f"{author.actor} has delegated nothing to {to}.")

    return revise(database, author, work)[1]


def delegations(database: Database) -> list[Delegation]:
    """All of them, those that are over too, by who gave them."""
    rows = database.read("MATCH (given:Delegation) RETURN properties(given) AS given ORDER BY given.key")
    return [
        Delegation(**{name: row["given"][name] for name in Delegation.__dataclass_fields__}) for row in rows
    ]


def _key(of: str, to: str) -> str:
    return f"{of} {to}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%FT%TZ}"
