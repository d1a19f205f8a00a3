"""The page on benchmarks says what was measured."""

from benchmarks.engine.chart import chart
from benchmarks.engine.page import CHART, MARKED, PAGE, rendered
from benchmarks.engine.results import read


def test_page_and_chart_show_the_results() -> None:
    page, results = PAGE.read_text(encoding="utf-8"), read()
    assert rendered(page, results) == page
    assert CHART.read_text(encoding="utf-8") == chart(results)


def test_every_graph_that_was_measured_is_on_the_page() -> None:
    shown = {mark["name"] for mark in MARKED.finditer(PAGE.read_text(encoding="utf-8"))}
    assert {f"graph:{name}" for name in read().graphs} <= shown


def test_other_results_make_another_page() -> None:
    page, results = PAGE.read_text(encoding="utf-8"), read()
    results.graphs["10k"].questions[0].ms["c"] = 123.0
    assert "123 ms" in rendered(page, results)
