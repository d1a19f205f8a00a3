"""Where CIs stand against shortest paths in networkx."""

from random import Random

import networkx as nx
import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.catalogue import load_catalogue
from impact.answer.sites import NOWHERE, SEVERAL, sites
from impact.projection import CIRow, Projection, RelationshipRow, build

CATALOGUE = load_catalogue()
TYPES = ("located_in", "runs_on", "composed_of", "depends_on", "linked_to")
PLACING = TYPES[:3]


def random_estate(rng: Random) -> tuple[list[CIRow], list[RelationshipRow]]:
    nos = rng.sample(range(1, 60), rng.randint(1, 12))
    cis = [CIRow(no, rng.choice(("server", "rack", "site")), "operational") for no in nos]
    rows = [
        RelationshipRow(rng.choice(nos), rng.choice(nos), rng.choice(TYPES), rng.choice((None, "g")))
        for _ in range(rng.randint(0, 30))
    ]
    return cis, list({(row.dependent, row.provider, row.type, row.group): row for row in rows}.values())


def site_of(cis: list[CIRow], rows: list[RelationshipRow], no: int) -> int:
    """The nearest site by definition; ways do not lead through sites."""
    known = {ci.no for ci in cis if ci.class_ == "site"}
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(ci.no for ci in cis)
    graph.add_edges_from(
        (row.dependent, row.provider) for row in rows if row.type in PLACING and row.dependent not in known
    )
    distance = nx.single_source_shortest_path_length(graph, no)
    near = {site: distance[site] for site in known & distance.keys()}
    nearest = [site for site, steps in near.items() if steps == min(near.values())]
    return SEVERAL if len(nearest) > 1 else nearest[0] if nearest else NOWHERE


def found(projection: Projection, nos: list[int]) -> list[int]:
    told = sites(projection, CATALOGUE, projection.cis.find(nos))
    return [int(projection.cis.no[told.cis[at]]) if at >= 0 else at for at in told.of.tolist()]


@settings(max_examples=1500, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_sites_are_the_nearest(seed: int) -> None:
    rng = Random(seed)
    cis, rows = random_estate(rng)
    projection = build(cis, rows, dict.fromkeys(TYPES, "hard") | {"linked_to": "none"})
    for _ in range(3):
        nos = rng.sample([ci.no for ci in cis], rng.randint(0, len(cis)))
        assert found(projection, nos) == [site_of(cis, rows, no) for no in nos]
    with projection.scratch.borrow() as scratch:
        assert not np.any(scratch.seen)


def test_a_site_known_by_id_is_found_again() -> None:
    ids = {no: f"00000000-0000-0000-0000-{no:012d}" for no in (1, 2, 3)}
    cis = [CIRow(1, "site", "operational", id=ids[1]), *(CIRow(no, "rack", "operational") for no in (2, 3))]
    projection = build(cis, [RelationshipRow(2, 1, "located_in")], {"located_in": "hard"})
    told = sites(projection, CATALOGUE, projection.cis.find((1, 2, 3)))
    assert told.among(frozenset({ids[1]}), projection).tolist() == [True, True, False]
    assert told.among(frozenset({ids[2]}), projection).tolist() == [False, False, False]
