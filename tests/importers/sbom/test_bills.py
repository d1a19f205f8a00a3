import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Relation
from importers.importer import Importer, Origin
from importers.sbom import CYCLONEDX, SPDX
from tests.importers.contract import Reading, read

DATA = Path(__file__).parent / "data"
CDX: dict[str, Any] = {"bomFormat": "CycloneDX", "specVersion": "1.5"}


JSON = "pkg:maven/org.example/json@1"
TEXT = "pkg:npm/text@3"


def reading(importer: Importer, path: Path) -> Reading:
    return read(importer, Origin(str(path)))


def attributes(found: Reading, native_id: str) -> dict[str, Any]:
    return dict(found.things[native_id].attributes or {})


def relations(found: Reading, native_id: str) -> dict[str, Relation]:
    return {relation["to"]: relation for relation in found.things[native_id].relations or ()}


@pytest.fixture(scope="module")
def till() -> Reading:
    return reading(CYCLONEDX, DATA / "till.cdx.json")


def test_components_have_package_urls_without_hints(till: Reading) -> None:
    assert attributes(till, JSON) == {
        "class": "software_component",
        "name": "json",
        "version": "1",
        "package_url": "pkg:maven/org.example/json@1",
        "licence": "MIT AND House licence",
        "vendor": "Example",
    }
    # No package URL: group, name and version identify it as well.
    assert attributes(till, "org/mock@9")["namespace"] == "org"
    assert till.classes == {"application": 2, "software_component": 5, "technical_service": 2}


def test_the_application_keeps_its_native_id_when_its_version_changes(till: Reading) -> None:
    assert attributes(till, "shop/till") == {
        "class": "application",
        "name": "till",
        "version": "2.0",
        "namespace": "shop",
    }


def test_scope_and_kind_of_the_provider_say_how_much_depends_on_it(till: Reading) -> None:
    found = relations(till, "shop/till")
    assert {to: (r["type"], r.get("strength")) for to, r in found.items()} == {
        JSON: ("depends_on", None),
        "shop/till#agent": ("depends_on", None),
        "org/mock@9": ("uses", "none"),
        "shop/till#rates": ("calls", None),
    }
    assert {one.native_id for one in till.things.values() if one.mentioned} == {
        "shop/till#rates",
        "shop/till#history",
    }


def test_what_a_component_holds_is_a_part_of_it_once(till: Reading) -> None:
    assert relations(till, JSON) == {
        TEXT: {"type": "depends_on", "to": TEXT},
        "shop/till#json@1|trim@1": {
            "type": "composed_of",
            "to": "shop/till#json@1|trim@1",
            "strength": "soft",
        },
    }


def test_references_that_lead_nowhere_are_rejected(till: Reading) -> None:
    assert sorted(one.reason for one in till.rejected) == [
        "'ghost' is not among the components",
        "'lost@1' is not among the components",
        "another component is called 'text@3' too",
    ]
    assert not till.dangling


def test_xml_without_an_application(tmp_path: Path) -> None:
    found = reading(CYCLONEDX, DATA / "till.cdx.xml")
    assert found.things.keys() == {"pkg:npm/alpha@1", "till#beta@2"} and not found.relations


def test_an_application_of_which_nothing_is_told_depends_on_what_no_other_part_does(tmp_path: Path) -> None:
    parts = [{"type": "library", "bom-ref": ref, "name": ref} for ref in "abc"]
    document = {**CDX, "metadata": {"component": {"type": "application", "name": "app"}}, "components": parts}
    path = tmp_path / "bom.json"
    path.write_text(json.dumps({**document, "dependencies": [{"ref": "a", "dependsOn": ["c"]}]}))
    assert reading(CYCLONEDX, path).provides("app", "depends_on") == {"app#a", "app#b"}


@pytest.mark.parametrize("name", ["till.spdx", "till.spdx.json", "till.spdx.yaml"])
def test_all_forms_of_spdx_say_the_same(name: str) -> None:
    found = reading(SPDX, DATA / name)
    assert found.classes == {"application": 1, "software_component": 3}
    assert attributes(found, "pkg:npm/json@1") == {
        "class": "software_component",
        "name": "json",
        "version": "1",
        "package_url": "pkg:npm/json@1",
        "vendor": "Json Makers",
        "licence": "MIT",
    }
    # json depends on NONE, and on a package that is not there; how mock varies from themes matters to none.
    assert list(relations(found, "till").values()) == [
        {"type": "depends_on", "to": "pkg:npm/json@1"},
        {"type": "uses", "to": "till#mock@9", "strength": "none"},
        {"type": "uses", "to": "till#themes"},
    ]
    assert found.relations.total() == 3
    assert [one.reason for one in found.rejected] == ["'SPDXRef-77' is not among the components"]


def test_a_folder_holds_one_bill_of_each_application(tmp_path: Path) -> None:
    content = (DATA / "till.cdx.json").read_bytes()
    (tmp_path / "a.json").write_bytes(content)
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(content))
    (tmp_path / "c.json").write_text('{"name": "a package"}')
    found = reading(CYCLONEDX, tmp_path)
    assert found.classes["application"] == 2
    assert found.rejected[0].reason == "a.json is a bill of shop/till already"
    assert [one.what.split(":")[0] for one in found.gaps] == ["c.json is not CycloneDX"]


def component(name: str, purl: str, **more: object) -> dict[str, Any]:
    return {"type": "library", "bom-ref": name, "name": name, "purl": purl, **more}


def bill(root: dict[str, Any], components: list[dict[str, Any]], needs: dict[str, list[str]]) -> str:
    told = [{"ref": ref, "dependsOn": to} for ref, to in needs.items()]
    return json.dumps(
        {**CDX, "metadata": {"component": root}, "components": components, "dependencies": told}
    )


def test_a_package_is_one_thing_wherever_it_is_installed(tmp_path: Path) -> None:
    inner = component("a/b", "pkg:npm/b@1", scope="optional")
    parts = [component("a", "pkg:npm/a@1", components=[inner]), component("b", "pkg:npm/b@1")]
    path = tmp_path / "bom.json"
    path.write_text(
        bill({"type": "application", "name": "app"}, parts, {"app": [], "a": ["a/b"], "a/b": ["a"]})
    )
    found = reading(CYCLONEDX, path)
    assert found.things.keys() == {"app", "pkg:npm/a@1", "pkg:npm/b@1"}
    # It depends on one b as an option, and holds it so: the first says more. The other b depends on nothing.
    assert relations(found, "pkg:npm/a@1") == {"pkg:npm/b@1": {"type": "uses", "to": "pkg:npm/b@1"}}
    assert relations(found, "pkg:npm/b@1") == {"pkg:npm/a@1": {"type": "depends_on", "to": "pkg:npm/a@1"}}


def test_a_package_is_needed_as_much_as_one_of_its_installations(tmp_path: Path) -> None:
    parts = [component("a", "pkg:npm/a@1", scope="optional"), component("b", "pkg:npm/a@1")]
    path = tmp_path / "bom.json"
    path.write_text(bill({"type": "application", "bom-ref": "x", "name": "app"}, parts, {"x": ["a", "b"]}))
    assert list(relations(reading(CYCLONEDX, path), "app").values()) == [
        {"type": "depends_on", "to": "pkg:npm/a@1"}
    ]


def test_bills_of_a_folder_share_packages(tmp_path: Path) -> None:
    json_ = component("json", "pkg:npm/json@1")
    kit = component("kit", "pkg:npm/kit@2", licenses=[{"license": {"id": "MIT"}}])
    (tmp_path / "shop.json").write_text(
        bill({"type": "application", "name": "shop"}, [json_, kit], {"kit": ["json"]})
    )
    # The kit has a bill of its own, which knows more of what it stands on.
    (tmp_path / "kit.json").write_text(
        bill(kit, [json_, component("yaml", "pkg:npm/yaml@1")], {"kit": ["yaml"]})
    )
    found = reading(CYCLONEDX, tmp_path)
    assert found.things.keys() == {"shop", "kit", "pkg:npm/json@1", "pkg:npm/yaml@1"}
    assert found.provides("shop", "depends_on") == {"kit"}
    assert found.provides("kit", "depends_on") == {"pkg:npm/json@1", "pkg:npm/yaml@1"}
    assert not found.rejected


BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><bom xmlns="http://cyclonedx.org/schema/bom/1.4"/>'
)


def nested(depth: int) -> str:
    inner = '{"type": "library", "name": "a", "components": [' * depth
    return f'{{"bomFormat": "CycloneDX", "components": [{inner}{"]}" * depth}]}}'


@pytest.mark.parametrize(
    ("importer", "name", "content", "message"),
    [
        (CYCLONEDX, "bom.json", '{"bomFormat": "CycloneDX", "comp', "is not JSON"),
        (CYCLONEDX, "bom.json", '["CycloneDX"]', "is not CycloneDX"),
        (CYCLONEDX, "bom.json", '{"bomFormat": "CycloneDX", "components": 3}', "is not sound CycloneDX"),
        (CYCLONEDX, "bom.json", nested(900), "JSON|not sound CycloneDX"),
        (CYCLONEDX, "bom.xml", BOMB, "declares entities"),
        (CYCLONEDX, "bom.xml", "<project/>", "is not CycloneDX"),
        (CYCLONEDX, "bom.xml", "<bom", "is not XML"),
        (SPDX, "bom.json", '{"@context": "https://spdx.org/rdf/3.0.1", "@graph": []}', "is SPDX 3"),
        (SPDX, "bom.json", '{"bomFormat": "CycloneDX"}', "is not SPDX"),
        (SPDX, "bom.json", '{"spdxVersion": "SPDX-2.3", "packages": 3}', "is not sound SPDX"),
        (SPDX, "bom.spdx", "SPDXVersion: SPDX-2.3\nPackageName\n", "is not sound SPDX"),
        (SPDX, "bom.spdx", "<rdf:RDF/>", "is XML"),
        (SPDX, "bom.yaml", "a: &a [*a]", "stands within itself"),
    ],
)
def test_what_is_no_bill_is_refused(
    tmp_path: Path, importer: Importer, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(InvalidInput, match=message):
        reading(importer, path)


def test_half_a_packed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bom.json.gz"
    path.write_bytes(gzip.compress((DATA / "till.cdx.json").read_bytes())[:-9])
    with pytest.raises(InvalidInput, match="is not a whole gzip file"):
        reading(CYCLONEDX, path)


REF = st.sampled_from("abcd")
COMPONENT = st.fixed_dictionaries(
    {"type": st.sampled_from(["library", "application"]), "name": st.text(min_size=1, max_size=3)},
    optional={"bom-ref": REF, "scope": st.sampled_from(["required", "optional", "excluded"])},
)


@given(
    st.lists(COMPONENT, max_size=5),
    st.lists(st.fixed_dictionaries({"ref": REF, "dependsOn": st.lists(REF, max_size=3)}), max_size=4),
    st.none() | COMPONENT,
)
def test_every_dependency_is_kept_or_rejected(
    tmp_path_factory: pytest.TempPathFactory,
    components: list[Any],
    dependencies: list[Any],
    application: dict[str, Any] | None,
) -> None:
    path = tmp_path_factory.getbasetemp() / "bom.json"
    metadata = {"component": application} if application else {}
    document = {**CDX, "metadata": metadata, "components": components, "dependencies": dependencies}
    path.write_text(json.dumps(document))
    found = reading(CYCLONEDX, path)
    told = {(one["ref"], to) for one in dependencies for to in one["dependsOn"] if one["ref"] != to}
    rejected = sum(
        "dependsOn" in one.row and one.row["ref"] != one.row["dependsOn"] for one in found.rejected
    )
    assert found.relations.total() + rejected >= len(told)
    assert not found.dangling
