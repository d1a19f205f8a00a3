"""What tests of releases share: people, and a release that is ready for each step."""

from typing import Any

from cmdb.access import Actor, Role
from cmdb.records import By, Desk, Edit, Record, open_record, transition

ANN = By(Actor("ann", Role.OPERATOR), "test", "so it is")
MAX = By(Actor("max", Role.MANAGER), "test", "looks good")
PASSED = {"tests": [{"name": "smoke", "passed": True, "evidence": "run 42"}]}


def versions(*cis: str, after: str = "2.0") -> dict[str, Any]:
    return {"versions": [{"ci": ci, "before": "1.0", "after": after} for ci in cis]}


def waves(*cis: str) -> dict[str, Any]:
    return {"waves": [{"name": f"wave {place}", "cis": [ci]} for place, ci in enumerate(cis, 1)]}


def planned(desk: Desk, *cis: str, **values: Any) -> Record:
    told = {
        "title": "Shop 2.0",
        "description": "Pay by phone",
        "team": "shop",
        "versions": versions(*cis),
        "waves": waves(*cis),
        "reversal": "Install 1.0",
    }
    edit = Edit(values={**told, **values}, links=dict.fromkeys(cis, "released"))
    return open_record(desk, ANN, "release", edit)


def submitted(desk: Desk, *cis: str) -> str:
    number = planned(desk, *cis).number
    transition(desk, ANN, number, "build")
    transition(desk, ANN, number, "test", Edit(values={"build": "shop-2.0.tar"}))
    transition(desk, ANN, number, "submit", Edit(values={"test": PASSED}))
    return number


def approved(desk: Desk, *cis: str) -> str:
    number = submitted(desk, *cis)
    transition(desk, MAX, number, "approve")
    return number
