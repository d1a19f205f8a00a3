"""From the indices of an analysis to the words of an answer."""

from collections.abc import Callable, Iterable, Sequence

from impact.analysis import Analysis
from impact.analysis.why import Barrier
from impact.answer.details import Details
from impact.answer.models import CIRef, Doubt, GroupState, Item, Reason, Saved, Step
from impact.answer.text import reason, saved
from impact.arrays import Ints
from impact.state import State, StateName


class Writer:
    """Names the CIs and groups of one analysis."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._details: dict[int, Details] = {}
        self._refs: dict[int, CIRef] = {}
        self._states: dict[int, StateName] = {}
        self._steps: dict[tuple[int, ...], Step] = {}

    def details(self, ci: int) -> Details:
        """What is known of a CI by index."""
        if ci not in self._details:
            self._details[ci] = Details.of(self._analysis.projection.cis, ci)
        return self._details[ci]

    def ref(self, ci: int) -> CIRef:
        """The CI by what people call it."""
        if ci not in self._refs:
            details = self.details(ci)
            self._refs[ci] = CIRef(id=details.id, name=details.name, class_=details.class_)
        return self._refs[ci]

    def refs(self, cis: Iterable[int]) -> list[CIRef]:
        """Several of them, in the same order."""
        return [self.ref(ci) for ci in cis]

    def group(self, group: int) -> GroupState:
        """A group with what has become of its members."""
        groups = self._analysis.groups
        terms = groups.group_terms(group)
        return GroupState(
            name=terms.name,
            strength=terms.strength.label,
            relationships=groups.types(group),
            need=terms.need,
            of=terms.total,
            told=terms.told,
            assumed=terms.assumed,
            **self._sorted(groups.members(group)),
        )

    def state(self, ci: int) -> StateName:
        """The state of a CI under the scenario."""
        if ci not in self._states:
            self._states[ci] = self._analysis.state(ci).label
        return self._states[ci]

    def item(self, ci: int) -> Item:
        """The CI with its state and the reason for it."""
        analysis, details = self._analysis, self.details(ci)
        return Item(
            id=details.id,
            name=details.name,
            class_=details.class_,
            state=self.state(ci),
            before=analysis.state_before(ci).label,
            seconds=analysis.outcome.seconds(ci),
            distance=analysis.distance(ci),
            criticality=details.criticality,
            environment=details.environment,
            owner=details.owner,
            reason=None if self.state(ci) == State.UP.label else self._reason(ci),
        )

    def saved(self, barrier: Barrier) -> Saved:
        """A barrier, with the way on which failure came to it."""
        group, way = self.group(barrier.group), barrier.way
        before = self._analysis.evidence(barrier.nearest)
        return Saved(
            ci=self.ref(way.path[0]),
            saviour=barrier.saviour,
            text=saved(self.details(way.path[0]).name, barrier.saviour, group),
            group=group,
            path=self._path(before.path + way.path, (*before.groups, barrier.group, *way.groups)),
        )

    def doubt(self, group: int, sentence: Callable[[str, GroupState], str]) -> Doubt:
        """Why a group should not be taken at its word, in a sentence about it and its owner."""
        owner, state = self.ref(int(self._analysis.groups.wiring.owner[group])), self.group(group)
        return Doubt(ci=owner, group=state.name, text=sentence(owner.name, state))

    def _reason(self, ci: int) -> Reason:
        analysis = self._analysis
        evidence = analysis.evidence(ci)
        group = self.group(evidence.groups[-1]) if evidence.groups else None
        return Reason(
            rule=evidence.rule,
            text=reason(evidence.rule, group, self._analysis.is_given(ci), analysis.outcome.seconds(ci)),
            group=group,
            path=self._path(evidence.path, evidence.groups),
        )

    def _path(self, path: Sequence[int], groups: Sequence[int]) -> list[Step]:
        links = zip(path, path[1:], groups, strict=False)
        return [self._step(path[0]), *(self._step(ci, before, group) for before, ci, group in links)]

    def _step(self, ci: int, *link: int) -> Step:
        """A CI, and how it depends on another by a group; paths share most of their steps."""
        key = (ci, *link)
        if key not in self._steps:
            relationship = self._analysis.groups.type_in(link[1], link[0]) if link else None
            step = Step(**vars(self.ref(ci)), state=self.state(ci), relationship=relationship)
            self._steps[key] = step
        return self._steps[key]

    def _sorted(self, members: Ints) -> dict[str, list[CIRef]]:
        """Members by what has become of them."""
        found: dict[str, list[CIRef]] = {"down": [], "interrupted": [], "degraded": [], "up": []}
        for ci in members.tolist():
            found.get(self.state(ci), found["up"]).append(self.ref(ci))
        return found
