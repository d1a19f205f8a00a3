"""What holds in every graph, after whatever was written."""

from cmdb.history import Draft, revise
from cmdb.reconciliation.observation import GROUP_TERMS
from cmdb.reconciliation.settlement import labels, settle
from cmdb.store import Store
from tests.cmdb.graphs import AUTHOR, graph


def assert_follows_records(store: Store) -> None:
    """The graph is what its records say, and keeps to the shape that docs/graph.md gives it."""
    assert_settled(store)
    assert_labels(store)
    assert_records_have_their_place(store)
    assert_nobody_awaits_what_is_there(store)
    assert_groups_agree(store)
    assert_relationships_join_current_cis(store)


def assert_settled(store: Store) -> None:
    """Settling all CIs again changes nothing."""
    before = graph(store.database)
    ids = [subject for _, subject in before if " " not in subject]

    def again(draft: Draft) -> None:
        settle(draft, store.catalogue, ids, ids)

    assert revise(store.database, AUTHOR, again)[1] is None
    assert graph(store.database) == before


def assert_labels(store: Store) -> None:
    rows = store.database.read("MATCH (ci:CI|RetiredCI) RETURN properties(ci), labels(ci)")
    for properties, told in rows:
        assert set(told) == set(labels(store.catalogue, properties))


def assert_records_have_their_place(store: Store) -> None:
    """A record describes one CI, or is pending."""
    assert not store.database.read(
        """
        MATCH (record:SourceRecord)
        WITH record, COUNT { (record)-[:DESCRIBES]->() } AS described
        WHERE described + CASE WHEN record:Pending THEN 1 ELSE 0 END <> 1
        RETURN record
        """
    )


def assert_nobody_awaits_what_is_there(store: Store) -> None:
    """A record awaits only what is not there, and only on behalf of a current CI."""
    assert not store.database.read(
        """
        MATCH (record)-[:AWAITS]->(target)
        WHERE EXISTS { (target)-[:DESCRIBES]->(:CI) } OR NOT EXISTS { (record)-[:DESCRIBES]->(:CI) }
        RETURN record, target
        """
    )


def assert_groups_agree(store: Store) -> None:
    terms = ", ".join(f"r.{term}" for term in GROUP_TERMS)
    assert not store.database.read(
        f"""
        MATCH (dependent:CI)-[r]->(:CI) WHERE r.group IS NOT NULL
        WITH dependent, r.group AS group, collect(DISTINCT [{terms}]) AS terms
        WHERE size(terms) > 1
        RETURN dependent, group, terms
        """
    )


def assert_relationships_join_current_cis(store: Store) -> None:
    assert not store.database.read(
        "MATCH (a)-[r]->(b) WHERE (a:CI OR a:RetiredCI OR b:CI OR b:RetiredCI) AND NOT (a:CI AND b:CI) "
        "AND NOT type(r) IN ['DESCRIBES'] RETURN r"
    )
