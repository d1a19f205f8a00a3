"""Tells facts from inventories, and reads both."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.ansible.inventory import Inventory, add_groups, add_ini, add_list
from importers.documents import parse_json, parse_yaml, read_text

IGNORED_FOLDERS = {"group_vars", "host_vars", "roles", "playbooks", "collections"}
IGNORED_NAMES = {"ansible.cfg"}
IGNORED_SUFFIXES = {".md", ".rst", ".retry", ".py", ".sh"}
PREFIX = "ansible_"
SHAPES: dict[str, type] = {
    "default_ipv4": dict,
    "default_ipv6": dict,
    "interfaces": list,
    "mounts": list,
    "processor": list,
    "virtualization_role": str,
    "virtualization_type": str,
}
"""Facts on whose form others rest."""


@dataclass(slots=True)
class Estate:
    """What all files say together: facts by host, and the inventory."""

    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    inventory: Inventory = field(default_factory=Inventory)
    gaps: list[Gap] = field(default_factory=list)


def read_estate(path: Path) -> Estate:
    """Read a file, or a folder. Raises InvalidInput where not one file can be read."""
    estate = Estate()
    files = [file for file in _files(path) if not _is_ignored(file.relative_to(path))]
    faults: list[InvalidInput] = []
    for file in files:
        try:
            _take_in(estate, file)
        except InvalidInput as error:
            faults.append(error)
    if not estate.facts and not estate.inventory.hosts and not estate.gaps:
        raise faults[0] if faults else InvalidInput(f"{path} holds neither facts nor an inventory.")
    estate.gaps += [Gap(error.detail) for error in faults]
    return estate


def _files(path: Path) -> list[Path]:
    """Facts need no suffix: their files have the names of the hosts."""
    return [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())


def _is_ignored(file: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.parts)
    foreign = not IGNORED_FOLDERS.isdisjoint(file.parts[:-1])
    return hidden or foreign or file.name in IGNORED_NAMES or file.suffix in IGNORED_SUFFIXES


def _take_in(estate: Estate, file: Path) -> None:
    text = read_text(file)
    if text.lstrip().startswith("{"):
        _take_in_json(estate, file, parse_json(text, file.name))
    elif file.suffix in (".yml", ".yaml") or text.startswith("---"):
        for document in parse_yaml(text, file.name):
            _take_in_yaml(estate, file, document)
    else:
        add_ini(estate.inventory, text, file.name)


def _take_in_yaml(estate: Estate, file: Path, document: Any) -> None:
    if not isinstance(document, dict):
        raise InvalidInput(f"{file.name} is no inventory: it must hold groups by name.")
    if "plugin" in document:
        raise InvalidInput(
            f"{file.name} tells a plugin how to make an inventory; save what `ansible-inventory --list` says."
        )
    if PREFIX + "hostname" in document:
        _take_in_json(estate, file, document)
    else:
        add_groups(estate.inventory, document, file.name)


def _take_in_json(estate: Estate, file: Path, document: dict[str, Any]) -> None:
    """The name of a file with facts is that of the host."""
    host = file.name.removesuffix(".gz").removesuffix(".json")
    facts = document.get("ansible_facts", document)
    if document.get("unreachable") or document.get("failed"):
        said = " ".join(str(document.get("msg", "")).split())
        estate.gaps.append(Gap(f"{host} gave no facts when they were asked for: {said or 'no reason given'}"))
    elif isinstance(facts, dict) and any(key.startswith(PREFIX) for key in facts):
        estate.facts[host] = _checked({key.removeprefix(PREFIX): facts[key] for key in facts}, file)
    elif document and all(isinstance(group, dict) for group in document.values()):
        add_list(estate.inventory, document, file.name)
    else:
        raise InvalidInput(f"{file.name} holds neither facts (ansible_…) nor groups as an inventory does.")


def _checked(facts: dict[str, Any], file: Path) -> dict[str, Any]:
    for name, shape in SHAPES.items():
        if not isinstance(facts.get(name), shape | None):
            raise InvalidInput(f"{file.name}: {PREFIX}{name} is no {shape.__name__}; are these facts?")
    return facts
