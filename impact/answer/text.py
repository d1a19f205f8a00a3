"""The sentences of an answer."""

from collections.abc import Iterable, Sequence

from impact.analysis.rules import Rule
from impact.analysis.why import Saviour
from impact.answer.models import Asked, CIRef, GroupState, Item, Saved

SHOWN = 5


def names(cis: Sequence[CIRef]) -> str:
    """`a, b and 3 more`."""
    listed = ", ".join(ci.name for ci in cis[:SHOWN])
    return listed if len(cis) <= SHOWN else f"{listed} and {len(cis) - SHOWN} more"


def listing(told: Iterable[str], most: int | None = None) -> str:
    """`a`, `a and b`, `a, b and c`; of more than `most`, `a, b and 3 more`."""
    parts = list(told)
    if hidden := len(parts[most:]) if most is not None else 0:
        parts[most:] = [f"{hidden:,} more"]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def conditions(asked: Asked, most: int | None = None) -> str:
    """`core-a and core-b fail for 20 min; app stays up`; of more than `most` CIs, the names of so many."""
    said = (
        (asked.failed, "fails", "fail", lasting(asked)),
        (asked.degraded, "is degraded", "are degraded", ""),
        (asked.not_impacted, "stays up", "stay up", ""),
        (asked.already_down, "was down before", "were down before", ""),
        (asked.already_degraded, "was degraded before", "were degraded before", ""),
    )
    told = (
        f"{listing((ci.name for ci in cis), most)} {one if len(cis) == 1 else many}{time}"
        for cis, one, many, time in said
        if cis
    )
    return "; ".join((*told, *asked.imagined)) or "nothing fails"


def lasting(asked: Asked) -> str:
    """` for 20 min`, or each with its own time, where failures are for a time."""
    times = {ci.seconds for ci in asked.lasting}
    if len(times) == 1 and len(asked.lasting) == len(asked.failed):
        return f" for {duration(times.pop())}"
    each = ", ".join(f"{ci.name} for {duration(ci.seconds)}" for ci in asked.lasting)
    return f" ({each})" if each else ""


def requirement(group: GroupState) -> str:
    """`needs 1 of 2 (replicas)`, `runs on db-a`."""
    if group.name is None:
        providers = [*group.down, *group.interrupted, *group.degraded, *group.up]
        return f"{verb(group.relationships[0])} {names(providers)}"
    share = f"{group.told}, " if isinstance(group.told, str) else ""
    return f"needs {share}{group.need} of {group.of} ({group.name})"


def members(group: GroupState) -> str:
    """`db-a is down, db-b is still up`."""
    parts = (
        (group.down, "down"),
        (group.interrupted, "away for a time"),
        (group.degraded, "degraded"),
        (group.up, "still up" if group.down or group.interrupted or group.degraded else "up"),
    )
    return "; ".join(
        f"{names(cis)} {'is' if len(cis) == 1 else 'are'} {state}" for cis, state in parts if cis
    )


def finding(group: GroupState) -> str:
    """`needs 1 of 2 (replicas): db-a is down; db-b is still up`, `runs on db-a, which is down`."""
    if group.name is not None:
        return f"{requirement(group)}: {members(group)}"
    states = ((group.down, "down"), (group.interrupted, "away for a time"), (group.degraded, "degraded"))
    state = next((state for cis, state in states if cis), "up")
    return f"{requirement(group)}, which is {state}"


def duration(seconds: int) -> str:
    """`30 s`, `20 min`, `1 h 30 min`, `2 d`: the two greatest units."""
    parts = []
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, length)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2])


def verb(relationship: str) -> str:
    """`runs_on` as `runs on`, `powered_by` as `is powered by`."""
    words = relationship.replace("_", " ")
    return f"is {words}" if words.split()[0].endswith("ed") else words


def reason(rule: Rule, group: GroupState | None, given: bool, seconds: int | None) -> str:
    """Why a CI has its state; `given`: it was declared before the scenario; `seconds`: for so long."""
    time = f" for {duration(seconds)}" if seconds else ""
    if group is None:
        word = "fails" if rule == Rule.FAILED else "is degraded"
        return f"{word} already" if given else f"{word}{time} in this scenario"
    lead = {
        Rule.SOFT_GROUP_LOST: "works worse: ",
        Rule.GUARD_LOST: "is unprotected: ",
        Rule.REDUNDANCY_REDUCED: "has less redundancy: ",
        Rule.WAITS: f"waits{time}: ",
        Rule.FAILS_OVER: f"fails over{time}: ",
    }.get(rule, "")
    return lead + finding(group)


def saved(name: str, saviour: Saviour, group: GroupState) -> str:
    """What stopped a failure at a CI."""
    match saviour:
        case Saviour.NOT_IMPACTED:
            return f"{name} is declared not impacted"
        case Saviour.SOFT:
            return f"{name} does not suffer when {names(group.degraded)} is merely degraded (soft)"
        case Saviour.GUARD:
            return f"{name} only loses protection by {names([*group.down, *group.interrupted])} (guard)"
    return f"{name} {finding(group)}"


def conclusion(item: Item, saved_by: Sequence[Saved]) -> str:
    """Why a CI is or is not impacted, in one sentence."""
    state = item.state.replace("_", " ")
    if item.reason:
        return f"{item.name} is {state}: {item.reason.text}"
    if saved_by:
        return f"{item.name} stays up: {saved_by[0].text}"
    return f"{item.name} stays up: no known dependency leads to it from what is impacted"


def assumption(owner: str, group: GroupState) -> str:
    """Redundancy that was taken for granted."""
    return f"{owner} {requirement(group)}, as its source assumes"


def overreach(owner: str, group: GroupState) -> str:
    """A need larger than the group."""
    return f"{owner} needs {group.told} of {group.of} ({group.name}); taken as {group.need}"


def gap(owner: str, group: GroupState) -> str:
    """A group that never fails because no analysis sees its members."""
    name = f"group {group.name}" if group.name else "relationship"
    return f"{owner} has a {name} with no member in use, which counts as up"
