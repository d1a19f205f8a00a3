"""CIs that may not be there, or not be what they seem."""

from cmdb.health.check import Found
from cmdb.health.models import Detail
from cmdb.health.survey import Survey
from cmdb.identity import open_cases

DISCOVERED = """
    record.attributes IS NOT NULL AND record.withdrawn IS NULL
    AND record.source <> 'manual' AND NOT record.source STARTS WITH 'rule:'
"""
"""Records that somebody keeps seeing, or should."""


def orphans(survey: Survey) -> Found:
    """CIs without any relationship."""
    (row,) = survey.database.read(
        "MATCH (ci:CI) WHERE NOT EXISTS { (ci)--(:CI) } RETURN collect(ci.id) AS ids"
    )
    return Found({id_: [] for id_ in row["ids"]})


def stale(survey: Survey) -> Found:
    """CIs that no source has seen for longer than their class allows."""
    rows = survey.database.read(
        f"""
        MATCH (record:SourceRecord)-[:DESCRIBES]->(ci:CI) WHERE {DISCOVERED}
        RETURN collect([ci.id, record.no, record.observed_at]) AS records, ci.no / 1000 AS chunk
        """
    )
    newest: dict[str, str] = {}
    for row in rows:
        for id_, number, observed_at in row["records"]:
            newest[id_] = max(newest.get(id_, ""), survey.seen_at(number, observed_at))
    failing: dict[str, list[Detail]] = {}
    for id_, at in newest.items():
        ci = survey.members.get(id_)
        if ci and at < survey.stale_before.get(ci.class_name, ""):
            days = survey.catalogue.ci_class(ci.class_name).stale_days
            failing[id_] = [{"last_seen": at, "stale_days": days}]
    return Found(failing, newest.keys())


def missing(survey: Survey) -> Found:
    """CIs that a source no longer has, and which have not been missed for long enough to retire."""
    rows = survey.database.read(
        f"""
        MATCH (record:SourceRecord)-[:DESCRIBES]->(ci:CI)
        WHERE record.missing_since IS NOT NULL AND {DISCOVERED}
        RETURN ci.id AS id,
               collect({{source: record.source, scope: record.scope, since: record.missing_since}}) AS by
        """
    )
    return Found({row["id"]: row["by"] for row in rows})


def duplicates(survey: Survey) -> Found:
    """CIs in open duplicate cases."""
    failing: dict[str, list[Detail]] = {}
    for case in open_cases(survey.database, survey.catalogue):
        detail = {"case": case.key, "reason": case.reason, "shared": list(case.shared), "cis": case.cis}
        for id_ in case.cis:
            failing.setdefault(id_, []).append(detail)
    return Found(failing)


def never_verified(survey: Survey) -> Found:
    """CIs that nobody has ever attested."""
    (row,) = survey.database.read("MATCH (ci:CI) WHERE ci.verified_at IS NULL RETURN collect(ci.id) AS ids")
    return Found({id_: [] for id_ in row["ids"]})


def verification_due(survey: Survey) -> Found:
    """CIs that nobody has attested for long."""
    (row,) = survey.database.read(
        """
        MATCH (ci:CI) WHERE ci.verified_at IS NULL OR datetime(ci.verified_at) < datetime($before)
        RETURN collect(CASE WHEN ci.verified_at IS NULL THEN ci.id END) AS never,
               collect(CASE WHEN ci.verified_at IS NOT NULL THEN [ci.id, ci.verified_at] END) AS before
        """,
        before=survey.before(survey.terms.verified_days),
    )
    before: dict[str, list[Detail]] = {id_: [{"verified_at": at}] for id_, at in row["before"]}
    return Found({id_: [] for id_ in row["never"]} | before)
