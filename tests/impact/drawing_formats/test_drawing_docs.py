"""docs/drawing.md says what the code does."""

import re
from pathlib import Path

from impact.drawing import FORMATS, draw
from impact.drawing.fold import MOST_ALIKE
from impact.drawing.render import MOST_BOXES
from impact.drawing.style import STATES
from tests.impact.drawing_formats.pictures import HOST_FAILS

PAGE = (Path(__file__).parents[3] / "docs" / "drawing.md").read_text(encoding="utf-8")


def test_every_format_is_in_the_table() -> None:
    assert re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE) == list(FORMATS)


def test_every_state_is_in_the_table() -> None:
    words = {look.word for look in STATES.values()}
    assert words <= set(re.findall(r"^\| [\w ]+ \| ([\w ]+) \|", PAGE, re.MULTILINE))


def test_the_limits_are_told() -> None:
    assert f"more than {MOST_BOXES} boxes" in PAGE
    assert MOST_ALIKE == 4
    assert "More than four alike" in PAGE


def test_the_example_is_what_comes_out() -> None:
    example = re.search(r"^```mermaid\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert example
    assert example[1].encode() == draw(HOST_FAILS, "mermaid")
