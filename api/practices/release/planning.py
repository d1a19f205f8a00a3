"""What is in a release and when it goes where, with CIs as people call them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from pydantic import AwareDatetime, Field

from api.scenarios import Part
from cmdb.errors import InvalidInput
from cmdb.history import Draft, revise
from cmdb.records import By, Desk, Edit, Record, edit_record, get_record, locked, noted
from cmdb.releases import RELEASE, RELEASED, Version, Versions
from cmdb.store import Store, find_ci


class WrittenWave(Part):
    """A wave with its CIs as people call them."""

    name: str
    cis: list[str] = Field(min_length=1)
    begin: AwareDatetime | None = Field(default=None, description="When it is to begin.")


def release_of(store: Store, number: str) -> Record:
    """A release; raises NotFound, and InvalidInput for a record of another kind."""
    record = get_record(store.database, number)
    if record.kind != RELEASE:
        raise InvalidInput(f"{record.number} is of the kind {record.kind}: use `cmdb {record.kind}`.")
    return record


def plan_versions(
    store: Store, desk: Desk, by: By, number: str, after: Mapping[str, str], attribute: str = "version"
) -> Record:
    """Say which CIs change to which version, beside what is planned; an empty one lets a CI go.

    What they say before is what they say now. Raises NotFound, Ambiguous, and as `edit_record`.
    """
    known = release_of(store, number).number
    wanted = {find_ci(store.database, name): version for name, version in after.items()}

    def work(draft: Draft) -> Record:
        record = locked(draft, known)
        kept = [one for one in _planned(record) if one.ci not in wanted or one.attribute != attribute]
        now = _now(draft, [ci for ci, version in wanted.items() if version], attribute)
        new = [Version(ci=ci, attribute=attribute, before=said, after=wanted[ci]) for ci, said in now.items()]
        return noted(draft, desk, by, record, "edit", _edit(record, [*kept, *new], wanted))

    return revise(store.database, by.author, work)[0]


def plan_waves(store: Store, desk: Desk, by: By, number: str, waves: Sequence[WrittenWave]) -> Record:
    """Say in which waves it is deployed, all of them; raises NotFound, Ambiguous, and as `edit_record`."""
    known = release_of(store, number).number
    told = [
        {**one.model_dump(mode="json"), "cis": [find_ci(store.database, ci) for ci in one.cis]}
        for one in waves
    ]
    return edit_record(desk, by, known, Edit(values={"waves": {"waves": told}}))


def _planned(record: Record) -> Sequence[Version]:
    told = record.values.get("versions")
    return Versions.model_validate(told).versions if told else ()


def _now(draft: Draft, cis: Iterable[str], attribute: str) -> dict[str, str | None]:
    """What CIs (by id) say now."""
    rows = draft.run(
        "UNWIND $cis AS id MATCH (ci:CI|RetiredCI {id: id}) RETURN id, toString(ci[$attribute]) AS said",
        cis=list(cis),
        attribute=attribute,
    )
    return {row["id"]: row["said"] for row in rows}


def _edit(record: Record, versions: Sequence[Version], touched: Collection[str]) -> Edit:
    """Links follow the versions."""
    cis = {one.ci for one in versions}
    told = {"versions": [one.model_dump() for one in versions]} if versions else None
    return Edit(
        values={"versions": told},
        links=dict.fromkeys(sorted(cis - {link.ci for link in record.links}), RELEASED),
        unlinked=frozenset(touched) - cis,
    )
