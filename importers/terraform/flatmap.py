"""The flat attributes of states of version 3: `tags.%`, `tags.Name`, `subnets.#`, `subnets.0`."""

from collections.abc import Mapping
from typing import Any


def unflatten(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The nested form. A name may hold dots itself (`tags.kubernetes.io/role`): within `%` it is whole."""
    tree: dict[str, Any] = {}
    maps = {key[:-2] for key in flat if key.endswith(".%")}
    for key, value in flat.items():
        if not key.endswith((".%", ".#")):
            _put(tree, _names(key, maps), value)
    lists = {key[:-2] for key in flat if key.endswith(".#")}
    return {name: _listed(value, name, lists) for name, value in tree.items()}


def _names(key: str, maps: set[str]) -> list[str]:
    names = key.split(".")
    for count in range(len(names) - 1, 0, -1):
        if (owner := ".".join(names[:count])) in maps:
            return [*names[:count], key[len(owner) + 1 :]]
    return names


def _put(tree: dict[str, Any], names: list[str], value: Any) -> None:
    for name in names[:-1]:
        tree = tree.setdefault(name, {})
        if not isinstance(tree, dict):
            return
    tree[names[-1]] = value


def _listed(value: Any, path: str, lists: set[str]) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(one, f"{path}.{name}", lists) for name, one in value.items()}
    return list(inner.values()) if path in lists else inner
