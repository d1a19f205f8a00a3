"""Resolves orders of sources: checks what they are for, and makes the precedence of them."""

from collections.abc import Mapping
from types import MappingProxyType

from cmdb.catalogue.merge import Drafts, PlacedOrder
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.model import CIClass
from cmdb.catalogue.precedence import MANUAL, Place, Precedence
from cmdb.catalogue.suggest import did_you_mean


def resolve_precedence(drafts: Drafts, classes: Mapping[str, CIClass], mistakes: Mistakes) -> Precedence:
    """The precedence that all orders together make; a later file's stand before an earlier one's."""
    orders: dict[Place, list[tuple[str, ...]]] = {}
    for placed in drafts.orders:
        _check(placed, classes, mistakes)
        names = placed.names if MANUAL in placed.names else (MANUAL, *placed.names)
        orders.setdefault((placed.class_name, placed.attribute), []).insert(0, names)
    lines = {name: (name, *reversed(found.ancestors)) for name, found in classes.items()}
    return Precedence(MappingProxyType(orders), MappingProxyType(lines))


def _check(placed: PlacedOrder, classes: Mapping[str, CIClass], mistakes: Mistakes) -> None:
    class_name, attribute = placed.class_name, placed.attribute
    if class_name is not None and class_name not in classes:
        hint = did_you_mean(class_name, classes)
        mistakes.add(placed.file, f"classes.{class_name}", f"no class is called {class_name!r}{hint}")
    elif attribute is not None:
        meant = [classes[class_name]] if class_name else classes.values()
        known = {name: None for each in meant for name in each.attributes}
        if attribute not in known:
            has = "the class has no" if class_name else "no class has an"
            reason = f"{has} attribute {attribute!r}{did_you_mean(attribute, known)}"
            mistakes.add(placed.file, placed.key, reason)
