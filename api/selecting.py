"""Which CIs an answer lists, as people ask for them: sites by what they are called."""

from collections.abc import Iterable

from cmdb.store import Store, find_ci
from impact import Selection, StateName


def selection(
    store: Store,
    classes: Iterable[str],
    states: Iterable[StateName],
    teams: Iterable[str],
    sites: Iterable[str],
    services: bool,
    text: str,
) -> Selection:
    """The same with sites by id; raises NotFound and Ambiguous as `find_ci` does."""
    return Selection(
        classes=frozenset(classes),
        states=frozenset(states),
        teams=frozenset(teams),
        sites=frozenset(find_ci(store.database, name) for name in sites),
        services=services,
        text=text,
    )
