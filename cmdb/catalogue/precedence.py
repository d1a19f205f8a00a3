"""Precedence: which source is believed first, by class and attribute."""

from collections.abc import Iterator, Mapping, Sequence

MANUAL = "manual"
"""The source of people's edits; its native ids are the ids of the CIs."""

RULE = "rule:"
"""What the names of sources begin with that are rules; these are believed last, and name CIs by id too."""

Place = tuple[str | None, str | None]
"""What an order is for: a class, None for every class; one of its attributes, None for all of them."""


class Precedence:
    """The order of sources for each attribute of each class.

    `orders` holds the orders of a place, strongest first; `lines` the class and its ancestors, nearest
    first, by class name.
    """

    def __init__(
        self, orders: Mapping[Place, Sequence[tuple[str, ...]]], lines: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.orders = orders
        self._lines = lines
        self._singled_out = frozenset(attribute for _, attribute in orders)
        self._ranks: dict[tuple[str, str | None, str], int] = {}

    def rank(self, class_name: str, attribute: str | None, source: str) -> int:
        """How far from the strongest (0) the source is; `attribute` None asks for the class as a whole.

        Sources that no order names share one rank; only those that are rules rank behind it. Of a class
        that the catalogue does not have, what holds for every class is said.
        """
        key = class_name, attribute if attribute in self._singled_out else None, source
        found = self._ranks.get(key)
        if found is None:
            found = self._ranks[key] = self._count(*key)
        return found

    def _count(self, class_name: str, attribute: str | None, source: str) -> int:
        before = 0
        for order in self._along(class_name, attribute):
            place = _place(order, source)
            if place is not None:
                return before + place
            before += len(order)
        return before + source.startswith(RULE)

    def _along(self, class_name: str, attribute: str | None) -> Iterator[tuple[str, ...]]:
        """The orders that count, strongest first: those of the attribute, then those of classes."""
        line = (*self._lines.get(class_name, ()), None)
        for asked in dict.fromkeys((attribute, None)):
            for name in line:
                yield from self.orders.get((name, asked), ())


def _place(order: Sequence[str], source: str) -> int | None:
    """Where the order names the source; `netbox-ams` counts as `netbox` unless it is named itself."""
    fitting = [name for name in order if source == name or (name != MANUAL and source.startswith(f"{name}-"))]
    return order.index(max(fitting, key=len)) if fitting else None
