"""The legend of a drawing, for Graphviz: it explains what the drawing has, and nothing else."""

from collections.abc import Sequence

from impact.drawing.picture import Picture
from impact.drawing.style import FAILING, STATES

LINES = {
    "hard": "───&gt; down without",
    "soft": "- - -&gt; degraded without",
    "guard": "· · ·&gt; unprotected without",
}
THICK = '<FONT COLOR="#9b1c1c"><B>━━&gt;</B></FONT> has failed'
GROUP = '<TABLE BORDER="1" CELLBORDER="1" CELLSPACING="2"><TR><TD>redundancy</TD></TR></TABLE>'


def legend(picture: Picture) -> str:
    """An HTML-like table of two rows: the states and the lines that the picture has."""
    seen = {node.state for node in picture.nodes}
    strengths = {edge.strength for edge in picture.edges} | {group.strength for group in picture.groups}
    lines = [line for strength, line in LINES.items() if strength in strengths]
    lines += [THICK] if strengths and seen & FAILING else []
    states = [_state(state) for state in STATES if state in seen]
    boxes = [f"<TD>{GROUP}</TD>"] if picture.groups else []
    return _table(_row(states + boxes) + _row([f"<TD>{line}</TD>" for line in lines]))


def _state(state: str) -> str:
    look = STATES[state]
    style = "ROUNDED,DASHED" if "dashed" in look.style else "ROUNDED"
    return (
        f'<TD BORDER="1" STYLE="{style}" BGCOLOR="{look.fill}" COLOR="{look.border}">'
        f'<FONT COLOR="{look.text}">{look.word}</FONT></TD>'
    )


def _row(cells: Sequence[str]) -> str:
    inner = _table(f"<TR>{''.join(cells)}</TR>") if cells else ""
    return f'<TR><TD ALIGN="LEFT">{inner}</TD></TR>'


def _table(rows: str) -> str:
    return f'<TABLE BORDER="0" CELLSPACING="3" CELLPADDING="3">{rows}</TABLE>'
