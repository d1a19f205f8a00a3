"""Following changes comes to what reading the whole graph anew does, on random writes."""

from collections.abc import Callable
from contextlib import suppress
from random import Random
from threading import Event, Thread

import pytest

from cmdb.database import Database
from cmdb.errors import LinchpinError
from cmdb.history import latest
from cmdb.store import Target, purge, restore, undo
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


@pytest.mark.parametrize("seed", range(3))
def test_following_is_loading(database: Database, estate: Estate, seed: int) -> None:
    writer = Writer(estate, seed)
    newest = load(database, STRENGTHS, latest(database))
    seen, followed = [newest], 0
    for _ in range(20):
        for _ in range(writer.random.randint(1, 4)):
            writer.write()
        revision = latest(database)
        loaded = load(database, STRENGTHS, revision)
        newest = follow(database, newest, revision) or loaded
        followed += newest is not loaded
        assert content(newest) == content(loaded)
        seen.append(newest)
    assert followed > len(seen) / 2
    for earlier in seen[::5]:
        back = follow(database, newest, earlier.revision)
        assert back is None or content(back) == content(earlier)
        assert content(load(database, STRENGTHS, earlier.revision)) == content(earlier)


def test_reading_while_others_write_is_exact(database: Database, estate: Estate) -> None:
    writer = Writer(estate, 7)
    ended = Event()

    def write() -> None:
        for _ in range(60):
            writer.write()
        ended.set()

    newest = load(database, STRENGTHS, latest(database))
    seen = [newest]
    thread = Thread(target=write)
    thread.start()
    while not ended.is_set():
        revision = latest(database)
        newest = follow(database, newest, revision) or load(database, STRENGTHS, revision)
        seen.append(newest)
    thread.join()
    for projection in seen:
        assert content(projection) == content(load(database, STRENGTHS, projection.revision))


def test_after_a_purge_it_is_loaded(database: Database, shop: Estate) -> None:
    before = load(database, STRENGTHS, latest(database))
    shop.retire("vm")
    purge(shop.store, AUTHOR, [Target(shop.ids["vm"])])
    assert follow(database, before, latest(database)) is None


def test_who_only_people_describe_is_unverified(database: Database, shop: Estate) -> None:
    projection = load(database, STRENGTHS, latest(database))
    shop.change("vm", verified_at="2026-01-01T00:00:00Z")
    changed = follow(database, projection, latest(database))
    assert changed
    assert [unverified(one) for one in (projection, changed)] == [
        {"shop", "app", "db-a", "db-b", "vm", "printer"},
        {"shop", "app", "db-a", "db-b", "printer"},
    ]


def unverified(projection: Projection) -> set[str]:
    cis = projection.cis
    return {cis.name[ci] for ci in range(len(cis)) if cis.described(ci).unverified}
