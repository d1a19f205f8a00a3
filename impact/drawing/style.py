"""How states and strengths look: told apart by colour, by shape and by word, on a screen and on a grey print.

The fills get lighter from down to up, and no two differ in red against green alone.
"""

from dataclasses import dataclass

from impact.state import GroupStateName


@dataclass(frozen=True)
class Look:
    """Colours of fill, text and border, the shape in Graphviz and Mermaid, and the word that says it."""

    word: str
    fill: str
    text: str
    border: str
    shape: str
    style: str
    mermaid: tuple[str, str]


DOWN = Look("DOWN", "#9b1c1c", "#ffffff", "#5c0f0f", "octagon", "filled", ("{{", "}}"))
INTERRUPTED = Look("INTERRUPTED", "#8e4585", "#ffffff", "#4f2349", "box", "filled,diagonals", ("[/", "/]"))
DEGRADED = Look("DEGRADED", "#f5a623", "#1a1a1a", "#8a5a00", "note", "filled", ("[/", "\\]"))
AT_RISK = Look("AT RISK", "#fff3bf", "#1a1a1a", "#8a6d00", "box", "filled,rounded,dashed", ("([", "])"))
UP = Look("up", "#ffffff", "#1a1a1a", "#6b7785", "box", "filled,rounded", ("(", ")"))

STATES = {"down": DOWN, "interrupted": INTERRUPTED, "degraded": DEGRADED, "at_risk": AT_RISK, "up": UP}
"""Worst first."""

GROUP_STATES: dict[GroupStateName, tuple[str, Look]] = {
    "lost": ("LOST", DOWN),
    "weakened": ("WEAKENED", DEGRADED),
    "whole": ("holds", UP),
}

LINES = {"hard": "solid", "soft": "dashed", "guard": "dotted", "none": "dotted"}
"""Line of a relationship, by its strength."""

FAILING = {"down", "interrupted"}
"""States that travel against the arrows: lines to such a provider are thick and dark."""
