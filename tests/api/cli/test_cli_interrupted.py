"""For how long services are away, and scenarios that differ from the graph."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from api.compiled import is_compiled, note_compiled
from tests.api.cli.conftest import Cmdb, imported

CIS = """native_id,class,name
shop,business_service,Shop
app,application,shop-app
a,database,db-a
b,database,db-b
ups,power_unit,ups
"""
RELATIONSHIPS = """from,type,to,group,need,failover,tolerates
shop,depends_on,app,,,,
app,depends_on,a,replicas,1,30,
app,depends_on,b,replicas,1,30,
app,powered_by,ups,,,,600
"""


@pytest.fixture
def estate(tmp_path: Path, cmdb: Cmdb) -> Path:
    return imported(cmdb, tmp_path, CIS, RELATIONSHIPS)


def away(answer: dict[str, Any]) -> dict[str, Any]:
    return {service["name"]: service["seconds"] for service in answer["services"]}


def test_a_failover_and_a_wait_decide(estate: Path, cmdb: Cmdb) -> None:
    assert away(cmdb("interrupted", "db-a", "--json").json()) == {"Shop": 30}
    assert away(cmdb("interrupted", "db-a", "db-b", "--for", "20m", "--json").json()) == {"Shop": 1200}
    assert away(cmdb("interrupted", "ups", "--for", "10m", "--json").json()) == {}
    said = cmdb("interrupted", "ups", "--for", "15m").out
    assert "If ups fails for 15 min" in said
    assert "5 min" in said


def test_each_failure_may_have_a_time_of_its_own(estate: Path, cmdb: Cmdb) -> None:
    question = estate / "question.json"
    question.write_bytes(orjson.dumps({"durations": {"db-a": 3600, "db-b": 90}}))
    assert away(cmdb("interrupted", "--scenario", str(question), "--json").json()) == {"Shop": 90}
    assert "db-a for 1 h, db-b for 1 min 30 s" in cmdb("interrupted", "--scenario", str(question)).out


def test_what_is_cut_is_not_there(estate: Path, cmdb: Cmdb) -> None:
    answer = cmdb("impact", "ups", "--cut", "shop-app ups", "--json").json()
    assert [item["name"] for item in answer["items"]] == ["ups"]
    assert answer["scenario"]["imagined"] == ["shop-app does not depend on ups"]
    assert cmdb("impact", "db-a", "db-b", "--without", "ups").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["interrupted", "db-a", "--for", "soon"], "'soon' is no duration. Write 90s, 20m, 4h or 2d."),
        (["impact", "ups", "--cut", "shop-app"], "'shop-app' is no relationship."),
        (["impact", "ups", "--add", "shop-app runs_on"], "'shop-app runs_on' is no relationship."),
        (["impact", "ups", "--cut", "ups shop-app"], "does not exist"),
        (["impact", "ups", "--add", "shop-app runs_on ups hosts 2"], "2 of 1"),
        (["impact", "ups", "--scenario", "/nowhere.json"], "/nowhere.json cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused(estate: Path, cmdb: Cmdb, arguments: list[str], said: str) -> None:
    answer = cmdb(*arguments)
    assert answer.code == 1
    assert said in answer.err


def test_a_file_that_is_no_question_is_refused(estate: Path, cmdb: Cmdb) -> None:
    question = estate / "question.json"
    question.write_text('{"failed": "db-a"}')
    assert "is no question: failed" in cmdb("impact", "--scenario", str(question)).err


def test_that_kernels_are_compiled_is_noted(tmp_path: Path) -> None:
    assert not is_compiled(tmp_path / "new")
    note_compiled(tmp_path / "new")
    assert is_compiled(tmp_path / "new")
