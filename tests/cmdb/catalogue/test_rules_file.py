"""`rules.toml`: what it may say, and how its mistakes are told."""

from pathlib import Path

import pytest

from cmdb.catalogue import Catalogue, load_catalogue
from cmdb.errors import CatalogueError

GOOD = """
[rules.x]
type = "depends_on"
dependents = { class = "server" }
providers = { class = "database", attributes = { host = "{fqdn}" } }
"""


def _load(folder: Path, rules: str) -> Catalogue:
    (folder / "rules.toml").write_text(rules)
    return load_catalogue(folder)


def _mistakes(folder: Path, rules: str) -> list[tuple[str, str]]:
    with pytest.raises(CatalogueError) as caught:
        _load(folder, rules)
    return [(mistake["key"], mistake["reason"]) for mistake in caught.value.extensions["mistakes"]]


def test_none_come_with_linchpin() -> None:
    assert load_catalogue().rules == ()


def test_a_rule_knows_all_classes_and_terms(tmp_path: Path) -> None:
    more = GOOD + 'group = "g"\nneed = "60%"\nstrength = "soft"\nassumed = true\n'
    (rule,) = _load(tmp_path, more).rules
    assert rule.name == "x"
    expected = {"server", "physical_server", "hypervisor", "mainframe", "virtual_machine"}
    assert rule.dependents.classes == expected
    assert rule.providers.classes == {"database"}
    assert not rule.providers.patterns
    assert dict(rule.joins) == {"host": "{fqdn}"}
    assert dict(rule.terms) == {
        "type": "depends_on",
        "group": "g",
        "need": "60%",
        "strength": "soft",
        "assumed": True,
    }


def test_terms_that_are_not_stated_are_left_to_the_type(tmp_path: Path) -> None:
    (rule,) = _load(tmp_path, GOOD).rules
    assert dict(rule.terms) == {"type": "depends_on"}


def test_whole_values_become_what_the_catalogue_keeps(tmp_path: Path) -> None:
    conditions = '{ status = "In Stock", cpu_count = "8.0", os = ["Win*", "AIX"], tags = "Web" }'
    rules = GOOD.replace('{ class = "server" }', f'{{ class = "server", attributes = {conditions} }}')
    (rule,) = _load(tmp_path, rules).rules
    assert dict(rule.dependents.patterns) == {
        "status": ("in_stock",),
        "cpu_count": ("8",),
        "os": ("win*", "aix"),
        "tags": ("web",),
    }


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("[rules.x]", "[rules.X]", "rules.X", "'X' is not a name: write lower-case words joined by _"),
        ('type = "depends_on"', "", "type", "a rule needs it"),
        ("depends_on", "depend_on", "type", "no relationship type is called 'depend_on'; did you mean"),
        ('type = "depends_on"', 'tipe = "uses"\ntype = "uses"', "tipe", "unknown key; did you mean 'type'?"),
        (
            'class = "server"',
            'clas = "x", class = "server"',
            "dependents.clas",
            "unknown key; did you mean 'c",
        ),
        ('class = "server"', "", "dependents.class", "a rule needs it"),
        ("server", "servr", "dependents.class", "no class is called 'servr'; did you mean 'server'?"),
        (
            "host =",
            "hst =",
            "providers.attributes.hst",
            "the providers have no attribute 'hst'; did you mean",
        ),
        ("{fqdn}", "{fqnd}", "providers.attributes.host", "the dependents have no attribute 'fqnd'; did you"),
        ("{fqdn}", "{tags}", "providers.attributes.host", "'tags' of the dependents is a list; only single"),
        ("host =", "tags =", "providers.attributes.tags", "'tags' of the providers is a list; only single"),
        ("{fqdn}", "{fqdn}*", "providers.attributes.host", "what refers to the dependent must be one whole"),
        ("{fqdn}", "{fqdn", "providers.attributes.host", "write what the dependent says as {attribute}"),
        ("{fqdn}", "{FQDN}", "providers.attributes.host", "write what the dependent says as {attribute}"),
        ('"{fqdn}"', '["{fqdn}", "x"]', "providers.attributes.host", "what refers to the dependent must be"),
        ('host = "{fqdn}"', "", "providers.attributes", "needs a condition; else every dependent depends on"),
        (
            '"{fqdn}"',
            "[]",
            "providers.attributes.host",
            "compare with text, a number, true or false, or a li",
        ),
        ('"{fqdn}"', "2026-01-01", "providers.attributes.host", "compare with text, a number, true or false"),
        (
            'class = "server"',
            'class = "server", attributes = { os = "{name}" }',
            "dependents.attributes.os",
            "only what is said of the providers can refer to the other side",
        ),
        (
            'class = "server"',
            'class = "server", attributes = { status = "gone" }',
            "dependents.attributes.status",
            "'gone' must be one of planned, in_stock, operational",
        ),
        ("[rules.x]", "[rules.x]\nneed = 2", "need", "belongs to a group; name it"),
        (
            "[rules.x]",
            '[rules.x]\ngroup = "g"\nneed = 0',
            "need",
            "is neither a count from 1 nor a percentage",
        ),
        (
            "[rules.x]",
            '[rules.x]\ngroup = "g"\nneed = "101%"',
            "need",
            "is neither a count from 1 nor a perc",
        ),
        ("[rules.x]", '[rules.x]\ngroup = "g"\nneed = true', "need", "is neither a count from 1 nor a perce"),
        ("[rules.x]", '[rules.x]\ngroup = ""', "group", "String should have at least 1 character"),
        (
            "[rules.x]",
            '[rules.x]\nstrength = "firm"',
            "strength",
            "'firm' is not one of hard, soft, guard, none",
        ),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, key: str, reason: str) -> None:
    assert old in GOOD
    ((told_key, told_reason),) = _mistakes(tmp_path, GOOD.replace(old, new, 1))
    assert told_key == (key if key.startswith("rules.") else f"rules.x.{key}")
    assert told_reason.startswith(reason)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    second = GOOD.replace("rules.x", "rules.y").replace("server", "servr").replace("fqdn", "nam")
    keys = [key for key, _ in _mistakes(tmp_path, GOOD.replace("depends_on", "?") + second)]
    assert keys == ["rules.x.type", "rules.y.dependents.class"]
    third = GOOD.replace("rules.x", "rules.z").replace("host", "hst").replace("depends_on", "uze")
    keys = [key for key, _ in _mistakes(tmp_path, third + second)]
    assert keys == ["rules.z.type", "rules.z.providers.attributes.hst", "rules.y.dependents.class"]
