"""The reference page says what the importers say of themselves, in the catalogue's words."""

import subprocess
import sys
from pathlib import Path

import pytest

from importers import importer, importer_names
from importers.contract import declaration_breaches
from tests.importers.contract import CATALOGUE

ROOT = Path(__file__).parents[2]


def test_the_reference_page_is_current() -> None:
    command = [sys.executable, "-m", "importers.reference"]
    page = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert (ROOT / "docs/reference/importers.md").read_bytes() == page, (
        "run: python -m importers.reference > docs/reference/importers.md"
    )


@pytest.mark.parametrize("name", importer_names())
def test_kinds_name_only_what_the_catalogue_has(name: str) -> None:
    assert not [*declaration_breaches(importer(name), CATALOGUE)]
    assert importer(name).name == name
