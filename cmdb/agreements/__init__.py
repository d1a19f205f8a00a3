"""Service level agreements: what is promised for which CIs, and the strictest promise for a record."""

from cmdb.agreements.agreement import Agreement, Targets
from cmdb.agreements.declarations import AgreementKind, AgreementsFile, Period
from cmdb.agreements.load import load_agreements
from cmdb.agreements.promise import ClockKind, Promise, promised

__all__ = [
    "Agreement",
    "AgreementKind",
    "AgreementsFile",
    "ClockKind",
    "Period",
    "Promise",
    "Targets",
    "load_agreements",
    "promised",
]
