"""The example of the documentation does what the documentation says."""

import re
from pathlib import Path

import pytest

from importers.importer import Origin
from importers.mapped import IMPORTER
from tests.importers.contract import Reading, read

PAGE = Path(__file__).parents[3] / "docs" / "importers" / "table.md"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("tables")
    blocks = re.findall(r"```(csv|toml)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names = ("servers.csv", "applications.csv", "talks.csv", "ours.toml")
    for name, (kind, content) in zip(names, blocks, strict=True):
        assert name.endswith(kind)
        (folder / name).write_text(content, encoding="utf-8")
    return read(IMPORTER, Origin(str(folder), {"mapping": str(folder / "ours.toml")}))


def test_things_become_cis(example: Reading) -> None:
    assert example.things.keys() == {"A-1", "A-2", "A-3", "A-6", "rack:R1", "app:7", "app:8"}
    assert example.classes == {"hypervisor": 1, "virtual_machine": 3, "rack": 1, "application": 2}
    assert example.things["A-1"].attributes == {
        **{"class": "hypervisor", "name": "esx-1", "fqdn": "esx-1.example.org"},
        **{"environment": "production", "site": "Lisbon", "organisation": "Example Ltd"},
        "purchased_on": "2024-03-31",
    }


def test_cells_become_relations(example: Reading) -> None:
    assert {key: one.relations for key, one in example.things.items()} == {
        "A-1": (
            {"type": "powered_by", "to": "pdu:PDU-A", "group": "power", "need": 1},
            {"type": "powered_by", "to": "pdu:PDU-B", "group": "power", "need": 1},
            {"type": "located_in", "to": "rack:R1"},
        ),
        "A-2": ({"type": "runs_on", "to": "A-1"},),
        "A-3": ({"type": "runs_on", "to": "A-1"},),
        "A-6": (),
        "rack:R1": (),
        "app:7": (
            {"type": "runs_on", "to": "A-2", "group": "servers", "need": 1},
            {"type": "runs_on", "to": "A-3", "group": "servers", "need": 1},
            {"type": "calls", "to": "app:8"},  # said twice, once the other way round
        ),
        "app:8": ({"type": "runs_on", "to": "A-2"},),
    }


def test_what_does_not_fit_is_what_the_page_says(example: Reading) -> None:
    assert [(r.table, r.line) for r in example.rejected] == [
        ("servers.csv", 6),
        ("servers.csv", 7),
        ("talks.csv", 4),
    ]
    reasons = [r.reason for r in example.rejected]
    assert reasons[0].startswith("environment 'Blue' must be one of")
    assert reasons[1] == "runs_on: nothing has the name 'esx-7'"
    assert reasons[2].startswith("No relationship type is called 'admires'")
    assert example.rejected[0].row["Hostname"] == "test-1"
