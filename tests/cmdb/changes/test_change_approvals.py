"""No path around an approval: actors do whatever they like, and what starts was approved as it is.

The oracle keeps its own book of who approved which plan and assessment, from what it saw the actors do.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cmdb.changes import ChangePolicy, assessment_of, decide, differences, submit
from cmdb.errors import LinchpinError
from cmdb.people import delegate, end_delegation
from cmdb.records import Desk, Edit, Record, edit_record, get_record, transition, verify
from tests.cmdb.changes.changing import SHOP, assess, begin, by, found, open_change, plan_of, replan
from tests.cmdb.changes.conftest import TEAMS

PEOPLE = st.sampled_from(["ann", "mia", "max", "bea", "bob", "sam", "sue", "eve"])
FINDINGS = {level: found(level, planned=(SHOP,)) for level in ("low", "high")}
STEPS = ["assess", "submit", "grant", "reject", "revise", "schedule", "start", "implement", "close"]
MEMBERS = {team.name: {*team.members} for team in TEAMS}
PROTECTED = {"approved", "scheduled", "under_way", "implemented", "closed"}


class Approvals(RuleBasedStateMachine):
    """One change, and people who try everything."""

    def __init__(self, desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
        super().__init__()
        self.desk, self.policy, self.cis = desk, policy, cis
        self.level = "low"
        self.delegated: dict[str, set[str]] = {}
        self.hands: set[str] = set()
        self.votes: dict[str, set[str]] = {}

    @initialize(who=PEOPLE, ready=st.booleans())
    def open(self, who: str, ready: bool) -> None:
        self.number = open_change(self.desk, by(who), self.cis[0]).number
        self.hands = {who}
        if ready:
            self.go_round(who)

    @rule(who=PEOPLE)
    def go_round(self, who: str) -> None:
        self.take_a_step(who, "revise")
        self.assess(who, "low")
        self.submit(who)
        self.take_a_step(who, "grant")

    @rule(who=PEOPLE, ci=st.integers(0, 1))
    def edit_the_plan(self, who: str, ci: int) -> None:
        if self.attempt(lambda: replan(self.desk, by(who), self.number, self.cis[ci])):
            self.hands.add(who)
            self.votes.clear()

    @rule(who=PEOPLE, ci=st.integers(0, 1), linked=st.booleans())
    def edit_the_links(self, who: str, ci: int, linked: bool) -> None:
        one = self.cis[ci]
        edit = Edit(links={one: "changed"}) if linked else Edit(unlinked=frozenset({one}))
        before = self.read().links
        done = self.attempt(lambda: edit_record(self.desk, by(who), self.number, edit))
        if done and self.read().links != before:
            self.hands.add(who)
            self.votes.clear()

    @rule(who=PEOPLE, asker=PEOPLE)
    def say_who_asked(self, who: str, asker: str) -> None:
        before = self.read().values.get("requested_by")
        edit = Edit(values={"requested_by": asker})
        if self.attempt(lambda: edit_record(self.desk, by(who), self.number, edit)) and before != asker:
            self.hands |= {who, asker}
            self.votes.clear()

    @rule(who=PEOPLE, level=st.sampled_from(["low", "high"]))
    def assess(self, who: str, level: str) -> None:
        self.level = level
        if self.attempt(lambda: assess(self.desk, self.policy, self.number, FINDINGS[level], who)):
            self.votes.clear()

    @rule(level=st.sampled_from(["low", "high"]))
    def move_the_graph(self, level: str) -> None:
        self.level = level

    @rule(who=PEOPLE)
    def submit(self, who: str) -> None:
        self.attempt(lambda: submit(self.desk, by(who), self.number))

    @rule(who=PEOPLE, step=st.sampled_from(STEPS))
    def take_a_step(self, who: str, step: str) -> None:
        before = self.read()
        if self.attempt(lambda: transition(self.desk, by(who, "Why not"), self.number, step)):
            assert step not in ("assess", "start")
            assert step != "reject" or self.seats(who, before)
            if self.read().state == "draft":
                self.votes.clear()

    @rule(who=PEOPLE, why=st.sampled_from(["", "Why not"]))
    def start(self, who: str, why: str) -> None:
        told = assessment_of(self.read())
        differing = differences(told.findings, FINDINGS[self.level]) if told else ["not assessed"]
        if self.attempt(lambda: begin(self.desk, by(who, why), self.number, *differing)):
            assert why or not differing

    @rule(who=PEOPLE, verdict=st.sampled_from(["approved", "approved", "approved", "rejected"]))
    def decide(self, who: str, verdict: Any) -> None:
        before = self.read()
        if not self.attempt(lambda: self.decision(who, verdict)):
            return
        assert self.may_decide(who, before)
        if verdict == "rejected":
            self.votes.clear()
        else:
            self.vote(who, before)

    @rule(people=st.lists(PEOPLE, min_size=2, max_size=4))
    def decide_at_once(self, people: list[str]) -> None:
        before = self.read()
        with ThreadPoolExecutor(len(people)) as pool:
            done = list(pool.map(lambda who: self.attempt(lambda: self.decision(who, "approved")), people))
        voted = [who for who, did in zip(people, done, strict=True) if did]
        assert len(voted) == len({*voted})
        for who in voted:
            assert self.may_decide(who, before)
            self.vote(who, before)

    @rule(of=PEOPLE, to=PEOPLE, hours=st.sampled_from([-48, -1, -1, 1]))
    def delegate(self, of: str, to: str, hours: int) -> None:
        now, begin = hours == -1, datetime.now(UTC) + timedelta(hours=hours)
        end = begin + timedelta(days=1)
        if self.attempt(lambda: delegate(self.desk.database, by(of).author, to, begin, end)):
            self.delegated.setdefault(to, set()).discard(of)
            self.delegated[to] |= {of} if now else set()

    @rule(of=PEOPLE, to=PEOPLE)
    def end_a_delegation(self, of: str, to: str) -> None:
        self.attempt(lambda: end_delegation(self.desk.database, by(of).author, to))
        self.delegated.get(to, set()).discard(of)

    @invariant()
    def whatever_is_approved_was_approved_as_it_is(self) -> None:
        record = self.read()
        told = assessment_of(record)
        if record.state not in PROTECTED:
            return
        assert told is not None
        for needed in told.approvals:
            assert len(self.votes.get(needed.team, set())) >= needed.persons, needed

    @invariant()
    def nothing_is_half_done(self) -> None:
        assert verify(self.desk.database, self.number).whole

    def decision(self, who: str, verdict: Any) -> Record:
        now = FINDINGS[self.level]
        return decide(self.desk, self.policy, by(who, "So be it"), self.number, verdict, now)

    def may_decide(self, who: str, before: Record) -> bool:
        told = assessment_of(before)
        assert told is not None
        same = told.findings == FINDINGS[self.level]
        return before.state == "awaiting_approval" and same and bool(self.seats(who, before))

    def seats(self, who: str, record: Record) -> set[str]:
        """By the book: the teams for which somebody sits, themselves or for others."""
        told = assessment_of(record)
        persons = ({who} | self.delegated.get(who, set())) - self.hands
        if who in self.hands or told is None:
            return set()
        return {needed.team for needed in told.approvals if persons & MEMBERS[needed.team]}

    def vote(self, who: str, record: Record) -> None:
        for team in self.seats(who, record):
            self.votes.setdefault(team, set()).add(who)

    def attempt(self, work: Callable[[], Any]) -> bool:
        """Whether it was done; a refusal says why."""
        try:
            work()
        except LinchpinError as error:
            assert error.detail
            return False
        return True

    def read(self) -> Record:
        return get_record(self.desk.database, self.number)


def test_there_is_no_path_around_an_approval(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    class World(Approvals):
        def __init__(self) -> None:
            desk.database.write(lambda tx: tx.run("MATCH (given:Delegation) DELETE given").consume())
            super().__init__(desk, policy, cis)

    run_state_machine_as_test(
        World,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_plan_does_not_take_the_approvals_of_another_with_it(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = open_change(desk, by("eve"), cis[0]).number
    assess(desk, policy, number, found(), "eve")
    submit(desk, by("eve"), number)
    decide(desk, policy, by("mia"), number, "approved", found())
    transition(desk, by("eve"), number, "revise")
    edit_record(desk, by("eve"), number, Edit(values={"plan": plan_of(cis[0])}))
    assess(desk, policy, number, found(), "eve")
    assert submit(desk, by("eve"), number).state == "awaiting_approval"


def test_going_round_over_draft_ends_approvals_even_of_the_same_plan(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = open_change(desk, by("eve"), cis[0]).number
    for _ in range(2):
        assess(desk, policy, number, found(), "eve")
        assert submit(desk, by("eve"), number).state == "awaiting_approval"
        assert decide(desk, policy, by("mia"), number, "approved", found()).state == "approved"
        transition(desk, by("eve"), number, "revise")
