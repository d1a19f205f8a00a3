from datetime import UTC, datetime, timedelta

import pytest

from cmdb.changes import (
    ChangePolicy,
    assessment_of,
    decide,
    decisions_of,
    missing_approvals,
    start,
    submit,
    template_hash,
)
from cmdb.errors import Conflict, Invalid, InvalidInput, Outdated, Refused
from cmdb.people import delegate, end_delegation
from cmdb.records import Desk, Edit, edit_record, get_record, transition, verify
from tests.cmdb.changes.changing import SHOP, assess, begin, by, found, open_change, plan_of, replan


def approved(desk: Desk, policy: ChangePolicy, number: str, *people: str) -> None:
    for name in people:
        decide(desk, policy, by(name), number, "approved", found())


def awaiting(desk: Desk, policy: ChangePolicy, *cis: str, **values: object) -> str:
    number = open_change(desk, by("ann"), *cis, **values).number
    assess(desk, policy, number, found())
    submit(desk, by("ann"), number)
    return number


def test_a_change_goes_from_draft_to_closed(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = awaiting(desk, policy, cis[0])
    approved(desk, policy, number, "mia")
    transition(desk, by("ann"), number, "schedule")
    begin(desk, by("ann"), number)
    for step in ("implement", "close"):
        transition(desk, by("ann"), number, step)
    record = get_record(desk.database, number)
    assert (record.state, record.open) == ("closed", False)
    assert verify(desk.database, number).whole


def test_who_must_approve_follows_from_risk_services_and_teams(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = open_change(desk, by("ann"), cis[0]).number
    findings = found("high", planned=(SHOP,))
    assess(desk, policy, number, findings)
    record = submit(desk, by("ann"), number)
    asked = {one.team: one.persons for one in missing_approvals(record)}
    assert asked == {"Change management": 1, "Change advisory board": 2, "Shop": 1, "Servers": 1}
    with pytest.raises(Refused, match="ann asked for it or wrote its plan"):
        decide(desk, policy, by("ann"), number, "approved", findings)
    with pytest.raises(Refused, match="eve is in none of the teams that decide"):
        decide(desk, policy, by("eve"), number, "approved", findings)
    for name in ("mia", "sue", "sam"):
        record = decide(desk, policy, by(name), number, "approved", findings)
        assert record.state == "awaiting_approval"
    with pytest.raises(Conflict, match="mia has approved CHG-000001 already"):
        decide(desk, policy, by("mia"), number, "approved", findings)
    with pytest.raises(Conflict, match=r"approval is missing of Change advisory board \(1 to approve"):
        transition(desk, by("ann"), number, "grant")
    assert decide(desk, policy, by("bob"), number, "approved", findings).state == "approved"


def test_an_owner_that_the_graph_does_not_know_is_stood_in_for(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = open_change(desk, by("ann"), cis[0]).number
    nobodys = SHOP.model_copy(update={"owner": None})
    assessed = assess(desk, policy, number, found(planned=(nobodys,)))
    (asked,) = missing_approvals(assessed)
    assert (asked.team, asked.why) == ("Change management", "every change; owns a service that is hurt")


def test_what_was_approved_cannot_be_changed_but_by_going_back(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = awaiting(desk, policy, cis[0])
    approved(desk, policy, number, "mia")
    with pytest.raises(Invalid, match=r"plan.* cannot be changed while CHG-000001 is approved"):
        edit_record(desk, by("ann"), number, Edit(values={"plan": plan_of(cis[0])}))
    with pytest.raises(InvalidInput, match="The CIs of CHG-000001 cannot be changed while it is approved"):
        edit_record(desk, by("ann"), number, Edit(links={cis[1]: "changed"}))
    for name in ("assessment", "approvals", "risk", "template"):
        with pytest.raises(Invalid, match="is filled in by Linchpin"):
            edit_record(desk, by("ann"), number, Edit(values={name: {}}))
    transition(desk, by("ann"), number, "revise")
    with pytest.raises(Conflict, match="it is Linchpin that assesses"):
        transition(desk, by("ann"), number, "assess")
    assess(desk, policy, number, found())
    record = submit(desk, by("ann"), number)
    assert len(decisions_of(record)) == 1
    assert [one.team for one in missing_approvals(record)] == ["Change management"]


def test_an_assessment_is_of_the_plan_as_it_was_read(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = open_change(desk, by("ann"), cis[0]).number
    read = get_record(desk.database, number)
    replan(desk, by("ann"), number, cis[1])
    from cmdb.changes import keep_assessment

    with pytest.raises(Outdated, match="was changed while it was assessed"):
        keep_assessment(desk, policy, by("ann"), read, found(), "2026-01-01T00:00:00Z", 1)
    edit_record(desk, by("ann"), number, Edit(values={"plan": plan_of(cis[0])}))
    with pytest.raises(Conflict, match="works on other CIs than it is linked to"):
        assess(desk, policy, number, found())


def test_an_outdated_assessment_is_not_approved(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = awaiting(desk, policy, cis[0])
    with pytest.raises(Conflict) as error:
        decide(desk, policy, by("mia"), number, "approved", found("high", planned=(SHOP,)))
    assert error.value.extensions["differences"] == [
        "shop down for 300 s, which was not hurt",
        "the risk is high, not low",
    ]


def test_a_delegate_decides_while_the_delegation_lasts(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = awaiting(desk, policy, cis[0])
    now, hour = datetime.now(UTC), timedelta(hours=1)
    database = desk.database
    for since in (now + hour, now - 2 * hour):
        delegate(database, by("mia").author, "dan", since, since + hour)
        with pytest.raises(Refused):
            decide(desk, policy, by("dan"), number, "approved", found())
    delegate(database, by("mia").author, "dan", now - hour, now + hour)
    end_delegation(database, by("mia").author, "dan")
    with pytest.raises(Refused):
        decide(desk, policy, by("dan"), number, "approved", found())
    delegate(database, by("mia").author, "dan", now - hour, now + hour)
    record = decide(desk, policy, by("dan"), number, "approved", found())
    assert record.state == "approved"
    assert decisions_of(record)[0].teams == {"Change management": "mia"}


def test_nobody_decides_on_behalf_of_who_asked(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = awaiting(desk, policy, cis[0], requested_by="mia")
    now, hour = datetime.now(UTC), timedelta(hours=1)
    delegate(desk.database, by("mia").author, "dan", now - hour, now + hour)
    for name in ("mia", "dan"):
        with pytest.raises(Refused):
            decide(desk, policy, by(name), number, "approved", found())
    approved(desk, policy, number, "max")


def test_who_wrote_the_plan_does_not_approve_it(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = open_change(desk, by("ann"), cis[0], requested_by="max").number
    edit_record(desk, by("ann"), number, Edit(values={"requested_by": None}))
    replan(desk, by("mia"), number, cis[1])
    assessed = assess(desk, policy, number, found())
    told = assessment_of(assessed)
    assert told and told.participants == ("ann", "max", "mia")


def test_a_rejection_ends_all_approvals(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = awaiting(desk, policy, cis[0])
    with pytest.raises(Conflict, match="note is missing"):
        decide(desk, policy, by("mia"), number, "rejected", found())
    with pytest.raises(Conflict, match="eve is in none of the teams"):
        transition(desk, by("eve", "I don't like it"), number, "reject")
    record = decide(desk, policy, by("mia", "Not on a Friday"), number, "rejected", found())
    assert (record.state, [one.verdict for one in decisions_of(record)]) == ("draft", ["rejected"])


def test_a_change_starts_inside_its_window_only(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    later = plan_of(cis[0], begins=timedelta(hours=3))
    number = awaiting(desk, policy, cis[0], plan=later)
    approved(desk, policy, number, "mia")
    with pytest.raises(Conflict, match=r"From here it can: .*schedule"):
        transition(desk, by("ann"), number, "start")
    transition(desk, by("ann"), number, "schedule")
    with pytest.raises(Conflict, match="is outside its window"):
        transition(desk, by("ann"), number, "start")


def test_an_outdated_assessment_is_started_on_only_with_a_reason(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = awaiting(desk, policy, cis[0])
    approved(desk, policy, number, "mia")
    transition(desk, by("ann"), number, "schedule")
    with pytest.raises(Conflict, match="it is Linchpin that looks whether its assessment holds"):
        transition(desk, by("ann", "It will be fine"), number, "start")
    with pytest.raises(Conflict, match=r"no longer holds \(shop down\): assess it again, or say"):
        begin(desk, by("ann"), number, "shop down")
    read = get_record(desk.database, number)
    edit_record(desk, by("ann", "Half past"), number, Edit())
    with pytest.raises(Outdated, match="was changed while it was looked at"):
        start(desk, by("ann", "It will be fine"), read, "2026-01-01T00:00:00Z", ())
    record = begin(desk, by("ann", "The shop is closed today"), number, "shop down")
    assert (record.state, record.values["outlook"]["differing"]) == ("under_way", ["shop down"])
    assert verify(desk.database, number).whole


def test_an_emergency_may_be_approved_afterwards_and_is_reviewed(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = open_change(desk, by("ann"), cis[0], model="emergency").number
    assess(desk, policy, number, found())
    with pytest.raises(Conflict, match="say in a note why it cannot wait"):
        transition(desk, by("ann"), number, "start")
    begin(desk, by("ann", "The shop is down"), number)
    transition(desk, by("ann"), number, "implement")
    with pytest.raises(Conflict) as error:
        transition(desk, by("ann"), number, "close")
    approval, review = error.value.extensions["missing"]
    assert approval.startswith("approval is missing of Change management")
    assert review.startswith("its review is missing")
    assert decide(desk, policy, by("mia"), number, "approved", found("high")).state == "implemented"
    transition(desk, by("ann"), number, "review")
    edit_record(desk, by("ann"), number, Edit(values={"review": {"outcome": "successful", "text": "Held"}}))
    assert transition(desk, by("ann"), number, "close").state == "closed"


def test_only_an_emergency_starts_without_approval(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = open_change(desk, by("ann"), cis[0]).number
    assess(desk, policy, number, found())
    with pytest.raises(Conflict, match="approval is missing of Change management"):
        transition(desk, by("ann", "It cannot wait"), number, "start")


def test_a_failure_is_reviewed_and_no_success(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = awaiting(desk, policy, cis[0])
    approved(desk, policy, number, "mia")
    transition(desk, by("ann"), number, "schedule")
    begin(desk, by("ann"), number)
    for step in ("fail", "back_out", "review"):
        transition(desk, by("ann", "It does not come up"), number, step)
    with pytest.raises(Conflict, match="its review is missing"):
        transition(desk, by("ann"), number, "close")
    review = {"outcome": "successful", "text": "Nobody noticed"}
    edit_record(desk, by("ann"), number, Edit(values={"review": review}))
    with pytest.raises(Conflict, match="its review says successful, but it failed or was backed out"):
        transition(desk, by("ann"), number, "close")
    edit_record(desk, by("ann"), number, Edit(values={"review": {**review, "outcome": "backed out"}}))
    assert transition(desk, by("ann"), number, "close").values["outcome"] == "backed out"


def standard(desk: Desk, policy: ChangePolicy, ci: str, **changed: object) -> str:
    template = policy.models.models["restart"].template
    assert template
    shape = template.model_dump(mode="json")
    steps = [{**step, "cis": [ci]} for step in shape["steps"]]
    plan = plan_of(ci, **{**shape, "steps": steps, **changed})
    return open_change(desk, by("ann"), ci, model="restart", plan=plan).number


def test_a_template_is_approved_in_full_once(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    first = standard(desk, policy, cis[0])
    assess(desk, policy, first, found())
    assert submit(desk, by("ann"), first).state == "awaiting_approval"
    approved(desk, policy, first, "mia")
    second = standard(desk, policy, cis[1])
    told = assessment_of(assess(desk, policy, second, found()))
    assert told and told.authorised_by == first
    assert submit(desk, by("ann"), second).state == "approved"
    riskier = standard(desk, policy, cis[1])
    told = assessment_of(assess(desk, policy, riskier, found("high")))
    assert told and told.authorised_by is None
    other = standard(desk, policy, cis[1], back_out=None)
    told = assessment_of(assess(desk, policy, other, found()))
    assert told and told.authorised_by is None


def test_a_template_has_one_hash_whatever_the_cis_and_the_window(policy: ChangePolicy) -> None:
    from cmdb.changes import Plan

    one, other = (Plan.model_validate(plan_of(ci, begins=timedelta(hours=n))) for n, ci in enumerate("ab"))
    assert template_hash(one) == template_hash(other)
    assert template_hash(one) != template_hash(one.model_copy(update={"back_out": None}))


def test_whoever_alters_record_or_log_is_found_out(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = awaiting(desk, policy, cis[0])
    approved(desk, policy, number, "mia")
    database = desk.database
    database.write(
        lambda tx: tx.run(
            "MATCH (r:Record {number: $n}) SET r.approvals = replace(r.approvals, 'mia', 'max')", n=number
        ).consume()
    )
    assert verify(database, number).altered == ("approvals",)
    database.write(
        lambda tx: tx.run(
            "MATCH (e:LogEntry {record: $n, what: 'approve'}) SET e.by = 'max'", n=number
        ).consume()
    )
    assert verify(database, number).broken_at == 4
