"""The reference page says what the commands are."""

from pathlib import Path

from api.cli.reference import page

PAGE = Path(__file__).parents[3] / "docs/reference/cli.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), "run: python -m api.cli.reference > docs/reference/cli.md"
