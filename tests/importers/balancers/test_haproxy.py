"""haproxy.cfg: what becomes of frontends, backends and servers, and what is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from importers.balancers import HAPROXY
from importers.balancers.words import split_words
from importers.importer import Origin
from tests.importers.contract import Reading, read

CFG = Path(__file__).parent / "data" / "haproxy.cfg"
EDGE = "edge1, edge2"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(HAPROXY, Origin(str(CFG), {"device": "edge1,edge2"}))


def _read(tmp_path: Path, text: str, **environment: str) -> Reading:
    path = tmp_path / "haproxy.cfg"
    path.write_text(text)
    return read(HAPROXY, Origin(str(path), {"device": "lb"}, environment))


def test_numbers_are_those_of_the_file(reading: Reading) -> None:
    text = CFG.read_text()
    servers = re.findall(r"^    server (\S+) \S+", text, re.M)
    assert reading.classes == {
        "virtual_server": len(re.findall(r"^(frontend|listen) ", text, re.M)),
        # listen stats has no servers
        "load_balancer_pool": len(re.findall(r"^(backend|listen) ", text, re.M)) - 1,
        # web1b is web1; local is the balancer; any is rejected; and the two balancers
        "server": len(servers) - 3 + 2,
        "dns_record": 1,
    }
    assert reading.relations == {
        "runs_on": 5 * 2,
        "depends_on": 1 + 2 + 1 + 1,  # shop: web; routes: api or beta; postgres and transparent: their own
        "uses": 2 + 2,  # shop and routes: api, beta
        "provided_by": 5 + 3 + 1 + 3 + 1 + 3,  # web, api, beta, sidecar (two balancers), discovered, postgres
    }
    assert len(reading.groups) == 5 + 1 + 4  # five balancers; routes' pools; web, api, sidecar, postgres
    assert [(one.table, one.line) for one in reading.rejected] == [
        ("use_backend", _line(text, "use_backend %")),
        ("server", _line(text, "server any")),
    ]
    assert (reading.gaps, reading.dangling) == ([], set())


def _line(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_backups_count_and_the_disabled_do_not(reading: Reading) -> None:
    relations = reading.things[f"{EDGE}/pool/web"].relations or ()
    counting = {r["to"].rpartition("/")[2] for r in relations if r.get("group") == "members"}
    assert counting == {"10.0.1.1", "10.0.1.2", "spare.example.com"}
    idle = {r["to"].rpartition("/")[2] for r in relations if r.get("strength") == "none"}
    assert idle == {"10.0.1.3", "10.0.1.4"}  # of weight 0, and disabled


def test_a_server_undoes_the_default(reading: Reading) -> None:
    relations = reading.things[f"{EDGE}/pool/postgres"].relations or ()
    assert [(r["to"][-8:], r.get("strength")) for r in relations] == [
        ("10.0.5.1", None),
        ("10.0.5.2", None),
        ("10.0.5.3", "none"),  # disabled by default-server of the defaults
    ]


def test_a_socket_is_the_balancer_itself(reading: Reading) -> None:
    assert reading.provides(f"{EDGE}/pool/sidecar", "provided_by") == {
        f"{EDGE}/device/edge1",
        f"{EDGE}/device/edge2",
        f"{EDGE}/server/10.0.4.1",
    }


def test_the_default_backend_is_vital_and_the_others_are_missed(reading: Reading) -> None:
    shop = f"{EDGE}/virtual/shop"
    assert reading.provides(shop, "depends_on") == {f"{EDGE}/pool/web"}
    assert reading.provides(shop, "uses") == {f"{EDGE}/pool/api", f"{EDGE}/pool/beta"}
    attributes = reading.things[shop].attributes or {}
    assert attributes["addresses"] == ["192.0.2.10:443", "192.0.2.11:443", "*:8080"]
    assert (attributes["ip_address"], attributes["port"]) == ("192.0.2.10", 443)


def test_a_loopback_address_identifies_no_virtual_server(reading: Reading) -> None:
    attributes = reading.things[f"{EDGE}/virtual/stats"].attributes or {}
    assert "ip_address" not in attributes and attributes["enabled"] is False


def test_the_first_rule_without_condition_takes_the_rest(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        "frontend f\n use_backend\n use_backend a if x\n use_backend b\n use_backend c if y\n"
        "default_backend d\n"
        + "".join(f"backend {name}\n server s 192.0.2.{n}\n" for n, name in enumerate("abcd", 1)),
    )
    assert reading.provides("lb/virtual/f", "depends_on") == {"lb/pool/b"}
    assert reading.provides("lb/virtual/f", "uses") == {"lb/pool/a"}


def test_defaults_are_inherited_until_the_next(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        "defaults\n default_backend b\n balance source\nfrontend f\n bind :80\nbackend b\n"
        "defaults\n mode tcp\nfrontend g\n bind :81\n",
    )
    assert reading.provides("lb/virtual/f", "depends_on") == {"lb/pool/b"}
    assert (reading.things["lb/pool/b"].attributes or {})["method"] == "source"
    assert reading.provides("lb/virtual/g", "depends_on") == set()


def test_variables_stand_for_addresses(tmp_path: Path) -> None:
    text = 'backend b\n server s "${HOST}:80"\n server t "$OTHER:80"\n server u "${NONE-192.0.2.9}:80"\n'
    reading = _read(tmp_path, text, HOST="192.0.2.1")
    assert reading.provides("lb/pool/b", "provided_by") == {"lb/server/192.0.2.1", "lb/server/192.0.2.9"}
    assert [one.line for one in reading.rejected] == [3]


@pytest.mark.parametrize("kind", ["backend", "listen"])
def test_a_second_section_of_a_name_is_rejected(tmp_path: Path, kind: str) -> None:
    text = f"{kind} b\n server s 192.0.2.1\n.if defined(X)\n{kind} b\n server s 192.0.2.2\n.endif\n"
    reading = _read(tmp_path, text)
    assert [(one.table, one.line) for one in reading.rejected] == [(kind, 4)]
    assert "lb/server/192.0.2.2" not in reading.things


def test_the_node_of_global_names_the_balancer(tmp_path: Path) -> None:
    (tmp_path / "a.cfg").write_text("global\n node edge7\n")
    (tmp_path / "b.cfg").write_text("backend b\n")
    assert set(read(HAPROXY, Origin(str(tmp_path))).things) == {"edge7/device/edge7", "edge7/pool/b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("backend b\n server s 'x\n", "line 2: a quote or an escape that is never ended"),
        ("backend b\n server s \\", "line 2: a quote or an escape that is never ended"),
        ("backend\n server s 192.0.2.1\n", "line 1: a backend without a name"),
        ("global\n daemon\n", "has no frontend, listen or backend"),
        ("", "has no frontend, listen or backend"),
    ],
)
def test_damage_is_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        _read(tmp_path, text)


def test_without_a_name_nothing_is_told_apart() -> None:
    with pytest.raises(InvalidInput, match="name it with -o device=NAME"):
        read(HAPROXY, Origin(str(CFG)))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        # the five that HAProxy's manual calls strictly equivalent
        (r"log-format %{+Q}o\ %t\ %s\ %{-Q}r", ["log-format", "%{+Q}o %t %s %{-Q}r"]),
        ('log-format "%{+Q}o %t %s %{-Q}r"', ["log-format", "%{+Q}o %t %s %{-Q}r"]),
        ("log-format '%{+Q}o %t %s %{-Q}r'", ["log-format", "%{+Q}o %t %s %{-Q}r"]),
        ("""log-format "%{+Q}o %t"' %s %{-Q}r'""", ["log-format", "%{+Q}o %t %s %{-Q}r"]),
        (r"""log-format "%{+Q}o %t"' %s'\ %{-Q}r""", ["log-format", "%{+Q}o %t %s %{-Q}r"]),
        (r"a\#b '#' # c", ["a#b", "#"]),
        ('x "" y', ["x", "", "y"]),
        (r'"\$A $A" \x41', ["$A 1", "A"]),
        ("'$A' $A", ["$A", "$A"]),
    ],
)
def test_words(line: str, words: list[str]) -> None:
    assert split_words(line, {"A": "1"}) == words


@given(st.lists(st.text(st.characters(exclude_characters="'\n\r", min_codepoint=32, max_codepoint=0x2FF))))
def test_words_in_strong_quotes_come_back_as_they_are(words: list[str]) -> None:
    assert split_words(" ".join(f"'{word}'" for word in words), {}) == words
