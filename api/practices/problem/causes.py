"""What may have caused the incidents of a problem, by what they took down."""

from collections.abc import Iterable

from api.practices.root_causes import RootCauseQuestion, root_causes
from cmdb.errors import Conflict, InvalidInput
from cmdb.incidents import onset
from cmdb.problems import incidents_of
from cmdb.records import Record, get_record
from cmdb.store import Store
from impact import ImpactEngine, RootCauses, Scenario

FAILS = ("down", "degraded")


def problem_causes(
    store: Store, engine: ImpactEngine, number: str, incident: str | None = None, most: int = 10
) -> RootCauses:
    """Rank what explains all incidents of a problem together, or one of them.

    What several incidents took down counts as if it had failed at once, as the first began: an order across
    incidents tells nothing of causes. Raises NotFound, Conflict where nothing failed that an analysis sees.
    """
    problem = get_record(store.database, number)
    incidents = _wanted(problem, incidents_of(store.database, problem.number), incident)
    failing = {ci for one in incidents for ci in one.linked_as(*FAILS)}
    healthy = {ci for one in incidents for ci in one.linked_as("not_impacted")}
    seen = engine.states(Scenario(), failing | healthy).keys()
    if not failing & seen:
        raise Conflict(
            f"No incident of {problem.number} says of a CI in use that it was down or degraded. Relate "
            f"incidents to it (`cmdb incident set NUMBER --relate problem={problem.number}`)."
        )
    first = min(onset(one) for one in incidents)
    question = RootCauseQuestion(
        onsets=dict.fromkeys(sorted(failing & seen), first),
        healthy=sorted((healthy & seen) - failing),
        most=most,
    )
    return root_causes(store, engine, question)


def _wanted(problem: Record, incidents: Iterable[Record], number: str | None) -> list[Record]:
    wanted = [one for one in incidents if number in (None, one.number)]
    if number and not wanted:
        raise InvalidInput(f"{number} is no incident of {problem.number}.")
    return wanted
