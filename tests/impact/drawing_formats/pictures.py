"""Pictures to draw: one that people would ask for, and hostile ones."""

from hypothesis import strategies as st

from impact.drawing import Edge, Group, Node, Picture
from impact.drawing.style import STATES

HOST_FAILS = Picture(
    (
        Node("s", "Webshop", "business_service", "down", "critical", 4),
        Node("a", "webshop-app", "application", "down", None, 3),
        Node("d", "orders-db", "database_cluster", "down", None, 2),
        Node("d1", "orders-db-1", "database", "down", None, 1),
        Node("d2", "orders-db-2", "database", "down", None, 1),
        Node("c", "session-cache", "cache", "at_risk", None, 2),
        Node("c1", "cache-1", "virtual_machine", "down", None, 1),
        Node("c2", "cache-2", "virtual_machine", "up"),
        Node("q", "queue", "message_queue", "interrupted", None, 2),
        Node("m", "mail", "application", "degraded", None, 3),
        Node("h", "esx-07", "hypervisor", "down", None, 0, cause=True),
    ),
    (
        Group("d", "members", 1, 2, "hard", "lost", ("d1", "d2")),
        Group("c", None, 1, 2, "hard", "whole", ("c1", "c2")),
    ),
    (
        Edge("s", "a", "depends_on", "hard"),
        Edge("a", "d", "depends_on", "hard"),
        Edge("a", "c", "depends_on", "hard"),
        Edge("a", "q", "backed_up_to", "guard"),
        Edge("m", "a", "uses", "soft"),
        Edge("d1", "h", "runs_on", "hard"),
        Edge("d2", "h", "runs_on", "hard"),
        Edge("c1", "h", "runs_on", "hard"),
    ),
    "What falls when esx-07 fails",
)

HOSTILE = [
    "end",
    'x"]:::up --> y',
    "<script>alert(1)</script>",
    "<b>&amp;</b>",
    "a\nb\r\n\tc\x00\x1b[31m",
    "\\",
    'back\\"slash\\',
    "#quot;",
    "`**bold**`",
    "1. first",
    "=1+1",
    "---",
    "%% comment",
    "\u202egpj.exe",
    "\ufffe",
    "",
    "very long " * 40,
    "日本語 café 🚀",
]

names = st.sampled_from(HOSTILE) | st.text(max_size=40)
strengths = st.sampled_from(["hard", "soft", "guard", "none"])


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Small pictures with hostile names everywhere, cycles, and groups that overlap or hold their owner."""
    ids = [f"{number:08x}-ci" for number in range(draw(st.integers(0, 12)))]
    if not ids:
        return Picture((), title=draw(names))
    ends = st.sampled_from(ids)
    states = st.sampled_from(["lost", "weakened", "whole"])
    members = st.lists(ends, min_size=1, max_size=4, unique=True).map(tuple)
    groups = st.builds(
        Group, ends, st.none() | names, st.integers(1, 9), st.integers(1, 9), strengths, states, members
    )
    nodes = [
        Node(id_, draw(names), draw(names), draw(st.sampled_from(list(STATES))), draw(st.none() | names))
        for id_ in ids
    ]
    edges = st.builds(Edge, ends, ends, names, strengths)
    return Picture(
        tuple(nodes),
        tuple(draw(st.lists(groups, max_size=5))),
        tuple(draw(st.lists(edges, max_size=12))),
        draw(names),
    )
