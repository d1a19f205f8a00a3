"""Manifests: what `helm template` prints, the files that other projects publish, and files that are none."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.kubernetes import IMPORTER
from tests.importers.contract import Reading, read

CHART = Path(__file__).parent / "data" / "chart.yaml"
SHARED = Path("../shared/data/kubernetes")


@pytest.fixture(scope="module")
def chart() -> Reading:
    return read(IMPORTER, Origin(str(CHART), {"cluster": "prod", "namespace": "shop"}))


def test_what_a_chart_becomes(chart: Reading) -> None:
    assert chart.classes == {
        "kubernetes_cluster": 1,
        "kubernetes_namespace": 1,
        "kubernetes_workload": 1,
        "batch_job": 1,
        "kubernetes_service": 5,  # api and cache; three are only referred to
        "kubernetes_ingress": 1,
        "volume": 1,
        "server": 1,  # cache.example.org
    }
    assert [one.native_id for one in chart.things.values() if one.mentioned] == [
        "prod/shop/Service/cache/cache.example.org",
        "prod/Namespace/shop",
        "prod/data/Service/catalogue",
        "prod/default/Service/api",
        "prod/shop/Service/pages",
    ]
    assert [(one.table, one.reason) for one in chart.rejected] == [
        ("Service", "has no name, or a name or namespace that cannot be one")
    ]


def test_a_workload_without_pods_runs_on_the_cluster(chart: Reading) -> None:
    api = chart.things["prod/shop/Deployment/api"]
    assert chart.provides(api.native_id, "runs_on") == {"prod"}
    assert api.attributes is not None
    assert api.attributes["spread"] == "node (required), zone (preferred)"
    assert (api.attributes["owner"], api.attributes["environment"]) == ("Web", "production")


def test_addresses_are_calls(chart: Reading) -> None:
    # From the config map and an argument; not its own address, nor a name that is no service.
    assert chart.provides("prod/shop/Deployment/api", "calls") == {
        "prod/data/Service/catalogue",
        "prod/shop/Service/cache",
    }
    # Its argument names the namespace default, which is not the one that the chart goes to.
    assert chart.provides("prod/shop/CronJob/report", "calls") == {"prod/default/Service/api"}


def test_an_ingress_is_down_without_all_its_services_and_degraded_without_one(chart: Reading) -> None:
    services = {"prod/shop/Service/api", "prod/shop/Service/pages"}
    assert chart.provides("prod/shop/Ingress/shop", "depends_on") == services
    assert chart.provides("prod/shop/Ingress/shop", "calls") == services
    assert chart.groups == {("prod/shop/Ingress/shop", "services")}


@pytest.mark.skipif(not SHARED.exists(), reason="the published manifests are not here")
@pytest.mark.parametrize(
    ("name", "calls", "groups"),
    [
        # By hand: frontend 7 (its eighth address is of a service that the file lacks), checkoutservice 6,
        # cartservice, recommendationservice and loadgenerator 1 each.
        ("online-boutique.yaml", 16, set()),
        # No addresses in its settings; reviews has three versions behind one service.
        ("bookinfo.yaml", 0, {("kubernetes/default/Service/reviews", "workloads")}),
    ],
)
def test_published_manifests(name: str, calls: int, groups: set[tuple[str, str]]) -> None:
    objects = [one for one in yaml.safe_load_all((SHARED / name).read_text()) if one]
    workloads = [one for one in objects if one["kind"] == "Deployment"]
    services = [one for one in objects if one["kind"] == "Service"]
    selected = [
        (service["metadata"]["name"], workload["metadata"]["name"])
        for service in services
        for workload in workloads
        if service["spec"]["selector"].items() <= workload["spec"]["template"]["metadata"]["labels"].items()
    ]
    reading = read(IMPORTER, Origin(str(SHARED / name)))
    assert reading.classes == {
        "kubernetes_cluster": 1,
        "kubernetes_namespace": 1,
        "kubernetes_workload": len(workloads),
        "kubernetes_service": len(services),
    }
    expected = {
        "belongs_to": len(workloads) + len(services),
        "runs_on": len(workloads),
        "provided_by": len(selected),
        "calls": calls,
    }
    assert reading.relations == {type_: number for type_, number in expected.items() if number}
    assert reading.groups == groups
    assert not reading.rejected
    assert not reading.gaps
    assert not reading.dangling


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.yaml", "", "holds no objects of Kubernetes"),
        ("values.yaml", "replicas: 3", "holds no objects of Kubernetes"),
        ("chart.yaml", "kind: {{ .Values.kind }}", "line 1 is not YAML"),
        ("cut.json", '{"kind": "List", "items": [', "is not JSON"),
        ("bomb.yaml", "a: &a [1]\nb: !!python/object:os.system {}", "is not YAML"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InvalidInput, match=message):
        read(IMPORTER, Origin(str(tmp_path / name)))


def test_a_file_of_several_that_cannot_be_read_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CHART.read_text())
    (tmp_path / "b.json").write_text("{")
    reading = read(IMPORTER, Origin(str(tmp_path)))
    assert len(reading.gaps) == 1
    assert "b.json, line 1" in reading.gaps[0].what


def test_of_two_objects_with_one_name_the_last_is_taken_and_the_other_told(tmp_path: Path) -> None:
    for number, replicas in enumerate((1, 5, 5)):
        manifest = {"kind": "Deployment", "metadata": {"name": "a"}, "spec": {"replicas": replicas}}
        (tmp_path / f"{number}.yaml").write_text(yaml.safe_dump(manifest))
    reading = read(IMPORTER, Origin(str(tmp_path)))
    attributes = reading.things["kubernetes/default/Deployment/a"].attributes
    assert attributes is not None
    assert attributes["replicas"] == 5
    assert len(reading.rejected) == 1  # the second file says what the third says


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 53), 1 << 53)
    | st.text()
    | st.sampled_from(["30%", "a.svc"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def damage(value: Any, data: st.DataObject) -> None:
    """Put something else somewhere into a document."""
    place = data.draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
    inner = value[place]
    if isinstance(inner, dict | list) and inner and data.draw(st.integers(0, 3)):
        damage(inner, data)
    else:
        value[place] = data.draw(VALUES)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_objects_of_any_shape_are_read_or_rejected(data: st.DataObject) -> None:
    items = [one for one in yaml.safe_load_all(CHART.read_text()) if one]
    items += json.loads((CHART.parent / "dump.json").read_text())["items"]
    for _ in range(5):
        damage(data.draw(st.sampled_from(items)), data)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "dump.json"
        file.write_text(json.dumps({"kind": "List", "items": items}))
        assert not read(IMPORTER, Origin(str(file))).dangling
