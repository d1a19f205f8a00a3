"""A killed import is simply run again."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.embedded import Address
from tests.importers.exchange.estates import cis, load, relationships, revisions, write

ROOT = Path(__file__).parents[3]
IMPORT = """
import sys
from pathlib import Path
from cmdb.catalogue import load_catalogue
from cmdb.database import Database
from cmdb.history import Author
from importers import import_csv

uri, user, password, folder = sys.argv[1:]
with Database(uri, user, password) as database:
    import_csv(database, load_catalogue(), Author("tester", "test"), Path(folder), scope="killed")
"""


def _estate(folder: Path, size: int) -> Path:
    names = [f"s{n:05}" for n in range(size)]
    rows = [f"{name},server,srv-{name}" for name in names]
    ends = [(a, b, f"g{n % 3}") for n, a in enumerate(names) for b in (names[n - 1], names[n // 2]) if a != b]
    return write(
        folder,
        cis="\n".join(["native_id,class,name", *rows]),
        relationships="\n".join(["from,type,to,group,need", *(f"{a},uses,{b},{g},1" for a, b, g in ends)]),
    )


def test_the_graph_is_as_if_nothing_had_happened(
    database: Database, catalogue: Catalogue, neo4j_address: Address, tmp_path: Path
) -> None:
    folder = _estate(tmp_path / "estate", 6_000)
    address = neo4j_address.uri, neo4j_address.user, neo4j_address.password
    process = subprocess.Popen([sys.executable, "-c", IMPORT, *address, str(folder)], cwd=ROOT)
    while revisions(database) < 2:
        assert process.poll() is None, "killed before its end"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert 0 < len(cis(database, "killed")) + len(relationships(database, "killed")) < 6_000 + 11_998
    load(database, catalogue, folder, scope="killed")
    load(database, catalogue, folder, scope="undisturbed")
    assert cis(database, "killed") == cis(database, "undisturbed")
    assert relationships(database, "killed") == relationships(database, "undisturbed")
