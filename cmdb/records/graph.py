"""Records in the graph: the nodes, and the relationships that follow from what they say."""

from collections.abc import Collection, Iterable, Sequence

from cmdb.errors import NotFound
from cmdb.history import Draft
from cmdb.history import Kind as Subject
from cmdb.records.life_cycle import LifeCycle
from cmdb.records.record import CILink, Record, Related, properties, record_of


def lock(draft: Draft, numbers: Iterable[str]) -> dict[str, Record]:
    """Hold other writers off some records; those that are there, by number.

    What is written to take the lock never changes: Neo4j may have read it before it waited.
    """
    rows = draft.run(
        """
        MATCH (record:Record) WHERE record.number IN $numbers
        WITH record ORDER BY record.number
        SET record.created = record.created
        RETURN properties(record) AS record
        """,
        numbers=sorted(numbers),
    )
    return {row["record"]["number"]: record_of(row["record"]) for row in rows}


def create(draft: Draft, cycle: LifeCycle, records: Sequence[Record]) -> None:
    """Write new records of one kind; raises NotFound for a CI or a record that is not there."""
    draft.created()
    draft.run(
        "UNWIND $rows AS row CREATE (record:Record:$($label)) SET record = row",
        label=cycle.label,
        rows=[properties(record) for record in records],
    )
    _link(draft, [(record.number, link) for record in records for link in record.links])
    _relate(draft, cycle, [(record.number, one) for record in records for one in record.related])


def replace(draft: Draft, cycle: LifeCycle, before: Record, after: Record) -> None:
    """Write a locked record anew; raises as `create`."""
    draft.changed(Subject.RECORD, before.number, properties(before))
    draft.run(
        "MATCH (record:Record {number: $number}) SET record = $row",
        number=after.number,
        row=properties(after),
    )
    links, related = {*before.links}, {*before.related}
    _unlink(draft, after.number, links - {*after.links})
    _link(draft, [(after.number, link) for link in after.links if link not in links])
    _unrelate(draft, after.number, related - {*after.related})
    _relate(draft, cycle, [(after.number, one) for one in after.related if one not in related])


def _unlink(draft: Draft, number: str, links: Collection[CILink]) -> None:
    if links:
        draft.run(
            """
            MATCH (:Record {number: $number})-[link:CONCERNS]->(ci) WHERE ci.id IN $cis
            DELETE link
            """,
            number=number,
            cis=[link.ci for link in links],
        )


def _unrelate(draft: Draft, number: str, related: Collection[Related]) -> None:
    if related:
        draft.run(
            """
            UNWIND $related AS related
            MATCH (:Record {number: $number})-[link:RELATES_TO {type: related[0]}]->(other:Record)
            WHERE other.number = related[1]
            DELETE link
            """,
            number=number,
            related=[(one.type, one.number) for one in related],
        )


def _link(draft: Draft, links: Sequence[tuple[str, CILink]]) -> None:
    if not links:
        return
    rows = draft.run(
        """
        UNWIND $links AS link
        MATCH (record:Record {number: link[0]})
        CALL (link) {
            MATCH (ci:CI {id: link[1]}) RETURN ci UNION MATCH (ci:RetiredCI {id: link[1]}) RETURN ci
        }
        CREATE (record)-[:CONCERNS {condition: link[2]}]->(ci)
        RETURN ci.id AS ci
        """,
        links=[(number, link.ci, link.condition) for number, link in links],
    )
    if unknown := sorted({link.ci for _, link in links} - {row["ci"] for row in rows}):
        raise NotFound(f"There is no CI with id {', '.join(unknown)}.")


def _relate(draft: Draft, cycle: LifeCycle, related: Sequence[tuple[str, Related]]) -> None:
    if not related:
        return
    rows = draft.run(
        """
        UNWIND $related AS related
        MATCH (record:Record {number: related[0]}), (other:Record {number: related[2]})
        WHERE other.kind IN $kinds[related[1]] AND other <> record
        CREATE (record)-[:RELATES_TO {type: related[1]}]->(other)
        RETURN related[1] AS type, related[2] AS number
        """,
        related=[(number, one.type, one.number) for number, one in related],
        kinds={name: relation.to for name, relation in cycle.relations.items()},
    )
    found = {(row["type"], row["number"]) for row in rows}
    unknown = {(one.type, one.number) for _, one in related} - found
    if unknown:
        type_, number = min(unknown)
        kinds = " or ".join(cycle.relations[type_].to)
        raise NotFound(f"{type_}: {number} is no other record of the kind {kinds}.")
