"""SVG and PNG, laid out by Graphviz in a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

from cmdb.errors import InvalidInput, LinchpinError
from impact.drawing import dot
from impact.drawing.boxes import boxes
from impact.drawing.picture import Picture

LAYOUT = Path(__file__).with_name("layout.py")
MOST_BOXES = 500
PATIENCE = 30.0
"""Seconds."""

TOO_LARGE = (
    "The drawing would have {count} boxes, and nobody can read more than {most}. Ask for less (a smaller "
    "depth, fewer classes), or take a data format such as GraphML into a program made for large graphs."
)


def write_svg(picture: Picture) -> bytes:
    """The picture as SVG."""
    return _render(picture, "svg")


def write_png(picture: Picture) -> bytes:
    """The picture as PNG, 144 dots an inch."""
    return _render(picture, "png")


def _render(picture: Picture, media: Literal["svg", "png"]) -> bytes:
    if (count := len(picture.nodes) + len(boxes(picture))) > MOST_BOXES:
        raise InvalidInput(TOO_LARGE.format(count=count, most=MOST_BOXES))
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(LAYOUT), media],
            input=dot.write(picture),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise InvalidInput(
            f"Graphviz did not finish the drawing of {count} boxes within {PATIENCE:.0f} seconds. "
            "Ask for less, or take a data format such as GraphML."
        ) from error
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise LinchpinError(f"Graphviz ended with code {error.returncode}. {''.join(told)}") from error
    return done.stdout
