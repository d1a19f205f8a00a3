"""The life cycle of incidents as a state machine, against an account of it that shares no code with it.

No path leads around a required field; every refusal says what is missing; a refused step writes nothing;
the clocks agree with a computation minute by minute from the log.
"""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import cmdb.incidents
from cmdb.clocks import read_clock
from cmdb.errors import Conflict, Invalid
from cmdb.incidents import ServiceLevels, flags, sweep, timed
from cmdb.records import Desk, Edit, broken, edit_record, get_record, open_record, read_log, transition
from tests.cmdb.incidents.conftest import MAX
from tests.conftest import empty

FILE = tomllib.loads((files(cmdb.incidents) / "incident.toml").read_text())
STEPS = FILE["transitions"]
FILLED = {
    "team": "unix",
    "assignee": "ann",
    "category": "hardware",
    "cause": "hardware",
    "hold_reason": "supplier",
    "resolution_code": "fixed",
    "resolution": "Disk replaced.",
    "major_manager": "max",
    "review": "Keep a disk.",
}
BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(days=30)
RESPONDED = {"in_progress", "restored", "resolved", "closed", "cancelled"}
RESTORED = {"restored", "resolved", "closed", "cancelled"}
MAJOR = {"declare_major": True, "end_major": False}


class Incidents(RuleBasedStateMachine):
    desk: Desk
    levels: ServiceLevels

    @initialize(said=st.sets(st.sampled_from(sorted(FILLED))))
    def begin(self, said: set[str]) -> None:
        empty(self.desk.database)
        self.now = BEGAN
        self.values = {name: FILLED[name] for name in said}
        self.state, self.major = "new", False
        self.states = [(self.now, "new")]
        told = Edit(values={"title": "It fails", "impact": "high", "urgency": "high", **self.values})
        self.number = open_record(self.desk, replace(MAX, at=self.now), "incident", told).number

    @rule(minutes=st.integers(1, 200))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(name=st.sampled_from(sorted(FILLED)), filled=st.booleans())
    def edit(self, name: str, filled: bool) -> None:
        edit = Edit(values={name: FILLED[name] if filled else None})
        writable = FILE["fields"][name].get("states") or [
            state for state, one in FILE["states"].items() if one.get("open", True)
        ]
        if self.state not in writable:
            with pytest.raises(Invalid, match="cannot be changed"):
                edit_record(self.desk, replace(MAX, at=self.now), self.number, edit)
            return
        edit_record(self.desk, replace(MAX, at=self.now), self.number, edit)
        self.values = {**self.values, name: FILLED[name]} if filled else self._without(name)

    @rule(name=st.sampled_from(sorted(STEPS)), note=st.sampled_from(["", "so"]))
    def step(self, name: str, note: str) -> None:
        by = replace(MAX, at=self.now, note=note)
        derived = flags(MAJOR[name]) if name in MAJOR else {}
        missing = self._missing(name, note)
        if missing is None:
            to = STEPS[name].get("to", self.state)
            assert transition(self.desk, by, self.number, name, derived=derived).state == to
            if to != self.state:
                self.states.append((self.now, to))
            self.state, self.major = to, MAJOR.get(name, self.major)
            return
        with pytest.raises(Conflict) as refused:
            transition(self.desk, by, self.number, name, derived=derived)
        for one in missing:
            assert f"{one} is missing" in refused.value.detail

    @rule()
    def swept(self) -> None:
        by = replace(MAX, at=self.now)
        sweep(self.desk, self.levels, by, self.now)
        before = get_record(self.desk.database, self.number)
        sweep(self.desk, self.levels, by, self.now)
        assert get_record(self.desk.database, self.number) == before

    @invariant()
    def agrees(self) -> None:
        record = get_record(self.desk.database, self.number)
        assert (record.state, record.values["major"]) == (self.state, self.major)
        assert record.open == FILE["states"][self.state].get("open", True)
        assert {name: record.values.get(name) for name in FILLED} == {
            name: self.values.get(name) for name in FILLED
        }
        log = read_log(self.desk.database, self.number)
        assert broken(log, record.entries, record.seal) is None
        self._clocks_agree()

    def _missing(self, name: str, note: str) -> list[str] | None:
        """What the step lacks; None where it can be taken."""
        step = STEPS[name]
        said = {**self.values, "note": note}
        lacks = [one for one in step.get("requires", ()) if not said.get(one)]
        if name == "close" and self.major and not self.values.get("review"):
            lacks.append("review")
        return (
            None if self.state in step["from"] and not lacks else lacks if self.state in step["from"] else []
        )

    def _without(self, name: str) -> dict[str, str]:
        return {key: value for key, value in self.values.items() if key != name}

    def _clocks_agree(self) -> None:
        clocks = self.levels.clocks(timed(self.desk.database.read, self.number))
        told = {one.kind: read_clock(one.clock, self.now).elapsed for one in clocks}
        responded = next((at for at, state in self.states if state in RESPONDED), self.now)
        expected = {"respond": timedelta(), "restore": timedelta()}
        ends = [at for at, _ in self.states[1:]] + [self.now]
        for (since, state), until in zip(self.states, ends, strict=True):
            if state != "on_hold":
                expected["respond"] += max(min(until, responded) - since, timedelta())
                if state not in RESTORED:
                    expected["restore"] += until - since
        assert told == expected


def test_no_path_leads_around_a_rule(desk: Desk, levels: ServiceLevels) -> None:
    class Here(Incidents):
        pass

    Here.desk, Here.levels = desk, levels
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
