from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from cmdb.errors import CatalogueError
from cmdb.policy import Policies


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")

    weight: int


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    file = folder / "rule.toml"
    file.write_text("weight = 1")
    return file


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_an_own_file_stands_in_for_the_shipped_one(shipped: Path, own: Path) -> None:
    assert Policies().read(Rule, shipped).weight == 1
    assert Policies(own).read(Rule, shipped).weight == 1
    (own / "rule.toml").write_text("weight = 2")
    assert Policies(own).read(Rule, shipped).weight == 2


def test_mistakes_are_named_by_file_and_key(shipped: Path, own: Path) -> None:
    (own / "rule.toml").write_text('weight = "much"\nweigth = 3')
    with pytest.raises(CatalogueError) as error:
        Policies(own).read(Rule, shipped)
    assert f"{own / 'rule.toml'}: weight: " in error.value.detail
    assert "weigth: unknown key; did you mean 'weight'?" in error.value.detail


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    weight: int = 0


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parts: tuple[Part, ...] = ()
    extra: Part | None = None
    named: dict[str, Part] = {}


@pytest.mark.parametrize("text", ["parts = [{ wieght = 1 }]", "extra = { wieght = 1 }", "named.x.wieght = 1"])
def test_a_wrong_key_is_found_however_deep_it_lies(shipped: Path, own: Path, text: str) -> None:
    (own / "rule.toml").write_text(text)
    with pytest.raises(CatalogueError, match="wieght: unknown key; did you mean 'weight'"):
        Policies(own).read(Whole, shipped)
