"""Scans: who is there and what serves, and what a scan that did not finish means."""

from pathlib import Path
from xml.etree.ElementTree import parse

import pytest

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.nmap import IMPORTER
from importers.nmap.kinds import SERVICES
from tests.importers.contract import CATALOGUE, Reading, read

SCAN = Path(__file__).parent / "data" / "scan.xml"
DONE = '<runstats><finished time="2" exit="success"/><hosts up="1" down="0" total="1"/></runstats>'


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(IMPORTER, Origin(str(SCAN)))


def _scan(address: str, more: str = "", *, start: int = 1, end: str = DONE) -> str:
    known = f'<status state="up" reason="echo-reply"/><address addr="{address}" addrtype="ipv4"/>'
    return f'<nmaprun scanner="nmap" start="{start}"><host>{known}{more}</host>{end}</nmaprun>'


def _read(tmp_path: Path, *scans: str, **options: str) -> Reading:
    for number, scan in enumerate(scans):
        (tmp_path / f"{number}.xml").write_text(scan)
    return read(IMPORTER, Origin(str(tmp_path), options))


def test_numbers_are_those_of_the_file(reading: Reading) -> None:
    root = parse(SCAN)
    up = [host for host in root.iter("host") if host.find("status[@state='up']") is not None]
    told = root.find("runstats/hosts")
    assert told is not None and len(up) == int(told.get("up", ""))
    assert reading.classes == {
        "server": len(up) - 2,  # all but the switch, and 192.0.2.5, which -Pn took to be up
        "switch": 1,
        "web_server": 2,  # of 192.0.2.1; the switch's own page is no service
        "database": 1,
        "cache": 1,
        "message_queue": 1,
    }
    assert reading.relations == {"runs_on": 2 + 1 + 1 + 1}
    assert (reading.groups, reading.rejected, reading.gaps, reading.dangling) == (set(), [], [], set())


def test_a_host_is_what_answers_for_it(reading: Reading) -> None:
    assert reading.things["192.0.2.1"].attributes == {
        "class": "server",
        "name": "web1.example.com",
        "fqdn": "web1.example.com",
        "ip_address": "192.0.2.1",
        "mac_address": "24:6e:96:00:00:01",
        "mac_vendor": "Dell",
        "os": "Linux 5.0 - 5.5",
        "open_ports": ["22/tcp ssh", "9999/udp"],
    }


def test_a_service_runs_on_its_host(reading: Reading) -> None:
    https = reading.things["192.0.2.1/tcp/443"]
    assert https.attributes == {
        "class": "web_server",
        "name": "https web1.example.com:443",
        "host": "web1.example.com",
        "port": 443,
        "product": "nginx",
    }
    assert reading.provides("192.0.2.1/tcp/443", "runs_on") == {"192.0.2.1"}


def test_a_guess_counts_from_its_accuracy_on(reading: Reading) -> None:
    printer = reading.things["2001:db8::3"].attributes or {}
    assert (printer["class"], printer["name"], "os" in printer) == ("server", "printer", False)
    bolder = read(IMPORTER, Origin(str(SCAN), {"accuracy": "87"}))
    assert (bolder.things["2001:db8::3"].attributes or {})["class"] == "printer"
    shyer = read(IMPORTER, Origin(str(SCAN), {"accuracy": "97"}))
    assert "os" not in (shyer.things["192.0.2.1"].attributes or {})


def test_services_are_software_of_the_catalogue() -> None:
    assert {CATALOGUE.ci_class(name).domain for name in SERVICES.values()} == {"software"}


@pytest.mark.parametrize(
    ("end", "gap"),
    [
        ("", "does not say that the scan finished"),
        ("<runstats><hosts up='1' down='0' total='1'/></runstats>", "does not say that the scan finished"),
        ("<runstats><finished time='2' exit='error' errormsg='no route'/></runstats>", "failed: no route"),
    ],
)
def test_a_scan_that_did_not_finish_is_a_gap(tmp_path: Path, end: str, gap: str) -> None:
    reading = _read(tmp_path, _scan("192.0.2.1", end=end))
    assert set(reading.things) == {"192.0.2.1"}
    assert len(reading.gaps) == 1 and gap in reading.gaps[0].what


def test_a_host_that_took_too_long_is_a_gap(tmp_path: Path) -> None:
    reading = _read(tmp_path, _scan("192.0.2.1").replace("<host>", '<host timedout="true">'))
    assert "192.0.2.1 took too long" in reading.gaps[0].what


def test_the_newest_scan_of_a_host_counts(tmp_path: Path) -> None:
    older, newer = '<hostnames><hostname name="old.example.com" type="PTR"/></hostnames>', ""
    reading = _read(tmp_path, _scan("192.0.2.1", newer, start=9), _scan("192.0.2.1", older, start=5))
    assert (reading.things["192.0.2.1"].attributes or {})["name"] == "192.0.2.1"


def test_a_truncated_scan_among_others_is_a_gap(tmp_path: Path) -> None:
    reading = _read(tmp_path, _scan("192.0.2.1"), _scan("192.0.2.2")[:-30])
    assert set(reading.things) == {"192.0.2.1"}
    assert reading.gaps[0].what.startswith("1.xml is not XML")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (SCAN.read_text()[:2000], "is not XML.*Is the file whole"),
        ("", "is not XML"),
        ("<html/>", "is <html>, not <nmaprun>; write it with nmap -oX"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><nmaprun>&b;</nmaprun>', "declares entities"),
        ('<nmaprun start="soon"/>', "start is no time: 'soon'"),
    ],
)
def test_damage_is_told(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        _read(tmp_path, content)


def test_a_number_that_is_none_is_rejected_with_its_host(tmp_path: Path) -> None:
    ports = '<ports><port protocol="tcp" portid="x"><state state="open"/></port></ports>'
    reading = _read(tmp_path, _scan("192.0.2.1", ports))
    assert [one.row for one in reading.rejected] == [{"address": "192.0.2.1"}]


def test_an_accuracy_beyond_a_hundred_is_told() -> None:
    with pytest.raises(InvalidInput, match="from 0 to 100, not '101'"):
        read(IMPORTER, Origin(str(SCAN), {"accuracy": "101"}))
