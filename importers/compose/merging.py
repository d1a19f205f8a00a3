"""Services that extend others of the same file.

Source: https://docs.docker.com/reference/compose-file/services/#extends and
https://docs.docker.com/reference/compose-file/merge/
"""

from collections.abc import Mapping
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.shape import inner, mapping, text

Service = Mapping[str, Any]

NAMES = ("depends_on", "networks")
"""What may be a list of names instead of a mapping from them."""
PAIRS = ("environment", "labels")
"""What may be a list of `name=value` instead of a mapping."""
REPLACED = ("command", "entrypoint")
"""Lists that replace those of the service that is extended."""


MOST_EXTENDED = 50
"""Services that extend one another in a row."""


def extended(services: Mapping[str, Service], place: str, gaps: list[Gap]) -> dict[str, Service]:
    """All services with what they extend merged in. What stands in other files is not read, and a gap.

    Raises InvalidInput, with the name of the file as `place`, where one extends itself.
    """
    try:
        return {name: _extended(services, name, (), gaps) for name in services}
    except InvalidInput as error:
        raise InvalidInput(f"{place}: {error.detail}") from error


def _extended(services: Mapping[str, Service], name: str, above: tuple[str, ...], gaps: list[Gap]) -> Service:
    own = _normal(services[name])
    if "extends" not in own:
        return own
    base = text(own, "extends") or text(own, "extends", "service")
    if name in above:
        raise InvalidInput(f"The service {name} extends itself: {' → '.join([*above, name])}.")
    if len(above) > MOST_EXTENDED:
        raise InvalidInput(f"The service {above[0]} extends more than {MOST_EXTENDED} others in a row.")
    if inner(own, "extends", "file") or base not in services:
        gaps.append(Gap(f"The service {name} extends {base}, which this file does not hold."))
        return own
    return _merged(_extended(services, base, (*above, name), gaps), own)


def _normal(service: Service) -> dict[str, Any]:
    return {key: _mapped(key, value) for key, value in service.items()}


def _mapped(key: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if key in NAMES:
        return {name: {} for name in value if isinstance(name, str)}
    if key in PAIRS:
        pairs = (pair.partition("=") for pair in value if isinstance(pair, str))
        return {name: told if equals else None for name, equals, told in pairs}
    return value


def _merged(base: Service, own: Service) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            merged[key] = _merged(mapping(below), value)
        elif isinstance(value, list) and isinstance(below, list) and key not in REPLACED:
            merged[key] = below + value
        else:
            merged[key] = value
    return merged
