"""The impact that the graph proposes."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.policy import Policies
from cmdb.priorities import AffectedService, Criticality, ServiceState, load_priorities, propose_impact
from cmdb.priorities.declarations import ThresholdDeclaration

RULE = load_priorities(Policies()).proposal
CRITICALITIES: tuple[Criticality | None, ...] = ("critical", "high", "medium", "low", None)
STATES: tuple[ServiceState, ...] = ("down", "interrupted", "degraded", "at_risk")
IMPACTS = ("low", "medium", "high")

THRESHOLDS = ThresholdDeclaration(high=100, medium=29)

affected = st.lists(
    st.builds(
        AffectedService,
        name=st.sampled_from("abcdefgh"),
        criticality=st.sampled_from(CRITICALITIES),
        users=st.none() | st.integers(0, 3000),
        state=st.sampled_from(STATES),
    ),
    max_size=6,
)


def points(service: AffectedService) -> Fraction:
    """By the words of the shipped file."""
    weight = {"critical": 100, "high": 50, "medium": 20, "low": 5, None: 20}[service.criticality]
    share = {"down": "1", "interrupted": "0.8", "degraded": "0.5", "at_risk": "0.1"}[service.state]
    users = service.users or 0
    return weight * Fraction(share) * (2 if users >= 1000 else Fraction("1.5") if users >= 100 else 1)


@given(affected)
def test_the_level_follows_from_the_sum_of_points(services: list[AffectedService]) -> None:
    total = sum(map(points, services), Fraction())
    proposal = propose_impact(RULE, services)
    assert proposal.points == pytest.approx(float(total))
    expected = "high" if total >= 100 else "medium" if total >= 30 else "low"
    assert proposal.impact == expected


@given(affected)
def test_those_that_decide_are_the_fewest_that_make_the_level(services: list[AffectedService]) -> None:
    proposal = propose_impact(RULE, services)
    needed = {"high": 100, "medium": 30, "low": 0}[proposal.impact]
    fewest = next(
        count
        for count in range(len(services) + 1)
        if any(sum(map(points, some)) >= needed for some in combinations(services, count))
    )
    assert len(proposal.deciding) == fewest


@given(affected)
def test_the_order_of_the_services_does_not_matter(services: list[AffectedService]) -> None:
    assert propose_impact(RULE, services[::-1]).points == propose_impact(RULE, services).points
    assert propose_impact(RULE, sorted(services, key=str)).impact == propose_impact(RULE, services).impact


@given(affected.filter(bool))
def test_it_never_falls_when_a_service_gets_worse(services: list[AffectedService]) -> None:
    first, *others = services
    levels = [
        IMPACTS.index(propose_impact(RULE, [first._replace(state=state), *others]).impact)
        for state in reversed(STATES)
    ]
    assert levels == sorted(levels)


def test_nothing_affected_is_low() -> None:
    assert propose_impact(RULE, []).impact == "low"


def test_the_reason_names_who_decided() -> None:
    services = [
        AffectedService("Wiki", "low", None, "down"),
        AffectedService("Payroll", "critical", 200, "degraded"),
        AffectedService("Shop", "high", None, "down"),
    ]
    proposal = propose_impact(RULE, services)
    assert proposal.reason == "high: 130 points, already by Payroll degraded (75), Shop down (50)"
    assert propose_impact(RULE, services[:1]).reason == "low: 5 points by 1 service"


def test_what_decimals_come_to_reaches_the_threshold() -> None:
    exact = RULE.model_copy(update={"state": {"down": 0.29}, "thresholds": THRESHOLDS})
    assert propose_impact(exact, [AffectedService("Shop", "critical", None, "down")]).impact == "medium"
