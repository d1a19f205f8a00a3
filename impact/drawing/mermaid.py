"""Mermaid flowcharts, which wikis and code hosts draw from text: services at the top."""

from collections.abc import Iterator

from impact.drawing.boxes import Box, boxes
from impact.drawing.labels import lines
from impact.drawing.picture import Node, Picture
from impact.drawing.style import FAILING, GROUP_STATES, STATES
from impact.drawing.text import TIMES, printable

ARROWS = {"hard": "-->", "soft": "-.->", "guard": "-.->|guard|", "none": "-.->|none|"}
TO_BOX = {"hard": "---", "soft": "-.-", "guard": "-.-|guard|", "none": "-.-|none|"}
THICK = "==>"
THICK_TO_BOX = "==="
PLAIN = frozenset(f" …{TIMES}·-_/:.")
"""What may stand in a label as it is, beside letters and digits. All else could mean something to Mermaid."""


def write(picture: Picture) -> bytes:
    """The picture as a Mermaid flowchart in UTF-8."""
    return "".join(f"{line}\n" for line in _lines(picture)).encode()


def _lines(picture: Picture) -> Iterator[str]:
    if picture.title:
        yield from ("---", f'title: "{_quoted(picture.title)}"', "---")
    yield "flowchart TB"
    ids = {node.id: f"n{number}" for number, node in enumerate(picture.nodes)}
    failing = {node.id for node in picture.nodes if node.state in FAILING}
    if not picture.nodes:
        yield '    nothing["Nothing to show"]'
    for node in picture.nodes:
        yield f"    {ids[node.id]}{_shape(node)}:::{node.state}"
    for edge in picture.edges:
        thick = edge.strength == "hard" and edge.provider in failing
        yield f"    {ids[edge.dependent]} {THICK if thick else ARROWS[edge.strength]} {ids[edge.provider]}"
    for number, box in enumerate(boxes(picture)):
        yield from _box(f"g{number}", box, ids, failing)
    yield from _classes(picture)


def _shape(node: Node) -> str:
    opening, closing = STATES[node.state].mermaid
    name, kind, state = map(_escaped, lines(node))
    return f'{opening}"<b>{name}</b><br/>{kind}<br/><b>{state}</b>"{closing}'


def _box(id_: str, box: Box, ids: dict[str, str], failing: set[str]) -> Iterator[str]:
    name = f"{_escaped(box.name)}<br/>" if box.name else ""
    strength = box.group.strength
    lost = strength == "hard" and box.group.state == "lost"
    yield f'    {id_}[["{name}{box.label}<br/><b>{box.word}</b>"]]:::{box.group.state}'
    for owner in box.owners:
        yield f"    {ids[owner]} {THICK_TO_BOX if lost else TO_BOX[strength]} {id_}"
    for member in box.group.members:
        thick = strength == "hard" and member in failing
        yield f"    {id_} {THICK if thick else ARROWS[strength]} {ids[member]}"


def _escaped(text: str) -> str:
    return "".join(c if c.isalnum() or c in PLAIN else f"#{ord(c)};" for c in printable(text))


def _quoted(text: str) -> str:
    """For the front matter, which is YAML."""
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')


def _classes(picture: Picture) -> Iterator[str]:
    looks = {name: look for name, (_, look) in GROUP_STATES.items()} | STATES
    used = {node.state for node in picture.nodes} | {group.state for group in picture.groups}
    for name in sorted(used):
        look = looks[name]
        dashes = ",stroke-dasharray:5 3" if "dashed" in look.style else ""
        yield f"    classDef {name} fill:{look.fill},color:{look.text},stroke:{look.border}{dashes}"
