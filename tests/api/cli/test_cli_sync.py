"""`cmdb sync` imports for real."""

from pathlib import Path

import pytest

from tests.api.cli.conftest import Cmdb

DOCUMENT = "cis:\n" + "".join(
    f"  - {{ native_id: n{number}, class: server, name: node{number} }}\n" for number in range(4)
)


@pytest.fixture
def sync(tmp_path: Path) -> Path:
    (tmp_path / "estate.yaml").write_text(DOCUMENT)
    file = tmp_path / "sync.toml"
    file.write_text(
        f"""
        [[sources]]
        name = "nodes"
        importer = "document"
        location = "{tmp_path / "estate.yaml"}"
        scope = "ams"
        complete = true
        """
    )
    return file


def test_a_source_is_imported_as_the_file_says(sync: Path, cmdb: Cmdb) -> None:
    said = cmdb("sync", str(sync), "--once")
    assert said.code == 0, said.err
    assert "nodes: CIs: 4 created" in said.err
    (run,) = cmdb("import", "list", "--json").json()
    assert (run["source"], run["scope"], run["complete"], run["status"]) == ("nodes", "ams", True, "done")
    assert len(cmdb("ci", "list", "--json").json()["items"]) == 4


def test_a_held_and_a_failed_run_end_with_1(sync: Path, cmdb: Cmdb) -> None:
    cmdb("sync", str(sync), "--once")
    (sync.parent / "estate.yaml").write_text("".join(DOCUMENT.splitlines(True)[:3]))
    held = cmdb("sync", str(sync), "nodes", "--once")
    assert (held.code, "nodes held: The run misses 2 of 4 CIs" in held.err) == (1, True), held.err
    (sync.parent / "estate.yaml").unlink()
    failed = cmdb("sync", str(sync), "--once")
    assert (failed.code, "does not exist" in failed.err) == (1, True), failed.err
    assert cmdb("sync", str(sync), "node", "--once").code == 1
