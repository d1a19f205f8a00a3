"""A start from a file gives the graph of the database, whatever the file is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import latest
from cmdb.store import Store
from impact.projection import Projection, Saved, Snapshots, load
from tests.conftest import empty
from tests.impact.conftest import Estate
from tests.impact.projection.content import content

STRENGTHS = {"calls": "soft"}


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    return Saved(tmp_path / "home" / "projection.npz")


def now(database: Database) -> Projection:
    return load(database, STRENGTHS, latest(database))


def test_what_is_read_is_what_was_written(database: Database, shop: Estate, saved: Saved) -> None:
    shop.change("vm", owner="team")
    written = now(database)
    saved.write(written)
    read = saved.read(database, STRENGTHS)
    assert read
    assert content(read) == content(written)
    assert read.revision == written.revision
    shop.link("app", "runs_on", "printer")
    assert content(Snapshots(database, STRENGTHS, saved).at(None)) == content(now(database))


def test_the_first_question_saves_and_the_next_process_starts_from_it(
    database: Database, shop: Estate, saved: Saved
) -> None:
    first, second = Snapshots(database, STRENGTHS, saved), Snapshots(database, STRENGTHS, saved)
    first.at(None)
    started = saved.read(database, STRENGTHS)
    assert started
    assert started.revision == latest(database)
    shop.link("app", "runs_on", "printer")
    assert content(second.at(None)) == content(first.at(None)) == content(now(database))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def flip(file: Path) -> None:
    octets = bytearray(file.read_bytes())
    octets[octets.index(b"printer")] ^= 0xFF
    file.write_bytes(octets)


def clear(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut, flip, clear, Path.unlink])
def test_a_damaged_file_is_replaced(
    database: Database, shop: Estate, saved: Saved, damage: Callable[[Path], None]
) -> None:
    saved.write(now(database))
    damage(saved.path)
    assert saved.read(database, STRENGTHS) is None
    assert content(Snapshots(database, STRENGTHS, saved).at(None)) == content(now(database))
    assert saved.read(database, STRENGTHS)


def test_a_file_of_other_strengths_is_ignored(database: Database, shop: Estate, saved: Saved) -> None:
    saved.write(now(database))
    assert saved.read(database, {"calls": "hard"}) is None


def test_a_file_of_another_database_is_ignored(
    database: Database, shop: Estate, catalogue: Catalogue, saved: Saved
) -> None:
    saved.write(now(database))
    empty(database)
    assert saved.read(database, STRENGTHS) is None
    other = Estate(Store(database, catalogue))
    while latest(database).seq < 10:
        other.add("server", f"server-{latest(database).seq}")
    assert saved.read(database, STRENGTHS) is None
    assert content(Snapshots(database, STRENGTHS, saved).at(None)) == content(now(database))
