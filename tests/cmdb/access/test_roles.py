import pytest

from cmdb.access import LEAST_ROLE, Action, Actor, Role
from cmdb.errors import Refused

MAY = {
    Role.VIEWER: {Action.READ},
    Role.OPERATOR: {Action.READ, Action.WRITE, Action.RECORD, Action.IMPORT, Action.SWEEP},
    Role.MANAGER: set(Action) - {Action.PURGE},
    Role.ADMINISTRATOR: set(Action),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_the_table_says_and_nothing_else(role: Role, action: Action) -> None:
    actor = Actor("somebody", role)
    if action in MAY[role]:
        actor.require(action)
    else:
        with pytest.raises(Refused, match=f"takes the role {LEAST_ROLE[action]}.*has the role {role}"):
            actor.require(action)


def test_every_action_has_a_least_role() -> None:
    assert LEAST_ROLE.keys() == set(Action)
