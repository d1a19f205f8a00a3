from typing import Any

import pytest

from cmdb.errors import Conflict, Invalid, InvalidInput, LinchpinError, NotFound, Outdated
from cmdb.history import latest
from cmdb.store import Store, Target, create_cis, get_ci, retire, update_cis
from tests.cmdb.graphs import AUTHOR, created, id_of, imported, see

DISK = {"class": "physical_server", "name": "db-1", "manufacturer": "Dell", "serial_number": "4711"}


def test_created_cis_have_typed_values_defaults_and_labels(store: Store) -> None:
    (id_,), revision = create_cis(
        store, AUTHOR, [{"class": "virtual_machine", "name": "web-1", "cpu_count": "8"}]
    )
    ci = get_ci(store.database, id_)
    assert (ci["cpu_count"], ci["status"]) == (8, "operational")
    assert revision is not None
    assert ci["created"] == ci["revision"]
    (row,) = store.database.read("MATCH (ci {id: $id}) RETURN labels(ci) AS labels", id=id_)
    assert set(row["labels"]) == {"CI", "Server", "VirtualMachine"}


def test_numbers_are_never_given_twice(store: Store) -> None:
    first, second = created(store, "a", "b"), created(store, "c")
    numbers = [get_ci(store.database, id_)["no"] for id_ in [*first, *second]]
    assert len(set(numbers)) == 3


def test_all_problems_of_all_cis_are_told_at_once_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(Invalid) as caught:
        create_cis(
            store,
            AUTHOR,
            [
                {"class": "server", "name": "a", "cpu_count": "many"},
                {"class": "server", "name": "b"},
                {"class": "virtual_machine", "name": "c", "cpu_cuont": 4, "environment": "prod"},
                {"class": "database"},
            ],
        )
    told = [(e["class_name"], e["attribute"], e["value"]) for e in caught.value.extensions["errors"]]
    assert told == [
        ("server", "cpu_count", "many"),
        ("virtual_machine", "environment", "prod"),
        ("virtual_machine", "cpu_cuont", None),
        ("database", "name", None),
    ]
    assert "did you mean 'cpu_count'" in caught.value.detail
    assert "production" in caught.value.detail
    assert latest(store.database).seq == 0


def test_a_ci_needs_a_class_that_exists(store: Store) -> None:
    with pytest.raises(InvalidInput, match="`class` is missing"):
        create_cis(store, AUTHOR, [{"name": "a"}])
    with pytest.raises(InvalidInput, match="did you mean 'server'"):
        create_cis(store, AUTHOR, [{"class": "sever", "name": "a"}])


def test_identifying_values_belong_to_one_ci(store: Store) -> None:
    (id_,), _ = create_cis(store, AUTHOR, [DISK])
    with pytest.raises(Conflict) as caught:
        create_cis(store, AUTHOR, [{**DISK, "name": "db-2", "serial_number": " 4711"}])
    assert caught.value.extensions["ci"] == id_
    assert latest(store.database).seq == 1


def test_identifying_values_belong_to_one_ci_within_one_call(store: Store) -> None:
    with pytest.raises(Conflict):
        create_cis(store, AUTHOR, [DISK, {**DISK, "name": "db-2"}])
    assert latest(store.database).seq == 0


def test_identifying_values_are_free_again_after_retirement(store: Store) -> None:
    (id_,), _ = create_cis(store, AUTHOR, [DISK])
    retire(store, AUTHOR, [Target(id_)])
    assert create_cis(store, AUTHOR, [DISK])[1] is not None


def test_changes_replace_what_they_name(store: Store) -> None:
    (id_,) = created(store, "web-1")
    update_cis(store, AUTHOR, [(Target(id_), {"description": "one", "owner": "web"})])
    update_cis(store, AUTHOR, [(Target(id_), {"description": "two"}), (Target(id_), {"os": "Linux"})])
    ci = get_ci(store.database, id_)
    assert (ci["description"], ci["owner"], ci["os"]) == ("two", "web", "Linux")


def test_a_change_to_what_is_there_already_leaves_the_ci_alone(store: Store) -> None:
    (id_,) = created(store, "web-1")
    before = get_ci(store.database, id_)
    update_cis(store, AUTHOR, [(Target(id_), {"name": "web-1"})])
    assert get_ci(store.database, id_) == before
    assert latest(store.database).seq == 1


def test_a_change_of_class_changes_the_labels(store: Store) -> None:
    (id_,) = created(store, "web-1")
    update_cis(store, AUTHOR, [(Target(id_), {"class": "virtual_machine"})])
    (row,) = store.database.read("MATCH (ci:CI {id: $id}) RETURN labels(ci) AS labels", id=id_)
    assert set(row["labels"]) == {"CI", "Server", "VirtualMachine"}


def test_changes_are_refused_whole(store: Store) -> None:
    first, second, gone = created(store, "a", "b", "c")
    retire(store, AUTHOR, [Target(gone)])
    seq = latest(store.database).seq
    good = Target(first), {"description": "x"}
    refused: list[tuple[tuple[Target, dict[str, Any]], type[LinchpinError]]] = [
        ((Target("nobody"), {"description": "x"}), NotFound),
        ((Target(second, 999), {"description": "x"}), Outdated),
        ((Target(gone), {"description": "x"}), Conflict),
        ((Target(second), {"cpu_count": -1}), Invalid),
        ((Target(second), {"name": None}), Invalid),
        ((Target(second), {"colour": "red"}), Invalid),
    ]
    for bad, error in refused:
        with pytest.raises(error):
            update_cis(store, AUTHOR, [good, bad])
    assert "description" not in get_ci(store.database, first)
    assert latest(store.database).seq == seq


def test_what_a_person_says_outlives_what_sources_say_later(store: Store) -> None:
    imported(store, [see("n1", description="source", os="Linux")])
    id_ = id_of(store.database, "name of n1")
    update_cis(store, AUTHOR, [(Target(id_), {"description": "person", "os": None})])
    imported(store, [see("n1", description="source again", os="Windows", owner="web")])
    ci = get_ci(store.database, id_)
    assert (ci["description"], ci.get("os"), ci["owner"]) == ("person", None, "web")


def test_attributes_beyond_the_class_stay_but_are_not_for_people(store: Store) -> None:
    imported(store, [see("n1", colour="red")])
    id_ = id_of(store.database, "name of n1")
    update_cis(store, AUTHOR, [(Target(id_), {"description": "x"})])
    assert get_ci(store.database, id_)["colour"] == "red"
    with pytest.raises(Invalid):
        update_cis(store, AUTHOR, [(Target(id_), {"colour": "blue"})])


def test_what_does_not_fit_the_class_that_a_person_gave_is_left_out(store: Store) -> None:
    imported(store, [see("n1", class_="application", port="several")])
    id_ = id_of(store.database, "name of n1")
    update_cis(store, AUTHOR, [(Target(id_), {"class": "application_service"})])
    imported(store, [see("n1", class_="application", cpu_count="several", users="many")])
    ci = get_ci(store.database, id_)
    assert (ci["class"], ci.get("users"), ci["cpu_count"]) == ("application_service", None, "several")
