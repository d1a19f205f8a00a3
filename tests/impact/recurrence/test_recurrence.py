"""What recurs is found, once, and chance is not."""

from datetime import timedelta
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from impact.recurrence import Occurrence, Period, Recurrence, recurrence
from tests.impact.reaching import number, random_walk, uuid
from tests.impact.recurrence.incidents import RULES, SINCE, YEAR, Log, estate

LENIENT = RULES.model_copy(update={"false_discovery_rate": 0.99, "at_least": 2, "at_least_times": 1.0})


def found(answer: Recurrence) -> list[tuple[str, str]]:
    return [(one.name, one.kind) for one in answer.found]


def ask(log: Log, **shape: int) -> Recurrence:
    return recurrence(estate(**shape), log.incidents, YEAR, RULES)


def test_a_ci_that_keeps_failing() -> None:
    log = Log(estate())
    log.spread(200, "app")
    for _ in range(12):
        log.hit("app-3-1-2")
    answer = ask(log)
    assert found(answer) == [("app-3-1-2", "ci")]
    assert answer.found[0].incidents >= 12
    assert answer.found[0].times == pytest.approx(answer.found[0].incidents / answer.found[0].expected)


def test_a_provider_whose_dependents_fail_now_here_now_there() -> None:
    log = Log(estate())
    log.spread(300, "app")
    for place in range(40):
        log.hit(f"app-6-{place % 5}-{place // 5}")
    answer = ask(log)
    assert found(answer) == [("rack-6", "provider")]
    told = answer.found[0]
    assert told.exposed == 1 + 5 + 40
    assert told.expected == pytest.approx(340 * 40 / 400)


def test_the_most_specific_provider_is_told() -> None:
    """Each application of one host fails twice: the host is told, neither its rack nor its applications."""
    log = Log(estate())
    log.spread(150, "app")
    for place in range(24):
        log.hit(f"app-4-2-{place % 8}")
    assert found(ask(log)) == [("host-4-2", "provider")]


def test_a_worse_ci_beneath_a_bad_provider_is_told_too() -> None:
    log = Log(estate())
    log.spread(400, "app")
    for place in range(80):
        log.hit(f"app-6-{place % 5}-{place // 5 % 8}")
    for _ in range(25):
        log.hit("app-6-3-3")
    assert sorted(found(ask(log))) == [("app-6-3-3", "ci"), ("rack-6", "provider")]


def test_a_provider_above_several_bad_ones_is_not_told() -> None:
    log = Log(estate(racks=20))
    log.spread(300, "app")
    for host in ("app-2-0", "app-2-1"):
        for place in range(48):
            log.hit(f"{host}-{place % 8}")
    answer = recurrence(estate(racks=20), log.incidents, YEAR, RULES)
    assert sorted(found(answer)) == [("host-2-0", "provider"), ("host-2-1", "provider")]


def test_a_noisy_class_has_its_own_base_rate() -> None:
    """Pods fail a hundred times as often as applications, and none of them is remarkable."""
    log = Log(estate(pods=20))
    log.spread(100, "app")
    log.spread(1000, "pod")
    assert found(ask(log, pods=20)) == []


def test_one_incident_counts_once_however_many_cis_it_hit() -> None:
    log = Log(estate())
    log.spread(200, "app")
    everything = [name for name in log.ids if name.startswith("app-7")]
    log.hit(*everything)
    assert found(ask(log)) == []


def test_what_explains_the_same_incidents_is_named() -> None:
    """A rack with a single host: nothing tells which of the two it is."""
    log = Log(estate(racks=60, hosts=1))
    log.spread(200, "app")
    for place in range(24):
        log.hit(f"app-9-0-{place % 8}")
    answer = ask(log, racks=60, hosts=1)
    assert found(answer) == [("host-9-0", "provider")]
    assert [other.name for other in answer.found[0].same] == ["rack-9"]


def test_what_is_outside_is_counted_and_left_out() -> None:
    log = Log(estate())
    log.hit("app-1-1-1", at=YEAR.until)  # the end is not part of the period
    log.hit("app-1-1-1", at=YEAR.since)
    log.incidents.append(Occurrence("INC-9", YEAR.since, ("no id",)))
    log.incidents.append(Occurrence("INC-10", YEAR.since, (uuid(10**6), log.ids["app-1-1-2"])))
    log.incidents.append(log.incidents[1])  # told twice
    answer = ask(log)
    assert (answer.incidents, answer.left_out) == (2, 1)


def test_no_incidents_at_all() -> None:
    answer = recurrence(estate(), [], YEAR, RULES)
    assert (answer.incidents, answer.found, answer.bursts) == (0, [], [])


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidInput, match="before it begins"):
        Period(SINCE, SINCE - timedelta(days=1))


def test_chance_is_seldom_taken_for_recurrence() -> None:
    """Of 200 years of chance at most one in twenty may hold a discovery; the bound leaves room for luck."""
    projection = estate(racks=5, pods=40)
    wrong = 0
    for seed in range(200):
        log = Log(projection, seed)
        log.spread(120, "app", most=3)
        log.spread(300, "pod")
        log.spread(20, "host")
        wrong += bool(recurrence(projection, log.incidents, YEAR, RULES).found)
    assert wrong <= 20


def test_planted_recurrence_is_found_among_little_else() -> None:
    """Sixteen hosts of 250 and eight applications fail much more often than the others."""
    projection = estate(racks=50)
    log = Log(projection, 7)
    log.spread(1000, "app")
    planted = set()
    for rack in range(16):
        planted.add((f"host-{rack}-2", "provider"))
        for place in range(24):
            log.hit(f"app-{rack}-2-{place % 8}")
    for rack in range(20, 28):
        planted.add((f"app-{rack}-1-1", "ci"))
        for _ in range(10):
            log.hit(f"app-{rack}-1-1")
    told = set(found(recurrence(projection, log.incidents, YEAR, RULES)))
    assert told >= planted
    assert len(told - planted) <= 2


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_counts_agree_with_networkx_on_graphs_with_cycles(rng: Random) -> None:
    case = random_walk(rng)
    if not case.inside:
        return
    bad = rng.choice(case.inside)
    hit = [[bad] if rng.random() < 0.5 else rng.sample(case.inside, 1) for _ in range(30)]
    incidents = [
        Occurrence(f"{at:03}", SINCE + timedelta(days=at), tuple(map(uuid, cis)))
        for at, cis in enumerate(hit)
    ]
    answer = recurrence(case.projection, incidents, YEAR, LENIENT)
    for told in answer.found:
        no = number(told.id)
        members = {no} | (nx.ancestors(case.graph, no) if told.kind == "provider" else set())
        numbers = [f"{at:03}" for at, cis in enumerate(hit) if members & set(cis)]
        assert told.numbers == numbers
        assert told.incidents == len(numbers) > told.expected
        assert told.exposed == len(members)
        assert told.hit == len(members & {ci for cis in hit for ci in cis})
        assert 0 <= told.p_value <= 1
    assert len({(told.id, told.kind) for told in answer.found}) == len(answer.found)
