"""A kind of record that is small, and uses all that a life cycle can say."""

import tomllib

import pytest
from pydantic import BaseModel, ConfigDict

from cmdb.access import Actor, Role
from cmdb.database import Database
from cmdb.records import Attempt, By, Desk, Kind, LifeCycle, Values
from cmdb.store import Store, create_cis

ERRAND = """
kind = "errand"
label = "Errand"
prefix = "ERR"
initial = "new"
conditions = ["concerned", "down"]

[fields]
title = { required = true }
size = { type = "integer", minimum = 1, maximum = 9, default = 1 }
double = { type = "integer", derived = true }
route = { type = "document", states = ["new"] }
answer = {}

[states]
new = {}
under_way = {}
done = { open = false }

[relations]
after = { to = ["errand"], inverse = "before" }

[transitions.start]
from = ["new"]
to = "under_way"
requires = ["cis"]

[transitions.finish]
from = ["under_way"]
to = "done"
requires = ["answer", "note"]
role = "manager"
checks = ["not_by_opener"]

[transitions.resume]
from = ["done"]
to = "under_way"
"""


class Route(BaseModel):
    model_config = ConfigDict(extra="forbid")

    stops: list[str]


def not_by_opener(attempt: Attempt) -> str | None:
    same = attempt.by.actor.name == attempt.record.opened_by
    return f"{attempt.record.opened_by} opened it, so somebody else finishes it" if same else None


def doubled(values: Values) -> Values:
    return {**values, "double": 2 * values["size"]} if "size" in values else values


@pytest.fixture
def desk(database: Database) -> Desk:
    cycle = LifeCycle.model_validate(tomllib.loads(ERRAND))
    kind = Kind(cycle, {"not_by_opener": not_by_opener}, {"route": Route}, doubled)
    return Desk(database, {"errand": kind})


@pytest.fixture
def ci(store: Store) -> str:
    ids, _ = create_cis(store, ANN.author, [{"class": "server", "name": "one"}])
    return ids[0]


ANN = By(Actor("ann", Role.MANAGER), "test")
BOB = By(Actor("bob", Role.MANAGER), "test", "for good")
EVE = By(Actor("eve", Role.VIEWER), "test")
