"""Turns the entries of a document into rows, and tells what does not fit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cmdb.catalogue import Catalogue, check_attributes, unknown_attributes
from cmdb.errors import InvalidInput
from cmdb.people import Team
from cmdb.reconciliation import Observation, Relation, disagreements, relation_of
from cmdb.runs import unfit_native_id
from importers.apply.document import Item, Mistake
from importers.holding import holders_first

TEAM_KEYS = ("name", "email", "chat", "on_call", "phone", "members")
CI_KEYS = ("native_id", "class", "name", "within", "attributes")
CI_REQUIRED = CI_KEYS[:3]
RELATIONSHIP_KEYS = (
    *("from", "type", "to", "group", "need"),
    *("strength", "weight", "failover", "tolerates", "assumed"),
)
RELATIONSHIP_REQUIRED = RELATIONSHIP_KEYS[:3]


@dataclass(slots=True)
class CI:
    """A CI as its entry describes it."""

    item: Item
    attributes: dict[str, object]
    within: str
    relations: dict[tuple[str, str, str], Relation] = field(default_factory=dict)


class Entries:
    """The teams and CIs of all documents, and the mistakes in them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.teams: dict[str, Team] = {}
        self.cis: dict[str, CI] = {}
        self.mistakes: list[Mistake] = []
        self._catalogue = catalogue
        self._grouped: dict[tuple[str, str], list[Item]] = defaultdict(list)

    def add_team(self, item: Item) -> None:
        """Take in an entry of `teams`."""
        if self._misses(item, TEAM_KEYS, ("name",)):
            return
        told = {name: _text(value) for name, value in item.value.items() if name != "members"}
        team = Team(**told, members=tuple(item.value.get("members") or ()))
        if self.teams.setdefault(team.name, team) != team:
            self.mistakes.append(item.mistake(f"{team.name!r} stands there before with other values", "name"))

    def add_ci(self, item: Item) -> None:
        """Take in an entry of `cis`."""
        if self._misses(item, CI_KEYS, CI_REQUIRED):
            return
        native_id = _text(item.value["native_id"])
        if reason := unfit_native_id(native_id):
            self.mistakes.append(item.mistake(reason, "native_id"))
        elif native_id in self.cis:
            reason = f"{native_id!r} stands on line {self.cis[native_id].item.line}, too"
            self.mistakes.append(item.mistake(reason, "native_id"))
        else:
            within = _text(item.value.get("within"))
            self.cis[native_id] = CI(item, self._attributes(item), within)

    def add_relationship(self, item: Item) -> None:
        """Take in an entry of `relationships`, after all CIs."""
        if self._misses(item, RELATIONSHIP_KEYS, RELATIONSHIP_REQUIRED):
            return
        texts = {key: _text(value) for key, value in item.value.items()}
        dependent = texts.pop("from")
        try:
            relation = relation_of(self._catalogue, texts)
        except InvalidInput as error:
            self.mistakes.append(item.mistake(error.detail))
            return
        if dependent not in self.cis:
            self.mistakes.append(item.mistake(f"no CI has the native_id {dependent!r}", "from"))
        elif dependent == relation["to"]:
            self.mistakes.append(item.mistake("nothing depends on itself", "to"))
        else:
            self._relate(item, dependent, relation)

    def close(self) -> None:
        """Tell what can be seen only once all is there."""
        for native_id, ci in self.cis.items():
            for group, reason in disagreements(ci.relations.values()).items():
                item = self._grouped[native_id, group][-1]
                self.mistakes.append(item.mistake(f"group {group!r}: {reason}; all of it must agree"))
            if ci.within and ci.within not in self.cis:
                self.mistakes.append(ci.item.mistake(f"no CI has the native_id {ci.within!r}", "within"))
            elif ci.within and self._stands_in(native_id, ci.within):
                self.mistakes.append(ci.item.mistake("stands within itself", "within"))

    def observations(self) -> Iterator[Observation]:
        """All CIs, what holds others before what it holds."""
        for native_id, holder in holders_first({key: ci.within for key, ci in self.cis.items()}).items():
            ci = self.cis[native_id]
            relations = tuple(ci.relations.values())
            yield Observation(native_id, ci.attributes, relations, holder, line=ci.item.line)

    def _relate(self, item: Item, dependent: str, relation: Relation) -> None:
        group = relation.get("group", "")
        key = relation["type"], relation["to"], group
        if self.cis[dependent].relations.setdefault(key, relation) != relation:
            self.mistakes.append(item.mistake("stands there before with other values"))
        self._grouped[dependent, group].append(item)

    def _attributes(self, item: Item) -> dict[str, object]:
        given = item.value.get("attributes") or {}
        class_name = _text(item.value["class"])
        if not isinstance(given, dict):
            self.mistakes.append(item.mistake("must hold keys and values", "attributes"))
            return {}
        try:
            ci_class = self._catalogue.ci_class(class_name)
        except InvalidInput as error:
            self.mistakes.append(item.mistake(error.detail, "class"))
            return {}
        values = {**{str(key): value for key, value in given.items()}, "name": _text(item.value["name"])}
        checked = check_attributes(self._catalogue, class_name, values)
        for problem in (*checked.problems, *unknown_attributes(ci_class, checked.unknown)):
            reason = problem.reason if problem.value is None else f"{problem.value!r} {problem.reason}"
            self.mistakes.append(item.mistake(reason, "attributes", problem.attribute))
        return {"class": class_name, **checked.values}

    def _misses(self, item: Item, known: tuple[str, ...], required: Iterable[str]) -> bool:
        """Whether keys are missing or not known, which is told."""
        value = item.value
        faults = {str(key): f"is none of {', '.join(known)}" for key in value if key not in known}
        texts = (key for key in known if key not in ("attributes", "members"))
        faults |= {key: "must be text" for key in texts if not isinstance(value.get(key), str | int | None)}
        if not _is_list_of_texts(value.get("members") or []):
            faults["members"] = "must be a list of names"
        found = [item.mistake(reason, key) for key, reason in faults.items()]
        found += [item.mistake(f"{key} is missing") for key in required if not _text(value.get(key))]
        self.mistakes += found
        return bool(found)

    def _stands_in(self, native_id: str, holder: str) -> bool:
        seen: set[str] = set()
        while holder and holder not in seen:
            if holder == native_id:
                return True
            seen.add(holder)
            holder = self.cis[holder].within if holder in self.cis else ""
        return False


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).strip()


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
