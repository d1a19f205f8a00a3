"""What each CI of a release says: planned, at the baseline, now, and by discovery."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from api.practices.release.planning import release_of
from cmdb.history import cis_at, latest, moment
from cmdb.releases import Version, Versions, discovered
from cmdb.store import Store, ci_names


class Said(BaseModel):
    """What a record of a source says, and when that was last seen to be so."""

    record: str
    value: str | None
    at: datetime


class VersionRow(BaseModel):
    """An attribute of a CI: as the release has it, and as it is."""

    ci: str
    name: str
    attribute: str
    before: str | None
    after: str | None
    baseline: str | None = Field(description="What it said as deployment began; null before that.")
    now: str | None
    said: list[Said] = Field(description="By discovery.")


def release_versions(store: Store, number: str) -> list[VersionRow]:
    """What each CI of a release says: planned, at the baseline, now, and by each source."""
    record = release_of(store, number)
    if "versions" not in record.values:
        return []
    versions = Versions.model_validate(record.values["versions"])
    names = ci_names(store.database, versions.cis)
    baseline = record.values.get("baseline_before")
    then = cis_at(store.database, versions.cis, moment(store.database, baseline).seq) if baseline else {}
    now = cis_at(store.database, versions.cis, latest(store.database).seq)
    seen = discovered(store.database, versions.cis)

    def row(one: Version) -> VersionRow:
        said = [
            Said(record=each.record, value=_text(each.attributes.get(one.attribute)), at=each.at)
            for each in seen
            if each.ci == one.ci
        ]
        return VersionRow(
            **one.model_dump(),
            name=names.get(one.ci, one.ci),
            baseline=_text(then.get(one.ci, {}).get(one.attribute)),
            now=_text(now.get(one.ci, {}).get(one.attribute)),
            said=said,
        )

    return [row(one) for one in versions.versions]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
