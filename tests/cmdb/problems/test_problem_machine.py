"""People do all sorts of things with a problem and its known error; an oracle knows what they may."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cmdb.access import Actor, Role
from cmdb.errors import Conflict, Invalid, InvalidInput, Refused
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import (
    By,
    Desk,
    Edit,
    Related,
    broken,
    edit_record,
    get_record,
    open_record,
    read_log,
    transition,
)
from cmdb.store import Store, create_cis

ANN = By(Actor("ann", Role.OPERATOR), "test", "so it is")
MAX = By(Actor("max", Role.MANAGER), "test", "so it is")
VIC = By(Actor("vic", Role.VIEWER), "test", "so it is")
PEOPLE = (ANN, MAX, VIC)
STEPS = {
    "investigate": (("new", "investigating"), "investigating"),
    "find_cause": (("investigating",), "cause_found"),
    "doubt": (("cause_found", "resolved"), "investigating"),
    "resolve": (("cause_found",), "resolved"),
    "close": (("resolved",), "closed"),
    "accept": (("cause_found",), "closed"),
    "reopen": (("closed",), "investigating"),
    "cancel": (("new", "investigating"), "cancelled"),
}
SAYS = {
    "investigate": {"team": "network", "assignee": "ann"},
    "find_cause": {"root_cause": "It leaks", "cause": "software"},
    "resolve": {"resolution": "New firmware"},
    "accept": {"workaround": "Boot it"},
}
MADE, ENDED = ("implemented", "closed"), ("closed", "cancelled")


class Problems(RuleBasedStateMachine):
    desk: Desk
    switch: str
    reached: set[tuple[str, str | None]]

    def __init__(self) -> None:
        super().__init__()
        self.number = open_record(self.desk, ANN, "problem", Edit(values={"title": "It drops"})).number
        self.state = "new"
        self.values: set[str] = set()
        self.cause = False
        self.error: str | None = None
        self.error_state: str | None = None
        change = open_record(self.desk, ANN, "change", Edit(values={"title": "New firmware"}))
        self.change, self.change_state = change.number, "draft"
        self.outcome: str | None = None
        self.ended_by = False

    def _try(self, expected: Any, work: Callable[[], object]) -> bool:
        if expected:
            with pytest.raises(expected):
                work()
            return False
        work()
        return True

    @rule(who=st.sampled_from(PEOPLE), step=st.sampled_from(sorted(STEPS)), saying=st.booleans())
    def step(self, who: By, step: str, saying: bool) -> None:
        before, after = STEPS[step]
        says = SAYS.get(step, {}) if saying and self.state not in ENDED else {}
        told = self.values | says.keys()
        if self.state not in before:
            expected: Any = Conflict
        elif who is VIC or (step == "accept" and who is not MAX):
            expected = Refused
        elif not SAYS.get(step, {}).keys() <= told or self._lacks(step):
            expected = Conflict
        else:
            expected = None
        if self._try(expected, lambda: transition(self.desk, who, self.number, step, Edit(values=says))):
            self.state, self.values = after, told
            self._note()

    def _lacks(self, step: str) -> bool:
        if step == "find_cause":
            return not self.cause
        return step == "resolve" and self.error_state == "active"

    @rule()
    def link_the_cause(self) -> None:
        edit = Edit(links={self.switch: "cause"})
        expected = InvalidInput if self.state in ENDED else None
        if self._try(expected, lambda: edit_record(self.desk, ANN, self.number, edit)):
            self.cause = True

    @rule(workaround=st.booleans())
    def open_an_error(self, workaround: bool) -> None:
        if self.error:
            return
        values = {"title": "Firmware leaks"} | ({"workaround": "Boot it"} if workaround else {})
        edit = Edit(values=values, related=frozenset({Related("of", self.number)}))
        found: list[str] = []

        def work() -> None:
            found.append(open_record(self.desk, ANN, "known_error", edit).number)

        if self._try(None if workaround else Invalid, work):
            (self.error,), self.error_state = found, "active"
            self._note()

    @rule()
    def relate_the_change(self) -> None:
        if self.error:
            to = frozenset({Related("ended_by", self.change)})
            edit_record(self.desk, ANN, self.error, Edit(related=to))
            self.ended_by = True

    @rule(
        state=st.sampled_from(("draft", "under_way", "implemented", "failed", "closed")),
        outcome=st.sampled_from((None, "successful", "with incidents", "failed", "backed out")),
    )
    def carry_the_change_out(self, state: str, outcome: str | None) -> None:
        """How a change gets there has a machine of its own."""
        self.desk.database.write(
            lambda tx: tx.run(
                "MATCH (change:Record {number: $number}) "
                "SET change.state = $state, change.outcome = $outcome",
                number=self.change,
                state=state,
                outcome=outcome,
            ).consume()
        )
        self.change_state, self.outcome = state, outcome

    @rule(who=st.sampled_from(PEOPLE), step=st.sampled_from(("end", "withdraw", "reopen")))
    def step_of_the_error(self, who: By, step: str) -> None:
        if not self.error:
            return
        number = self.error
        worked = self.change_state in MADE and self.outcome in (None, "successful", "with incidents")
        before, after = {
            "end": ("active", "ended"),
            "withdraw": ("active", "withdrawn"),
            "reopen": ("ended", "active"),
        }[step]
        if self.error_state != before:
            expected: Any = Conflict
        elif who is VIC:
            expected = Refused
        else:
            expected = Conflict if step == "end" and not (self.ended_by and worked) else None
        if self._try(expected, lambda: transition(self.desk, who, number, step)):
            self.error_state = after
            self._note()

    @rule()
    def go_on(self) -> None:
        """What somebody who knows how would do next."""
        self.link_the_cause()
        if self.state in ("new", "investigating"):
            self.step(ANN, "investigate" if self.state == "new" else "find_cause", True)
        elif self.error is None:
            self.open_an_error(True)
        elif self.error_state == "active":
            self.relate_the_change()
            self.carry_the_change_out("implemented", None)
            self.step_of_the_error(ANN, "end")
        else:
            self.step(ANN, "resolve" if self.state == "cause_found" else "close", True)

    def _note(self) -> None:
        self.reached.add((self.state, self.error_state))

    @invariant()
    def the_records_are_what_was_said(self) -> None:
        record = get_record(self.desk.database, self.number)
        assert (record.state, record.open) == (self.state, self.state not in ENDED)
        assert self.values <= record.values.keys()
        assert broken(read_log(self.desk.database, self.number), record.entries, record.seal) is None
        if self.error:
            assert get_record(self.desk.database, self.error).state == self.error_state


def test_no_problem_is_resolved_and_no_error_ended_but_by_what_ends_them(store: Store) -> None:
    ids, _ = create_cis(store, Author("test", "test"), [{"class": "switch", "name": "core"}])
    reached: set[tuple[str, str | None]] = set()
    machine = type("Machine", (Problems,), {"desk": open_desk(store), "switch": ids[0], "reached": reached})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {("resolved", "ended"), ("closed", "ended")} <= reached
