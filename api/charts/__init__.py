"""Charts of reports, as SVG that a reader can hear as well as see."""

from api.charts.chart import bar_chart, line_chart

__all__ = ["bar_chart", "line_chart"]
