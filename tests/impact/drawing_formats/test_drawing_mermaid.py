import json
import re

from hypothesis import given

from impact.drawing import Picture, draw, fold
from impact.drawing.labels import lines
from impact.drawing.text import printable
from tests.impact.drawing_formats.pictures import HOST_FAILS, names, pictures

LABEL = r'"((?:[^\W_]|[ …\u00d7·\-_/:.]|#\d+;|</?b>|<br/>)*)"'
SHAPES = [
    (r"\{\{", r"\}\}"),
    (r"\[/", "/]"),
    (r"\[/", r"\\\]"),
    (r"\(\[", r"\]\)"),
    (r"\(", r"\)"),
    (r"\[\[", r"\]\]"),
]
NODE = re.compile(
    rf"    ([ng]\d+)(?:{'|'.join(f'{opening}{LABEL}{closing}' for opening, closing in SHAPES)}):::\w+"
)
ARROW = re.compile(r"    [ng]\d+ (?:-->|==>|-\.->|---|===|-\.-)(?:\|guard\||\|none\|)? [ng]\d+")
CLASS = re.compile(r"    classDef \w+ fill:#\w{6},color:#\w{6},stroke:#\w{6}(?:,stroke-dasharray:5 3)?")


def statements(picture: Picture) -> list[str]:
    text = draw(picture, "mermaid").decode()
    return text[text.index("flowchart TB\n") :].splitlines()[1:]


def labels(picture: Picture) -> list[list[str]]:
    """What a reader sees in each box of a CI."""
    found = [NODE.fullmatch(line) for line in statements(picture)]
    shown = [next(filter(None, match.groups()[1:])) for match in found if match and match[1].startswith("n")]
    return [[unescaped(part) for part in re.sub("</?b>", "", label).split("<br/>")] for label in shown]


def unescaped(text: str) -> str:
    return re.sub(r"#(\d+);", lambda code: chr(int(code[1])), text)


def test_a_drawing() -> None:
    text = statements(HOST_FAILS)
    assert '    n0{{"<b>esx-07</b><br/>hypervisor<br/><b>DOWN · cause</b>"}}:::down' in text
    assert any(
        "members<br/>needs 1 of 2<br/><b>LOST</b>" in line and line.endswith(":::lost") for line in text
    )
    assert any("-.->|guard|" in line for line in text)


@given(pictures())
def test_whatever_the_names_every_line_is_what_was_meant(picture: Picture) -> None:
    for line in statements(picture) if picture.nodes else []:
        assert NODE.fullmatch(line) or ARROW.fullmatch(line) or CLASS.fullmatch(line), line
    assert labels(picture) == [list(lines(node)) for node in fold(picture).nodes]


def test_an_empty_picture_says_so() -> None:
    assert statements(Picture(())) == ['    nothing["Nothing to show"]']


@given(names)
def test_the_title_stays_in_its_line_of_front_matter(title: str) -> None:
    """A YAML text in double quotes, escaped as in JSON."""
    front, _, _ = draw(Picture((), title=title), "mermaid").decode().partition("flowchart TB\n")
    told = re.fullmatch(r"---\ntitle: (.*)\n---\n", front)
    assert (json.loads(told[1]) if told else "") == printable(title)
