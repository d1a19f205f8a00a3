from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from cmdb.errors import InvalidInput
from impact.drawing import Node, Picture, draw
from impact.drawing.render import MOST_BOXES
from impact.drawing.text import printable
from tests.impact.drawing_formats.pictures import HOST_FAILS, pictures

SVG = "{http://www.w3.org/2000/svg}"


def shown(svg: bytes) -> str:
    """All text, without spaces, which HTML-like labels change."""
    found = ElementTree.fromstring(svg).iter(f"{SVG}text")
    return "".join("".join("".join(text.itertext()) for text in found).split())


def test_svg_is_drawn_and_the_same_each_time() -> None:
    svg = draw(HOST_FAILS, "svg")
    text = shown(svg)
    assert "esx-07" in text
    assert "needs1of2LOST" in text
    assert svg == draw(HOST_FAILS, "svg")


def test_services_are_above_what_they_stand_on() -> None:
    texts = list(ElementTree.fromstring(draw(HOST_FAILS, "svg")).iter(f"{SVG}text"))
    height = {text.text: float(text.attrib["y"]) for text in texts}
    assert height["Webshop"] < height["webshop-app"] < height["orders-db"] < height["esx-07"]


def test_png_is_drawn_and_the_same_each_time() -> None:
    png = draw(HOST_FAILS, "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png == draw(HOST_FAILS, "png")


@given(pictures())
@settings(max_examples=15, deadline=None)
def test_whatever_the_names_the_svg_is_well_formed_and_harmless(picture: Picture) -> None:
    svg = draw(picture, "svg")
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "g", "title", "polygon", "polyline", "path", "text", "a", "ellipse"}
    assert "".join(printable(picture.title).split()) in shown(svg)


def test_what_nobody_can_read_is_not_drawn() -> None:
    crowd = Picture(tuple(Node(str(n), str(n), f"class {n}", "up") for n in range(MOST_BOXES + 1)))
    with pytest.raises(InvalidInput, match="501 boxes") as refused:
        draw(crowd, "svg")
    assert "GraphML" in refused.value.detail


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match=r"no format 'gif'.*svg, png, dot, mermaid"):
        draw(HOST_FAILS, "gif")
