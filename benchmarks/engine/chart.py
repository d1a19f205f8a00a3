"""How cost grows with the estate, as a drawing on two logarithmic scales."""

import math
from collections.abc import Iterator
from html import escape

from benchmarks.engine.questions import Kind
from benchmarks.engine.results import Results

ESTATES = ("10k", "100k", "1m")
PANELS: tuple[tuple[str, Kind, str], ...] = (
    ("What really fails with the largest site", "down", "site"),
    ("Single points of failure of one service", "single_points", "service"),
    ("Single points of failure of all services", "single_points", "all_services"),
)
ENGINES = {
    "c": ("C", "#8a8a8a", "6 4"),
    "function": ("Linchpin", "#00796b", "none"),
    "networkx": ("networkx", "#e65100", "none"),
    "cypher": ("Cypher in Neo4j", "#5e35b1", "none"),
}
"""Name, colour and dashes of each line."""
WIDTH, HEIGHT = 250, 220
LEFT, TOP, GAP = 62, 44, 26
FOOT = 60
LEAST_MS, MOST_MS = 0.01, 100_000
TICKS = {
    0.01: "10 µs",
    0.1: "0.1 ms",
    1: "1 ms",
    10: "10 ms",
    100: "0.1 s",
    1_000: "1 s",
    10_000: "10 s",
    100_000: "100 s",
}


def chart(results: Results) -> str:
    """The drawing as SVG; it is legible on light and on dark ground."""
    width = LEFT + len(PANELS) * (WIDTH + GAP)
    height = TOP + HEIGHT + FOOT
    body = [line for index, panel in enumerate(PANELS) for line in _panel(results, index, *panel)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12">',
            "<title>Time of an answer against the number of CIs</title>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            *body,
            *_legend(height),
            "</svg>\n",
        )
    )


def _panel(results: Results, index: int, title: str, kind: Kind, name: str) -> Iterator[str]:
    left = LEFT + index * (WIDTH + GAP)
    yield f'<text x="{left}" y="{TOP - 16}" font-weight="600">{escape(title)}</text>'
    for tick, label in TICKS.items():
        y = _y(tick)
        yield f'<path d="M{left} {y:.1f}h{WIDTH}" stroke="#dddddd"/>'
        if index == 0:
            yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555555">{label}</text>'
    known = [name for name in ESTATES if name in results.graphs]
    for estate in known:
        x = _x(left, results.graphs[estate].cis)
        count = f"{results.graphs[estate].cis:,}"
        yield f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle" fill="#555555">{count}</text>'
    for engine, (_, colour, dashes) in ENGINES.items():
        points = [
            (_x(left, results.graphs[estate].cis), _y(ms))
            for estate in known
            if (ms := results.graphs[estate].asked(kind, name).ms.get(engine)) is not None
        ]
        yield from _line(points, colour, dashes)


def _line(points: list[tuple[float, float]], colour: str, dashes: str) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    stroke = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"'
    yield f'<polyline points="{path}" fill="none" {stroke}/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)


def _legend(height: int) -> Iterator[str]:
    for index, (title, colour, dashes) in enumerate(ENGINES.values()):
        x = LEFT + index * 150
        y = height - 12
        yield f'<path d="M{x} {y - 4}h24" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        yield f'<text x="{x + 30}" y="{y}">{escape(title)}</text>'


def _x(left: int, cis: int) -> float:
    first, last = 10_000, 1_000_000
    return left + 20 + (WIDTH - 40) * math.log(cis / first) / math.log(last / first)


def _y(ms: float) -> float:
    return TOP + HEIGHT * (1 - math.log(ms / LEAST_MS) / math.log(MOST_MS / LEAST_MS))
