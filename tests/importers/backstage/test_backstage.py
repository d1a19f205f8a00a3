import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from cmdb.people import Team
from importers.backstage import IMPORTER
from importers.importer import Origin
from tests.importers.contract import Reading, read

SHOP = Path(__file__).parent / "data/shop.yaml"
ENTITY: dict[str, Any] = {"apiVersion": "backstage.io/v1alpha1", "kind": "Component"}


def reading(path: Path) -> Reading:
    return read(IMPORTER, Origin(str(path)))


@pytest.fixture(scope="module")
def shop() -> Reading:
    return reading(SHOP)


def attributes(found: Reading, native_id: str) -> dict[str, Any]:
    return dict(found.things[native_id].attributes or {})


def test_kinds_and_types_become_classes(shop: Reading) -> None:
    assert shop.classes == {
        "business_service": 1,
        "technical_service": 1,
        "application": 3,
        "software_component": 1,
        "api_endpoint": 1,
        "cache": 1,
    }
    assert attributes(shop, "component:default/web") == {
        "class": "application",
        "name": "Web",
        "title": "Web shop",
        "tags": ["typescript", "public"],
        "owner": "trade",
        "lifecycle": "production",
        "component_type": "website",
        "portfolio_key": "component:default/web",
        "namespace": "default",
        "repository": "https://git.example.com/shop/web",
    }
    assert attributes(shop, "system:default/shop")["description"] == "What customers see"


def test_dependents_point_to_providers(shop: Reading) -> None:
    web, cart, orders = "component:default/web", "component:default/cart", "api:default/orders"
    assert shop.provides(web, "calls") == {orders, "api:default/stock"}
    assert shop.provides(web, "depends_on") == {"resource:default/sessions", "resource:default/cdn"}
    assert shop.provides(web, "composed_of") == {cart}
    assert shop.provides(cart, "depends_on") == {"component:libs/money"}
    assert shop.provides("system:default/shop", "composed_of") == {web, cart, orders}
    assert shop.provides("domain:default/retail", "composed_of") == {"system:default/shop"}
    assert shop.dangling == {"api:default/stock", "resource:default/cdn"}  # they may be in another file


def test_of_several_that_provide_an_api_one_is_assumed_to_be_enough(shop: Reading) -> None:
    assert shop.groups == {("api:default/orders", "providers")}
    terms = [(r["to"], r["need"], r["assumed"]) for r in shop.things["api:default/orders"].relations or ()]
    assert terms == [("component:default/cart", 1, True), ("component:default/cart-next", 1, True)]


def test_a_lost_part_leaves_the_whole_degraded(shop: Reading) -> None:
    parts = [r for one in shop.things.values() for r in one.relations or () if r["type"] == "composed_of"]
    assert len(parts) == 5 and {r["strength"] for r in parts} == {"soft"}


def test_owners_are_groups_and_users_that_own(shop: Reading) -> None:
    assert shop.teams == [
        Team("trade", "trade@example.com"),
        Team("libs/keepers"),
        Team("ada", "ada@example.com"),
    ]
    owners = {key: attributes(shop, key).get("owner") for key in shop.things}
    assert owners["component:default/cart"] == "ada"
    assert owners["component:libs/money"] == "libs/keepers"
    assert owners["component:default/cart-next"] == "nobody"


def test_what_does_not_fit_is_told_with_its_line(shop: Reading) -> None:
    lines = SHOP.read_text().splitlines()
    told = [(lines[one.line + 2].strip(), one.reason) for one in shop.rejected]
    cart_next, money = "metadata: {name: cart-next}", "metadata: {name: money, namespace: libs}"
    assert told == [
        ("metadata: {name: CART}", "shop.yaml, line 30 has another entity of that name; rename one"),
        ("metadata: {name: moon}", "kind 'spaceship' is not known"),
        ("metadata: {title: Nameless}", "has no kind or no name that can be kept"),
        (cart_next, "owner 'nobody' is not in the catalogue; only its name is kept"),
        (
            "metadata:",
            "dependsOn 'sessions' is of no kind, and is to be api, component, domain, resource, system",
        ),
        (
            "metadata:",
            "dependsOn 'group:trade' is group, and is to be api, component, domain, resource, system",
        ),
        ("metadata:", "dependsOn 'component:web' is the entity itself"),
        ("metadata:", "consumesApis 'component:cart' is component, and is to be api"),
        (cart_next, "providesApis 'gone' is not in the catalogue, and so cannot depend on this"),
        (
            money,
            "dependencyOf 'component:default/lost' is not in the catalogue, and so cannot depend on this",
        ),
        (money, "dependencyOf ['x'] is no reference such as component:default/name"),
    ]


def test_what_the_catalogue_answers_as_json_is_the_same(tmp_path: Path, shop: Reading) -> None:
    documents = [document for document in yaml.safe_load_all(SHOP.read_text()) if document]
    path = tmp_path / "entities.json"
    path.write_text(json.dumps({"items": documents}))
    found = reading(path)
    assert (found.classes, found.relations, found.teams) == (shop.classes, shop.relations, shop.teams)
    path.write_text(json.dumps(documents))
    assert reading(path).things == found.things


def test_a_repository_holds_other_documents_too(tmp_path: Path, shop: Reading) -> None:
    (tmp_path / "service").mkdir()
    (tmp_path / "service/catalog-info.yaml").write_text(SHOP.read_text())
    (tmp_path / "service/copy.yaml").write_text(SHOP.read_text())  # the same again changes nothing
    (tmp_path / "service/chart.yaml").write_text("name: {{ .Values.name }}\n")
    found = reading(tmp_path)
    assert found.classes == shop.classes
    assert [one.what.split(" is")[0] for one in found.gaps] == ["chart.yaml, line 1"]


def test_a_catalogue_without_groups_does_not_miss_owners(tmp_path: Path) -> None:
    path = tmp_path / "catalog-info.yaml"
    path.write_text(yaml.safe_dump({**ENTITY, "metadata": {"name": "cart"}, "spec": {"owner": "trade"}}))
    found = reading(path)
    assert found.rejected == []
    assert attributes(found, "component:default/cart")["owner"] == "trade"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: [1", "line 2 is not YAML"),
        ("kind: Component\n", "holds no entity of Backstage"),
        ("", "holds no entity of Backstage"),
        ("a: &a [*a]", "stands within itself"),
        ("\n".join([f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]" for n in range(9)]), "not YAML"),
    ],
)
def test_what_is_no_catalogue_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "catalog-info.yaml"
    path.write_text(content)
    with pytest.raises(InvalidInput, match=message):
        reading(path)


REFERENCE = (
    st.text("ab:/ \n\u200d", max_size=6)
    | st.none()
    | st.integers()
    | st.lists(st.text(max_size=2), max_size=2)
)


@given(
    st.dictionaries(
        st.sampled_from(["dependsOn", "dependencyOf", "system", "owner", "providesApis", "type", "profile"]),
        REFERENCE | st.lists(REFERENCE, max_size=3),
    ),
    st.dictionaries(st.sampled_from(["namespace", "title", "tags", "annotations", "description"]), REFERENCE),
)
def test_any_fields_are_read_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, spec: dict[str, Any], metadata: dict[str, Any]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps({**ENTITY, "metadata": {"name": "a", **metadata}, "spec": spec}))
    found = reading(path)
    assert len(found.things) == 1 or found.rejected
