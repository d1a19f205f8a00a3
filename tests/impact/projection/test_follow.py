"""Following changes comes to what reading the whole graph anew does, on random writes."""

from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest

from cmdb.database import Database
from cmdb.errors import LinchpinError
from cmdb.history import latest, moment
from cmdb.store import Target, restore, undo
from impact.projection import Projection, load
from impact.projection.follow import follow
from tests.impact.conftest import AUTHOR, Estate
from tests.impact.projection.content import content

STRENGTHS = {"calls": "soft"}
GROUPS = ("", "", "one", "two")
TYPES = ("runs_on", "depends_on", "calls")
STATUSES = ("operational", "maintenance", "planned", "in_stock")


class Writer:
    """Writes whatever comes to its mind; what cannot be done is left."""

    def __init__(self, estate: Estate, seed: int) -> None:
        self.estate = estate
        self.random = Random(seed)
        self.count = 0
        self.names: list[str] = []
        for _ in range(8):
            self.create()

    def write(self) -> None:
        choices: list[Callable[[], None]] = [
            *(self.relate, self.relate, self.relate, self.unrelate, self.create),
            *(self.change, self.status, self.retire, self.restore, self.undo),
        ]
        with suppress(LinchpinError):
            self.random.choice(choices)()

    def create(self) -> None:
        self.count += 1
        name = f"ci-{self.count}"
        self.estate.add("server", name, status=self.random.choice(STATUSES))
        self.names.append(name)

    def one(self) -> str:
        return self.random.choice(self.names)

    def relate(self) -> None:
        group = self.random.choice(GROUPS)
        terms = {"need": self.random.choice([1, 2, "50%"])} if group else {}
        self.estate.link(self.one(), self.random.choice(TYPES), self.one(), self.one(), group=group, **terms)

    def unrelate(self) -> None:
        self.estate.unlink(self.one(), self.random.choice(TYPES), self.one(), self.random.choice(GROUPS))

    def change(self) -> None:
        self.estate.change(self.one(), owner=self.random.choice(["a", "b"]), criticality="high")

    def status(self) -> None:
        self.estate.change(self.one(), status=self.random.choice(STATUSES))

    def retire(self) -> None:
        self.estate.retire(self.one())

    def restore(self) -> None:
        restore(self.estate.store, AUTHOR, [Target(self.estate.ids[self.one()])])

    def undo(self) -> None:
        newest = int(self.estate.seq())
        undo(self.estate.store, AUTHOR, self.random.randint(max(1, newest - 5), newest))


def fresh(database: Database, seq: int) -> Projection:
    return load(database, STRENGTHS, moment(database, str(seq)))


@pytest.mark.parametrize("seed", range(4))
def test_following_is_loading(database: Database, estate: Estate, seed: int) -> None:
    writer = Writer(estate, seed)
    followed = load(database, STRENGTHS, latest(database))
    seen = []
    for _ in range(25):
        for _ in range(writer.random.randint(1, 4)):
            writer.write()
        revision = latest(database)
        now = follow(database, followed, revision)
        followed = now or load(database, STRENGTHS, revision)
        assert content(followed) == content(load(database, STRENGTHS, revision))
        seen.append(followed)
    for earlier in seen[::5]:
        back = follow(database, followed, earlier.revision)
        assert back is None or content(back) == content(earlier)
        assert content(load(database, STRENGTHS, earlier.revision)) == content(earlier)
