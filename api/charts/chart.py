"""Bars and lines of one series, with a target."""

from collections.abc import Sequence

from api.charts.render import svg
from api.charts.series import Series
from api.charts.spec import bars, line


def bar_chart(
    title: str,
    categories: Sequence[str],
    values: Sequence[float | None],
    target: float | None = None,
    unit: str = "",
) -> str:
    """An SVG with a bar for each category.

    `values`: one for each category, None where there is none. `target`: drawn as a line across. `unit`: named
    at the axis and behind each value. The text takes the colour of the page around it; where the SVG stands
    alone, that of the reader's light or dark scheme. Raises ValueError where categories and values do not
    match, a category is named twice, or a value is not finite.
    """
    series = Series.of(title, categories, values, target, unit)
    return svg(bars(series), series)


def line_chart(
    title: str,
    categories: Sequence[str],
    values: Sequence[float | None],
    target: float | None = None,
    unit: str = "",
) -> str:
    """The same with a line, which breaks where there is no value; for the course of time, oldest first."""
    series = Series.of(title, categories, values, target, unit)
    return svg(line(series), series)
