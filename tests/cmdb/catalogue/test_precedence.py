"""Whom to believe: by class and attribute, as shipped and as an organisation says."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.catalogue import Catalogue, Precedence, load_catalogue
from cmdb.errors import CatalogueError

PAGE = (Path(__file__).parents[3] / "docs/catalogue.md").read_text(encoding="utf-8")
EXAMPLE: dict[str, str] = dict(re.findall(r"```toml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))
KNOWN = """
manual vmware aws azure gcp terraform netbox kubernetes f5 haproxy compose servicenow backstage ansible csv
rvtools prometheus nmap cyclonedx spdx traces
"""


def _order(catalogue: Catalogue, class_name: str, attribute: str | None, *sources: str) -> list[str]:
    """The sources, strongest first; no two may be equal."""
    ranks = {source: catalogue.precedence.rank(class_name, attribute, source) for source in sources}
    assert len(set(ranks.values())) == len(ranks)
    return sorted(ranks, key=ranks.__getitem__)


def _with(folder: Path, sources: str) -> Catalogue:
    (folder / "sources.toml").write_text(sources)
    return load_catalogue(folder)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


def test_people_come_first_then_what_is_asked_now_and_traces_last(shipped: Catalogue) -> None:
    for class_name in shipped.classes:
        order = _order(shipped, class_name, None, *KNOWN.split(), "unheard-of", "rule:windows")
        assert order[0] == "manual"
        assert order[-3:] == ["traces", "unheard-of", "rule:windows"]


def test_each_attribute_is_asked_where_it_is_known_best(shipped: Catalogue) -> None:
    machine, device = "virtual_machine", "switch"
    assert _order(shipped, machine, None, "netbox", "vmware", "terraform") == [
        "vmware",
        "terraform",
        "netbox",
    ]
    for attribute in ("owner", "supported_by", "criticality"):
        order = _order(shipped, machine, attribute, "vmware", "backstage", "servicenow", "manual")
        assert order == ["manual", "servicenow", "backstage", "vmware"]
    for attribute in ("serial_number", "model", "site", "rack_position"):
        assert _order(shipped, device, attribute, "servicenow", "f5", "netbox")[0] == "netbox"
    assert _order(shipped, machine, "os", "netbox", "vmware", "ansible") == ["ansible", "vmware", "netbox"]
    assert _order(shipped, "software_component", "version", "csv", "spdx")[0] == "spdx"


def test_what_refines_a_class_inherits_its_order(shipped: Catalogue) -> None:
    for class_name in ("physical_server", "hypervisor"):
        assert _order(shipped, class_name, "memory_mb", "netbox", "ansible")[0] == "ansible"
    assert _order(shipped, "server", "memory_mb", "netbox", "ansible")[0] == "netbox"


def test_an_instance_counts_as_what_it_is_an_instance_of(tmp_path: Path) -> None:
    catalogue = _with(tmp_path, '[classes.rack]\norder = ["netbox", "lab", "netbox-lab", "netbox-lab-2"]')
    rank = catalogue.precedence.rank
    assert rank("rack", None, "netbox-ams") == rank("rack", None, "netbox") < rank("rack", None, "lab")
    assert rank("rack", None, "lab") < rank("rack", None, "netbox-lab") == rank("rack", None, "netbox-lab-1")
    assert rank("rack", None, "netbox-lab-1") < rank("rack", None, "netbox-lab-2")
    assert rank("rack", None, "netboxes") == rank("rack", None, "unheard-of")
    assert rank("rack", None, "manual-list") == rank("rack", None, "unheard-of")


def test_an_instance_that_a_stronger_list_means_need_not_be_named_there(tmp_path: Path) -> None:
    catalogue = _with(tmp_path, '[ci]\norder = ["netbox-lab"]\n[ci.attributes]\nowner = ["netbox", "csv"]')
    assert _order(catalogue, "rack", "owner", "csv", "netbox-lab") == ["netbox-lab", "csv"]


def test_the_documented_example(tmp_path: Path) -> None:
    for name, content in EXAMPLE.items():
        (tmp_path / name).write_text(content)
    own = load_catalogue(tmp_path)
    everywhere = _order(own, "rack", None, "netbox", "vmware", "asset-register", "manual")
    assert everywhere == ["manual", "asset-register", "vmware", "netbox"]
    # servicenow leads for owners in the shipped file, and follows the own list here
    owners = _order(own, "virtual_machine", "owner", "vmware", "servicenow", "manual", "hr", "asset-register")
    assert owners == ["hr", "manual", "servicenow", "asset-register", "vmware"]
    sites = _order(own, "teller_machine", "site", "netbox", "branch-monitor", "asset-register", "vmware")
    assert sites == ["asset-register", "branch-monitor", "netbox", "vmware"]
    names = _order(own, "teller_machine", "name", "asset-register", "branch-monitor", "manual")
    assert names == ["manual", "branch-monitor", "asset-register"]


def test_of_an_unknown_class_holds_what_holds_for_every_class(shipped: Catalogue) -> None:
    rank = shipped.precedence.rank
    for source in KNOWN.split():
        assert rank("gone", "owner", source) == rank("virtual_machine", "owner", source)


@pytest.mark.parametrize(
    ("sources", "key", "reason"),
    [
        (
            '[classes.servr]\norder = ["vmware"]',
            "classes.servr",
            "no class is called 'servr'; did you mean 'server'?",
        ),
        (
            '[classes.server.attributes]\nownr = ["vmware"]',
            "classes.server.attributes.ownr",
            "the class has no attribute 'ownr'; did you mean 'owner'?",
        ),
        (
            '[ci.attributes]\nserial = ["netbox"]',
            "ci.attributes.serial",
            "no class has an attribute 'serial'",
        ),
        ('[ci]\norder = ["aws", "vmware", "aws"]', "ci.order", "names 'aws' 2 times"),
        ("[ci]\norder = []", "ci.order", "Tuple should have at least 1 item"),
        ('[ci]\norder = ["rule:x"]', "ci.order.0", "'rule:x' is not a name of a source"),
        ('[ci]\norder = ["aws", " "]', "ci.order.1", "' ' is not a name of a source"),
        ('order = ["aws"]', "order", "unknown key"),
        ('[classes.server]\nordr = ["aws"]', "classes.server.ordr", "unknown key; did you mean 'order'?"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, sources: str, key: str, reason: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        _with(tmp_path, sources)
    (mistake,) = caught.value.extensions["mistakes"]
    assert (Path(mistake["file"]).name, mistake["key"]) == ("sources.toml", key)
    assert mistake["reason"].startswith(reason)


NAMES = st.lists(st.sampled_from(["manual", "a", "b", "a-b", "a-b-c", "c"]), unique=True).map(tuple)
PLACES = st.tuples(st.sampled_from([None, "leaf", "root"]), st.sampled_from([None, "x", "y"]))
LINES = {"leaf": ("leaf", "root"), "root": ("root",)}


@given(orders=st.dictionaries(PLACES, st.lists(NAMES, min_size=1, max_size=2)))
def test_a_rank_is_the_first_mention_along_the_line(
    orders: dict[tuple[str | None, str | None], list[tuple[str, ...]]],
) -> None:
    """Against the rule as it is written down: one long list, in which each list answers for itself."""
    precedence = Precedence(orders, LINES)
    for class_name, line in LINES.items():
        for attribute in ("x", "z", None):
            for source in ("manual", "a", "a-b", "a-b-c-d", "b-1", "other", "rule:a"):
                places = [(name, of) for of in dict.fromkeys((attribute, None)) for name in (*line, None)]
                whole = [names for place in places for names in orders.get(place, [])]
                mentions = [
                    (number, -len(name), place)
                    for number, names in enumerate(whole)
                    for place, name in enumerate(names)
                    if source == name or (name != "manual" and source.startswith(name + "-"))
                ]
                expected = sum(map(len, whole)) + source.startswith("rule:")
                if mentions:
                    number, _, place = min(mentions)
                    expected = sum(map(len, whole[:number])) + place
                assert precedence.rank(class_name, attribute, source) == expected


def test_a_cloned_value_is_marked_down_the_line(shipped: Catalogue) -> None:
    cloned = {(c.name, a.name) for c in shipped.classes.values() for a in c.attributes.values() if a.cloned}
    servers = shipped.refining(["server"])
    assert cloned == {(name, "bios_uuid") for name in servers}
