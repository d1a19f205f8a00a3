"""Creating CIs and changing their attributes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from uuid_utils import uuid7

from cmdb.catalogue import Problem, check_attributes, unknown_attributes
from cmdb.errors import Conflict, Invalid, InvalidInput
from cmdb.history import Author, Draft, Revision, revise
from cmdb.identity import Register, claims
from cmdb.reconciliation import Observation
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.rewriting import records_by_id, rewrite
from cmdb.reconciliation.settlement import RETIRED, ci_values, own_values
from cmdb.reconciliation.sighting import Sighting, take_in
from cmdb.reconciliation.view import manual_view
from cmdb.store.base import Store, Target, locked

Attributes = Mapping[str, Any]


def create_cis(store: Store, author: Author, cis: Sequence[Attributes]) -> tuple[list[str], Revision | None]:
    """Create CIs from their attributes, `class` and `name` among them; return their ids.

    Raises Invalid that lists every problem of every CI, and Conflict where a CI with the same identifying
    values is there already.
    """
    values = _checked(store, cis)
    sightings = [
        Sighting(Observation(str(uuid7()), dict(attributes)), valid)
        for attributes, valid in zip(cis, values, strict=True)
    ]

    def work(draft: Draft) -> list[str]:
        take_in(draft, store.catalogue, manual_view(), sightings)
        ids = [sighting.observation.native_id for sighting in sightings]
        _require_ownership(store, draft, dict(zip(ids, values, strict=True)))
        return ids

    return revise(store.database, author, work)


def update_cis(store: Store, author: Author, changes: Sequence[tuple[Target, Attributes]]) -> Revision | None:
    """Change attributes of CIs; None clears one, whatever sources say.

    Raises NotFound, Outdated, Conflict for a retired CI, and Invalid that lists every problem.
    """
    patches: dict[str, dict[str, Any]] = {}
    for target, patch in changes:
        patches.setdefault(target.id, {}).update(patch)

    def work(draft: Draft) -> None:
        found = locked(draft, [target for target, _ in changes])
        _require_current(found.values())
        merged = [{**own_values(found[id_]), **patch} for id_, patch in patches.items()]
        _checked(store, merged, patches=list(patches.values()))
        known = records_by_id(draft, patches)
        rewrite(
            draft,
            store.catalogue,
            [(known[id_], _patched(known[id_].record, patch)) for id_, patch in patches.items()],
        )

    return revise(store.database, author, work)[1]


def _patched(record: Record, patch: Attributes) -> Record:
    attributes = {**(record.attributes or {}), **patch}
    return replace(record, attributes=attributes, observed_at=manual_view().observed_at)


def _require_current(cis: Iterable[Attributes]) -> None:
    for ci in cis:
        if ci["status"] == RETIRED:
            raise Conflict(f"{ci['name']} is retired. Restore it before you change it.")


def _checked(
    store: Store, cis: Sequence[Attributes], patches: Sequence[Attributes] | None = None
) -> list[dict[str, Any]]:
    """The typed values of each CI; a person may name only attributes that the class has.

    With `patches`, attributes beyond the class that a source brought may stay, but not be given.
    """
    problems: list[Problem] = []
    values = []
    for position, attributes in enumerate(cis):
        given = dict(attributes)
        name = given.pop("class", None)
        if not isinstance(name, str):
            raise InvalidInput("A CI needs a class; `class` is missing.")
        ci_class = store.catalogue.ci_class(name)
        checked = check_attributes(store.catalogue, name, given)
        named = patches[position] if patches else given
        problems += checked.problems
        problems += unknown_attributes(ci_class, [u for u in checked.unknown if u in named])
        values.append(ci_values(ci_class, checked))
    if problems:
        raise Invalid.of(problems)
    return values


def _require_ownership(store: Store, draft: Draft, cis: Mapping[str, Attributes]) -> None:
    """What identifies these CIs must identify no other."""
    wanted = {
        key: id_ for id_, values in cis.items() for key in claims(store.catalogue, values["class"], values)
    }
    for key, claimants in Register(draft, store.catalogue).claimants(wanted).items():
        if owner := next((one.ci for one in claimants if one.ci != wanted[key]), None):
            name = cis[wanted[key]]["name"]
            raise Conflict(f"{name} is there already: {key} identifies CI {owner}.", ci=owner)
