"""People and discovery do all sorts of things with a release; an oracle of its own knows what they may."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cmdb.access import Role
from cmdb.errors import Conflict, Refused
from cmdb.history import baselines
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
from cmdb.releases import begin_wave, confirm, deploy, end_wave, finish, reverse
from cmdb.store import Store
from tests.cmdb.releases.discovering import look
from tests.cmdb.releases.releasing import ANN, MAX, planned

MANAGING_ANN = replace(ANN, actor=replace(ANN.actor, role=Role.MANAGER))
PEOPLE = (ANN, MANAGING_ANN, MAX)
BEFORE, AFTER = "1.0", "2.0"


class Releasing(RuleBasedStateMachine):
    desk: Desk
    store: Store
    cis: list[str]
    reached: set[str]

    def __init__(self) -> None:
        super().__init__()
        look(self.store, one=BEFORE, two=BEFORE)
        self.number = planned(self.desk, *self.cis).number
        self.problem = open_record(self.desk, ANN, "problem", Edit(values={"title": "Why"})).number
        self.state = "planned"
        self.tested: str | None = None
        self.runs = 0
        self.waves = 0
        self.running = False
        self.seen: dict[str, str] = {}
        self.investigated = False

    def _try(self, allowed: bool, work: Callable[[], object], to: str | None = None) -> bool:
        if not allowed:
            with pytest.raises((Conflict, Refused)):
                work()
            return False
        work()
        self.state = to or self.state
        self.reached.add(self.state)
        return True

    def _step(self, who: By, name: str, allowed: bool, to: str, edit: Edit | None = None) -> bool:
        return self._try(allowed, lambda: transition(self.desk, who, self.number, name, edit or Edit()), to)

    @rule()
    def build(self) -> None:
        self._step(ANN, "build", self.state == "planned", "building")

    @rule()
    def test(self) -> None:
        edit = Edit(values={"build": "shop-2.0.tar"}) if self.state == "building" else Edit()
        if self._step(ANN, "test", self.state == "building", "testing", edit):
            self.tested = None

    def _evidence(self, outcome: str) -> dict[str, object]:
        """That of a new run."""
        self.runs += 1
        return {"tests": [{"name": "load", "passed": outcome == "passed", "evidence": f"run {self.runs}"}]}

    @rule(evidence=st.sampled_from((None, "failed", "passed")))
    def submit(self, evidence: str | None) -> None:
        in_testing = self.state == "testing"
        told = evidence or self.tested
        edit = Edit(values={"test": self._evidence(evidence)}) if in_testing and evidence else Edit()
        if self._step(ANN, "submit", in_testing and told == "passed", "awaiting_approval", edit):
            self.tested = told

    @rule(who=st.sampled_from(PEOPLE))
    def approve(self, who: By) -> None:
        self._step(who, "approve", self.state == "awaiting_approval" and who is MAX, "approved")

    @rule(who=st.sampled_from(PEOPLE))
    def reject(self, who: By) -> None:
        self._step(who, "reject", self.state == "awaiting_approval" and who is MAX, "building")

    @rule()
    def rework(self) -> None:
        states = ("testing", "awaiting_approval", "approved")
        self._step(ANN, "rework", self.state in states, "building")

    @rule(properly=st.booleans())
    def deploy(self, properly: bool) -> None:
        if not properly:
            self._step(MAX, "deploy", False, "")
            return
        self._try(self.state == "approved", lambda: deploy(self.desk, ANN, self.number), "deploying")

    @rule()
    def begin(self) -> None:
        allowed = self.state == "deploying" and not self.running and self.waves < len(self.cis)
        if self._try(allowed, lambda: begin_wave(self.desk, ANN, self.number)):
            self.running = True

    @rule(worked=st.booleans())
    def end(self, worked: bool) -> None:
        outcome: Literal["succeeded", "failed"] = "succeeded" if worked else "failed"
        allowed = self.state == "deploying" and self.running
        if self._try(allowed, lambda: end_wave(self.desk, ANN, self.number, outcome)):
            self.running = False
            self.waves += worked

    @rule(properly=st.booleans())
    def finish(self, properly: bool) -> None:
        if not properly:
            self._step(MAX, "finish", False, "")
            return
        allowed = self.state == "deploying" and self.waves == len(self.cis)
        self._try(allowed, lambda: finish(self.desk, ANN, self.number), "deployed")

    @rule()
    def fail(self) -> None:
        self._step(ANN, "fail", self.state in ("deploying", "deployed"), "unsuccessful")

    @rule(properly=st.booleans())
    def reverse(self, properly: bool) -> None:
        if not properly:
            self._step(MAX, "reverse", False, "")
        elif self._try(
            self.state == "unsuccessful", lambda: reverse(self.desk, ANN, self.number), "reversing"
        ):
            self.seen = {}

    @rule(one=st.sampled_from((BEFORE, AFTER, None)), two=st.sampled_from((BEFORE, AFTER, None)))
    def discover(self, one: str | None, two: str | None) -> None:
        told = {name: version for name, version in (("one", one), ("two", two)) if version}
        look(self.store, **told)
        self.seen |= told

    @rule(who=st.sampled_from(PEOPLE), asking=st.booleans())
    def confirm(self, who: By, asking: bool) -> None:
        if not asking:
            self._step(who, "confirm", False, "")
            return
        allowed = self.state == "reversing" and self.seen == {"one": BEFORE, "two": BEFORE}
        self._try(allowed, lambda: confirm(self.desk, who, self.number), "reversed")

    @rule()
    def investigate(self) -> None:
        if self.state not in ("closed", "cancelled"):
            to = frozenset({Related("investigated_by", self.problem)})
            edit_record(self.desk, ANN, self.number, Edit(related=to))
            self.investigated = True

    @rule(outcome=st.sampled_from(("successful", "with incidents", "reversed", None)))
    def close(self, outcome: str | None) -> None:
        told = Edit(values={"review": {"outcome": outcome, "text": "So it went"}}) if outcome else Edit()
        was = self.state == "reversed"
        true = self.state == "deployed" or (was and self.investigated)
        edit = told if self.state in ("deployed", "reversed") else Edit()
        self._step(ANN, "close", bool(outcome) and true and was == (outcome == "reversed"), "closed", edit)

    def _deploy_on(self) -> None:
        if self.running:
            self.end(True)
        elif self.waves < len(self.cis):
            self.begin()
        else:
            self.finish(True)

    def _confirm_on(self) -> None:
        self.discover(BEFORE, BEFORE)
        self.confirm(ANN, True)

    def _close_on(self) -> None:
        self.investigate()
        self.close("reversed")

    @rule(times=st.integers(1, 14))
    def go_on(self, times: int) -> None:
        """What somebody who knows how would do next."""
        for _ in range(times):
            self._next()

    def _next(self) -> None:
        steps: dict[str, Callable[[], None]] = {
            "planned": self.build,
            "building": self.test,
            "testing": lambda: self.submit("passed"),
            "awaiting_approval": lambda: self.approve(MAX),
            "approved": lambda: self.deploy(True),
            "deploying": self._deploy_on,
            "deployed": self.fail,
            "unsuccessful": lambda: self.reverse(True),
            "reversing": self._confirm_on,
            "reversed": self._close_on,
        }
        steps.get(self.state, lambda: None)()

    @invariant()
    def the_record_is_what_was_said(self) -> None:
        record = get_record(self.desk.database, self.number)
        log = read_log(self.desk.database, self.number)
        assert record.state == self.state
        assert broken(log, record.entries, record.seal) is None
        steps = [one.entry for one in log]
        begun = [place for place, one in enumerate(steps) if one.what == "deploy"]
        approvals = [place for place, one in enumerate(steps) if one.what == "approve"]
        reworked = [place for place, one in enumerate(steps) if one.what in ("rework", "reject")]
        for place in begun:
            assert max(approvals) < place and max(reworked, default=-1) < max(approvals)
            assert steps[max(approvals)].by == "max"
        named = {one.name for one in baselines(self.desk.database)}
        assert (f"{self.number}-before" in named) == bool(begun)
        assert (f"{self.number}-reversed" in named) == ("confirm" in {one.what for one in steps})


def test_there_is_no_way_around_tests_approval_and_discovery(
    desk: Desk, store: Store, cis: list[str]
) -> None:
    reached: set[str] = set()
    machine = type("Machine", (Releasing,), {"desk": desk, "store": store, "cis": cis, "reached": reached})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert reached == {*desk.kind("release").life_cycle.states} - {"planned", "cancelled"}
