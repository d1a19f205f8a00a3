"""What is promised: the strictest targets of the agreements that cover what is affected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from cmdb.agreements.agreement import Agreement
from cmdb.agreements.declarations import AgreementKind

ClockKind = Literal["respond", "restore"]


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agreement promises; `due` is when nothing puts it on hold."""

    agreement: str
    party: str
    calendar: str
    target: timedelta
    due: datetime


def promised(
    agreements: Iterable[Agreement],
    clock: ClockKind,
    priority: int,
    cis: Iterable[Mapping[str, Any]],
    began: datetime,
    kind: AgreementKind = "sla",
) -> Promise | None:
    """The strictest promise for a record of that priority on these CIs: the one that is due first.

    Each CI, a mapping of its attributes with `id`, `name`, `class` and `criticality`, goes by the agreements
    that cover it, else by the general ones; so does a record without CIs. None where nothing is promised.
    """
    of_kind = [agreement for agreement in agreements if agreement.kind == kind]
    concerned = {one.name: one for ci in cis for one in _holding(of_kind, ci)}
    holding = concerned.values() or [one for one in of_kind if one.is_general]
    promises = [promise for one in holding for promise in _promises(one, clock, priority, began)]
    return min(promises, key=lambda promise: (promise.due, promise.agreement), default=None)


def _holding(agreements: list[Agreement], ci: Mapping[str, Any]) -> list[Agreement]:
    """The agreements that a CI goes by."""
    own = [agreement for agreement in agreements if agreement.covers(ci)]
    return own or [agreement for agreement in agreements if agreement.is_general]


def _promises(agreement: Agreement, clock: ClockKind, priority: int, began: datetime) -> Iterator[Promise]:
    terms = agreement.targets[priority]
    target = terms.respond if clock == "respond" else terms.restore
    if target:
        due = terms.calendar.after(began, target)
        yield Promise(agreement.name, agreement.party, terms.calendar_name, target, due)
