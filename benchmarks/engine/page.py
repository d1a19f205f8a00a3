"""docs/benchmarks.md: its figures are written by the benchmark, between marks; the words around by people."""

import re
from collections.abc import Callable, Mapping

from benchmarks.engine import tables
from benchmarks.engine.chart import chart
from benchmarks.engine.results import DOCS, Results, read

PAGE, CHART = DOCS / "benchmarks.md", DOCS / "benchmarks.svg"
MARKED = re.compile(r"(<!-- figures: (?P<name>\S+) -->\n).*?(\n<!-- end of figures -->)", re.DOTALL)

FIGURES: Mapping[str, Callable[[Results], str]] = {
    "machine": tables.machine,
    "summary": tables.summary,
    "http": tables.http,
    "times_slower": tables.times_slower,
}


def rendered(text: str, results: Results) -> str:
    """The page with the figures of some results; KeyError for a mark that nothing belongs to."""
    return MARKED.sub(lambda mark: f"{mark[1]}\n{figures(mark['name'], results)}\n{mark[3]}", text)


def figures(name: str, results: Results) -> str:
    """What belongs between two marks: one of FIGURES, or all that was measured on a graph."""
    if name.startswith("graph:"):
        size = name.removeprefix("graph:")
        if size not in results.graphs:
            return f"Not measured yet: `python -m benchmarks.engine --sizes {size} --neo4j --keep`."
        return tables.compared(results.graphs[size], results.limit_seconds)
    return FIGURES[name](results)


def renew() -> None:
    """Write what was measured into the page and the chart."""
    results = read()
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")
    CHART.write_text(chart(results), encoding="utf-8")
