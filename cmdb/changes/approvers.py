"""Who may decide on a change: members of the teams that are asked, and those they have delegated to."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cmdb.changes.decisions import assessment_of
from cmdb.history import Draft
from cmdb.records import Record, instant


@dataclass(frozen=True, slots=True)
class Authority:
    """For which teams somebody may decide, each with the member on whose behalf or blank; or why for none."""

    teams: dict[str, str]
    refusal: str | None = None


def approvers(draft: Draft, record: Record, actor: str) -> Authority:
    """What an actor may decide on a change, right now.

    Who asked for it or wrote its plan decides for nobody, and nobody decides on their behalf.
    """
    assessment = assessment_of(record)
    if assessment is None:
        return Authority({}, "it has not been assessed")
    barred = {*assessment.participants}
    if actor in barred:
        return Authority({}, f"{actor} asked for it or wrote its plan, so others must decide")
    asked = [needed.team for needed in assessment.approvals]
    teams = {team: behalf for team, behalf in _seats(draft, actor, asked) if behalf not in barred}
    if teams:
        return Authority(teams)
    return Authority(
        {}, f"{actor} is in none of the teams that decide: {', '.join(asked) or 'nobody needs to'}"
    )


def _seats(draft: Draft, actor: str, teams: list[str]) -> list[tuple[str, str]]:
    """The teams in which an actor sits, each with on whose behalf; own seats last, so that they win."""
    rows = draft.run(
        """
        MATCH (team:Team) WHERE team.name IN $teams
        UNWIND coalesce(team.members, []) AS member
        OPTIONAL MATCH (given:Delegation {of: member, to: $actor})
        WHERE given.since <= $now AND given.until > $now
        WITH team, member, count(given) AS delegated
        WHERE member = $actor OR delegated > 0
        RETURN team.name AS team, CASE WHEN member = $actor THEN '' ELSE member END AS behalf
        ORDER BY behalf DESC
        """,
        teams=teams,
        actor=actor,
        now=instant(datetime.now(UTC)),
    )
    return [(row["team"], row["behalf"]) for row in rows]
