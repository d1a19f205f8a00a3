"""Reads states of any form as a list of their resource instances."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cmdb.errors import InvalidInput
from importers.terraform.flatmap import unflatten

_INDEX = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|\d+)\]')


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a resource.

    `address` is what Terraform calls it, `needs` the addresses, without indices, of the resources that it was
    made after.
    """

    address: str
    module: str
    type: str
    values: Mapping[str, Any]
    needs: tuple[str, ...]
    is_data: bool

    def __post_init__(self) -> None:
        if not all(isinstance(name, str) for name in (self.address, self.module, self.type, *self.needs)):
            raise TypeError("a name that is no text")

    @property
    def resource(self) -> str:
        """The address without indices, as `needs` have it."""
        return without_indices(self.address)


def without_indices(address: str) -> str:
    """`module.a[0].aws_instance.b["x"]` as `module.a.aws_instance.b`."""
    return _INDEX.sub("", address)


def read_state(document: Any, place: str) -> list[Instance]:
    """The instances of a state file, version 3 or 4, or of `terraform show -json`.

    Raises InvalidInput that says what the document is instead.
    """
    if not isinstance(document, dict):
        raise InvalidInput(f"{place} is no Terraform state: it holds no object.")
    reader = _reader(document, place)
    try:
        return list(reader(document))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InvalidInput(
            f"{place} is a damaged Terraform state ({type(error).__name__}: {error}). Pull it again."
        ) from error


def _reader(document: dict[str, Any], place: str) -> Callable[[dict[str, Any]], Iterator[Instance]]:
    if "encrypted_data" in document:
        raise InvalidInput(f"{place} is encrypted; write it out with tofu show -json.")
    if "planned_values" in document:
        raise InvalidInput(f"{place} is a plan; write the state out with terraform show -json.")
    if "format_version" in document:
        return _shown
    version = document.get("version")
    if version in (3, 4):
        return _version_3 if version == 3 else _version_4
    if version in (1, 2):
        raise InvalidInput(
            f"{place} is a state of version {version}; refresh it with Terraform 0.11 or newer."
        )
    raise InvalidInput(
        f"{place} is no Terraform state: its version is {version!r}. It takes a state of version 3 or 4, "
        "or what terraform show -json writes."
    )


def _version_4(document: dict[str, Any]) -> Iterator[Instance]:
    for resource in document.get("resources") or ():
        module = resource.get("module", "")
        is_data = resource["mode"] == "data"
        for instance in resource["instances"]:
            if not instance.get("deposed"):
                name = f"{'data.' if is_data else ''}{resource['type']}.{resource['name']}"
                values = instance.get("attributes")
                yield Instance(
                    _joined(module, name + _index(instance.get("index_key"))),
                    module,
                    resource["type"],
                    unflatten(instance.get("attributes_flat") or {}) if values is None else _mapping(values),
                    _needs(instance, module),
                    is_data,
                )


def _version_3(document: dict[str, Any]) -> Iterator[Instance]:
    for module in document["modules"]:
        path = ".".join(f"module.{name}" for name in module["path"] if name != "root")
        for key, resource in (module.get("resources") or {}).items():
            if (primary := resource.get("primary")) and primary.get("id"):
                address = re.sub(r"\.(\d+)$", r"[\1]", key)
                needs = (re.sub(r"\.(\d+|\*)$", "", need) for need in resource.get("depends_on") or ())
                yield Instance(
                    _joined(path, address),
                    path,
                    resource["type"],
                    unflatten({"id": primary["id"], **(primary.get("attributes") or {})}),
                    tuple(_joined(path, need) for need in needs),
                    key.startswith("data."),
                )


def _shown(document: dict[str, Any]) -> Iterator[Instance]:
    if values := document.get("values"):
        yield from _shown_module(values["root_module"])


def _shown_module(module: dict[str, Any]) -> Iterator[Instance]:
    for resource in module.get("resources") or ():
        if not resource.get("deposed_key"):
            yield Instance(
                resource["address"],
                module.get("address", ""),
                resource["type"],
                _mapping(resource.get("values") or {}),
                tuple(resource.get("depends_on") or ()),
                resource["mode"] == "data",
            )
    for inner in module.get("child_modules") or ():
        yield from _shown_module(inner)


def _joined(module: str, name: str) -> str:
    return f"{module}.{name}" if module else name


def _needs(instance: dict[str, Any], module: str) -> tuple[str, ...]:
    """Whole addresses; the first states of version 4 told them as seen from the module."""
    if whole := instance.get("dependencies"):
        return tuple(whole)
    return tuple(_joined(without_indices(module), need) for need in instance.get("depends_on") or ())


def _index(key: Any) -> str:
    if key is None:
        return ""
    return f"[{key}]" if isinstance(key, int) else f'["{key}"]'


def _mapping(values: Any) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        raise TypeError("the attributes of an instance are no object")
    return values
