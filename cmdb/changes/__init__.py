"""What changes are: their plans."""

from cmdb.changes.plan import (
    SEVERITY,
    Action,
    BackOut,
    Effect,
    Plan,
    Scheduled,
    Step,
    Window,
)

__all__ = ["SEVERITY", "Action", "BackOut", "Effect", "Plan", "Scheduled", "Step", "Window"]
