import pytest

from cmdb.errors import Ambiguous, NotFound
from cmdb.store import Store, Target, find_ci, retire
from tests.cmdb.graphs import AUTHOR, created, id_of, imported, see


def test_a_ci_is_found_by_each_of_its_names(store: Store) -> None:
    imported(store, [see("rack/7:a", name="web-1")])
    id_ = id_of(store.database, "web-1")
    for text in (id_, "web-1", "server:web-1", "scanner/rack/7:a"):
        assert find_ci(store.database, text) == id_


def test_names_may_hold_colons_and_slashes(store: Store) -> None:
    first, second = created(store, "eth0/1:2", "https://shop.example/pay")
    assert find_ci(store.database, "eth0/1:2") == first
    assert find_ci(store.database, "server:eth0/1:2") == first
    assert find_ci(store.database, "https://shop.example/pay") == second


def test_a_class_tells_namesakes_apart(store: Store) -> None:
    (server,) = created(store, "shop")
    (application,) = created(store, "shop", class_="application")
    assert find_ci(store.database, "server:shop") == server
    with pytest.raises(Ambiguous) as caught:
        find_ci(store.database, "shop")
    assert caught.value.extensions["candidates"] == [
        {"id": application, "name": "shop", "class": "application"},
        {"id": server, "name": "shop", "class": "server"},
    ]
    assert server in caught.value.detail


def test_current_cis_are_preferred_to_retired_ones(store: Store) -> None:
    (old,) = created(store, "shop")
    retire(store, AUTHOR, [Target(old)])
    assert find_ci(store.database, "shop") == find_ci(store.database, "server:shop") == old
    (new,) = created(store, "shop")
    assert find_ci(store.database, "shop") == find_ci(store.database, "server:shop") == new
    assert find_ci(store.database, old) == old


@pytest.mark.parametrize("text", ["webb-1", "server:webb-1", "Web-1"])
def test_an_unknown_name_brings_similar_ones(store: Store, text: str) -> None:
    created(store, "web-1", "database")
    with pytest.raises(NotFound, match="web-1"):
        find_ci(store.database, text)


@pytest.mark.parametrize("text", ["", " ", ":", "/", "AND", "a OR", "NOT (", 'x" OR *', "~", "_", "[1 TO 2]"])
def test_no_text_is_more_than_not_found(store: Store, text: str) -> None:
    created(store, "web-1")
    with pytest.raises(NotFound):
        find_ci(store.database, text)
