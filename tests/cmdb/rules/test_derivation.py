"""What follows from rules: examples, and a brute-force oracle."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.catalogue import Rule, Selection, load_catalogue
from cmdb.rules import Derived, derive

PAGE = (Path(__file__).parents[3] / "docs/catalogue.md").read_text(encoding="utf-8")
EXAMPLE: dict[str, str] = dict(re.findall(r"```toml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))
CI = Mapping[str, Any]


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rule, ...]:
    """The rules of the example in the documentation."""
    own: Path = tmp_path_factory.mktemp("own")
    for name, content in EXAMPLE.items():
        (own / name).write_text(content)
    return load_catalogue(own).rules


def _ci(id_: str, class_name: str, **attributes: object) -> dict[str, Any]:
    return {"id": id_, "class": class_name, "name": id_, **attributes}


#     web ──┐                 ┌── ad1  "AD corp.example", production
#           ├── directory ────┤
#     db ───┘   1 of 2        └── ad2  "ad CORP.example", production
#     lab (test), linux, alone (no domain): nothing; ad3 is of another domain
ESTATE = [
    _ci("web", "virtual_machine", os="Windows Server 2022", domain="CORP.example", environment="production"),
    _ci("db", "physical_server", os="microsoft windows 10", domain="corp.example", environment="production"),
    _ci("lab", "virtual_machine", os="Windows 11", domain="corp.example", environment="test"),
    _ci("linux", "virtual_machine", os="Debian", domain="corp.example", environment="production"),
    _ci("alone", "virtual_machine", os="Windows 11", environment="production"),
    _ci("ad1", "infrastructure_service", environment="production") | {"name": "AD corp.example"},
    _ci("ad2", "infrastructure_service", environment="production") | {"name": "ad CORP.example "},
    _ci("ad3", "infrastructure_service", environment="production") | {"name": "AD other.example"},
    _ci("app", "application_service", environment="production") | {"name": "AD corp.example"},
]


def test_the_documented_directory(documented: tuple[Rule, ...]) -> None:
    terms = {"type": "depends_on", "group": "directory", "need": 1}
    expected = [("directory", d, p, terms) for d in ("web", "db") for p in ("ad1", "ad2")]
    assert list(derive(documented, ESTATE)) == expected


def test_without_a_join_each_dependent_has_all_providers(documented: tuple[Rule, ...]) -> None:
    tellers = [_ci("t1", "teller_machine"), _ci("t2", "teller_machine")]
    clocks = [_ci(name, "infrastructure_service") for name in ("NTP 1", "NTP 2", "NTP")]
    assert {(d.dependent, d.provider) for d in derive(documented, [*clocks, *tellers])} == {
        (teller, clock) for teller in ("t1", "t2") for clock in ("NTP 1", "NTP 2")
    }


def test_the_cis_are_read_once(documented: tuple[Rule, ...]) -> None:
    assert set(map(_pair, derive(documented, iter(ESTATE)))) == set(map(_pair, derive(documented, ESTATE)))


def test_many_are_joined_without_comparing_each_to_each(documented: tuple[Rule, ...]) -> None:
    """At 40,000 each, comparing all would be 1.6 billion comparisons."""
    count = 40_000
    servers = (_ci(f"s{n}", "server", os="Windows", domain=f"d{n}", environment="test") for n in range(count))
    services = (
        _ci(f"p{n}", "infrastructure_service", environment="test") | {"name": f"AD D{n}"}
        for n in range(count)
    )
    found = derive(documented, (ci for both in zip(servers, services, strict=True) for ci in both))
    assert {(d.dependent, d.provider) for d in found} == {(f"s{n}", f"p{n}") for n in range(count)}


def _pair(derived: Derived) -> tuple[str, str, str]:
    return derived.rule, derived.dependent, derived.provider


VALUES = st.one_of(
    st.none(),
    st.sampled_from(["a", "A", "ab", "aba", "b-a", "", " b "]),
    st.lists(st.sampled_from(["a", "ab"]), max_size=2),
    st.sampled_from([True, 8, 8.0, 1.5]),
)
NAMES = ("x", "y")
CLASSES = ("c", "d", "e")
CIS = st.lists(
    st.builds(
        lambda class_name, said: (class_name, said), st.sampled_from(CLASSES), st.tuples(VALUES, VALUES)
    ),
    max_size=8,
).map(
    lambda cis: [
        {
            "id": str(no),
            "class": class_name,
            **{n: v for n, v in zip(NAMES, said, strict=True) if v is not None},
        }
        for no, (class_name, said) in enumerate(cis)
    ]
)
PATTERNS = st.lists(
    st.sampled_from(["a", "a*", "*a", "*", "a*a", "*b*a*", "8", "true", "**"]), min_size=1, max_size=2
)
SELECTIONS = st.builds(
    Selection,
    st.frozensets(st.sampled_from(CLASSES), min_size=1),
    st.dictionaries(st.sampled_from(NAMES), PATTERNS.map(tuple), max_size=2),
)
JOINS = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from(["{x}", "{y}", "{x}b", "a{y}", "{x}{y}"]), max_size=2
)
RULES = st.lists(
    st.builds(Rule, st.just("r"), st.just(""), SELECTIONS, SELECTIONS, JOINS, st.just({"type": "uses"})),
    max_size=2,
)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, list) or value == "":
        return None
    return {"True": "true", "8.0": "8"}.get(str(value), str(value).strip().lower())


def _selected(selection: Selection, ci: CI) -> bool:
    for name, patterns in selection.patterns.items():
        said = ci.get(name)
        texts = [_text(one) or "" for one in (said if isinstance(said, list) else [said])]
        expressions = [".+" if set(p) == {"*"} else re.escape(p).replace(r"\*", ".*") for p in patterns]
        if not any(re.fullmatch(e, text) for e in expressions for text in texts):
            return False
    return ci["class"] in selection.classes


def _joined(rule: Rule, dependent: CI, provider: CI) -> bool:
    for name, template in rule.joins.items():
        for referred in NAMES:
            text = _text(dependent.get(referred))
            if "{" + referred + "}" in template and text is None:
                return False
            template = template.replace("{" + referred + "}", text or "")
        if template != _text(provider.get(name)):
            return False
    return True


@given(rules=RULES, cis=CIS)
def test_is_what_comparing_each_to_each_finds(rules: list[Rule], cis: list[CI]) -> None:
    expected = sorted(
        (rule.name, dependent["id"], provider["id"])
        for rule in rules
        for dependent in cis
        for provider in cis
        if dependent is not provider
        and _selected(rule.dependents, dependent)
        and _selected(rule.providers, provider)
        and _joined(rule, dependent, provider)
    )
    assert sorted(map(_pair, derive(rules, cis))) == expected
    assert sorted(map(_pair, derive(rules, cis[::-1]))) == expected
