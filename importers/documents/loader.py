"""A loader of YAML whose cost is bounded by what it reads."""

from typing import Any

from yaml import CSafeLoader
from yaml.composer import Composer
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

MERGE = "tag:yaml.org,2002:merge"
MOST_MERGED = 1_000_000
"""Keys that `<<` may bring into the mappings of a document."""


class Loader(Composer, CSafeLoader):
    """PyYAML's safe loader on libyaml, with nodes composed in Python.

    Where values are nested too deeply, Python raises RecursionError; libyaml's own composer ends the process.
    """

    def __init__(self, text: str) -> None:
        CSafeLoader.__init__(self, text)
        Composer.__init__(self)
        self._merged = 0

    def flatten_mapping(self, node: MappingNode) -> None:
        """Merge `<<` as usual, while all merges together stay bounded: each may repeat those before it."""
        for key, value in node.value:
            if key.tag == MERGE:
                for merged in value.value if isinstance(value, SequenceNode) else [value]:
                    self._count(merged)
        super().flatten_mapping(node)

    def _count(self, merged: Any) -> None:
        if isinstance(merged, MappingNode):
            self.flatten_mapping(merged)
            self._merged += len(merged.value)
            if self._merged > MOST_MERGED:
                problem = f"its merges (<<) repeat more than {MOST_MERGED:,} keys"
                raise ConstructorError(None, None, problem, merged.start_mark)

    def construct_number(self, node: ScalarNode) -> Any:
        """A number; `22:22` is text, as in YAML 1.2, and not 22 times 60 and 22."""
        if ":" in node.value:
            return node.value
        integer = node.tag.endswith(":int")
        return self.construct_yaml_int(node) if integer else self.construct_yaml_float(node)


for kind in ("int", "float"):
    Loader.add_constructor(f"tag:yaml.org,2002:{kind}", Loader.construct_number)
