"""The contract tells every breach, so that it holds whoever writes an importer."""

from collections.abc import Iterable
from itertools import count

import pytest

from cmdb.errors import InvalidInput
from cmdb.people import Team
from cmdb.reconciliation import Gap, Observation, Rejection, Relation
from importers.contract import check
from importers.importer import Importer, Kind, Option, Origin, Row

GOOD = Kind("box", "server")


def yielding(*rows: Row, kinds: tuple[Kind, ...] = (GOOD,), options: tuple[Option, ...] = ()) -> Importer:
    return Importer("boxes", "Boxes", lambda _: iter(rows), kinds, options)


def box(native_id: str, *relations: Relation, within: str = "", **attributes: str) -> Observation:
    return Observation(
        native_id, {"class": "server", "name": native_id} | attributes, relations, within=within
    )


def test_rows_that_keep_to_it_are_sorted_by_kind() -> None:
    lost, team, gap = Rejection("boxes", 3, {"id": ""}, "has no id"), Team("Web"), Gap("the cellar")
    needed = Relation(type="depends_on", to="b", group="pair", need=1)
    other = Relation(type="depends_on", to="c", group="pair", need=1)
    found = check(yielding(box("b"), box("a", needed, other, within="b"), lost, team, gap), Origin(""))
    assert found.classes == {"server": 2}
    assert found.relations == {"depends_on": 2}
    assert found.groups == {("a", "pair")}
    assert found.dangling == {"c"}
    assert found.provides("a", "depends_on") == {"b", "c"}
    assert (found.rejected, found.teams, found.gaps) == ([lost], [team], [gap])


@pytest.mark.parametrize(
    ("rows", "breach"),
    [
        ([box("a"), box("a")], "a comes twice"),
        ([box("a", within="b"), box("b")], "a comes before b, which holds it"),
        ([box("")], "'' is not one line of at most 500 printable characters"),
        ([box("x" * 501)], "is not one line"),
        ([box("a\nb")], "is not one line"),
        ([Observation("a", {"class": "server", "name": "a"})], "a is not whole"),
        ([Observation("a", None, ())], "a is not whole"),
        ([Observation("a", {"class": "server", "name": "a"}, (), adds=True)], "a is not whole"),
        ([box("a", **{"class": "sever"})], "a: no class is called 'sever'"),
        ([box("a", name="")], "a: name"),
        ([box("a", criticality="hihg")], "a: criticality 'hihg'"),
        ([box("a", Relation(type="runs on", to="b"))], "a: no relationship type is called 'runs on'"),
        ([box("a", Relation(type="uses", to="a"))], "a depends on itself"),
        ([box("a", *[Relation(type="uses", to="b")] * 2)], "a says 2 times: uses b"),
        (
            [box("a", *(Relation(type="uses", to=to, group="g", need=int(to)) for to in "12"))],
            "a, group 'g': need is 1 and 2; all of it must agree",
        ),
        ([Rejection("boxes", 1, {}, "")], "has no reason"),
    ],
)
def test_a_row_that_breaks_it_is_told(rows: Iterable[Row], breach: str) -> None:
    with pytest.raises(AssertionError, match="boxes breaks the contract") as told:
        check(yielding(*rows), Origin(""))
    assert breach in str(told.value)


@pytest.mark.parametrize(
    ("broken", "breach"),
    [
        (yielding(kinds=()), "documents what becomes of each kind"),
        (yielding(kinds=(Kind("lid", ""),)), "kind 'lid' is left out without a reason"),
        (yielding(kinds=(Kind("box", "uses → sever"),)), "kind 'box' becomes 'sever'"),
        (yielding(options=(Option("keepLids", "Whether."),)), "option 'keepLids' is words in lower case"),
        (yielding(options=(Option("lids", ""),)), "has a description"),
    ],
)
def test_what_an_importer_says_of_itself_is_checked(broken: Importer, breach: str) -> None:
    with pytest.raises(AssertionError) as told:
        check(broken, Origin(""))
    assert breach in str(told.value)


@pytest.mark.parametrize(
    "becomes",
    [
        "server",
        "database or cache",
        "depends_on, uses",
        "runs_on → virtual_machine or server",
        "owner (team)",
        "stored_on (parent → child), uses (child → parent)",
        "any class",
    ],
)
def test_names_are_found_in_what_a_kind_becomes(becomes: str) -> None:
    check(yielding(kinds=(Kind("box", becomes),)), Origin(""))


def test_a_reading_that_changes_by_itself_is_told() -> None:
    numbers = count()
    restless = Importer("boxes", "Boxes", lambda _: iter([box(f"box-{next(numbers)}")]), (GOOD,))
    with pytest.raises(AssertionError, match="another way the second time"):
        check(restless, Origin(""))


def test_options_have_their_defaults_and_unknown_ones_are_refused() -> None:
    lids = Option("lids", "Whether lids count.", "no")
    asked: list[str] = []

    def read(origin: Origin) -> Iterable[Row]:
        asked.append(origin.options["lids"])
        return iter([box("a")])

    careful = Importer("boxes", "Boxes", lambda origin: iter(read(origin)), (GOOD,), (lids,))
    check(careful, Origin(""))
    assert asked == ["no", "no"]
    with pytest.raises(InvalidInput, match="boxes has no option handles; it has lids"):
        check(careful, Origin("", {"handles": "yes"}))
