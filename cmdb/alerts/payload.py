"""What monitoring tools send.

Alertmanager's webhook, version 4: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config.
Prometheus' alerts: https://prometheus.io/docs/prometheus/latest/querying/api/#alerts.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from cmdb.alerts.alert import Alert
from cmdb.errors import InvalidInput

NEVER = 1
"""The year by which Go, and so Alertmanager, writes a time that there is not."""


class _Sent(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    labels: dict[str, str]
    annotations: dict[str, str] = {}


class SentAlert(_Sent):
    """An alert of Alertmanager."""

    status: Literal["firing", "resolved"]
    starts_at: AwareDatetime = Field(alias="startsAt")
    ends_at: AwareDatetime | None = Field(default=None, alias="endsAt")
    generator_url: str = Field(default="", alias="generatorURL")
    fingerprint: str = ""

    def alert(self) -> Alert:
        """The alert; one that is firing has no end, whatever Alertmanager expects."""
        told = self.ends_at if self.ends_at and self.ends_at.year > NEVER else self.starts_at
        ended = max(told, self.starts_at) if self.status == "resolved" else None
        return Alert(
            self.labels, self.starts_at, ended, self.annotations, self.generator_url, self.fingerprint
        )


class Webhook(BaseModel):
    """What Alertmanager posts, in version 4 of its format. Grafana posts the same, and calls it version 1."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    version: Literal["4", "1"]
    alerts: list[SentAlert]
    truncated: int = Field(default=0, alias="truncatedAlerts", description="Alerts that were left off.")

    def told(self) -> list[Alert]:
        """The alerts."""
        return [alert.alert() for alert in self.alerts]


class _ActiveAlert(_Sent):
    """An alert of Prometheus."""

    state: Literal["firing", "pending", "inactive"]
    active_at: AwareDatetime | None = Field(default=None, alias="activeAt")


class _Active(BaseModel):
    alerts: list[_ActiveAlert]


class _Answer(BaseModel):
    status: Literal["success"]
    data: _Active


SAVED: TypeAdapter[Webhook | _Answer] = TypeAdapter(Webhook | _Answer)


def alerts_of(document: Any, place: str, now: datetime) -> list[Alert]:
    """The alerts of an answer of Prometheus' /api/v1/alerts, or of a saved post of Alertmanager.

    Pending ones are none yet. Raises InvalidInput that names the place.
    """
    try:
        told = SAVED.validate_python(document)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(
            f"{place} is neither an answer of Prometheus' /api/v1/alerts nor a post of Alertmanager: "
            f"{'.'.join(map(str, first['loc']))}: {first['msg']}."
        ) from error
    return told.told() if isinstance(told, Webhook) else list(_firing(told, now))


def _firing(answer: _Answer, now: datetime) -> Iterator[Alert]:
    for one in answer.data.alerts:
        if one.state == "firing":
            yield Alert(one.labels, one.active_at or now, None, one.annotations)
