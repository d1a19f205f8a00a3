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
