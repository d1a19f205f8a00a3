"""Impacts as pictures and tables: small ones whole, large ones cut, tables equal to the pages."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyarrow import csv, ipc

from cmdb.catalogue import load_catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput
from impact import ImpactEngine, Item
from impact.analysis import Analysis
from impact.analysis.propagation import Causes
from impact.answer import Report
from impact.answer.writer import Writer
from impact.drawing import FORMATS, Picture, draw, fold
from impact.drawing.boxes import boxes
from impact.pictures import IMPACT_COLUMNS, export_impact, impact_batches, impact_picture, whole_impact
from impact.pictures.impact import MOST_WHOLE, READABLE
from impact.projection import CIRow, Projection, RelationshipRow, build
from impact.scenario import Scenario
from tests.impact.conftest import Estate
from tests.impact.random_graphs import Case, random_case
from tests.impact.reaching import uuid
from tests.impact.test_propagation import analyse

NOBODY = np.array([], dtype=np.int32)
CATALOGUE = load_catalogue()


def states(picture: Picture) -> dict[str, str]:
    return {node.name: node.state for node in picture.nodes}


def test_a_small_impact_is_whole_with_what_saved(shop: Estate, engine: ImpactEngine) -> None:
    picture = impact_picture(engine.report(shop.failing("db-a")))
    assert picture.title == "If db-a fails: 1 down, 1 at risk"
    assert states(picture) == {"db-a": "down", "app": "at_risk", "db-b": "up"}
    (group,) = picture.groups
    assert (group.name, group.need, group.of, group.state) == ("replicas", 1, 2, "whole")
    assert set(group.members) == {shop.ids["db-a"], shop.ids["db-b"]}
    assert [node.name for node in picture.nodes if node.cause] == ["db-a"]


def test_failure_is_drawn_up_to_the_service(shop: Estate, engine: ImpactEngine) -> None:
    picture = impact_picture(engine.report(shop.failing("db-a", "db-b")))
    assert states(picture) == dict.fromkeys(("shop", "app", "db-a", "db-b"), "down")
    assert picture.groups[0].state == "lost"
    assert [(edge.dependent, edge.provider) for edge in picture.edges] == [
        (shop.ids["shop"], shop.ids["app"])
    ]


def test_what_is_declared_not_impacted_is_drawn_up(shop: Estate, engine: ImpactEngine) -> None:
    scenario = shop.failing("vm", not_impacted=[shop.ids["app"]])
    picture = impact_picture(engine.report(scenario))
    assert picture.title == "If vm fails; app stays up: 1 down"
    assert states(picture) == {"vm": "down", "app": "up"}
    assert len(picture.edges) == 1


def test_an_interruption_is_drawn_and_told_in_seconds(shop: Estate, engine: ImpactEngine) -> None:
    report = engine.report(shop.failing("vm", durations={shop.ids["vm"]: 90}))
    assert set(states(impact_picture(report)).values()) == {"interrupted"}
    rows = read(report, "arrow").to_pylist()
    assert {row["seconds"] for row in rows} == {90}
    assert {row["rule"] for row in rows} == {"failed", "waits"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_comes_out(shop: Estate, engine: ImpactEngine, name: str) -> None:
    assert b"".join(export_impact(engine.report(shop.failing("db-a")), name))


def test_an_unknown_format_is_refused(shop: Estate, engine: ImpactEngine) -> None:
    with pytest.raises(InvalidInput, match="no format 'gif'"):
        export_impact(engine.report(shop.failing("db-a")), "gif")


@given(st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_everything_that_is_not_up_is_in_the_picture_and_explained(rng: Random) -> None:
    analysis = analyse(named(random_case(rng)))
    picture = whole_impact(report_of(analysis))
    ids = {node.id for node in picture.nodes}
    told = {edge.dependent for edge in picture.edges} | {group.owner for group in picture.groups}
    ends = {edge.provider for edge in picture.edges} | {m for group in picture.groups for m in group.members}
    assert told | ends <= ids
    shown = {node.name for node in picture.nodes if node.state != "up"}
    assert shown == {analysis.projection.cis.name[ci] for ci in analysis.outcome.cis.tolist()}
    assert {node.id for node in picture.nodes if node.state != "up" and not node.cause} <= told
    assert draw(picture, "dot")


@given(st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_the_table_says_what_the_pages_say(rng: Random) -> None:
    report = report_of(analyse(named(random_case(rng))))
    writer = Writer(report.analysis)
    items = [writer.item(ci) for ci in report.ranked.tolist()]
    assert read(report, "arrow").to_pylist() == [row_of(item) for item in items]


def test_csv_says_what_arrow_says(shop: Estate, engine: ImpactEngine) -> None:
    report = engine.report(shop.failing("db-a"))
    table = csv.read_csv(pa.BufferReader(b"".join(export_impact(report, "csv"))))
    assert table.column_names == list(IMPACT_COLUMNS)
    assert table["name"].to_pylist() == read(report, "arrow")["name"].to_pylist()


class TestALargeImpact:
    """A switch that takes 120 services down, each on 30 machines of its own."""

    @pytest.fixture(scope="class")
    def report(self) -> Report:
        services = [ci(no, "business_service") for no in range(1, 121)]
        cis = [ci(no, "virtual_machine") for no in range(121, 3721)]
        uplinks = [RelationshipRow(vm.no, 0, "connects_to") for vm in cis]
        hosts = [
            RelationshipRow(1 + (vm.no - 121) // 30, vm.no, "runs_on", group="hosts", need=10 + vm.no // 900)
            for vm in cis
        ]
        return failing(build([ci(0, "switch"), *services, *cis], uplinks + hosts, strengths()), 0)

    def test_the_drawing_is_cut_and_says_so(self, report: Report) -> None:
        picture = impact_picture(report)
        assert picture.title == (
            "If switch 0 fails: 3,721 down; "
            "shown are the 20 worst of 120 services, and how failure reaches them"
        )
        folded = fold(picture)
        assert len(folded.nodes) + len(boxes(folded)) <= READABLE
        assert {"switch 0", "business_service 1"} <= states(picture).keys()

    def test_data_are_not_cut(self, report: Report) -> None:
        assert len(whole_impact(report).nodes) == 3721
        assert len(read(report, "csv-edges")) == 7200

    def test_a_table_comes_in_batches(self, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("impact.pictures.table.ROWS", 1000)
        assert [len(batch["id"]) for batch in impact_batches(report.analysis, report.ranked)] == [
            1000,
            1000,
            1000,
            721,
        ]


def test_a_graph_that_does_not_fit_into_a_file_is_refused() -> None:
    cis = [ci(no, "virtual_machine") for no in range(MOST_WHOLE + 1)]
    uplinks = [RelationshipRow(vm.no, 0, "connects_to") for vm in cis[1:]]
    report = failing(build(cis, uplinks, strengths()), 0)
    with pytest.raises(InvalidInput, match="20,001 CIs are concerned"):
        whole_impact(report)
    assert len(impact_picture(report).nodes) > 1


def ci(no: int, class_: str) -> CIRow:
    return CIRow(no, class_, "operational", f"{class_} {no}", uuid(no))


def named(case: Case) -> Case:
    """The same, with a name and an id for each CI."""
    return replace(case, cis=[row._replace(name=f"ci {row.no}", id=uuid(row.no)) for row in case.cis])


def strengths() -> dict[str, str]:
    return {name: type_.strength for name, type_ in CATALOGUE.relationships.items()}


def failing(projection: Projection, no: int) -> Report:
    causes = Causes(projection.cis.find([no]), NOBODY, NOBODY)
    return report_of(Analysis(projection, projection, causes, Causes(NOBODY, NOBODY, NOBODY)))


def report_of(analysis: Analysis) -> Report:
    """A report that asks nothing of its database, which pictures and tables do not need."""
    nowhere = Database("bolt://nowhere.invalid", "", "")
    return Report(nowhere, CATALOGUE, analysis.projection, analysis, Scenario())


def read(report: Report, name: str) -> Any:
    content = b"".join(export_impact(report, name))
    return ipc.open_stream(content).read_all() if name == "arrow" else csv.read_csv(pa.BufferReader(content))


def row_of(item: Item) -> dict[str, Any]:
    """The row that a table has for an item of a page."""
    path = item.reason.path[:-1] if item.reason else []
    row = item.model_dump(mode="json", include={*IMPACT_COLUMNS, "class_"})
    return row | {
        "rule": item.reason and str(item.reason.rule),
        "group": item.reason and item.reason.group and item.reason.group.name,
        "via": path[-1].name if path else None,
        "via_id": path[-1].id if path else None,
    }
