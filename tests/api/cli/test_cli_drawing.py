"""Drawings and files from the command line, on the real Neo4j."""

import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import get_args

import orjson
import pytest
from pyarrow import ipc

from api.formats import BINARY, FormatName
from impact.drawing import FORMATS
from tests.api.cli.conftest import Cmdb


def test_the_names_are_those_of_the_formats() -> None:
    assert get_args(FormatName) == tuple(FORMATS)
    assert set(FORMATS) >= BINARY


def test_an_svg_has_names_states_and_the_group(estate: Path, cmdb: Cmdb) -> None:
    said = cmdb("impact", "vm-a", "--svg")
    assert said.code == 0
    assert said.out.startswith("<?xml")
    for word in ("vm-a", "DOWN · cause", "shop-app", "AT RISK", "vm-b", "needs 1 of 2", "holds"):
        assert word in unescape(said.out), word
    assert cmdb("impact", "vm-a", "--format", "svg").out == said.out


def test_the_end_of_a_files_name_tells_the_format(estate: Path, cmdb: Cmdb) -> None:
    file = estate / "falls.png"
    assert cmdb("impact", "vm-a", "--output", str(file)).code == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    unknown = cmdb("impact", "vm-a", "--output", str(estate / "falls.doc"))
    assert (unknown.code, "does not tell the format" in unknown.err) == (2, True)
    nowhere = cmdb("impact", "vm-a", "--output", str(estate / "no" / "falls.svg"))
    assert (nowhere.code, "cannot be written" in nowhere.err) == (1, True)


def test_arrow_has_the_items_of_json(estate: Path, cmdb: Cmdb) -> None:
    file = estate / "falls.arrows"
    assert cmdb("impact", "vm-a", "vm-b", "--arrow", "--output", str(file)).code == 0
    rows = ipc.open_stream(file.read_bytes()).read_all().to_pylist()
    items = cmdb("impact", "vm-a", "vm-b", "--json").json()["items"]
    told = ("id", "name", "class", "state", "before", "distance", "criticality", "environment", "owner")
    assert [[row[name] for name in told] for row in rows] == [[item[name] for name in told] for item in items]
    assert [row["via"] for row in rows if row["name"] == "Shop"] == ["shop-app"]


def test_a_table_lists_what_is_asked_for(estate: Path, cmdb: Cmdb) -> None:
    lines = cmdb("impact", "vm-a", "vm-b", "--csv", "--services").out.splitlines()
    assert len(lines) == 2
    assert '"Shop","business_service","down"' in lines[1]


def test_binary_is_not_sent_to_a_terminal(estate: Path, cmdb: Cmdb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    said = cmdb("impact", "vm-a", "--png")
    assert (said.code, "--output FILE" in said.err) == (2, True)
    assert cmdb("impact", "vm-a", "--mermaid").code == 0


def test_maps_and_paths_are_drawn(estate: Path, cmdb: Cmdb) -> None:
    shown = cmdb("map", "Shop", "--if-fails", "vm-a", "--mermaid").out
    assert "What Shop stands on" in shown
    assert "AT RISK" in shown
    assert "If vm-a fails alone" in cmdb("map", "vm-a", "--up", "--dot").out
    assert "How Shop depends on vm-a" in cmdb("path", "Shop", "vm-a", "--dot").out
    common = orjson.loads(cmdb("common", "Shop", "shop-app", "--cytoscape").out)
    assert {node["data"]["name"] for node in common["elements"]["nodes"]} >= {"Shop", "vm-a"}


def test_the_command_line_starts_without_what_draws() -> None:
    script = "import sys, api.cli.drawing; sys.exit('impact.drawing' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
