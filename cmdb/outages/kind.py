"""The kind of record that an outage is."""

from pathlib import Path

from cmdb.policy import Policies
from cmdb.records import Attempt, Kind, LifeCycle


def kinds(policies: Policies) -> tuple[Kind, ...]:
    """Outages, by the life cycle of an organisation."""
    cycle = policies.read(LifeCycle, Path(__file__).with_name("outage.toml"))
    return (Kind(cycle, checks={"in_order": _in_order}),)


def _in_order(attempt: Attempt) -> str | None:
    began, ended = attempt.record.values["began"], attempt.record.values.get("ended")
    return f"it ended ({ended}) before it began ({began})" if ended and ended < began else None
