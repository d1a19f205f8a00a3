"""Inventories: which hosts there are, and in which groups, in the three forms that Ansible knows."""

import re
import shlex
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from cmdb.errors import InvalidInput

IMPLICIT = ("all", "ungrouped")
"""Groups that say nothing of a host."""

MOST_HOSTS = 100_000
RANGE = re.compile(r"\[(\w*):(\w+)(?::(\d+))?\]")
WITH_PORT = re.compile(r"((?:[^:\[\]]|\[[^\]]*\])+):\d+")
HOST = re.compile(r"\[?[\w.:@%-]{1,255}\]?")
"""Names and addresses, those of version 6 in brackets or not."""
SECTION = re.compile(r"\[([^:\]]+)(?::(\w+))?\]\s*(?:[#;].*)?")


@dataclass(slots=True)
class Inventory:
    """Hosts with their own variables, and of each group what it has directly."""

    hosts: dict[str, dict[str, Any]] = field(default_factory=dict)
    members: dict[str, dict[str, None]] = field(default_factory=dict)
    children: dict[str, dict[str, None]] = field(default_factory=dict)

    def add_host(self, name: str, group: str, variables: Mapping[str, Any]) -> None:
        """Put a host into a group; what is said of it several times adds up."""
        self.hosts.setdefault(name, {}).update(variables)
        self.members.setdefault(group, {})[name] = None

    def add_child(self, group: str, child: str) -> None:
        """Put a group into another."""
        self.children.setdefault(group, {})[child] = None

    def groups_by_host(self) -> dict[str, list[str]]:
        """The groups of each host, those that hold its groups included, in order of their names."""
        found: dict[str, set[str]] = {name: set() for name in self.hosts}
        for group in {*self.members, *self.children} - {*IMPLICIT}:
            for inner in self._within(group):
                for host in self.members.get(inner, ()):
                    found[host].add(group)
        return {host: sorted(groups) for host, groups in found.items()}

    def _within(self, group: str) -> set[str]:
        """The group and all below it."""
        found, left = {group}, [group]
        while left:
            new = self.children.get(left.pop(), {}).keys() - found
            found |= new
            left += new
        return found


def add_ini(inventory: Inventory, text: str, place: str) -> None:
    """Take in an inventory of lines. Raises InvalidInput that names the line."""
    group, kind = "ungrouped", "hosts"
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if not bare or bare[0] in "#;":
            continue
        if section := SECTION.fullmatch(bare):
            group, kind = section[1].strip(), section[2] or "hosts"
            if kind not in ("hosts", "children", "vars"):
                raise InvalidInput(
                    f"{place}, line {number}: a group has hosts, children or vars, not {kind!r}."
                )
        elif kind == "children":
            inventory.add_child(group, bare.split()[0])
        elif kind == "hosts":
            _add_line(inventory, group, bare, f"{place}, line {number}")


def _add_line(inventory: Inventory, group: str, line: str, place: str) -> None:
    try:
        pattern, *rest = shlex.split(line, comments=True)
    except ValueError as error:
        raise InvalidInput(f"{place}: {error}.") from error
    if any("=" not in word for word in rest):
        raise InvalidInput(f"{place}: after the host come variables such as ansible_host=192.0.2.1.")
    variables = dict(word.split("=", 1) for word in rest)
    for name in expand(pattern, place):
        inventory.add_host(name, group, variables)


def expand(pattern: str, place: str) -> Iterator[str]:
    """The hosts that a pattern such as `web[01:20].example.com:22` names."""
    if not pattern:
        raise InvalidInput(f"{place}: a host without a name.")
    port = WITH_PORT.fullmatch(pattern)
    names = [port[1] if port else pattern]
    while any(RANGE.search(name) for name in names):
        inner = (one for name in names for one in _expand_first(name, place))
        names = list(islice(inner, MOST_HOSTS + 1))
        if len(names) > MOST_HOSTS:
            raise InvalidInput(f"{place}: {pattern!r} names more than {MOST_HOSTS:,} hosts.")
    if odd := next((name for name in names if not HOST.fullmatch(name)), None):
        raise InvalidInput(f"{place}: {odd[:80]!r} is no name of a host.")
    yield from names


def _expand_first(name: str, place: str) -> Iterator[str]:
    found = RANGE.search(name)
    if found is None:
        yield name
        return
    for value in _values(found[1] or "0", found[2], int(found[3] or 1), place):
        yield f"{name[: found.start()]}{value}{name[found.end() :]}"


def _values(first: str, last: str, step: int, place: str) -> Iterator[str]:
    """Numbers as wide as the first where it begins with 0; or letters."""
    if first.isdecimal() and last.isdecimal() and step and int(last) - int(first) <= MOST_HOSTS:
        width = len(first) if first.startswith("0") else 0
        yield from (f"{number:0{width}}" for number in range(int(first), int(last) + 1, step))
    elif len(first) == len(last) == 1 and {first, last} <= {*string.ascii_letters} and step:
        letters = string.ascii_letters
        yield from letters[letters.index(first) : letters.index(last) + 1 : step]
    else:
        raise InvalidInput(f"{place}: [{first}:{last}] is no range of hosts.")


def add_groups(inventory: Inventory, groups: Mapping[str, Any], place: str) -> None:
    """Take in an inventory in YAML: groups that hold `hosts`, `children` and `vars`."""
    for name, group in groups.items():
        if not isinstance(group, dict | None):
            raise InvalidInput(f"{place}: the group {name!r} must hold hosts, children or vars.")
        for pattern, variables in _mapping(group or {}, "hosts", f"{place}, {name}").items():
            for host in expand(str(pattern), place):
                inventory.add_host(host, str(name), variables if isinstance(variables, dict) else {})
        children = _mapping(group or {}, "children", f"{place}, {name}")
        for child in children:
            inventory.add_child(str(name), str(child))
        add_groups(inventory, children, place)


def _mapping(group: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any]:
    found = group.get(key) or {}
    if not isinstance(found, dict):
        raise InvalidInput(f"{place}: {key} must be names, each followed by a colon.")
    return found


def add_list(inventory: Inventory, document: Mapping[str, Mapping[str, Any]], place: str) -> None:
    """Take in what `ansible-inventory --list` writes: groups that list `hosts` and `children`."""
    for host, variables in _mapping(document.get("_meta", {}), "hostvars", place).items():
        inventory.hosts.setdefault(host, {}).update(variables if isinstance(variables, dict) else {})
    for name, group in document.items():
        for host in _names(group, "hosts"):
            inventory.add_host(host, name, {})
        for child in _names(group, "children"):
            inventory.add_child(name, child)


def _names(group: Mapping[str, Any], key: str) -> list[str]:
    found = group.get(key)
    return list(map(str, found)) if isinstance(found, list) else []
