"""People try all sorts of things with records; an oracle of its own knows what they may, and what follows."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cmdb.access import Role
from cmdb.errors import Conflict, Invalid, LinchpinError, Outdated, Refused
from cmdb.records import Desk, Edit, broken, edit_record, get_record, open_record, read_log, spans, transition
from tests.cmdb.records.conftest import ANN, BOB, EVE

OPERATOR = replace(ANN, actor=replace(ANN.actor, name="olga", role=Role.OPERATOR))
PEOPLE = (ANN, BOB, EVE, OPERATOR)
STEPS = {"start": ("new", "under_way"), "finish": ("under_way", "done"), "resume": ("done", "under_way")}


class Errands(RuleBasedStateMachine):
    desk: Desk
    ci: str

    def __init__(self) -> None:
        super().__init__()
        self.number = open_record(self.desk, ANN, "errand", Edit(values={"title": "x"})).number
        self.state = "new"
        self.values: dict[str, Any] = {"title": "x", "size": 1, "double": 2}
        self.linked = False
        self.moves = ["new"]
        self.version = get_record(self.desk.database, self.number).revision
        self.stale = self.version

    def _wrote(self) -> None:
        self.stale, self.version = self.version, get_record(self.desk.database, self.number).revision

    @rule(who=st.sampled_from(PEOPLE), size=st.integers(0, 10), old=st.booleans())
    def resize(self, who: Any, size: int, old: bool) -> None:
        expected: type[LinchpinError] | None = None
        revision = self.stale if old else self.version
        if revision != self.version:
            expected = Outdated
        elif who is EVE:
            expected = Refused
        elif self.state == "done" or not 1 <= size <= 9:
            expected = Invalid

        def work() -> None:
            edit_record(self.desk, who, self.number, Edit(values={"size": size}), revision=revision)

        if expected:
            with pytest.raises(expected):
                work()
            return
        work()
        self.values |= {"size": size, "double": 2 * size}
        self._wrote()

    @rule(who=st.sampled_from(PEOPLE))
    def answer(self, who: Any) -> None:
        edit = Edit(values={"answer": "yes"})
        if who is EVE or self.state == "done":
            with pytest.raises((Refused, Invalid)):
                edit_record(self.desk, who, self.number, edit)
            return
        edit_record(self.desk, who, self.number, edit)
        self.values["answer"] = "yes"
        self._wrote()

    @rule()
    def link(self) -> None:
        edit_record(self.desk, ANN, self.number, Edit(links={self.ci: None}))
        self.linked = True
        self._wrote()

    @rule(who=st.sampled_from(PEOPLE), step=st.sampled_from(sorted(STEPS)))
    def step(self, who: Any, step: str) -> None:
        before, after = STEPS[step]
        if before != self.state:
            expected: type[LinchpinError] | None = Conflict
        elif who is EVE or (step == "finish" and who is OPERATOR):
            expected = Refused
        elif self._lacking(who, step):
            expected = Conflict
        else:
            expected = None
        if expected:
            with pytest.raises(expected):
                transition(self.desk, who, self.number, step)
            return
        transition(self.desk, who, self.number, step)
        self.state = after
        self.moves.append(after)
        self._wrote()

    def _lacking(self, who: Any, step: str) -> bool:
        if step == "start":
            return not self.linked
        return step == "finish" and ("answer" not in self.values or who is not BOB)

    @invariant()
    def the_record_is_what_was_said(self) -> None:
        record = get_record(self.desk.database, self.number)
        log = read_log(self.desk.database, self.number)
        assert (record.state, record.values) == (self.state, self.values)
        assert record.open == (self.state != "done") == (record.closed_at is None)
        assert [span.state for span in spans(one.entry for one in log)] == self.moves
        assert broken(log, record.entries, record.seal) is None
        assert record.revision == self.version


def test_nobody_gets_around_a_rule(desk: Desk, ci: str) -> None:
    machine = type("Machine", (Errands,), {"desk": desk, "ci": ci})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
