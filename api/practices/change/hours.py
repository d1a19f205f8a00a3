"""How much of a window lies inside the hours agreed for services."""

from collections.abc import Iterable

from cmdb.agreements import Agreement, load_agreements
from cmdb.calendars import load_calendars
from cmdb.changes import Hurt, Window
from cmdb.priorities import load_priorities
from cmdb.store import Store


def service_hours(store: Store, window: Window, hurt: Iterable[Hurt]) -> float | None:
    """The greatest share, 0 to 1, for any of the services; None where nothing is agreed for any.

    The hours of a service are those in which its agreements promise to restore it from the worst incidents.
    """
    calendars, priorities = load_calendars(store.policies), load_priorities(store.policies).priorities
    agreements = load_agreements(store.policies, store.catalogue, calendars, priorities)
    ids = [one.id for one in hurt]
    rows = store.database.read("MATCH (ci:CI) WHERE ci.id IN $ids RETURN properties(ci) AS ci", ids=ids)
    holding = {one.name: one for row in rows for one in agreements if one.covers(row["ci"])}
    return max((_share(one, window) for one in holding.values()), default=None)


def _share(agreement: Agreement, window: Window) -> float:
    strictest = agreement.targets[min(agreement.targets)].calendar
    return strictest.working(window.start, window.end) / (window.end - window.start)
