"""The command line in this process, against the database of the run."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from api.cli import main
from cmdb.database import Database
from cmdb.embedded import Address


class Said(NamedTuple):
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return orjson.loads(self.out)


Cmdb = Callable[..., Said]

CIS = """native_id,class,name,owner
shop,business_service,Shop,Trading
app,application,shop-app,Retail
a,virtual_machine,vm-a,Compute
b,virtual_machine,vm-b,Compute
"""
RELATIONSHIPS = """from,type,to,group,need
shop,depends_on,app,,
app,runs_on,a,hosts,1
app,runs_on,b,hosts,1
"""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all commands, as a person has: kernels are noted as compiled once, the projection is kept."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def cmdb(
    home: Path,
    database: Database,
    prepared_address: Address,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Cmdb:
    """Run a command as a person would; returns exit code, output and errors."""
    monkeypatch.setenv("CMDB_NEO4J_URI", prepared_address.uri)
    monkeypatch.setenv("CMDB_NEO4J_USER", prepared_address.user)
    monkeypatch.setenv("CMDB_NEO4J_PASSWORD", prepared_address.password)
    monkeypatch.setenv("CMDB_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> Said:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["cmdb", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
            raise SystemExit(0)
        sys.stdout.flush()
        code = stopped.value.code
        return Said(code if isinstance(code, int) else 0, *capfd.readouterr())

    return run


def imported(cmdb: Cmdb, folder: Path, cis: str, relationships: str) -> Path:
    """Write an estate into a folder, and import it."""
    (folder / "cis.csv").write_text(cis)
    (folder / "relationships.csv").write_text(relationships)
    assert cmdb("import", "csv", str(folder), "--source", "files").code == 0
    return folder


@pytest.fixture
def estate(tmp_path: Path, cmdb: Cmdb) -> Path:
    """A shop that runs on one of two machines, imported."""
    return imported(cmdb, tmp_path, CIS, RELATIONSHIPS)
