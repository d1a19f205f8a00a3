"""`cmdb apply`: what changes is seen before it is written."""

import os
import pty
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.cli.conftest import Cmdb

DOCUMENT = """
teams: [{ name: Web, email: web@example.org }]
cis:
  - { native_id: shop, class: business_service, name: Shop }
  - { native_id: web, class: virtual_machine, name: web, attributes: { fqdn: web.example } }
relationships:
  - { from: shop, type: runs_on, to: web }
"""
Answer = Callable[[str], None]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "estate.yaml"
    file.write_text(DOCUMENT)
    return file


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Type an answer at a terminal."""

    def type_(text: str) -> None:
        person, terminal = pty.openpty()
        monkeypatch.setattr("sys.stdin", os.fdopen(terminal))
        os.write(person, text.encode())

    return type_


def names(cmdb: Cmdb) -> list[str]:
    return [ci["name"] for ci in cmdb("ci", "list", "--json").json()["items"]]


def test_a_dry_run_shows_the_difference_and_writes_nothing(document: Path, cmdb: Cmdb) -> None:
    said = cmdb("apply", str(document), "--dry-run")
    assert said.code == 0, said.err
    assert "+ created virtual_machine web" in said.out
    assert names(cmdb) == []
    assert cmdb("import", "list", "--json").json() == []


def test_without_a_terminal_and_without_yes_nothing_is_applied(document: Path, cmdb: Cmdb) -> None:
    said = cmdb("apply", str(document))
    assert (said.code, "--yes" in said.err) == (1, True)
    assert names(cmdb) == []


@pytest.mark.parametrize(("text", "code", "there"), [("y\n", 0, ["Shop", "web"]), ("n\n", 1, [])])
def test_a_person_sees_what_would_change_and_decides(
    document: Path, cmdb: Cmdb, answer: Answer, text: str, code: int, there: list[str]
) -> None:
    answer(text)
    said = cmdb("apply", str(document))
    assert (said.code, "+ created Shop RUNS_ON web" in said.out, "Apply this?" in said.err) == (
        code,
        True,
        True,
    )
    assert names(cmdb) == there


def test_with_yes_nobody_is_asked_and_a_second_time_nothing_changes(document: Path, cmdb: Cmdb) -> None:
    assert cmdb("apply", str(document), "--yes", "--source", "register").code == 0
    assert [one["source"] for one in cmdb("import", "list", "--json").json()] == ["register"]
    assert [team["name"] for team in cmdb("team", "list", "--json").json()] == ["Web"]
    document.write_text(DOCUMENT.replace("teams:", "#"))
    before = cmdb("revisions", "--json").json()
    said = cmdb("apply", str(document), "--yes", "--source", "register")
    assert (said.code, "Nothing would change." in said.out) == (0, True)
    assert cmdb("revisions", "--json").json() == before


def test_what_is_held_is_not_applied(document: Path, cmdb: Cmdb) -> None:
    assert cmdb("apply", str(document), "--yes").code == 0
    document.write_text("cis: [{ native_id: shop, class: business_service, name: Store }]")
    said = cmdb("apply", str(document), "--yes", "--complete")
    assert (said.code, "Held: The run misses 1 of 2 CIs" in said.out) == (1, True)
    assert names(cmdb) == ["Shop", "web"]
    assert cmdb("apply", str(document), "--yes", "--complete", "--retire-at-most", "100%").code == 0
    assert names(cmdb) == ["Store", "web"]


def test_the_schema_is_printed_and_a_file_is_needed_otherwise(cmdb: Cmdb) -> None:
    schema = cmdb("apply", "--schema").json()
    assert schema["properties"].keys() == {"teams", "cis", "relationships"}
    assert cmdb("apply").code == 2
