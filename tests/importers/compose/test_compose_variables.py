from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from importers.compose.variables import DEEPEST, Variables

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,10}", fullmatch=True)


def variables(**values: str) -> Variables:
    known = Variables()
    known.values |= values
    return known


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("$SET and ${SET}", "a and a"),
        ("$$SET ${SET}$$", "$SET a$"),
        ("${UNSET}", ""),
        ("${UNSET-b} ${EMPTY-b} ${SET-b}", "b  a"),
        ("${UNSET:-b} ${EMPTY:-b} ${SET:-b}", "b b a"),
        ("${UNSET+b} ${EMPTY+b} ${SET+b}", " b b"),
        ("${UNSET:+b} ${EMPTY:+b} ${SET:+b}", "  b"),
        ("${SET?no} ${SET:?no} ${EMPTY?no}", "a a "),
        ("${UNSET:-${EMPTY:-${SET}c}d}", "acd"),
        ("${UNSET:-http://host:80/{x}", "http://host:80/{x"),  # as Compose, the first } ends it
        ("a $ b $5", "a $ b $5"),
    ],
)
def test_references_are_filled_in(text: str, filled: str) -> None:
    assert variables(SET="a", EMPTY="").fill(text) == filled


def test_a_missing_variable_is_remembered_with_what_to_tell() -> None:
    known = variables(EMPTY="")
    assert known.fill("$PLAIN ${NEEDED:?ask Ann} ${EMPTY:?give it} ${UNSET:-b} ${OTHER+b}") == "   b "
    assert known.missing == {"PLAIN": "", "NEEDED": "ask Ann", "EMPTY": "give it"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("${SET", "not closed"),
        ("${SET/a/b}", "no reference to a variable that Compose knows"),
        ("${}", "no reference"),
        ("${A:-" * (DEEPEST + 2) + "}" * (DEEPEST + 2), "stands within more than"),
    ],
)
def test_what_is_no_reference_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        variables().fill(text)


def test_a_file_of_variables_may_refer_to_those_above(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('A=1 # first\nB="${A}2"\nC=${B}3${D:-4}${OUTSIDE}\nNOTHING\n')
    known = variables(OUTSIDE="5")
    assert known.read(tmp_path / ".env") == {"A": "1", "B": "12", "C": "12345", "NOTHING": ""}
    assert not known.missing


@given(st.text(alphabet=st.characters(exclude_characters="$")), NAMES, st.text())
def test_a_default_is_used_exactly_where_nothing_is_set(default: str, name: str, value: str) -> None:
    default = default.replace("}", "")
    assert variables().fill(f"<${{{name}:-{default}}}>") == f"<{default}>"
    assert variables(**{name: value}).fill(f"<${{{name}-{default}}}>") == f"<{value}>"


@given(st.text())
def test_text_with_doubled_dollars_is_text(text: str) -> None:
    known = variables()
    assert known.fill(text.replace("$", "$$")) == text
    assert not known.missing
