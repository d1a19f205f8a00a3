"""Who accepts that services hang on one CI, why and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from cmdb.history import Author, Draft, Kind, Revision, State, revise
from cmdb.history.kept import Kept

ACCEPTANCES = Kept(Kind.RISK_ACCEPTANCE, "RiskAcceptance", "key")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The risk that a CI is a single point of failure, of one service or of all; CIs by id."""

    ci: str
    by: str
    """Who answers for it."""
    reason: str
    until: date | None = None
    """The last day on which it holds; None: until it is withdrawn."""
    service: str | None = None
    """None: of all services."""

    @property
    def key(self) -> str:
        """What identifies it: there is one for a CI and a service, or a CI and all of them."""
        return _key(self.ci, self.service)

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today


def accept(database: Database, author: Author, acceptance: Acceptance) -> Revision | None:
    """Write an acceptance, in place of an earlier one of the same; no revision where nothing differs.

    Raises InvalidInput where it has no name or reason, NotFound where a CI is unknown or retired.
    """
    if not acceptance.by.strip() or not acceptance.reason.strip():
        raise InvalidInput("Say who accepts the risk, and why.")

    def work(draft: Draft) -> None:
        _require(draft, [id_ for id_ in (acceptance.ci, acceptance.service) if id_])
        ACCEPTANCES.put(draft, {acceptance.key: _properties(acceptance)})

    return revise(database, author, work)[1]


def withdraw(database: Database, author: Author, ci: str, service: str | None = None) -> Revision | None:
    """Remove the acceptance for a CI and one service, or for a CI and all of them.

    Raises NotFound where there is none.
    """

    def work(draft: Draft) -> None:
        if not ACCEPTANCES.remove(draft, [_key(ci, service)]):
            of = f"and the service {service}" if service else "and all services"
            raise NotFound(f"No risk is accepted for the CI {ci} {of}.")

    return revise(database, author, work)[1]


def acceptances(database: Database) -> list[Acceptance]:
    """All acceptances, expired ones too, by CI and service; those of CIs that are retired are left out."""
    rows = database.read(
        """
        MATCH (accepted:RiskAcceptance)
        MATCH (ci:CI {id: accepted.ci})
        WITH accepted ORDER BY accepted.key
        RETURN properties(accepted) AS accepted
        """
    )
    return [_acceptance(row["accepted"]) for row in rows]


def _key(ci: str, service: str | None) -> str:
    return f"{ci} {service or ''}"


def _require(draft: Draft, ids: Iterable[str]) -> None:
    rows = draft.run(
        "UNWIND $ids AS id OPTIONAL MATCH (ci:CI {id: id}) WITH id, ci WHERE ci IS NULL RETURN id",
        ids=list(ids),
    )
    if rows:
        raise NotFound(f"No CI has the id {rows[0]['id']}, or it is retired.")


def _properties(acceptance: Acceptance) -> State:
    told = {
        "key": acceptance.key,
        "ci": acceptance.ci,
        "service": acceptance.service,
        "by": acceptance.by,
        "reason": acceptance.reason,
        "until": acceptance.until and acceptance.until.isoformat(),
    }
    return {name: value for name, value in told.items() if value is not None}


def _acceptance(told: State) -> Acceptance:
    until = date.fromisoformat(told["until"]) if "until" in told else None
    return Acceptance(told["ci"], told["by"], told["reason"], until, told.get("service"))
