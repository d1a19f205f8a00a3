"""An alert, as a monitoring tool tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import orjson


@dataclass(frozen=True, slots=True)
class Alert:
    """What is wrong with what is named by labels, since when, and until when; None: it still is."""

    labels: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime | None = None
    annotations: Mapping[str, str] | None = None
    url: str = ""
    fingerprint: str = ""

    @property
    def name(self) -> str:
        """The name of the rule that made it."""
        return self.labels.get("alertname", "alert")

    @property
    def summary(self) -> str:
        """What its annotations say in a line."""
        told = self.annotations or {}
        return told.get("summary") or told.get("message") or told.get("description") or ""

    @property
    def identity(self) -> str:
        """Its fingerprint, or one over its labels where its source gave none."""
        labels = orjson.dumps(dict(self.labels), option=orjson.OPT_SORT_KEYS)
        return self.fingerprint or sha256(labels).hexdigest()[:16]

    @property
    def key(self) -> str:
        """What makes it one and the same however often it is told: identity and beginning."""
        return f"{self.identity} {self.starts_at.isoformat()}"
