"""Charts as Vega-Lite specifications."""

from typing import Any

from api.charts.series import Series

Spec = dict[str, Any]

WIDTH, HEIGHT = 640, 280
INK = "currentColor"
SERIES, TARGET = "#3b82c4", "#d9534f"
LEVEL_LETTERS = 80
"""Labels of so many letters in all fit below the axis side by side."""
NUMBERED = 16
"""So many bars have their values above them."""


def bars(series: Series) -> Spec:
    """A bar for each value, each with its name."""
    numbers = [_numbers()] if len(series.values) <= NUMBERED else []
    return _chart(series, [{"mark": {"type": "bar", "color": SERIES}}, *numbers], skip_names=False)


def line(series: Series) -> Spec:
    """A line through the values, with a point at each; names that would meet are left out."""
    points = {"filled": True, "color": SERIES, "size": 40}
    return _chart(series, [{"mark": {"type": "line", "color": SERIES, "point": points}}], skip_names=True)


def _chart(series: Series, marks: list[Spec], *, skip_names: bool) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": series.title,
        "width": WIDTH,
        "height": HEIGHT,
        "background": None,
        "data": {"values": _rows(series)},
        "layer": [{"encoding": _encoding(series, skip_names), "layer": marks}, *_target(series)],
        "config": CONFIG,
    }


def _rows(series: Series) -> list[Spec]:
    return [
        {"category": category, "value": value, "told": told, "amount": series.amount(value)}
        for category, value, told in zip(series.categories, series.values, series.told(), strict=True)
    ]


def _encoding(series: Series, skip_names: bool) -> Spec:
    level = sum(map(len, series.categories)) <= LEVEL_LETTERS
    axis = {"labelAngle": 0 if level else -40, "labelOverlap": skip_names}
    domain = {"domain": list(series.categories)}
    return {
        "x": {"field": "category", "type": "ordinal", "scale": domain, "title": None, "axis": axis},
        "y": {"field": "value", "type": "quantitative", "title": series.unit or None},
        "description": {"field": "told"},
    }


def _numbers() -> Spec:
    mark = {"type": "text", "dy": -6, "color": INK, "aria": False}
    return {"mark": mark, "encoding": {"text": {"field": "amount"}}}


def _target(series: Series) -> list[Spec]:
    if series.aim is None:
        return []
    across = {"type": "rule", "color": TARGET, "strokeDash": [6, 4], "description": series.aim}
    label = {"type": "text", "text": series.aim, "align": "left", "dx": 6, "color": INK, "aria": False}
    at = {"y": {"datum": series.target}}
    once: Spec = {"values": [{}]}
    return [
        {"data": once, "mark": across, "encoding": at},
        {"data": once, "mark": label, "encoding": {**at, "x": {"value": WIDTH}}},
    ]


CONFIG: Spec = {
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "title": {"color": INK, "anchor": "start", "fontSize": 15},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": INK,
        "gridOpacity": 0.15,
        "labelFontSize": 12,
    },
    "mark": {"invalid": "break-paths-filter-domains"},
}
