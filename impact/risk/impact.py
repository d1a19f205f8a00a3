"""What a change does to services, in points."""

from collections.abc import Iterator

from impact.answer.text import listing
from impact.risk.answer import Factor
from impact.risk.facts import CONDITIONS, Effect, Facts, Service
from impact.risk.policy import ImpactPolicy

SHOWN = 3


def impact_factors(facts: Facts, policy: ImpactPolicy) -> tuple[Factor, ...]:
    """One factor for each condition of services if all goes as planned, and one for the worst case."""
    return (*_planned(facts.planned, policy), _worst_case(facts.worst_case, policy))


def _planned(effect: Effect | None, policy: ImpactPolicy) -> tuple[Factor, ...]:
    if effect is None:
        return (_unknown("planned", policy, 1.0, "Nobody has worked out what the change does as planned"),)
    return tuple(_conditions(effect, policy))


def _conditions(effect: Effect, policy: ImpactPolicy) -> Iterator[Factor]:
    for condition in CONDITIONS:
        services, most = effect.services(condition), policy.points[condition]
        share = max((policy.share(one.criticality) for one in services), default=0.0)
        full = policy.criticality["critical"]
        certain = share == full or all(policy.knows(one.criticality) for one in services)
        yield Factor(
            name=condition,
            points=round(most * share, 1),
            maximum=round(most * full, 1),
            known=certain,
            text=f"{_named(services, policy)} {condition}",
        )


def _worst_case(effect: Effect | None, policy: ImpactPolicy) -> Factor:
    share = policy.worst_case
    if effect is None:
        return _unknown("worst_case", policy, share, "Nobody has worked out what the worst case does")
    factors = tuple(_conditions(effect, policy))
    worst = max(factors, key=lambda factor: factor.points)
    return Factor(
        name="worst_case",
        points=round(worst.points * share, 1),
        maximum=round(policy.greatest * share, 1),
        known=all(factor.known for factor in factors),
        text=f"In the worst case: {worst.text}; {share:.0%} of {worst.points:g}",
    )


def _unknown(name: str, policy: ImpactPolicy, share: float, text: str) -> Factor:
    return Factor(
        name=name,
        points=round(policy.prior * share, 1),
        maximum=round(policy.greatest * share, 1),
        known=False,
        text=text,
    )


def _named(services: tuple[Service, ...], policy: ImpactPolicy) -> str:
    def worst_first(service: Service) -> tuple[float, str, str]:
        return -policy.share(service.criticality), service.name, service.criticality or ""

    ordered = sorted(services, key=worst_first)
    told = (f"{one.name} ({one.criticality or 'criticality unknown'})" for one in ordered)
    return listing(told, SHOWN) if services else "No service"
