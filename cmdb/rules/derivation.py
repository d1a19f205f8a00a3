"""Derives relationships: joins the dependents of each rule to its providers by what must be equal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cmdb.catalogue import REFERENCE, Rule, comparable
from cmdb.rules.pattern import selects

Key = tuple[str, ...]
"""What is equal on both sides: a text for each join of the rule."""


class Derived(NamedTuple):
    """A relationship that a rule derives, between CIs by id; `terms` are the rule's, `type` among them."""

    rule: str
    dependent: str
    provider: str
    terms: Mapping[str, str | int | bool]


def derive(rules: Iterable[Rule], cis: Iterable[Mapping[str, Any]]) -> Iterator[Derived]:
    """Each relationship that follows from the rules, once, rule by rule.

    A CI maps its attributes, with `id` and `class`; ids must differ. The CIs are read once; of those that a
    rule is about, the ids are held. Nothing depends on itself. Linear in the CIs and in what follows.
    """
    joins = [_Join(rule) for rule in rules]
    concerned: dict[str, list[_Join]] = defaultdict(list)
    for join in joins:
        for class_name in join.rule.dependents.classes | join.rule.providers.classes:
            concerned[class_name].append(join)
    for ci in cis:
        for join in concerned.get(ci["class"], ()):
            join.add(ci)
    for join in joins:
        yield from join.pairs()


class _Join:
    """The CIs that one rule is about, by what must be equal (a hash join)."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._dependents: dict[Key, list[str]] = defaultdict(list)
        self._providers: dict[Key, list[str]] = defaultdict(list)

    def add(self, ci: Mapping[str, Any]) -> None:
        """Take the CI in where it belongs; it can be on both sides."""
        rule = self.rule
        if selects(rule.dependents, ci):
            _file(self._dependents, [_filled(text, ci) for text in rule.joins.values()], ci)
        if selects(rule.providers, ci):
            _file(self._providers, [comparable(ci.get(name)) for name in rule.joins], ci)

    def pairs(self) -> Iterator[Derived]:
        """The relationships of all that was taken in."""
        for key, dependents in self._dependents.items():
            providers = self._providers.get(key, [])
            for dependent in dependents:
                for provider in providers:
                    if dependent != provider:
                        yield Derived(self.rule.name, dependent, provider, self.rule.terms)


def _file(side: dict[Key, list[str]], parts: Sequence[str | None], ci: Mapping[str, Any]) -> None:
    """A CI that does not say what is compared equals nothing."""
    key = tuple(part for part in parts if part is not None)
    if len(key) == len(parts):
        side[key].append(ci["id"])


def _filled(text: str, ci: Mapping[str, Any]) -> str | None:
    """The text with what the CI says in place of each reference; None where it does not say it."""
    said = {name: comparable(ci.get(name)) for name in REFERENCE.findall(text)}
    if None in said.values():
        return None
    return REFERENCE.sub(lambda reference: said[reference[1]] or "", text)
