"""The measured, in Markdown tables and sentences."""

from collections.abc import Iterable, Sequence

from benchmarks.engine.ratios import goal, ratio
from benchmarks.engine.results import Answering, Asked, OnGraph, Results

GRAPHS = {"10k": "10,000 CIs", "100k": "100,000 CIs", "1m": "1,000,000 CIs", "debian": "Debian 12"}
KINDS = {
    "reached": "reached",
    "down": "down",
    "required": "required",
    "single_points": "single points",
}
NOT_ASKED = "—"
TYPICAL_GOAL_MS, WORST_GOAL_MS = 10, 60


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first hold numbers."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def compared(on: OnGraph, seconds: int) -> str:
    """All questions on one graph: the answers, and the times of every engine."""
    header = ("question", "answer", "C", "kernel", "kernel ÷ C", "function", "networkx", "Cypher")
    return table(header, (_row(asked, seconds) for asked in on.questions))


def _row(asked: Asked, seconds: int) -> list[str]:
    times = asked.ms
    against = _ratio(asked)
    return [
        f"{KINDS[asked.kind]}: {asked.name.replace('_', ' ')}",
        f"{asked.count:,}",
        duration(times["c"], seconds),
        duration(times["kernel"], seconds),
        against,
        duration(times["function"], seconds),
        *(duration(times[peer], seconds) if peer in times else NOT_ASKED for peer in ("networkx", "cypher")),
    ]


def _ratio(asked: Asked) -> str:
    """Against C, with a mark where the goal is missed."""
    told = ratio(asked)
    if told is None:
        return NOT_ASKED
    return ("< 20 µs" if told == 0 else f"{told:.2f}") + ("" if told <= goal(asked) else " ✗")


def duration(ms: float | None, seconds: int) -> str:
    """Milliseconds as people read them; None: longer than the limit of so many seconds."""
    if ms is None:
        return f"> {seconds} s"
    for below, factor, unit in ((0.001, 1e6, "ns"), (1, 1e3, "µs"), (1000, 1, "ms")):
        if ms < below:
            return f"{_three(ms * factor)} {unit}"
    return f"{_three(ms / 1000)} s"


def _three(value: float) -> str:
    """Two or three digits that count."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def summary(results: Results) -> str:
    """The worst ratio of each graph, with the goal."""
    rows = []
    for name, on in results.graphs.items():
        single = [asked for asked in on.questions if asked.name != "all_services"]
        (every,) = (asked for asked in on.questions if asked.name == "all_services")
        worst = max(single, key=lambda asked: ratio(asked) or 0)
        rows.append(
            (
                GRAPHS[name],
                f"{on.relationships:,}",
                f"{_ratio(worst)} ({KINDS[worst.kind]}: {worst.name.replace('_', ' ')})",
                f"{goal(worst)}",
                _ratio(every),
                f"{goal(every)}",
            )
        )
    header = ("graph", "relationships", "worst kernel ÷ C", "goal", "all services ÷ C", "goal")
    return table(header, rows)


def times_slower(results: Results) -> str:
    """How much longer networkx and Cypher take than the function of this engine, as a table."""
    rows = [
        (
            f"{GRAPHS[name]}, {KINDS[asked.kind]}: {asked.name.replace('_', ' ')}",
            *(_against(asked, peer, results.limit_seconds) for peer in ("networkx", "cypher")),
        )
        for name, on in results.graphs.items()
        for asked in on.questions
        if asked.name in SHOWN
    ]
    return table(("question", "networkx", "Cypher"), rows)


SHOWN = ("vm", "core_switch", "site", "service", "all_services", "perl-base")


def _against(asked: Asked, peer: str, seconds: int) -> str:
    ours = asked.ms["function"]
    if peer not in asked.ms or ours is None:
        return NOT_ASKED
    theirs = asked.ms[peer]
    least = "more than " if theirs is None else ""
    return f"{least}{_rounded((seconds * 1000 if theirs is None else theirs) / ours)} times"


def _rounded(value: float) -> str:
    """Two digits that count."""
    return f"{float(f'{value:.2g}'):,.0f}" if value >= 2 else f"{value:.1f}"


def http(results: Results) -> str:
    """The answers of the API."""
    if results.http is None:
        return "Not measured yet: `python -m benchmarks.http_latency --keep`."
    rows = (
        _http_row("typical", results.http.typical, TYPICAL_GOAL_MS),
        _http_row("core switch of the largest site", results.http.core_switch, WORST_GOAL_MS),
    )
    header = ("question", "CIs touched", "requests", "median", "95 % within", "goal for the median")
    return table(header, rows)


def _http_row(name: str, told: Answering, goal_ms: int) -> tuple[str, ...]:
    least, most = told.touched
    touched = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    times = (f"{told.median:.1f} ms", f"{told.p95:.1f} ms", f"{goal_ms} ms")
    return (name, touched, f"{told.requests}", *times)


def machine(results: Results) -> str:
    """What it was measured on."""
    told = results.machine
    versions = ", ".join(f"{name} {version}" for name, version in told.versions.items())
    return (
        f"Measured on {results.measured}: {told.cores} cores of a virtual machine ({told.processor}), "
        f"{told.memory_gb} GB; {versions}."
    )
