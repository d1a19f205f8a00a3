from dataclasses import replace

import pytest

from cmdb.errors import Conflict, Invalid, InvalidInput
from cmdb.history import baselines, latest
from cmdb.records import (
    Desk,
    Edit,
    Related,
    edit_record,
    open_record,
    read_log,
    transition,
)
from cmdb.releases import begin_wave, confirm, deploy, end_wave, finish, reverse
from cmdb.store import Store, Target, update_cis
from tests.cmdb.releases.discovering import look
from tests.cmdb.releases.releasing import ANN, MAX, PASSED, approved, planned, submitted, versions, waves


def deployed(desk: Desk, store: Store, cis: list[str]) -> str:
    number = approved(desk, *cis)
    deploy(desk, ANN, number)
    for name in ("one", "two"):
        begin_wave(desk, ANN, number)
        look(store, **{name: "2.0"})
        end_wave(desk, ANN, number, "succeeded")
    finish(desk, ANN, number)
    return number


def reversing(desk: Desk, store: Store, cis: list[str]) -> str:
    number = deployed(desk, store, cis)
    transition(desk, ANN, number, "fail")
    reverse(desk, ANN, number)
    return number


def test_nothing_is_submitted_without_evidence_or_with_a_test_that_was_not_passed(
    desk: Desk, cis: list[str]
) -> None:
    number = planned(desk, *cis).number
    transition(desk, ANN, number, "build")
    with pytest.raises(Conflict, match="build is missing"):
        transition(desk, ANN, number, "test")
    transition(desk, ANN, number, "test", Edit(values={"build": "shop-2.0.tar"}))
    with pytest.raises(Conflict, match="test is missing"):
        transition(desk, ANN, number, "submit")
    failed = {"tests": [*PASSED["tests"], {"name": "load", "passed": False, "evidence": "run 43"}]}
    with pytest.raises(Conflict, match="not passed: load"):
        transition(desk, ANN, number, "submit", Edit(values={"test": failed}))
    bare = {"tests": [{"name": "load", "passed": True, "evidence": " "}]}
    with pytest.raises(Invalid, match="evidence"):
        transition(desk, ANN, number, "submit", Edit(values={"test": bare}))
    assert transition(desk, ANN, number, "submit", Edit(values={"test": PASSED})).state == "awaiting_approval"


def test_waves_and_links_have_exactly_the_cis_of_the_versions(desk: Desk, cis: list[str]) -> None:
    number = planned(desk, *cis, waves=waves(cis[0])).number
    edit_record(desk, ANN, number, Edit(unlinked=frozenset(cis[1:])))
    with pytest.raises(Conflict, match=f"other CIs than it is linked to as released .{cis[1]}"):
        transition(desk, ANN, number, "build")
    edit_record(desk, ANN, number, Edit(links={cis[1]: "released"}))
    transition(desk, ANN, number, "build")
    transition(desk, ANN, number, "test", Edit(values={"build": "shop-2.0.tar"}))
    with pytest.raises(Conflict, match=f"its waves have other CIs than its versions .{cis[1]}"):
        transition(desk, ANN, number, "submit", Edit(values={"test": PASSED}))
    with pytest.raises(Invalid, match="is named twice"):
        edit_record(desk, ANN, number, Edit(values={"waves": waves(cis[0], cis[0])}))


def test_who_had_a_hand_in_it_does_not_approve(desk: Desk, cis: list[str]) -> None:
    number = submitted(desk, *cis)
    ann = replace(ANN, actor=replace(ANN.actor, role=MAX.actor.role))
    with pytest.raises(Conflict, match="ann asked for it or wrote what is in it"):
        transition(desk, ann, number, "approve")
    transition(desk, MAX, number, "reject")
    edit_record(desk, MAX, number, Edit(values={"versions": versions(*cis, after="2.1")}))
    transition(desk, ANN, number, "test")
    with pytest.raises(Conflict, match="its evidence is of an earlier build"):
        transition(desk, ANN, number, "submit")
    again = {"tests": [{"name": "smoke", "passed": True, "evidence": "run 43"}]}
    transition(desk, ANN, number, "submit", Edit(values={"test": again}))
    with pytest.raises(Conflict, match="max asked for it or wrote what is in it"):
        transition(desk, MAX, number, "approve")


def test_what_is_deployed_is_what_was_approved(desk: Desk, cis: list[str]) -> None:
    change = open_record(desk, ANN, "change", Edit(values={"title": "Install it"})).number
    includes = frozenset({Related("includes", change)})
    number = submitted(desk, *cis)
    with pytest.raises(Conflict, match="cannot be altered as it is approved"):
        transition(desk, MAX, number, "approve", Edit(related=includes))
    transition(desk, MAX, number, "approve")
    with pytest.raises(Invalid, match="cannot be changed while"):
        edit_record(desk, ANN, number, Edit(values={"versions": versions(*cis)}))
    with pytest.raises(InvalidInput, match=r"The CIs of .* cannot be changed"):
        edit_record(desk, ANN, number, Edit(unlinked=frozenset(cis)))
    edit_record(desk, ANN, number, Edit(related=includes))
    with pytest.raises(Conflict, match="its changes are not those that were approved"):
        deploy(desk, ANN, number)
    edit_record(desk, ANN, number, Edit(unrelated=includes))
    assert deploy(desk, ANN, number).state == "deploying"


def test_nothing_is_deployed_while_a_change_of_it_is_not_approved(desk: Desk, cis: list[str]) -> None:
    change = open_record(desk, ANN, "change", Edit(values={"title": "Install it"})).number
    number = planned(desk, *cis).number
    edit_record(desk, ANN, number, Edit(related=frozenset({Related("includes", change)})))
    transition(desk, ANN, number, "build")
    transition(desk, ANN, number, "test", Edit(values={"build": "shop-2.0.tar"}))
    transition(desk, ANN, number, "submit", Edit(values={"test": PASSED}))
    transition(desk, MAX, number, "approve")
    with pytest.raises(Conflict, match=f"{change} is draft"):
        deploy(desk, ANN, number)
    assert baselines(desk.database) == []


def test_baselines_are_set_as_deployment_begins_and_after_it(
    desk: Desk, store: Store, cis: list[str]
) -> None:
    number = approved(desk, *cis)
    with pytest.raises(Conflict, match="no baseline is set"):
        transition(desk, ANN, number, "deploy")
    before = latest(store.database).seq
    record = deploy(desk, ANN, number)
    assert record.values["baseline_before"] == f"{number}-before"
    assert [(one.name, one.seq) for one in baselines(store.database)] == [(f"{number}-before", before)]
    for _ in cis:
        begin_wave(desk, ANN, number)
        end_wave(desk, ANN, number, "succeeded")
    with pytest.raises(Conflict, match="no baseline is set"):
        transition(desk, ANN, number, "finish")
    assert finish(desk, ANN, number).values["baseline_after"] == f"{number}-after"
    assert [one.name for one in baselines(store.database)] == [f"{number}-before", f"{number}-after"]


def test_a_wave_begins_only_when_the_last_one_has_worked(desk: Desk, cis: list[str]) -> None:
    number = approved(desk, *cis)
    with pytest.raises(Conflict, match="is approved, not deploying"):
        begin_wave(desk, ANN, number)
    deploy(desk, ANN, number)
    with pytest.raises(Conflict, match=r"The next wave of .* is wave 1, not wave 2"):
        begin_wave(desk, ANN, number, "wave 2")
    with pytest.raises(Conflict, match="No wave of"):
        end_wave(desk, ANN, number, "succeeded")
    begin_wave(desk, ANN, number, "wave 1")
    with pytest.raises(Conflict, match=r"Wave wave 1 of .* is under way"):
        begin_wave(desk, ANN, number)
    with pytest.raises(InvalidInput, match="why the wave failed"):
        end_wave(desk, replace(ANN, note=" "), number, "failed")
    end_wave(desk, ANN, number, "failed")
    with pytest.raises(Conflict, match=r"The next wave of .* is wave 1, not wave 2"):
        begin_wave(desk, ANN, number, "wave 2")
    begin_wave(desk, ANN, number)
    end_wave(desk, ANN, number, "succeeded")
    with pytest.raises(Conflict, match="not deployed yet: wave 2"):
        finish(desk, ANN, number)
    begin_wave(desk, ANN, number)
    end_wave(desk, ANN, number, "succeeded")
    with pytest.raises(Conflict, match=r"All waves of .* have worked"):
        begin_wave(desk, ANN, number)
    assert finish(desk, ANN, number).state == "deployed"
    told = [one.entry.what for one in read_log(desk.database, number)]
    assert told[5:] == [
        *("deploy", "begin_wave", "wave_failed", "begin_wave", "wave_succeeded"),
        *("begin_wave", "wave_succeeded", "finish"),
    ]


def test_only_discovery_confirms_that_a_release_is_reversed(desk: Desk, store: Store, cis: list[str]) -> None:
    number = deployed(desk, store, cis)
    with pytest.raises(Conflict, match="is deployed"):
        reverse(desk, ANN, number)
    transition(desk, ANN, number, "fail")
    with pytest.raises(Conflict, match="it is Linchpin that says what is expected"):
        transition(desk, ANN, number, "reverse")
    record = reverse(desk, ANN, number)
    assert [(one["name"], one["value"]) for one in record.values["expected"]["expected"]] == [
        ("one", "1.0"),
        ("two", "1.0"),
    ]
    with pytest.raises(Conflict, match="only discovery confirms it"):
        transition(desk, MAX, number, "confirm")
    with pytest.raises(Conflict, match=r"no source has seen version of one since .*; no source has seen"):
        confirm(desk, ANN, number)
    update_cis(store, ANN.author, [(Target(ci), {"version": "1.0"}) for ci in cis])
    with pytest.raises(Conflict, match="no source has seen version of one since"):
        confirm(desk, MAX, number)
    look(store, one="1.0", two="2.0")
    with pytest.raises(Conflict, match=r"version of two is 2.0 by ansible/two, not 1.0"):
        confirm(desk, ANN, number)
    look(store, one="1.0", two="1.0")
    record = confirm(desk, ANN, number)
    assert record.state == "reversed"
    assert record.values["confirmation"]["sources"] == ["ansible/one", "ansible/two"]
    assert record.values["baseline_reversed"] in {one.name for one in baselines(store.database)}


def test_what_discovery_sees_unchanged_counts_as_seen(desk: Desk, store: Store, cis: list[str]) -> None:
    number = approved(desk, *cis)
    deploy(desk, ANN, number)
    begin_wave(desk, ANN, number)
    transition(desk, ANN, number, "fail")
    reverse(desk, ANN, number)
    with pytest.raises(Conflict, match="no source has seen"):
        confirm(desk, ANN, number)
    look(store, one="1.0", two="1.0")
    assert confirm(desk, ANN, number).state == "reversed"


def test_all_sources_that_have_looked_must_agree(desk: Desk, store: Store, cis: list[str]) -> None:
    look(store, "netbox", one="1.0")
    number = reversing(desk, store, cis)
    look(store, one="1.0", two="1.0")
    look(store, "netbox", one="2.0")
    with pytest.raises(Conflict, match=r"version of one is 2.0 by netbox/one, not 1.0"):
        confirm(desk, ANN, number)
    look(store, "netbox", one="1.0")
    assert confirm(desk, ANN, number).state == "reversed"


def test_what_was_reversed_is_investigated_and_its_review_says_so(
    desk: Desk, store: Store, cis: list[str]
) -> None:
    number = reversing(desk, store, cis)
    look(store, one="1.0", two="1.0")
    confirm(desk, ANN, number)
    with pytest.raises(Conflict, match="review is missing; no problem is related as `investigated_by`"):
        transition(desk, ANN, number, "close")
    problem = open_record(desk, ANN, "problem", Edit(values={"title": "Why 2.0 failed"})).number
    related = frozenset({Related("investigated_by", problem)})
    review = {"review": {"outcome": "successful", "text": "It went well"}}
    with pytest.raises(Conflict, match="its review says successful, but it was reversed"):
        transition(desk, ANN, number, "close", Edit(values=review, related=related))
    review = {
        "review": {"outcome": "reversed", "text": "The schema did not fit", "lessons": "Test with data"}
    }
    record = transition(desk, ANN, number, "close", Edit(values=review, related=related))
    assert (record.state, record.values["outcome"]) == ("closed", "reversed")


def test_a_review_does_not_call_reversed_what_was_not(desk: Desk, store: Store, cis: list[str]) -> None:
    number = deployed(desk, store, cis)
    review = {"review": {"outcome": "reversed", "text": "It went well"}}
    with pytest.raises(Conflict, match="its review says reversed, but it was not reversed"):
        transition(desk, ANN, number, "close", Edit(values=review))
