"""Changes and discovery: what each says that the other does not."""

from datetime import datetime, timedelta

from pydantic import BaseModel, Field

from api.practices.change.bureau import Bureau
from cmdb.changes import unauthorised, unconfirmed
from cmdb.store import ci_names


class UnauthorisedChange(BaseModel):
    """A difference that discovery found on a CI with no change at work."""

    ci: str = Field(description="Id.")
    name: str
    at: datetime
    revision: int = Field(description="Of the graph; `cmdb revision show` tells all of it.")
    source: str
    attributes: list[str] = Field(description="What differs.")


class UnconfirmedChange(BaseModel):
    """A change that was done and that discovery has not seen."""

    number: str
    title: str
    state: str
    ends: str
    cis: list[str] = Field(description="Names of its CIs that discovery looks at.")
    looked: bool = Field(description="Whether discovery has run since; if not, it may still see it.")


def unauthorised_changes(bureau: Bureau, since: datetime, until: datetime) -> list[UnauthorisedChange]:
    """Differences found in a time that no change explains, the newest first."""
    late = timedelta(hours=bureau.policy.assessing.discovery_within)
    return [
        UnauthorisedChange(
            ci=one.ci,
            name=one.name,
            at=one.at,
            revision=one.seq,
            source=one.source,
            attributes=list(one.attributes),
        )
        for one in unauthorised(bureau.store.database, since, until, late)
    ]


def unconfirmed_changes(bureau: Bureau, since: datetime, until: datetime) -> list[UnconfirmedChange]:
    """Changes done in a time that discovery has not seen, by their begin."""
    found = unconfirmed(bureau.store.database, since, until)
    names = ci_names(bureau.store.database, {ci for one in found for ci in one.cis})
    return [
        UnconfirmedChange(
            number=one.change.number,
            title=one.change.values["title"],
            state=one.change.state,
            ends=one.change.values["ends"],
            cis=sorted(names[ci] for ci in one.cis),
            looked=one.looked,
        )
        for one in found
    ]
