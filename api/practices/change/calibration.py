"""How well the likelihoods of closed changes foretold their failures."""

from datetime import datetime

from api.practices.change.bureau import Bureau
from cmdb.changes import closed_changes
from impact.risk import Assessed, Calibration, calibrate


def calibration(bureau: Bureau) -> Calibration:
    """The closed changes that were assessed, each predicted from those that were closed before it."""
    told = (
        Assessed(
            one.likelihood,
            one.failed,
            datetime.fromisoformat(one.assessed_at),
            datetime.fromisoformat(one.closed_at),
        )
        for one in closed_changes(bureau.store.database)
        if one.likelihood is not None and one.assessed_at is not None
    )
    return calibrate(told, bureau.risk)
