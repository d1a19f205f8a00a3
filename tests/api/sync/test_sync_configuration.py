"""The file of `cmdb sync`: what it says, and how its mistakes are told."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.sync import Configuration, read_configuration
from cmdb.errors import InvalidInput
from importers import Importer, Option, Origin
from importers.importer import Row

PAGE = (Path(__file__).parents[3] / "docs/sync.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
GOOD = """
[[sources]]
name = "a"
importer = "table"
location = "estate"
every = "15m"
"""


def _nothing(_: Origin) -> Iterator[Row]:
    return iter(())


INSTALLED = {
    "netbox": Importer("netbox", "NetBox", _nothing, (), (Option("site", "Only this one."),)),
    "table": Importer("table", "Tables", _nothing, ()),
}


def _find(name: str) -> Importer:
    if name not in INSTALLED:
        raise InvalidInput(f"No importer is called {name!r}; there are netbox, table.")
    return INSTALLED[name]


def _read(folder: Path, content: str) -> Configuration:
    path = folder / "sync.toml"
    path.write_text(content, encoding="utf-8")
    return read_configuration(path, _find)


def _mistakes(folder: Path, content: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        _read(folder, content)
    mistakes: list[str] = caught.value.extensions["mistakes"]
    assert all(f"sync.toml: {mistake}" in caught.value.detail for mistake in mistakes)
    return mistakes


def test_the_documented_example(tmp_path: Path) -> None:
    configuration = _read(tmp_path, EXAMPLE)
    alerts, (netbox, table) = configuration.alerts, configuration.sources
    assert (str(alerts.webhook), alerts.repeat) == ("https://chat.example.org/hooks/cmdb", timedelta(hours=6))
    assert alerts.command == ("/usr/local/bin/page", "--team", "cmdb")
    assert (netbox.name, netbox.importer, netbox.scope, netbox.complete) == (
        "netbox-ams",
        "netbox",
        "ams",
        True,
    )
    assert (netbox.every, netbox.schedule, netbox.retries) == (timedelta(minutes=15), None, 2)
    assert (table.every, table.schedule, table.retries) == (None, "30 6 * * mon-fri", 0)


def test_an_importer_gets_the_variables_under_the_names_that_it_asks_for(tmp_path: Path) -> None:
    netbox, _ = _read(tmp_path, EXAMPLE).sources
    origin = netbox.origin({"NETBOX_TOKEN_AMS": "secret", "NETBOX_TOKEN": "other", "PATH": "/bin"})
    assert origin.secret("NETBOX_TOKEN") == "secret"
    assert origin.secret("PATH") == "/bin"
    assert (origin.location, dict(origin.options)) == ("https://netbox.example.org", {"site": "ams"})
    with pytest.raises(
        InvalidInput, match="NETBOX_TOKEN_AMS is not set; netbox-ams needs it as NETBOX_TOKEN"
    ):
        netbox.origin({"NETBOX_TOKEN": "other"})


def test_options_are_text(tmp_path: Path) -> None:
    options = 'options = { site = 7 }\n[[sources]]\nname = "b"\nlocation = "x"\nimporter = "netbox"\n'
    content = GOOD.replace("table", "netbox") + options + "options = { site = true }"
    first, second = _read(tmp_path, content).sources
    assert (first.options, second.options) == ({"site": "7"}, {"site": "true"})


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        (
            '"table"',
            '"tabel"',
            "source 'a': importer: No importer is called 'tabel'; there are netbox, table.",
        ),
        ('importer = "table"', "", "source 'a': importer: is missing"),
        ('name = "a"', "", "source 1: name: is missing"),
        ('"a"', '"a/b"', "source 'a/b': name: 'a/b' is not made of letters, digits, dots, hyphens and und"),
        ('"a"', '"manual"', "source 'manual': this name is for people's edits"),
        ('"15m"', '"15"', "source 'a': every: write a number and one of s, m, h, d, such as \"15m\""),
        ('"15m"', "15", "source 'a': every: write a number and one of s, m, h, d, such as \"15m\""),
        ('"15m"', '"0m"', "source 'a': every: write a number and one of s, m, h, d, such as \"15m\""),
        ("every", "evry", "source 'a': evry: there is no such key"),
        (
            'every = "15m"',
            'schedule = "x"',
            "source 'a': schedule: has 1 fields; the five are minute, hour, day",
        ),
        ("every", 'schedule = "* * * * *"\nevery', "source 'a': has both every and schedule; leave one out"),
        (
            "every",
            'options = { site = "x" }\nevery',
            "source 'a': options.site: table has no such option; it h",
        ),
        ("every", 'scope = "a:b"\nevery', "source 'a': scope: must not contain a colon"),
        ("every", "retries = 11\nevery", "source 'a': retries: Input should be less than or equal to 10"),
        (
            "every",
            'environment = { X = "" }\nevery',
            "source 'a': environment.X: String should have at least 1",
        ),
        (GOOD, f"{GOOD}{GOOD}", "source 'a': 2 sources have this name"),
        (GOOD, "", "sources: is missing"),
        (GOOD, "sources = []", "sources: is empty"),
        (GOOD, "sources = [3]", "source 1: Input should be a valid dictionary"),
        (GOOD, "sources = 3", "sources: Input should be a valid tuple"),
        (
            GOOD,
            f'{GOOD}[alerts]\nwebhook = "chat.example.org"',
            "alerts.webhook: Input should be a valid URL",
        ),
        (GOOD, f"{GOOD}[alerts]\ncommand = []", "alerts.command: is empty"),
        (GOOD, f'{GOOD}[alerts]\nrepeat = "often"', "alerts.repeat: write a number and one of s, m, h, d"),
        (GOOD, f"{GOOD}[alert]", "alert: there is no such key"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    assert old in GOOD
    (told,) = _mistakes(tmp_path, GOOD.replace(old, new, 1))
    assert told.startswith(mistake)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    second = GOOD.replace("table", "tabel").replace("15m", "1 hour").replace("location", "place")
    told = _mistakes(tmp_path, GOOD + second + "[alerts]\nrepeat = 3")
    assert sorted(mistake.rpartition(": ")[0] for mistake in told) == [
        "alerts.repeat",
        "source 'a'",  # twice
        "source 'a': every",
        "source 'a': importer",
        "source 'a': location",
        "source 'a': place",
    ]


@pytest.mark.parametrize("content", [b"[[sources]", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "sync.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"sync\.toml cannot be read: "):
        read_configuration(path, _find)
