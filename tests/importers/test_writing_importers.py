"""The example of the guide, installed as the guide says, does what the guide says."""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import Origin, importer, importer_names
from tests.importers.contract import read

PAGE = Path(__file__).parents[2] / "docs/writing-importers.md"


@pytest.fixture
def test_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The guide's package in a folder on the path, with the metadata an installer leaves; yields its test."""
    blocks = re.findall(r"```\w+\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    answer, module, declared, test = blocks
    (tmp_path / "machines.json").write_text(answer, encoding="utf-8")
    (tmp_path / "linchpin_fleet.py").write_text(module, encoding="utf-8")
    project = tomllib.loads(declared)["project"]
    installed = tmp_path / f"linchpin_fleet-{project['version']}.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
    lines = [f"{name} = {place}" for name, place in project["entry-points"]["linchpin.importers"].items()]
    (installed / "entry_points.txt").write_text("\n".join(["[linchpin.importers]", *lines]))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    yield test
    del sys.modules["linchpin_fleet"]


def test_the_guide_is_right(test_of_the_guide: str) -> None:
    assert "fleet" in importer_names()
    said = read(importer("fleet"), Origin("machines.json", {"site": "Porto"})).things["machine/S1"].attributes
    assert said and said["site"] == "Porto"
    names: dict[str, object] = {}
    exec(test_of_the_guide, names)
    (test,) = (one for name, one in names.items() if name.startswith("test_") and callable(one))
    test()
