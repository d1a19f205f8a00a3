"""What stands in the box of a CI."""

from impact.drawing.picture import Node
from impact.drawing.style import STATES
from impact.drawing.text import TIMES, shortened


def lines(node: Node) -> tuple[str, str, str]:
    """Its name, what it is, its state; of folded ones how many, the first and last name, their state."""
    kind = shortened(node.class_.replace("_", " "))
    state = STATES[node.state].word + (" · cause" if node.cause else "")
    if node.count > 1:
        return f"{node.count} {TIMES} {kind}", shortened(node.name, 44), state
    criticality = f" · {shortened(node.criticality)}" if node.criticality else ""
    return shortened(node.name), kind + criticality, state
