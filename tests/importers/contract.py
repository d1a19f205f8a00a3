"""What every importer must keep to, whatever it reads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from cmdb.catalogue import check_attributes, load_catalogue
from cmdb.people import Team
from cmdb.reconciliation import Gap, Observation, Rejection, disagreements
from cmdb.reconciliation.observation import relation_identity
from importers.importer import Importer, Origin, Row

CATALOGUE = load_catalogue()


@dataclass
class Reading:
    """What an importer yielded, by kind, and the figures that a test pins."""

    things: dict[str, Observation] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def classes(self) -> Counter[str]:
        """How many things of each class there are."""
        return Counter(str(one.attributes["class"]) for one in self.things.values() if one.attributes)

    @property
    def relations(self) -> Counter[str]:
        """How many relations of each type there are."""
        return Counter(r["type"] for one in self.things.values() for r in one.relations or ())

    @property
    def groups(self) -> set[tuple[str, str]]:
        """The redundancy groups: dependent and name."""
        return {
            (one.native_id, group)
            for one in self.things.values()
            for r in one.relations or ()
            if (group := r.get("group"))
        }

    @property
    def dangling(self) -> set[str]:
        """Native ids that something depends on and that nothing has."""
        ends = {r["to"] for one in self.things.values() for r in one.relations or ()}
        return ends - self.things.keys()

    def provides(self, native_id: str, type_: str) -> set[str]:
        """The ends of a thing's relations of one type."""
        return {r["to"] for r in self.things[native_id].relations or () if r["type"] == type_}


def read(importer: Importer, origin: Origin) -> Reading:
    """Read twice, and hold what comes to the contract."""
    first, second = list(importer.read(origin)), list(importer.read(origin))
    assert first == second, "the same source must be read the same way"
    assert importer.kinds, "an importer documents what becomes of each type of its source"
    assert all(kind.becomes or kind.remark for kind in importer.kinds), "what is left out has a reason"
    return _sorted(first)


def _sorted(rows: Iterable[Row]) -> Reading:
    reading = Reading()
    for row in rows:
        if isinstance(row, Observation):
            assert row.native_id not in reading.things, f"{row.native_id} comes twice"
            assert not row.within or row.within in reading.things, f"{row.within} comes after {row.native_id}"
            _check(row)
            reading.things[row.native_id] = row
        elif isinstance(row, Rejection):
            assert row.reason
            reading.rejected.append(row)
        elif isinstance(row, Team):
            reading.teams.append(row)
        else:
            reading.gaps.append(row)
    return reading


def _check(row: Observation) -> None:
    place = row.native_id
    assert 0 < len(place) <= 500 and place.isprintable(), f"{place!r} cannot be a native id"
    assert row.attributes is not None and row.relations is not None and not row.adds, f"{place} is not whole"
    values = dict(row.attributes)
    checked = check_attributes(CATALOGUE, str(values.pop("class")), values)
    assert not checked.problems, f"{place}: {checked.problems}"
    for relation in row.relations:
        CATALOGUE.relationship(relation["type"])
        assert relation["to"] != place, f"{place} depends on itself"
    identities = Counter(map(relation_identity, row.relations))
    assert max(identities.values(), default=1) == 1, f"{place}: {identities.most_common(1)}"
    assert not disagreements(row.relations), f"{place}: {disagreements(row.relations)}"
