"""Earlier incidents around the same providers, in the same words, of the same kind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import impact.similarity
from cmdb.policy import Policies
from impact.projection import CIRow, Projection, RelationshipRow, build
from impact.similarity import Described, SimilarIncidents, SimilarityRules
from impact.similarity.features import providers
from tests.impact.reaching import random_walk, uuid

RULES = Policies().read(SimilarityRules, Path(impact.similarity.__file__).with_name("similarity.toml"))
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
NAMES = ("core-a", "core-b", "app-1", "app-2", "app-3", "app-4", "site")
NOS = {name: no for no, name in enumerate(NAMES, 1)}


@pytest.fixture
def estate() -> Projection:
    """Two applications on each core, both cores on one site."""
    links = [("app-1", "core-a"), ("app-2", "core-a"), ("app-3", "core-b"), ("app-4", "core-b")]
    links += [("core-a", "site"), ("core-b", "site")]
    cis = [CIRow(no, "server", "operational", name, uuid(no)) for name, no in NOS.items()]
    return build(cis, [RelationshipRow(NOS[a], NOS[b], "runs_on") for a, b in links], {"runs_on": "hard"})


def told(
    number: str, *cis: str, days_ago: float = 10, text: str = "", labels: dict[str, str] | None = None
) -> Described:
    at = NOW - timedelta(days=days_ago)
    return Described(number, at, tuple(uuid(NOS[name]) for name in cis), text, labels or {})


def ask(
    estate: Projection, new: Described, *earlier: Described, most: int = 5, rules: SimilarityRules = RULES
) -> list[str]:
    index = SimilarIncidents(rules)
    index.add(earlier, estate)
    return [similar.number for similar in index.similar(new, estate, most)]


def test_around_the_same_provider(estate: Projection) -> None:
    earlier = [told("near", "app-2"), told("far", "app-3"), told("itself", "app-1"), told("none")]
    new = told("new", "app-1", days_ago=0)
    assert ask(estate, new, *earlier) == ["itself", "near", "far"]


def test_reasons_name_the_provider_and_what_is_the_same(estate: Projection) -> None:
    index = SimilarIncidents(RULES)
    kind = {"category": "network", "subcategory": "dns", "impact": "high"}
    index.add([told("INC-1", "app-2", text="Timeout at checkout", labels=kind)], estate)
    index.add([told("INC-2", "app-4", text="printer jam")], estate)
    new = told("new", "app-1", days_ago=0, text="checkout TIMEOUT!", labels=kind | {"subcategory": "dhcp"})
    first, second = index.similar(new, estate)
    assert first.reasons == [
        "both depend on core-a, site",
        "same category: network",
        "both say timeout, checkout",
    ]
    assert [(ci.name, ci.steps) for ci in first.shared] == [("core-a", 1), ("site", 2)]
    assert (first.labels, first.words) == ({"category": "network"}, ["timeout", "checkout"])
    assert (second.number, second.reasons) == ("INC-2", ["both depend on site"])
    assert first.parts.graph is not None and second.parts.graph is not None
    assert first.parts.graph > second.parts.graph


@pytest.mark.parametrize(
    ("then", "now", "reason"),
    [
        ("core-a", "core-a", "both hit core-a"),
        ("app-1", "core-a", "then hit were dependents of core-a"),
        ("core-a", "app-1", "now hit are dependents of what was hit then: core-a"),
        ("app-2", "app-1", "both depend on core-a, site"),
    ],
)
def test_how_a_provider_is_shared(estate: Projection, then: str, now: str, reason: str) -> None:
    index = SimilarIncidents(RULES)
    index.add([told("INC-1", then)], estate)
    (similar,) = index.similar(told("new", now, days_ago=0), estate)
    assert similar.reasons[0] == reason


def test_only_earlier_ones_and_not_itself(estate: Projection) -> None:
    new = told("new", "app-1", days_ago=5)
    others = [told("later", "app-1", days_ago=1), told("same time", "app-1", days_ago=5), new]
    assert ask(estate, new, *others, told("earlier", "app-1", days_ago=6)) == ["earlier"]


def test_of_equals_the_latest_comes_first(estate: Projection) -> None:
    timeless = RULES.model_copy(update={"recency": RULES.recency.model_copy(update={"weight": 0.0})})
    earlier = [told(f"{days} days", "app-1", days_ago=days) for days in (30, 5, 90, 60)]
    new = told("new", "app-1", days_ago=0)
    assert ask(estate, new, *earlier, most=3, rules=timeless) == ["5 days", "30 days", "60 days"]


def test_age_takes_away_what_the_rules_say(estate: Projection) -> None:
    index = SimilarIncidents(RULES)
    index.add([told("old", "app-1", days_ago=30)], estate)
    (similar,) = index.similar(told("new", "app-1", days_ago=0), estate)
    assert similar.parts.recency == pytest.approx(0.75)  # half of the half that age may take
    assert similar.score == pytest.approx(similar.parts.recency * (similar.parts.graph or 0))


def test_a_later_version_replaces_the_earlier(estate: Projection) -> None:
    index = SimilarIncidents(RULES)
    index.add([told("INC-1", text="disk full")], estate)
    index.add([told("INC-1", text="printer jam")], estate)
    assert len(index) == 1 and "INC-1" in index and "INC-2" not in index
    assert index.similar(told("new", days_ago=0, text="disk full"), estate) == []
    assert [s.number for s in index.similar(told("new", days_ago=0, text="printer"), estate)] == ["INC-1"]


def test_one_added_later_is_found_as_if_it_had_been_there(estate: Projection) -> None:
    earlier = [
        told(f"INC-{at}", f"app-{at % 4 + 1}", days_ago=at, text=f"error {at % 3}") for at in range(1, 30)
    ]
    at_once, step_by_step = SimilarIncidents(RULES), SimilarIncidents(RULES)
    at_once.add(earlier, estate)
    for incident in earlier:
        step_by_step.add([incident], estate)
    new = told("new", "app-1", days_ago=0, text="error 2")
    assert at_once.similar(new, estate) == step_by_step.similar(new, estate)


def test_nothing_in_common_is_not_similar(estate: Projection) -> None:
    assert ask(estate, told("new", days_ago=0, text="disk"), told("old", text="printer")) == []
    assert ask(estate, told("new", days_ago=0), told("old", "app-1", text="printer")) == []
    assert ask(estate, told("new", "app-1", days_ago=0)) == []


def test_a_label_that_no_rule_names_does_not_count(estate: Projection) -> None:
    new = told("new", days_ago=0, labels={"colour": "red"})
    assert ask(estate, new, told("old", labels={"colour": "red"})) == []


def test_a_ci_that_has_left_is_no_reason_but_no_error(estate: Projection) -> None:
    index = SimilarIncidents(RULES)
    index.add([told("INC-1", "app-2")], estate)
    less = build([CIRow(NOS["app-1"], "server", "operational", "app-1", uuid(NOS["app-1"]))], [], {})
    assert index.similar(told("new", "app-1", days_ago=0), less) == []
    assert index.similar(told("new", "app-2", days_ago=0), less) == []


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_providers_and_distances_agree_with_networkx(rng: Random) -> None:
    case = random_walk(rng)
    steps = rng.randint(0, 4)
    starts = rng.sample(case.inside, min(len(case.inside), rng.randint(0, 3)))
    lengths = [nx.single_source_shortest_path_length(case.graph, no, cutoff=steps) for no in starts]
    expected: dict[int, int] = {}
    for some in lengths:
        for no, distance in some.items():
            expected[no] = min(distance, expected.get(no, distance))
    nos, distances = providers(case.projection, [*map(uuid, starts), uuid(999)], steps)
    assert dict(zip(nos.tolist(), distances.tolist(), strict=True)) == expected


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_scores_lie_between_0_and_1_and_fall(rng: Random) -> None:
    case = random_walk(rng)
    incidents = [
        Described(
            f"INC-{at}",
            NOW - timedelta(days=rng.randint(0, 50)),
            tuple(map(uuid, rng.sample(case.inside, min(len(case.inside), rng.randint(0, 2))))),
            " ".join(rng.choices(("disk", "full", "slow", "down"), k=rng.randint(0, 4))),
            {"category": rng.choice("ab")},
        )
        for at in range(12)
    ]
    index = SimilarIncidents(RULES)
    index.add(incidents, case.projection)
    for incident in incidents:
        found = index.similar(incident, case.projection, most=20)
        scores = [similar.score for similar in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert all(similar.at < incident.at and similar.reasons for similar in found)
