"""Keeps what the catalogue's rules derive in line with what CIs say, as the sources `rule:<name>`."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from cmdb.catalogue import RULE, Catalogue
from cmdb.database import Database
from cmdb.history import Draft
from cmdb.reconciliation.observation import Relation, relation_of
from cmdb.reconciliation.records import relations_text
from cmdb.reconciliation.rewriting import records_by_id, rewrite
from cmdb.rules import derive
from cmdb.runs.chunks import chunks
from cmdb.runs.writers import Writer

BATCH = 500
"""Dependents a transaction."""

Told = dict[str, list[Relation]]
"""What a rule says: id of the dependent → relations."""


def derive_relationships(database: Database, catalogue: Catalogue, write: Writer) -> int:
    """State what follows from the rules now, and withdraw what no longer does; return how many dependents."""
    wanted = _wanted(database, catalogue)
    known = _known(database)
    changed = 0
    for rule in sorted(wanted.keys() | known.keys()):
        told, texts = wanted.get(rule, {}), known.get(rule, {})
        differing = sorted(
            id_ for id_ in told.keys() | texts.keys() if relations_text(told.get(id_, ())) != texts.get(id_)
        )
        for ids in chunks(differing, BATCH):
            said = {id_: tuple(told.get(id_, ())) for id_ in ids}
            write(partial(_state, catalogue=catalogue, source=RULE + rule, said=said))
        changed += len(differing)
    return changed


def _wanted(database: Database, catalogue: Catalogue) -> dict[str, Told]:
    wanted: dict[str, Told] = {}
    if not catalogue.rules:
        return wanted
    classes = {name for rule in catalogue.rules for name in rule.dependents.classes | rule.providers.classes}
    rows = database.read(
        "MATCH (ci:CI) WHERE ci.class IN $classes RETURN properties(ci) AS ci", classes=sorted(classes)
    )
    for derived in derive(catalogue.rules, (row["ci"] for row in rows)):
        row = {name: str(value) for name, value in derived.terms.items()} | {"to": derived.provider}
        relation = relation_of(catalogue, row)
        wanted.setdefault(derived.rule, {}).setdefault(derived.dependent, []).append(relation)
    return wanted


def _known(database: Database) -> dict[str, dict[str, str]]:
    """What rules said so far: rule → id of the dependent → relations as text."""
    rows = database.read(
        """
        MATCH (record:SourceRecord)
        WHERE record.key STARTS WITH $rule AND record.relations IS NOT NULL
        RETURN record.source AS source, record.native_id AS id, record.relations AS relations
        """,
        rule=RULE,
    )
    known: dict[str, dict[str, str]] = {}
    for row in rows:
        known.setdefault(row["source"].removeprefix(RULE), {})[row["id"]] = row["relations"]
    return known


def _state(draft: Draft, catalogue: Catalogue, source: str, said: Mapping[str, tuple[Relation, ...]]) -> None:
    known = records_by_id(draft, said, source)
    rewrite(
        draft,
        catalogue,
        [(one, replace(one.record, relations=said[id_])) for id_, one in known.items()],
    )
