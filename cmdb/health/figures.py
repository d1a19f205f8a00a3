"""The figures, and the list behind each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cmdb.health.check import Check, Found
from cmdb.health.checks import check_called, checks
from cmdb.health.models import Dimension, Figure, Finding, Findings, Health, Part
from cmdb.health.survey import USUAL, Member, Survey, Terms
from cmdb.history import latest
from cmdb.store import Page, Store

Members = Mapping[str, Member]

KEYS: Mapping[Dimension, Callable[[Member], Iterable[str | None]]] = {
    "class": lambda ci: (ci.class_name,),
    "owner": lambda ci: (ci.owner,),
    "source": lambda ci: ci.sources or (None,),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which CIs are looked at; None leaves a dimension open. A class includes those that refine it."""

    class_name: str | None = None
    owner: str | None = None
    source: str | None = None


EVERYTHING, FIRST = Selection(), Page()


def health(
    store: Store,
    by: Dimension | None = None,
    selection: Selection = Selection(),
    terms: Terms = USUAL,
    now: datetime | None = None,
) -> Health:
    """How good the data of the current CIs are, in all, and by class, owner or source."""
    revision = latest(store.database)
    survey = Survey(store.database, store.catalogue, terms, now)
    members = select(survey, selection)
    parts = _parts(members, by) if by else {}
    figures: list[Figure] = []
    of_parts: dict[str | None, list[Figure]] = {key: [] for key in parts}
    for check in checks(store.catalogue).values():
        found = check.find(survey)
        figures.append(_figure(check, found, members))
        for key, some in parts.items():
            of_parts[key].append(_figure(check, found, some))
    return Health(
        revision=revision.seq,
        as_of=revision.at,
        cis=len(members),
        figures=figures,
        by=by,
        parts=[Part(key=key, cis=len(parts[key]), figures=of_parts[key]) for key in parts],
    )


def findings(
    store: Store,
    check_name: str,
    selection: Selection = Selection(),
    page: Page = FIRST,
    terms: Terms = USUAL,
    now: datetime | None = None,
) -> Findings:
    """The CIs that one check finds something about, by name and id. Raises NotFound for the check."""
    check = check_called(store.catalogue, check_name)
    revision = latest(store.database)
    survey = Survey(store.database, store.catalogue, terms, now)
    members = select(survey, selection)
    found = check.find(survey)
    name, _, id_ = (page.cursor or "\n").rpartition("\n")
    following = sorted((ci.name, ci.id) for ci in _failing(found, members) if (ci.name, ci.id) > (name, id_))
    listed = following[: page.limit]
    return Findings(
        revision=revision.seq,
        as_of=revision.at,
        figure=_figure(check, found, members),
        items=[_finding(members[id_], found) for _, id_ in listed],
        next="\n".join(listed[-1]) if len(following) > len(listed) else None,
    )


def select(survey: Survey, selection: Selection) -> Members:
    """The current CIs that are looked at, by id."""
    if selection == Selection():
        return survey.members
    classes = survey.catalogue.refining([selection.class_name]) if selection.class_name else None
    return {
        ci.id: ci
        for ci in survey.members.values()
        if (classes is None or ci.class_name in classes)
        and selection.owner in (None, ci.owner)
        and (selection.source is None or selection.source in ci.sources)
    }


def _parts(members: Members, by: Dimension) -> dict[str | None, Members]:
    """The CIs by class, owner or source, the largest part first."""
    parts: dict[str | None, dict[str, Member]] = {}
    for ci in members.values():
        for key in KEYS[by](ci):
            parts.setdefault(key, {})[ci.id] = ci
    return dict(sorted(parts.items(), key=lambda part: (-len(part[1]), part[0] or "")))


def _asked(found: Found, members: Members) -> int:
    return len(members if found.asked is None else members.keys() & found.asked)


def _failing(found: Found, members: Members) -> list[Member]:
    among = found.failing.keys() if found.asked is None else found.failing.keys() & found.asked
    return [members[id_] for id_ in members.keys() & among]


def _figure(check: Check, found: Found, members: Members) -> Figure:
    asked, failing = _asked(found, members), len(_failing(found, members))
    return Figure(
        check=check.name,
        measure=check.measure,
        title=check.title,
        asked=asked,
        failing=failing,
        share=(asked - failing) / asked if asked else None,
    )


def _finding(ci: Member, found: Found) -> Finding:
    return Finding(
        id=ci.id,
        name=ci.name,
        class_=ci.class_name,
        owner=ci.owner,
        sources=list(ci.sources),
        details=found.failing[ci.id],
    )
