"""Roles, and the least role that each action takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cmdb.errors import Refused


class Role(StrEnum):
    """What a token may do; each role may do all that those before it may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"

    def includes(self, other: "Role") -> bool:
        """Whether this role may do all that the other may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


class Action(StrEnum):
    """What somebody may want to do."""

    READ = "read"
    WRITE = "create and change CIs, relationships and teams"
    RECORD = "open and change records"
    IMPORT = "import"
    SWEEP = "sweep"
    RETIRE = "retire and restore CIs"
    IDENTIFY = "merge, split and keep apart CIs"
    BASELINE = "set baselines"
    ACCEPT_RISK = "accept risks"
    STAFF = "say who is in a team"
    UNDO = "undo revisions and imports"
    PURGE = "purge CIs"


LEAST_ROLE: Mapping[Action, Role] = {
    Action.READ: Role.VIEWER,
    Action.WRITE: Role.OPERATOR,
    Action.RECORD: Role.OPERATOR,
    Action.IMPORT: Role.OPERATOR,
    Action.SWEEP: Role.OPERATOR,
    Action.RETIRE: Role.MANAGER,
    Action.IDENTIFY: Role.MANAGER,
    Action.BASELINE: Role.MANAGER,
    Action.ACCEPT_RISK: Role.MANAGER,
    Action.STAFF: Role.MANAGER,
    Action.UNDO: Role.MANAGER,
    Action.PURGE: Role.ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the name of a token, and its role."""

    name: str
    role: Role

    def require(self, action: Action) -> None:
        """Raise Refused unless the actor may do this."""
        least = LEAST_ROLE[action]
        if not self.role.includes(least):
            raise Refused(
                f"To {action} takes the role {least}; the token {self.name!r} has the role {self.role}. "
                "Use another token, or have an administrator make one with `cmdb token create`."
            )
