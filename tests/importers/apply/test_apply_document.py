"""Linchpin's own document, and the mistakes that people make in one."""

import gzip
import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdb.catalogue import load_catalogue
from cmdb.errors import InvalidInput
from cmdb.people import Team
from importers.apply import IMPORTER, document_schema
from importers.importer import Origin
from tests.importers.contract import Reading, read

PAGE = Path(__file__).parents[3] / "docs" / "importers" / "apply.md"
EXAMPLE = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]


def _read(folder: Path, content: str, name: str = "estate.yaml") -> Reading:
    (folder / name).write_text(content, encoding="utf-8")
    return read(IMPORTER, Origin(str(folder)))


def _mistakes(folder: Path, content: str, name: str = "estate.yaml") -> list[str]:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        list(IMPORTER.read(Origin(str(folder))))
    return [line.strip() for line in refused.value.detail.splitlines()[1:]]


def test_the_example_of_the_page_is_read(tmp_path: Path) -> None:
    reading = _read(tmp_path, EXAMPLE)
    assert reading.teams == [Team("Web Trading", "web@example.org")]
    assert reading.classes == {"business_service": 1, "virtual_machine": 2, "network_interface": 1}
    assert reading.things["shop"].attributes == {
        **{"class": "business_service", "name": "Web shop", "environment": "production"},
        **{"owner": "Web Trading", "availability_target": 99.9},
    }
    assert reading.things["shop"].relations == (
        {"type": "runs_on", "to": "web1", "group": "web", "need": 1},
        {"type": "runs_on", "to": "web2", "group": "web", "need": 1},
    )
    assert reading.things["web1-eth0"].within == "web1"
    assert reading.dangling == {"sw7"}
    assert [one.line for one in reading.things.values()] == [6, 13, 17, 20]  # of their first key


def test_the_mistake_on_the_page_is_told_so(tmp_path: Path) -> None:
    (told,) = _mistakes(tmp_path, EXAMPLE.replace("environment", "enviroment"))
    assert f"    {told}\n" in PAGE.read_text(encoding="utf-8")
    assert EXAMPLE.splitlines()[9].strip() == "environment: production"  # line 10


def test_json_says_the_same_as_yaml(tmp_path: Path) -> None:
    expected = _read(tmp_path, EXAMPLE)
    (tmp_path / "estate.yaml").unlink()
    packed = gzip.compress(json.dumps(yaml.safe_load(EXAMPLE), indent="\t").encode())
    (tmp_path / "estate.json.gz").write_bytes(packed)
    again = read(IMPORTER, Origin(str(tmp_path)))
    assert again.teams == expected.teams
    assert {key: (one.attributes, one.relations) for key, one in again.things.items()} == {
        key: (one.attributes, one.relations) for key, one in expected.things.items()
    }


def test_several_files_are_one_estate_and_order_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        "relationships: [{from: b, type: uses, to: a}]\n"
        "cis: [{native_id: b, class: rack, name: B, within: a}]\n"
    )
    reading = _read(tmp_path, "cis: [{native_id: a, class: room, name: A}]\n---\nteams:\n", "b.yaml")
    assert list(reading.things) == ["a", "b"]  # the room before the rack in it
    assert reading.provides("b", "uses") == {"a"}


def test_all_mistakes_are_told_with_file_line_and_key(tmp_path: Path) -> None:
    content = """\
teams:
  - {name: A, email: a@x}
  - {name: A, mail: a@x}
cis:
  - native_id: s1
    class: sever
    name: one
  - native_id: s2
    class: server
    name: two
    attributes:
      memory_mb: lots
      flavour: mint
  - native_id: s2
    class: server
    name: three
  - native_id: s3
    class: server
  - plain text
  - native_id: r1
    class: rack
    name: R1
    within: r2
  - native_id: r2
    class: rack
    name: R2
    within: r1
  - native_id: r3
    class: rack
    name: R3
    within: nowhere
relationships:
  - {from: s2, type: run_on, to: s1}
  - {from: s9, type: runs_on, to: s1}
  - {from: s2, type: runs_on, to: s2}
  - {from: s2, type: runs_on, to: s1, group: g, need: 1}
  - {from: s2, type: runs_on, to: s3, group: g, need: 2}
  - {from: s2, type: runs_on, to: [s3]}
servers: []
"""
    assert [told.removeprefix("estate.yaml, line ") for told in _mistakes(tmp_path, content)] == [
        "3: teams[2].mail: is none of name, email, chat, on_call, phone, members",
        "6: cis[1].class: No class is called 'sever'; did you mean 'server'?",
        "12: cis[2].attributes.memory_mb: 'lots' must be a whole number",
        "13: cis[2].attributes.flavour: server has no such attribute",
        "14: cis[3].native_id: 's2' stands on line 8, too",
        "17: cis[4]: name is missing",
        "19: cis[5]: must hold keys and values",
        "23: cis[6].within: stands within itself",
        "27: cis[7].within: stands within itself",
        "31: cis[8].within: no CI has the native_id 'nowhere'",
        "33: relationships[1]: No relationship type is called 'run_on'; did you mean 'runs_on'?",
        "34: relationships[2].from: no CI has the native_id 's9'",
        "35: relationships[3].to: nothing depends on itself",
        "37: relationships[5]: group 'g': need is 1 and 2; all of it must agree",
        "38: relationships[6].to: must be text",
        "39: servers: is none of teams, cis, relationships",
    ]


def test_a_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    told = _mistakes(tmp_path, "cis: []\nrelationships: []\ncis: []\n")
    assert told == ["estate.yaml, line 1: 'cis' stands there more than once"]


def test_no_more_mistakes_than_a_person_reads(tmp_path: Path) -> None:
    told = _mistakes(tmp_path, json.dumps({"cis": [1] * 60}), "estate.json")
    assert len(told) == 51
    assert told[-1] == "and 10 more"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("estate.yaml", "cis: [", "line 1 is not YAML|line 2 is not YAML"),
        ("estate.yaml", "", "holds no document"),
        ("estate.yaml", "- a\n", "line 1: must hold teams, cis, relationships"),
        ("estate.yaml", "cis: {a: b}\n", "line 1: cis: must be a list"),
        ("estate.yaml", "cis: !!python/object/apply:os.system [ls]\n", "is not YAML"),
        ("estate.yaml", "a: &a [x]\n" + "".join(f"{c}: &{c} [{','.join('*a' for _ in '0123456789')}]\n"
         .replace("*a", f"*{chr(ord(c) - 1)}") for c in "bcdefghij"), "repeats aliases"),
        ("estate.yaml", "a: &a [*a]\n", "stands within itself"),
        ("estate.json", '{"cis": [', "is not JSON"),
        ("estate.txt", "", "holds no file that ends in .yaml"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InvalidInput, match=message):
        list(IMPORTER.read(Origin(str(tmp_path))))


def test_the_schema_agrees_with_the_reader(tmp_path: Path) -> None:
    schema = document_schema(load_catalogue())
    jsonschema_rs.meta.validate(schema)
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    document = yaml.safe_load(EXAMPLE)
    assert validator.is_valid(document)
    document["cis"][0]["attributes"]["enviroment"] = "production"
    document["cis"][1]["class"] = "sever"
    document["relationships"][0]["nede"] = 1
    places = {tuple(map(str, error.instance_path[:2])) for error in validator.iter_errors(document)}
    assert places == {("cis", "0"), ("cis", "1"), ("relationships", "0")}
    assert len(_mistakes(tmp_path, yaml.safe_dump(document))) >= 3


SECTIONS = ("cis", "relationships", "teams")
KEYS = ("native_id", "class", "name", "within", "attributes", "from", "to", "type")
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats()
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(SECTIONS + KEYS), inner, max_size=5)
    ),
    max_leaves=20,
)


@settings(max_examples=50, deadline=None)
@given(st.fixed_dictionaries({name: st.lists(ANYTHING, max_size=3) for name in SECTIONS}))
def test_whatever_stands_there_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, document: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("d") / "estate.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    try:
        list(IMPORTER.read(Origin(str(file))))
    except InvalidInput as refused:
        assert refused.detail
