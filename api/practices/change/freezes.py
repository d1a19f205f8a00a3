"""The freezes that a change breaches."""

from api.practices.change.bureau import Bureau
from cmdb.changes import Plan


def freezes_of(bureau: Bureau, plan: Plan) -> tuple[str, ...]:
    """By name, those that forbid changes of its CIs, or of the services above them, in its window."""
    return ()
