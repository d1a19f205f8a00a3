from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from api.charts import bar_chart, line_chart

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ["2026-01", "2026-02", "2026-03"]

both = pytest.mark.parametrize("chart", [bar_chart, line_chart])
Chart = Callable[..., str]


def drawn(chart: str) -> Element:
    root: Element = fromstring(chart)
    assert root.tag == f"{SVG}svg"
    return root


def heard(root: Element) -> list[str]:
    return [told for element in root.iter() if (told := element.get("aria-label"))]


def seen(root: Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def bars(root: Element) -> list[Element]:
    return [path for path in root.iter(f"{SVG}path") if path.get("aria-roledescription") == "bar"]


@both
def test_title_values_unit_and_target_are_in_it(chart: Chart) -> None:
    root = drawn(chart("Time to restore", MONTHS, [3, 5.5, 1200.25], target=4, unit="h"))
    assert (root.get("role"), root.get("aria-label")) == ("graphics-document", "Time to restore")
    assert root.findtext(f"{SVG}title") == "Time to restore"
    told = ["2026-01: 3 h", "2026-02: 5.5 h", "2026-03: 1,200.25 h"]
    assert root.findtext(f"{SVG}desc") == "; ".join([*told, "Target: 4 h"])
    assert {*told, "Target: 4 h"} <= set(heard(root))
    assert {"Time to restore", "h", *MONTHS, "Target: 4 h"} <= set(seen(root))


def test_bars_are_as_high_as_their_values() -> None:
    heights = [
        float(path.attrib["d"].split("v")[1].split("h")[0])
        for path in bars(drawn(bar_chart("Incidents", MONTHS, [1, 2, 4])))
    ]
    assert heights == pytest.approx([heights[0], 2 * heights[0], 4 * heights[0]])
    assert heights[0] > 0


def test_bars_have_their_values_above_them_while_there_is_room() -> None:
    many = [f"{number}" for number in range(100, 140)]
    assert {"3 h", "5.5 h"} <= set(seen(drawn(bar_chart("Few", MONTHS[:2], [3, 5.5], unit="h"))))
    assert "7 h" not in seen(drawn(bar_chart("Many", many, [7] * 40, unit="h")))


def test_every_bar_is_named_however_long_the_names() -> None:
    services = [f"a service with a long name, number {number}" for number in range(12)]
    texts = seen(drawn(bar_chart("By service", services, [1] * 12)))
    assert len([text for text in texts if text.startswith("a service")]) == 12


@both
def test_a_category_without_a_value_keeps_its_place(chart: Chart) -> None:
    root = drawn(chart("Gaps", MONTHS, [3, None, 0]))
    assert set(MONTHS) <= set(seen(root))
    assert root.findtext(f"{SVG}desc") == "2026-01: 3; 2026-02: no value; 2026-03: 0"
    assert {"2026-01: 3", "2026-03: 0"} <= set(heard(root))
    assert not any("null" in told or "NaN" in told for told in heard(root))


@both
def test_a_chart_of_nothing_is_a_chart(chart: Chart) -> None:
    assert drawn(chart("Nothing yet", [], [])).findtext(f"{SVG}title") == "Nothing yet"


@both
def test_without_a_target_there_is_none(chart: Chart) -> None:
    assert not any("Target" in told for told in heard(drawn(chart("Free", MONTHS, [1, 2, 3]))))


@both
def test_text_takes_the_colour_of_the_page_and_nothing_runs(chart: Chart) -> None:
    root = drawn(chart("Colours", MONTHS, [1, 2, 3], target=2))
    assert {text.get("fill") for text in root.iter(f"{SVG}text")} == {"currentColor"}
    assert not list(root.iter(f"{SVG}script"))
    assert root.get("style") is None
    grounds = [p for p in root.iter(f"{SVG}path") if p.get("class") == "background"]
    assert all(path.get("fill", "none") == "none" for path in grounds)


@pytest.mark.parametrize(
    ("categories", "values", "target", "told"),
    [
        (["a"], [1, 2], None, "2 values cannot stand for 1 categories"),
        (["a", "a"], [1, 2], None, "named twice"),
        (["a"], [float("nan")], None, "not a finite number"),
        (["a"], [1], float("inf"), "not a finite number"),
    ],
)
@both
def test_what_cannot_be_drawn_is_refused(
    chart: Chart, categories: list[str], values: list[float], target: float | None, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        chart("Wrong", categories, values, target=target)


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=20),
    st.dictionaries(
        st.text(st.characters(codec="utf-8", categories=("L", "P", "S", "N")), min_size=1),
        st.none() | st.floats(-1e9, 1e9),
        max_size=5,
    ),
    st.text(max_size=5),
)
def test_any_text_is_only_text(title: str, values: dict[str, float | None], unit: str) -> None:
    root = drawn(bar_chart(title, list(values), list(values.values()), unit=unit))
    assert len(bars(root)) == len([value for value in values.values() if value is not None])
    assert len(list(root.iter(f"{SVG}title"))) == 1
