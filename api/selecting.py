"""Which CIs an answer lists, as people ask for them: sites by what they are called."""

from collections.abc import Collection, Iterable
from typing import cast, get_args

from cmdb.errors import InvalidInput
from cmdb.store import Store, find_ci
from impact import Selection, StateName

STATES = get_args(StateName)


def selection(
    store: Store,
    classes: Iterable[str],
    states: Collection[str],
    teams: Iterable[str],
    sites: Iterable[str],
    services: bool,
    text: str,
) -> Selection:
    """The same with sites by id; raises InvalidInput, and NotFound and Ambiguous as `find_ci` does."""
    return Selection(
        classes=frozenset(classes),
        states=frozenset(map(_state, states)),
        teams=frozenset(teams),
        sites=frozenset(find_ci(store.database, name) for name in sites),
        services=services,
        text=text,
    )


def _state(name: str) -> StateName:
    if name not in STATES:
        raise InvalidInput(f"There is no state {name!r}. States: {', '.join(STATES)}.")
    return cast(StateName, name)
