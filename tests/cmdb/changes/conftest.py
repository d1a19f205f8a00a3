import pytest

from cmdb import changes, outages
from cmdb.changes import ChangePolicy, load_change_policy
from cmdb.database import Database
from cmdb.history import Author
from cmdb.people import Team, save_teams
from cmdb.policy import Policies
from cmdb.records import Desk
from cmdb.store import Store, create_cis

TEAMS = (
    Team("Change management", members=("mia", "max")),
    Team("Change advisory board", members=("bea", "bob", "mia")),
    Team("Servers", members=("sam", "ann")),
    Team("Shop", members=("sue",)),
)


@pytest.fixture
def policy() -> ChangePolicy:
    return load_change_policy(Policies())


@pytest.fixture
def desk(database: Database) -> Desk:
    save_teams(database, Author("test", "test"), TEAMS)
    known = (*changes.kinds(Policies()), *outages.kinds(Policies()))
    return Desk(database, {kind.life_cycle.kind: kind for kind in known})


@pytest.fixture
def cis(store: Store) -> list[str]:
    rows = [{"class": "server", "name": name, "supported_by": "Servers"} for name in ("one", "two")]
    ids, _ = create_cis(store, Author("test", "test"), rows)
    return list(ids)
