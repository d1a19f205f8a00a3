"""Which labels of an alert name which CI, and what it says of that: `alerts.toml`."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cmdb.alerts.alert import Alert
from cmdb.policy import Policies
from cmdb.priorities import Level

Condition = Literal["concerned", "degraded", "down"]
GRAVITY: tuple[Condition, ...] = ("concerned", "degraded", "down")
LABEL = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)(\.host)?\}")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CIRule(_Table):
    """Attributes of a CI, as text with labels in braces."""

    attributes: dict[str, str] = Field(min_length=1)

    @model_validator(mode="after")
    def _finds_something(self) -> Self:
        if self.attributes.keys() <= {"class"}:
            raise ValueError("a class alone finds no CI: say name, record or another attribute")
        return self

    def wanted(self, labels: Mapping[str, str]) -> dict[str, str] | None:
        """The attributes that labels name; None where the alert lacks one of them."""
        found = {name: _filled(text, labels) for name, text in self.attributes.items()}
        return {name: text for name, text in found.items() if text} if all(found.values()) else None


class ConditionRule(_Table):
    """What an alert with such labels says of its CI, and how urgent that is."""

    labels: dict[str, tuple[str, ...]] = {}
    condition: Condition
    urgency: Level

    def fits(self, alert: Alert) -> bool:
        """Whether all its labels have one of the values."""
        return all(alert.labels.get(name, "").lower() in values for name, values in self.labels.items())


class AlertRules(_Table):
    """All of an `alerts.toml`."""

    window_minutes: int = Field(ge=0)
    cis: tuple[CIRule, ...]
    conditions: tuple[ConditionRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _covers_all(self) -> Self:
        if self.conditions[-1].labels:
            raise ValueError("the last of the conditions has no labels: it is for all other alerts")
        return self

    @property
    def window(self) -> timedelta:
        """For how long an incident explains what alarms after it."""
        return timedelta(minutes=self.window_minutes)

    def said(self, alert: Alert) -> ConditionRule:
        """What an alert says of its CI."""
        return next(rule for rule in self.conditions if rule.fits(alert))


def load_alert_rules(policies: Policies) -> AlertRules:
    """How alerts are read; raises as `Policies.read` does."""
    return policies.read(AlertRules, Path(__file__).with_name("alerts.toml"))


def _filled(text: str, labels: Mapping[str, str]) -> str:
    """The text with its labels, empty where one is missing."""
    values = [(labels.get(name, ""), host) for name, host in LABEL.findall(text)]
    known = [_host(value) if host else value for value, host in values]
    if not all(known):
        return ""
    rest = iter(known)
    return LABEL.sub(lambda _: next(rest), text)


def _host(address: str) -> str:
    """The host of an address or URL; empty where it has none."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
