import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.traces import IMPORTER
from importers.traces.observations import magnitude
from tests.importers.contract import Reading, read

DATA = Path(__file__).parent / "data"


def reading(path: Path, **options: str) -> Reading:
    return read(IMPORTER, Origin(str(path), options))


def attributes(found: Reading, native_id: str) -> dict[str, Any]:
    return dict(found.things[native_id].attributes or {})


def weights(found: Reading, native_id: str) -> dict[str, int]:
    return {r["to"]: r["weight"] for r in found.things[native_id].relations or () if r["type"] == "calls"}


def written(folder: Path, document: Any) -> Path:
    path = folder / "traces.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def test_dependencies() -> None:
    found = reading(DATA / "calls.json", namespace="shop", environment="prod")
    assert found.classes == {"application_service": 3}
    # cart calls stock 4,064 + 6,000 times; that stock calls itself makes it depend on nothing
    assert weights(found, "service:shop/web@production") == {"service:shop/cart@production": 10}
    assert weights(found, "service:shop/cart@production") == {"service:shop/stock@production": 10_000}
    assert weights(found, "service:shop/stock@production") == {}
    assert attributes(found, "service:shop/cart@production") == {
        "class": "application_service",
        "name": "cart",
        "namespace": "shop",
        "environment": "production",
    }
    assert [(one.table, one.line) for one in found.rejected] == [("calls.json", n) for n in (5, 6, 7)]


def test_calls_that_are_seldom_are_left_out_and_their_services_kept() -> None:
    found = reading(DATA / "calls.json", minimum_calls="55")
    assert found.relations == {"calls": 1}
    assert set(found.things) == {"service:web", "service:cart", "service:stock"}


def test_wrapped_dependencies_are_the_same(tmp_path: Path) -> None:
    rows = json.loads((DATA / "calls.json").read_text())
    assert reading(written(tmp_path, {"data": rows})).things == reading(DATA / "calls.json").things


def test_spans_of_jaeger() -> None:
    found = reading(DATA / "shop.jaeger.json")
    web, cart = "service:web@production", "service:cart@production"
    assert found.classes == {
        "application_service": 2,
        "kubernetes_workload": 1,
        "database": 1,
        "technical_service": 1,
        "api_endpoint": 1,
    }
    # Span e is as b, and got no answer: cart is known to be at that address.
    assert found.provides(web, "calls") == {cart, "service:mailer@production", "endpoint:pay.example.net"}
    assert found.provides(cart, "calls") == {"database:postgresql:db1.example.com:5432/carts"}
    assert found.provides(cart, "runs_on") == {"workload:west/shop/Deployment/cart"}
    assert attributes(found, cart)["version"] == "1.4.0"
    assert attributes(found, "endpoint:pay.example.net")["url"] == "https://pay.example.net"
    assert attributes(found, "database:postgresql:db1.example.com:5432/carts") == {
        "class": "database",
        "name": "carts",
        "product": "postgresql",
        "host": "db1.example.com",
        "port": 5432,
    }
    mentioned = {one.native_id for one in found.things.values() if one.mentioned}
    assert mentioned == found.things.keys() - {web, cart}
    assert [one.row["spanID"] for one in found.rejected] == ["h"]  # its process p9 is not there


def test_spans_of_opentelemetry() -> None:
    found = reading(DATA / "orders.otlp.jsonl")
    checkout, billing, audit = (f"service:shop/{name}@staging" for name in ("checkout", "billing", "audit"))
    queue = "queue:kafka/orders@staging"
    # Consumers and producers depend on the queue, not on each other. Audit names no queue; its parent does.
    assert found.provides(checkout, "calls") == {
        queue,
        "cache:redis:cache.example.com:6379/redis",
        f"database:sqlite:({checkout})/main",
    }
    assert found.provides(billing, "calls") == {queue, f"database:sqlite:({billing})/main"}
    assert found.provides(audit, "calls") == {queue}
    # Two brokers told of the queue, so it has no one host; the port they share is its port.
    assert attributes(found, queue) == {
        "class": "message_queue",
        "name": "orders",
        "product": "kafka",
        "port": 9092,
    }
    assert found.classes == {"application_service": 3, "message_queue": 1, "cache": 1, "database": 2}
    assert [one.reason for one in found.rejected] == ["has no service.name"]
    assert [one.what for one in found.gaps] == [
        "orders.otlp.jsonl, line 4 is not JSON; the spans on it are unknown."
    ]


def test_several_workloads_of_a_service_stand_in_for_each_other(tmp_path: Path) -> None:
    trace = json.loads((DATA / "shop.jaeger.json").read_text())["data"][0]
    canary = json.loads(json.dumps(trace).replace('"value": "cart"', '"value": "cart-canary"'))
    path = written(tmp_path, [trace, {**canary, "spans": []}])
    found = reading(path)
    assert found.groups == {("service:cart@production", "workloads")}
    relations = found.things["service:cart@production"].relations or ()
    assert [(r["to"], r["need"], r["assumed"]) for r in relations if "group" in r] == [
        ("workload:west/shop/Deployment/cart", 1, True),
        ("workload:west/shop/Deployment/cart-canary", 1, True),
    ]


def test_a_folder_holds_parts_of_one_trace(tmp_path: Path) -> None:
    resources = json.loads((DATA / "orders.otlp.jsonl").read_text().split("\n")[2])["resourceSpans"]
    producer = (DATA / "orders.otlp.jsonl").read_text().split("\n")[0]
    (tmp_path / "a.json").write_text(json.dumps({"resourceSpans": resources[1:2]}))
    (tmp_path / "b.json").write_text(producer)
    (tmp_path / "c.json").write_text("{}")
    found = reading(tmp_path)
    assert found.provides("service:shop/audit@staging", "calls") == {"queue:kafka/orders@staging"}
    assert len(found.gaps) == 1 and found.gaps[0].what.startswith("c.json holds no traces")


def test_names_that_nobody_could_print_or_keep_are_rejected(tmp_path: Path) -> None:
    rows = [
        {"parent": "a\u0007", "child": "b", "callCount": 1},
        {"parent": "a", "child": "b" * 600, "callCount": 1},
    ]
    found = reading(written(tmp_path, rows))
    assert len(found.rejected) == 2
    assert found.things.keys() == {"service:a"} and not found.relations


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("[{", "line 1, column 3 is not JSON"),
        ('{"spans": 3}', "holds no traces"),
        ('"web"', "holds no traces"),
        ("[" * 100_000, "is not JSON"),
        ("", "is not JSON"),
    ],
)
def test_what_holds_no_traces_is_refused(tmp_path: Path, document: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        reading(written(tmp_path, document))


@pytest.mark.parametrize(
    ("name", "value"), [("minimum_calls", "0"), ("minimum_calls", "some"), ("environment", "moon")]
)
def test_options_are_checked(name: str, value: str) -> None:
    with pytest.raises(InvalidInput, match=f"{name} '{value}' is"):
        reading(DATA / "calls.json", **{name: value})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "data",
                    "spans",
                    "processes",
                    "p",
                    "resourceSpans",
                    "resource",
                    "attributes",
                    "scopeSpans",
                    "key",
                    "value",
                    "stringValue",
                    "parent",
                    "child",
                    "callCount",
                    "serviceName",
                    "tags",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_any_document_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, document: Any) -> None:
    path = written(tmp_path_factory.getbasetemp(), document)
    try:
        found = reading(path)
    except InvalidInput:
        return
    assert not found.dangling


@given(st.integers(1, 2**63))
def test_magnitude(count: int) -> None:
    found = magnitude(count)
    assert found <= count and (count < 10 * found or found == 100_000_000)
