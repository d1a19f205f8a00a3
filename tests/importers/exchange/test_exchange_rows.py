"""From rows to observations: what counts once, what is rejected, and why."""

import pytest

from cmdb.catalogue import Catalogue, load_catalogue
from cmdb.reconciliation import Observation, Rejection
from importers.exchange.cis import observe_cis
from importers.exchange.layout import CIS, RELATIONSHIPS, TEAMS
from importers.exchange.relationships import RelationshipRows
from importers.exchange.rows import Form
from importers.exchange.teams import read_teams
from importers.sorting import Keyed

Result = Observation | Rejection
CATALOGUE: Catalogue = load_catalogue()


def _keyed(form: Form, header: list[str], text: str) -> list[Keyed]:
    rows = ((line, row.split(",")) for line, row in enumerate(text.split(), 2))
    return sorted(form.keyed(header, rows))


def _cis(text: str, header: str = "native_id,class,name,site") -> list[Result]:
    form = Form.of(CIS, header.split(","))
    return list(observe_cis(form, _keyed(form, header.split(","), text)))


def _relationships(text: str, header: str = "from,type,to,group,need,weight") -> list[Result]:
    form = Form.of(RELATIONSHIPS, header.split(","))
    rows = RelationshipRows(CATALOGUE, form)
    return list(rows.observe(_keyed(form, header.split(","), text)))


def _reasons(results: list[Result]) -> dict[int, str]:
    return {r.line: r.reason for r in results if isinstance(r, Rejection)}


def _observed(results: list[Result]) -> list[Observation]:
    return [r for r in results if isinstance(r, Observation)]


def test_a_ci_has_the_attributes_that_are_not_blank() -> None:
    (ci,) = _cis("a,server,srv-a,")
    assert ci == Observation("a", {"class": "server", "name": "srv-a"}, line=2)


def test_a_ci_on_identical_rows_counts_once() -> None:
    assert len(_cis("a,server,srv-a,lon1 b,server,srv-b, a,server,srv-a,lon1")) == 2


def test_rows_of_one_ci_that_disagree_are_all_rejected() -> None:
    results = _cis("a,server,srv-a, b,server,srv-b, a,server,srv-A,")
    reason = "native_id 'a' stands on lines 2, 4 with different values; keep one"
    assert _reasons(results) == {2: reason, 4: reason}
    assert [ci.native_id for ci in _observed(results)] == ["b"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",server,a,", "native_id is empty"),
        ("a,server,a", "has 3 cells where the header has 4"),
        ("a,server,a,lon1,x", "has 5 cells where the header has 4"),
        (f"{'a' * 501},server,a,", "native_id has 501 characters, at most 500 fit"),
        ("a\x07,server,a,", r"native_id 'a\x07' must be one line of printable characters"),
    ],
)
def test_rows_of_cis_that_cannot_be_read_are_rejected(row: str, reason: str) -> None:
    assert _reasons(_cis(row)) == {2: reason}


def test_columns_that_tell_of_rejection_are_left_out() -> None:
    (ci,) = _cis("7,why,a,server,srv-a", "reject_line,reject_reason,native_id,class,name")
    assert ci == Observation("a", {"class": "server", "name": "srv-a"}, line=2)


def test_all_rows_of_a_dependent_are_one_observation() -> None:
    text = "a,runs_on,x,g,1, b,runs_on,x,,, a,uses,y,g,1,2"
    header = "from,type,to,group,need,weight"
    a, b = _observed(_relationships(text, header))
    assert a.relations == (
        {"type": "runs_on", "to": "x", "group": "g", "need": 1},
        {"type": "uses", "to": "y", "group": "g", "need": 1, "weight": 2},
    )
    assert (a.native_id, a.attributes, a.line) == ("a", None, 2)
    assert b.relations == ({"type": "runs_on", "to": "x"},)


def test_all_columns_of_a_relationship_are_read() -> None:
    header = "to,from,assumed,tolerates,failover,weight,strength,need,group,type"
    (one,) = _observed(_relationships("x,a,true,300,20,3,soft,60%,g,RUNS_ON", header))
    assert one.relations == (
        {
            **{"type": "runs_on", "to": "x", "group": "g", "need": "60%", "strength": "soft"},
            **{"weight": 3, "failover": 20, "tolerates": 300, "assumed": True},
        },
    )


def test_an_identical_relationship_counts_once() -> None:
    (one,) = _observed(_relationships("a,runs_on,x,,, a,RUNS_ON,x,,,"))
    assert len(one.relations or ()) == 1


def test_one_pair_may_stand_in_several_groups() -> None:
    (one,) = _observed(_relationships("a,runs_on,x,g,1, a,runs_on,x,h,1, a,uses,x,,,"))
    assert len(one.relations or ()) == 3


def test_rows_that_contradict_each_other_are_rejected_together() -> None:
    results = _relationships("a,runs_on,x,,,1 a,runs_on,y,,, a,runs_on,x,,,2")
    reason = "lines 2, 4 say different things of one relationship; keep one"
    assert _reasons(results) == {2: reason, 4: reason}
    assert [r["to"] for r in _observed(results)[0].relations or ()] == ["y"]


@pytest.mark.parametrize(
    ("term", "one", "other"),
    [("need", "1", "2"), ("strength", "hard", "soft"), ("failover", "5", "6"), ("assumed", "true", "")],
)
def test_a_group_whose_rows_disagree_is_rejected(term: str, one: str, other: str) -> None:
    text = f"a,runs_on,x,g,{one} a,runs_on,y,g,{other} a,runs_on,z,g,{one} a,runs_on,x,h,{other}"
    results = _relationships(text, f"from,type,to,group,{term}")
    reasons = _reasons(results)
    assert reasons.keys() == {2, 3, 4}
    assert all(reason.startswith(f"group 'g': {term} is ") for reason in reasons.values())
    assert [r["group"] for r in _observed(results)[0].relations or ()] == ["h"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",runs_on,x,,,", "from is empty"),
        ("a,runs_on,,,,", "to is empty"),
        ("a,runs_on,a,,,", "from and to are both 'a'; nothing depends on itself"),
        ("a,runs_on,x", "has 3 cells where the header has 6"),
        ("a,run_on,x,,,", "No relationship type is called 'run_on'; did you mean 'runs_on'?"),
        ("a,runs_on,x,g,0,", "need '0' is neither a count from 1 nor a percentage from 1% to 100%"),
        ("a,runs_on,x,g,120%,", "need '120%' is neither"),
        ("a,runs_on,x,g,1,0", "weight '0' is not a whole number from 1"),
        ("a,runs_on,x,g,1,99999999999999999999", "weight '99999999999999999999' is not"),
    ],
)
def test_rows_of_relationships_that_cannot_be_read_are_rejected(row: str, reason: str) -> None:
    told = _reasons(_relationships(row))
    assert told.keys() == {2}
    assert told[2].startswith(reason)


@pytest.mark.parametrize(
    ("column", "value"), [("strength", "harsh"), ("failover", "-1"), ("tolerates", "1.5"), ("assumed", "oui")]
)
def test_values_that_mean_nothing_are_rejected_with_their_column(column: str, value: str) -> None:
    told = _reasons(_relationships(f"a,runs_on,x,{value}", f"from,type,to,{column}"))
    assert told[2].startswith(f"{column} {value!r} is ")


def test_a_rejected_row_is_kept_as_it_stood() -> None:
    short, long = _cis("a,server a,server,x,lon1,5,6")
    assert isinstance(short, Rejection)
    assert isinstance(long, Rejection)
    assert short.row == {"native_id": "a", "class": "server", "": []}
    assert long.row == {"native_id": "a", "class": "server", "name": "x", "site": "lon1", "": ["5", "6"]}


def test_teams_that_disagree_are_rejected() -> None:
    header = ["name", "email"]
    form = Form.of(TEAMS, header)
    teams, rejected = read_teams(form, _keyed(form, header, "a,1@x b,2@x a,1@x b,3@x ,4@x"))
    assert [team.name for team in teams] == ["a"]
    assert _reasons(list(rejected)).keys() == {3, 5, 6}
