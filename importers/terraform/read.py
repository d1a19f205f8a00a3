"""Reads states into observations."""

from collections.abc import Iterator

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Rejection
from importers.cloud import Estate, Place, Resource
from importers.documents import find_files, read_json
from importers.importer import Origin, Row
from importers.terraform.aws import AWS
from importers.terraform.azure import AZURE
from importers.terraform.google import GOOGLE
from importers.terraform.left_out import is_left_out
from importers.terraform.references import add_references
from importers.terraform.states import Instance, read_state

SHAPES = AWS | AZURE | GOOGLE
PROVIDERS = {"aws": "aws", "azurerm": "azure", "google": "gcp"}
"""By what the names of resource types begin with."""


def read(origin: Origin) -> Iterator[Row]:
    """The things of a state file, or of all states in a folder, which may refer to one another."""
    path = origin.path
    states: dict[str, list[Instance]] = {}
    gaps = []
    for file in find_files(path, ".tfstate", ".json"):
        try:
            states[str(file.relative_to(path)) if path.is_dir() else file.name] = read_state(
                read_json(file), file.name
            )
        except InvalidInput as error:
            if file == path:
                raise
            gaps.append(Gap(str(error)))
    if not states:
        raise InvalidInput(f"{path} holds no Terraform state that can be read. {gaps[0].what}")
    yield from gaps
    yield from _rows(states)


def _rows(states: dict[str, list[Instance]]) -> Iterator[Row]:
    resources = {
        (state, one.address): _resource(one, state, len(states) > 1)
        for state, found in states.items()
        for one in found
        if one.type in SHAPES
    }
    estate = Estate(resources.values())
    for state, found in states.items():
        things = {
            address: one
            for (where, address), one in resources.items()
            if where == state and one.shape.becomes
        }
        add_references(estate, found, things)
        yield from (_rejection(one, state) for one in found if _is_unknown(one))
    yield from estate.rows()


def _resource(instance: Instance, state: str, among_others: bool) -> Resource:
    address = f"{state}:{instance.address}" if among_others else instance.address
    provider = PROVIDERS[instance.type.partition("_")[0]]
    return Resource(
        instance.type,
        SHAPES[instance.type],
        instance.values,
        address,
        Place(provider),
        f"{state} ({instance.address})",
        instance.is_data,
    )


def _is_unknown(instance: Instance) -> bool:
    return not (instance.is_data or instance.type in SHAPES or is_left_out(instance.type))


def _rejection(instance: Instance, state: str) -> Rejection:
    row = {"type": instance.type, "address": instance.address, "state": state}
    return Rejection(instance.type, 0, row, f"no class is known for the resource type {instance.type}")
