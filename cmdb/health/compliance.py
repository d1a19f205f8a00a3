"""CIs of which something is said that the catalogue does not expect."""

from cmdb.health.check import Found
from cmdb.health.models import Detail
from cmdb.health.survey import Survey


def unusual_relationships(survey: Survey) -> Found:
    """CIs that depend on others in a way that is not usual between their classes."""
    kinds = survey.database.read(
        """
        MATCH (dependent:CI)-[relationship]->(provider:CI)
        RETURN DISTINCT type(relationship) AS type, dependent.class AS dependent, provider.class AS provider
        """
    )
    rows = survey.database.read(
        """
        MATCH (dependent:CI)-[relationship]->(provider:CI)
        WHERE type(relationship) + ' ' + dependent.class + ' ' + provider.class IN $unusual
        RETURN dependent.id AS id, collect({
            type: toLower(type(relationship)),
            group: relationship.group,
            provider: provider {.id, .name, .class}
        }) AS details
        """,
        unusual=[" ".join(kind) for kind in kinds if not survey.catalogue.is_usual(*kind)],
    )
    return Found({row["id"]: row["details"] for row in rows})


def beyond_class(survey: Survey) -> Found:
    """CIs with attributes that their class does not have."""
    rows = survey.database.read(
        """
        MATCH (ci:CI)
        RETURN ci.class AS class, keys(ci) AS names, collect(ci.id) AS ids
        """
    )
    kept = {"id", "no", "class", "created", "revision"}
    failing: dict[str, list[Detail]] = {}
    for row in rows:
        beyond = sorted(set(row["names"]) - kept - survey.catalogue.ci_class(row["class"]).attributes.keys())
        if beyond:
            failing |= {id_: [{"attributes": beyond}] for id_ in row["ids"]}
    return Found(failing)


def small_groups(survey: Survey) -> Found:
    """CIs with a redundancy group that needs more than it has."""
    rows = survey.database.read(
        """
        MATCH (ci:CI)-[relationship]->(provider:CI)
        WHERE relationship.group IS NOT NULL AND relationship.need > 1
        WITH ci, relationship.group AS group, relationship.need AS need, provider,
             max(coalesce(relationship.weight, 1)) AS weight
        WITH ci, group, need, sum(weight) AS has WHERE need > has
        RETURN ci.id AS id, collect({group: group, need: need, has: has}) AS details
        """
    )
    return Found({row["id"]: row["details"] for row in rows})


def unknown_teams(survey: Survey) -> Found:
    """CIs that name a team which nobody has entered."""
    declared = (a for each in survey.catalogue.classes.values() for a in each.attributes.values())
    rows = survey.database.read(
        """
        MATCH (team:Team) WITH collect(team.name) AS known
        UNWIND $attributes AS attribute
        MATCH (ci:CI) WHERE ci[attribute] IS NOT NULL AND NOT ci[attribute] IN known
        RETURN attribute, ci[attribute] AS team, collect(ci.id) AS ids
        ORDER BY attribute
        """,
        attributes=sorted({attribute.name for attribute in declared if attribute.type == "team"}),
    )
    failing: dict[str, list[Detail]] = {}
    for row in rows:
        detail = {"attribute": row["attribute"], "team": row["team"]}
        for id_ in row["ids"]:
            failing.setdefault(id_, []).append(detail)
    return Found(failing)


def class_conflicts(survey: Survey) -> Found:
    """CIs that sources put into classes of which none refines the other."""
    rows = survey.database.read(
        """
        MATCH (ci:CI) WHERE COUNT { (ci)<-[:DESCRIBES]-() } > 1
        MATCH (record:SourceRecord)-[:DESCRIBES]->(ci)
        WHERE record.withdrawn IS NULL AND record.attributes CONTAINS '"class":"'
        WITH ci, split(split(record.attributes, '"class":"')[1], '"')[0] AS class, record.source AS source
        ORDER BY source
        WITH ci, class, collect(DISTINCT source) AS sources
        WITH ci, collect({class: class, sources: sources}) AS said WHERE size(said) > 1
        RETURN ci.id AS id, said
        """
    )
    failing: dict[str, list[Detail]] = {}
    for row in rows:
        if not _in_line(survey, {one["class"] for one in row["said"]}):
            failing[row["id"]] = sorted(row["said"], key=lambda one: str(one["class"]))
    return Found(failing)


def _in_line(survey: Survey, names: set[str]) -> bool:
    """Whether the classes are one and what it refines."""
    lines = ({name, *survey.catalogue.ci_class(name).ancestors} for name in names)
    return any(names <= line for line in lines)
