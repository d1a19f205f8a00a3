"""The kind of record that a release is."""

from pathlib import Path

from pydantic import BaseModel

from cmdb.policy import Policies
from cmdb.records import Kind, LifeCycle, Values
from cmdb.releases.checks import CHECKS
from cmdb.releases.documents import (
    Confirmation,
    Deployment,
    Expectation,
    Review,
    Tests,
    Versions,
    Waves,
)

RELEASE = "release"
DOCUMENTS: dict[str, type[BaseModel]] = {
    "versions": Versions,
    "waves": Waves,
    "test": Tests,
    "deployment": Deployment,
    "expected": Expectation,
    "confirmation": Confirmation,
    "review": Review,
}


def kinds(policies: Policies) -> tuple[Kind, ...]:
    """Releases, by the life cycle of an organisation."""
    cycle = policies.read(LifeCycle, Path(__file__).with_name("release.toml"))
    return (Kind(cycle, CHECKS, DOCUMENTS, _derived),)


def _derived(values: Values) -> Values:
    """The outcome, so that lists can be made of it."""
    told = {name: value for name, value in values.items() if name != "outcome"}
    return {**told, "outcome": values["review"]["outcome"]} if "review" in values else told
