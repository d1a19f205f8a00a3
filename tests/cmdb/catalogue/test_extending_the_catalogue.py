"""An organisation's own files: what they add, what they change, and how their mistakes are told."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdb.catalogue import Catalogue, check_attributes, load_catalogue
from cmdb.errors import CatalogueError

PAGE = (Path(__file__).parents[3] / "docs/catalogue.md").read_text(encoding="utf-8")
EXAMPLE: dict[str, str] = dict(re.findall(r"```toml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))


def _own(folder: Path, classes: str = "", relationships: str = "") -> Path:
    (folder / "classes.toml").write_text(classes)
    (folder / "relationships.toml").write_text(relationships)
    return folder


def _mistakes(folder: Path, classes: str = "", relationships: str = "") -> list[tuple[str, str, str]]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(_own(folder, classes, relationships))
    told = [(Path(m["file"]).name, m["key"], m["reason"]) for m in caught.value.extensions["mistakes"]]
    assert all(reason in caught.value.detail for _, _, reason in told)
    return told


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue with the files of the worked example in the documentation."""
    own: Path = tmp_path_factory.mktemp("own")
    for name, content in EXAMPLE.items():
        (own / name).write_text(content)
    return load_catalogue(own)


def test_the_example_adds_a_class(documented: Catalogue) -> None:
    teller = documented.ci_class("teller_machine")
    assert teller.title == "Automatic teller machine"
    assert teller.labels == ("CI", "TellerMachine")
    assert (teller.stale_days, teller.grace_days) == (1, 30)
    assert {"terminal_id", "serial_number", "status", "cost_centre"} <= teller.attributes.keys()
    row = {"name": "atm-7", "terminal_id": "0042", "notes_left": "1200"}
    checked = check_attributes(documented, "teller_machine", row)
    assert checked.values == row | {"notes_left": 1200}
    assert checked.problems == []


def test_the_example_changes_what_exists(documented: Catalogue) -> None:
    shipped = load_catalogue()
    assert documented.ci_class("virtual_machine").grace_days == 3
    assert documented.ci_class("server").grace_days == shipped.ci_class("server").grace_days
    before, after = shipped.common["environment"], documented.common["environment"]
    assert after.values == (*before.values, "acceptance")
    assert after.description == before.description
    assert documented.ci_class("router").attributes["environment"] == after


def test_the_example_extends_relationship_types(documented: Catalogue) -> None:
    assert documented.relationship("monitored_by").strength == "soft"
    assert documented.relationship("monitored_by").inverse == "monitors"
    assert documented.is_usual("located_in", "teller_machine", "site")
    assert documented.is_usual("located_in", "rack", "room")
    assert documented.is_usual("authorised_by", "teller_machine", "business_service")


def test_a_class_below_a_new_class_inherits_from_it(tmp_path: Path) -> None:
    own = _own(
        tmp_path,
        """
        [classes.kiosk]
        parent = "terminal"
        attributes.operator = { required = true }
        [classes.terminal]
        parent = "workstation"
        grace_days = 5
        attributes.operator = { type = "team", description = "Who runs it." }
        """,
    )
    kiosk = load_catalogue(own).ci_class("kiosk")
    assert kiosk.ancestors == ("workstation", "terminal")
    assert (kiosk.domain, kiosk.grace_days) == ("endpoint", 5)
    operator = kiosk.attributes["operator"]
    assert (operator.type, operator.required, operator.description) == (
        "team",
        True,
        "Who runs it.",
    )


@pytest.mark.parametrize(
    ("classes", "key", "reason"),
    [
        (
            '[classes.x]\nparent = "servr"',
            "classes.x.parent",
            "no class is called 'servr'; did you mean 'server'?",
        ),
        ('[classes.x]\nparent = "x"', "classes.x.parent", "the class is its own ancestor"),
        ("[classes.x]", "classes.x.domain", "a class without a parent needs a domain"),
        (
            '[classes.x]\ndomain = "cloudy"',
            "classes.x.domain",
            "'cloudy' is not one of business, software, compute, storage, network, facility, "
            "cloud, endpoint; did you mean 'cloud'?",
        ),
        (
            '[classes.server]\nparent = "cluster"',
            "classes.server.parent",
            "exists already; only attributes, grace_days, stale_days may be changed",
        ),
        (
            "[classes.server]\ngraze_days = 3",
            "classes.server.graze_days",
            "unknown key; did you mean 'grace_days'?",
        ),
        (
            "[class.server]\ngrace_days = 3",
            "class",
            "unknown key; did you mean 'classes'?",
        ),
        (
            "[classes.server]\ngrace_days = 0",
            "classes.server.grace_days",
            "Input should be greater than 0",
        ),
        (
            '[classes.server]\nattributes.fqdn = { type = "url" }',
            "classes.server.attributes.fqdn",
            "is of type url here and of type string in ",
        ),
        (
            '[classes.server]\nattributes.x = { type = "strin" }',
            "classes.server.attributes.x.type",
            "'strin' is not one of string, text, integer, number, boolean, date, datetime, url, "
            "ip, email, enum, team, list; did you mean 'string'?",
        ),
        (
            "[classes.server]\nattributes.x = { requird = true }",
            "classes.server.attributes.x.requird",
            "unknown key; did you mean 'required'?",
        ),
        (
            '[sets.more]\nx = { typ = "text" }',
            "sets.more.x.typ",
            "unknown key; did you mean 'type'?",
        ),
        (
            '[classes.server]\nattributes.x = { type = "enum" }',
            "classes.server.attributes.x",
            "'values' belong to the type enum, and an enum needs them",
        ),
        (
            '[classes.server]\nattributes.x = { type = "integer", minimum = "few" }',
            "classes.server.attributes.x.minimum",
            "Input should be a valid",
        ),
        (
            "[classes.server]\nattributes.x = { default = [] }",
            "classes.server.attributes.x.default",
            "Input should be a valid",
        ),
        (
            "[classes.server]\nattributes.x = { minimum = 3 }",
            "classes.server.attributes.x",
            "'minimum' and 'maximum' belong to the types integer and number",
        ),
        (
            '[classes.server]\nattributes.x = { type = "integer", default = "many" }',
            "classes.server.attributes.x.default",
            "must be a whole number",
        ),
        (
            '[classes.server]\nattributes.x = { type = "integer", default = "3" }',
            "classes.server.attributes.x.default",
            "write it as 3",
        ),
        (
            "[ci.attributes]\nid = {}",
            "ci.attributes.id",
            "this name is kept by Linchpin itself; choose another",
        ),
        (
            "[classes.server]\nattributes.CostCentre = {}",
            "classes.server.attributes.CostCentre",
            "'CostCentre' is not a name: write lower-case words joined by _",
        ),
        (
            '[classes.x]\nparent = "server"\nidentifiers = [["fqdn"], ["name", "fqnd"]]',
            "classes.x.identifiers.1.1",
            "the class has no attribute 'fqnd'; did you mean 'fqdn'?",
        ),
        (
            '[classes.x]\nparent = "server"\nidentifiers = [["container"]]',
            "classes.x.identifiers.0",
            "an identifier needs at least one attribute",
        ),
        (
            '[classes.x]\nparent = "server"\ninclude = ["hardwear"]',
            "classes.x.include.0",
            "no set is called 'hardwear'; did you mean 'hardware'?",
        ),
        (
            '[classes.change]\ndomain = "business"',
            "classes.change",
            "its label would be taken for that of the graph's own Change; choose another name",
        ),
        (
            '[classes.work_station]\ndomain = "endpoint"',
            "classes.work_station",
            "its label would be taken for that of workstation; choose another name",
        ),
    ],
)
def test_a_mistake_in_classes_is_named(tmp_path: Path, classes: str, key: str, reason: str) -> None:
    ((file, told_key, told_reason),) = _mistakes(tmp_path, classes)
    assert (file, told_key) == ("classes.toml", key)
    assert told_reason.startswith(reason)


@pytest.mark.parametrize(
    ("relationships", "key", "reason"),
    [
        (
            '[relationships.runs_on]\nstrength = "firm"',
            "relationships.runs_on.strength",
            "'firm' is not one of hard, soft, guard, none",
        ),
        (
            '[relationships.runs_on]\ninverse = "executes"',
            "relationships.runs_on.inverse",
            "exists already; only strength, usual_dependents, usual_providers may be changed",
        ),
        (
            '[relationships.runs_on]\nusual_providers = ["cloud", "servers"]',
            "relationships.runs_on.usual_providers.1",
            "'servers' is neither a class nor a domain nor 'any'; did you mean 'server'?",
        ),
        (
            '[relationships.feeds]\nstrength = "hard"\nusual_dependents = ["any"]\nusual_providers = ["any"]',
            "relationships.feeds.inverse",
            "a new relationship type needs it",
        ),
        (
            '[relationships.awaits]\ninverse = "awaited by"\nstrength = "hard"\n'
            'usual_dependents = ["any"]\nusual_providers = ["any"]',
            "relationships.awaits",
            "the graph uses this type itself; choose another name",
        ),
    ],
)
def test_a_mistake_in_relationships_is_named(
    tmp_path: Path, relationships: str, key: str, reason: str
) -> None:
    mistakes = _mistakes(tmp_path, relationships=relationships)
    assert mistakes == [("relationships.toml", key, reason)]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    mistakes = _mistakes(
        tmp_path,
        """
        [classes.one]
        parent = "two"
        [classes.two]
        parent = "one"
        [classes.three]
        parent = "one"
        [classes.four]
        domain = "clowd"
        graze_days = 1
        identifiers = [["nane"], ["names", "x"]]
        """,
        '[relationships.runs_on]\nusual_providers = ["nowhere"]\nstrength = "firm"',
    )
    assert sorted((file, key) for file, key, _ in mistakes) == [
        ("classes.toml", "classes.four.domain"),
        ("classes.toml", "classes.four.graze_days"),
        ("classes.toml", "classes.four.identifiers.0.0"),
        ("classes.toml", "classes.four.identifiers.1.0"),
        ("classes.toml", "classes.four.identifiers.1.1"),
        ("classes.toml", "classes.one.parent"),
        ("classes.toml", "classes.two.parent"),
        ("relationships.toml", "relationships.runs_on.strength"),
        ("relationships.toml", "relationships.runs_on.usual_providers.0"),
    ]


def test_mistakes_read_as_documented(tmp_path: Path) -> None:
    own = _own(
        tmp_path,
        """
        [classes.teller_machine]
        domain = "endpoint"
        graze_days = 1
        [classes.kiosk]
        parent = "workstaton"
        """,
    )
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(own)
    told = f"{caught.value.title}\n{caught.value.detail}"
    assert told.replace(str(tmp_path), "/etc/linchpin/catalogue") in PAGE


def test_what_follows_from_a_mistake_is_not_told(tmp_path: Path) -> None:
    mistakes = _mistakes(
        tmp_path,
        """
        [classes.server]
        attributes.cpu_count = { type = "integr", minimum = 1 }
        attributes.colour = { type = "enm", values = ["red"] }
        [classes.kiosk]
        parent = "workstaton"
        identifiers = [["fqdn"]]
        """,
    )
    assert [key for _, key, _ in mistakes] == [
        "classes.server.attributes.cpu_count.type",
        "classes.server.attributes.colour.type",
        "classes.kiosk.parent",
    ]


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    ((file, key, reason),) = _mistakes(
        tmp_path,
        "[classes.x]\nparent = server",
        '[relationships.runs_on]\nusual_providers = ["x"]',
    )
    assert (file, key) == ("classes.toml", "")
    assert "line 2" in reason


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "classes.toml").write_bytes("# caf\u00e9".encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"classes.toml: cannot be read: .*utf-8"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize("folder", ["", "missing"])
def test_a_folder_without_files_is_told(tmp_path: Path, folder: str) -> None:
    with pytest.raises(
        CatalogueError, match=r"holds none of classes\.toml, relationships\.toml, sources\.toml, rules\.toml"
    ):
        load_catalogue(tmp_path / folder)


def test_one_of_the_files_is_enough(tmp_path: Path) -> None:
    (tmp_path / "classes.toml").write_text("[classes.server]\ngrace_days = 3")
    assert load_catalogue(tmp_path).ci_class("server").grace_days == 3


WORDS = sorted(set(re.findall(r"[\w.]+|[^\w\s]", "".join(EXAMPLE.values()))))


@settings(deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(EXAMPLE)), put=st.sampled_from(["", *WORDS]))
def test_a_damaged_file_is_told_or_loads(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, name: str, put: str
) -> None:
    place = data.draw(st.sampled_from(list(re.finditer(r"[\w.]+", EXAMPLE[name]))))
    own: Path = tmp_path_factory.mktemp("own")
    damaged = EXAMPLE[name][: place.start()] + put + EXAMPLE[name][place.end() :]
    for file, content in {**EXAMPLE, name: damaged}.items():
        (own / file).write_text(content)
    try:
        assert load_catalogue(own).classes.keys() > load_catalogue().classes.keys()
    except CatalogueError as error:
        assert str(own) in error.detail
