"""What people read of records on the terminal."""

from io import StringIO

from rich.console import Console

from api.records import Log, LogEntry
from api.tables.records import print_log, said


def log_of(**changes: list[object]) -> str:
    entry = LogEntry(
        no=1,
        at="2026-03-01T12:00:00Z",
        by="ann",
        what="edit",
        note="",
        from_state=None,
        to_state=None,
        changes=changes,
        seal="",
    )
    out = StringIO()
    print_log(Console(file=out, width=200), Log(entries=[entry], broken_at=None, altered=[]))
    return out.getvalue()


def test_of_a_document_the_log_says_which_parts_changed() -> None:
    before = {"impact": "low", "points": 3, "services": [{"id": "x"}]}
    assert "proposal: changed in impact, services\n" in log_of(
        proposal=[before, {**before, "impact": "high", "services": []}]
    )
    assert "proposal: with impact, points, services\n" in log_of(proposal=[None, before])
    assert "approvals: 1 part → 2 parts\n" in log_of(approvals=[[{"by": "ann"}], [{"by": "ann"}, {}]])
    assert "team: unix → -\n" in log_of(team=["unix", None])
    assert "{" not in log_of(proposal=[before, None])


def test_values_are_told_in_a_line() -> None:
    assert (said(["a", "b"]), said(None), said(3), said({"a": 1})) == ("a, b", "-", "3", "with a")
    assert len(said("x" * 1000)) == 301
