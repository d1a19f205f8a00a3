"""Clocks: how much of what was promised is used up, what follows from it, and when."""

from cmdb.clocks.clock import Clock, Pause
from cmdb.clocks.escalations import Escalation, EscalationsFile, Told, load_escalations
from cmdb.clocks.reading import BREACH, WARNINGS, ClockState, Mark, Reading, read_clock

__all__ = [
    "BREACH",
    "WARNINGS",
    "Clock",
    "ClockState",
    "Escalation",
    "EscalationsFile",
    "Mark",
    "Pause",
    "Reading",
    "Told",
    "load_escalations",
    "read_clock",
]
