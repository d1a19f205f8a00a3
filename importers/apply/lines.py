"""Where in a text each value of its document stands."""

from collections import Counter
from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Step = str | int
"""A key, or a position from 0."""


class Lines:
    """The lines of the values of one document; 0 where they are not known."""

    def __init__(self, root: Node | None) -> None:
        self._root = root

    def of(self, *path: Step) -> int:
        """The line on which the value at the path begins, or what is nearest above it."""
        node, line = self._root, self._root.start_mark.line + 1 if self._root else 0
        for step in path:
            if not (found := _at(node, step)):
                return line
            node, line = found, found.start_mark.line + 1
        return line

    def repeated(self) -> Iterator[tuple[int, str]]:
        """The keys that stand more than once in one place, with the line of that place."""
        yield from _repeated(self._root, set())


def lines_in(text: str) -> list[Lines]:
    """The lines of each document in a text of YAML; JSON is such a text unless it is indented by tabs."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return [Lines(node) for node in yaml.compose_all(text, loader) if not _is_empty(node)]
    except yaml.YAMLError:
        return []


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _at(node: Node | None, step: Step) -> Node | None:
    if isinstance(node, SequenceNode) and isinstance(step, int):
        entry: Node = node.value[step]
        return entry
    return next((value for key, value in _inner(node) if key == step), None)


def _inner(node: Node | None) -> Iterator[tuple[Step, Node]]:
    if isinstance(node, SequenceNode):
        yield from enumerate(node.value)
    elif isinstance(node, MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)


def _repeated(node: Node | None, seen: set[int]) -> Iterator[tuple[int, str]]:
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    inner = list(_inner(node))
    if len(inner) > len(dict(inner)):
        counts = Counter(str(key) for key, _ in inner)
        yield from ((node.start_mark.line + 1, key) for key, count in counts.items() if count > 1)
    for _, value in inner:
        yield from _repeated(value, seen)
