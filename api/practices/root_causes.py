"""What broke it: the question as people ask it, with what the history says of the time before."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime, ConfigDict, Field

from api.scenarios import NAMED, Part
from cmdb.errors import InvalidInput
from cmdb.history import moment
from cmdb.store import Store, find_ci
from impact import ImpactEngine, Observations, Prior, RootCauses
from impact.causes import SHIPPED, RootCausePolicy, changed

MOST_WATCHED = 10_000


class RootCauseQuestion(Part):
    """What alarms, since when, and what is known to be healthy."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "alarms": ["business_service:Payments"],
                "onsets": {"Web Shop": "2026-11-21T22:04:00Z"},
                "healthy": ["Intranet"],
            }
        }
    )

    alarms: list[str] = Field(default=[], max_length=MOST_WATCHED, description=f"What alarms. {NAMED}")
    onsets: dict[str, AwareDatetime] = Field(
        default={},
        max_length=MOST_WATCHED,
        description="When the alarms of CIs began; these need not stand under `alarms`.",
    )
    healthy: list[str] = Field(
        default=[],
        max_length=MOST_WATCHED,
        description="CIs that are watched and fine; what is not named at all is not monitored.",
    )
    as_of: str | None = Field(
        default=None,
        max_length=200,
        description="A revision's number, a time or a baseline's name; null: now.",
    )
    since: AwareDatetime | None = Field(
        default=None, description="Changes after this make CIs suspect; null: as the policy has it."
    )
    most: int = Field(default=10, ge=1, le=100, description="Most explanations.")
    symptoms: int = Field(default=10, ge=0, le=1000, description="Most symptoms shown of each.")


def root_causes(
    store: Store, engine: ImpactEngine, question: RootCauseQuestion, priors: Iterable[Prior] = ()
) -> RootCauses:
    """Rank what may have broken it; `priors` are what makes CIs suspect beside the changes in the history.

    Raises NotFound, Ambiguous and InvalidInput.
    """
    policy = store.policies.read(RootCausePolicy, SHIPPED)
    observations = _observations(store, question)
    until = moment(store.database, question.as_of).at if question.as_of else datetime.now(UTC)
    began = min(observations.began or until, until)
    since = question.since or began - timedelta(hours=policy.changes.hours)
    if since >= until:
        raise InvalidInput(f"Changes since {since.isoformat()} are none before {until.isoformat()}.")
    suspects = [*changed(store.database, since, until, policy.changes), *priors]
    return engine.root_cause(observations, policy, suspects, question.as_of, question.most, question.symptoms)


def _observations(store: Store, question: RootCauseQuestion) -> Observations:
    ids = {
        name: find_ci(store.database, name)
        for name in {*question.alarms, *question.onsets, *question.healthy}
    }
    return Observations(
        alarms=[ids[name] for name in (*question.alarms, *question.onsets)],
        onsets={ids[name]: at for name, at in question.onsets.items()},
        healthy=[ids[name] for name in question.healthy],
    )
