"""Loads the catalogue from the shipped files and an organisation's own."""

from collections.abc import Callable
from pathlib import Path

from cmdb.catalogue.declarations import (
    ClassDeclaration,
    ClassesFile,
    RelationshipsFile,
    RulesFile,
    SourcesFile,
)
from cmdb.catalogue.files import File, read
from cmdb.catalogue.merge import (
    Draft,
    Drafts,
    merge_classes,
    merge_relationships,
    merge_rules,
    merge_sources,
)
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.model import Catalogue
from cmdb.catalogue.resolve import resolve

SHIPPED = Path(__file__).parent
FILES = ("classes.toml", "relationships.toml", "sources.toml", "rules.toml")
CLASSES, RELATIONSHIPS, SOURCES, RULES = FILES


def load_catalogue(own: Path | None = None) -> Catalogue:
    """The shipped catalogue, extended by the files in the folder `own`.

    All mistakes in the files come in one `CatalogueError`, named by file, key and reason.
    """
    mistakes = Mistakes()
    drafts = Drafts(Draft(str(SHIPPED / CLASSES), ClassDeclaration()))
    if not all(_merge_folder(drafts, folder, mistakes) for folder in (SHIPPED, own) if folder):
        mistakes.tell()
    catalogue = resolve(drafts, mistakes)
    mistakes.tell()
    return catalogue


def _merge_folder(drafts: Drafts, folder: Path, mistakes: Mistakes) -> bool:
    """Whether all files there could be read; what a file lacks would look like further mistakes."""
    if not any((folder / name).exists() for name in FILES):
        mistakes.add(str(folder), "", f"holds none of {', '.join(FILES)}")
    return all(
        (
            _merge(drafts, folder / CLASSES, ClassesFile, merge_classes, mistakes),
            _merge(drafts, folder / RELATIONSHIPS, RelationshipsFile, merge_relationships, mistakes),
            _merge(drafts, folder / SOURCES, SourcesFile, merge_sources, mistakes),
            _merge(drafts, folder / RULES, RulesFile, merge_rules, mistakes),
        )
    )


def _merge(
    drafts: Drafts,
    path: Path,
    kind: type[File],
    merge: Callable[[Drafts, str, File, Mistakes], None],
    mistakes: Mistakes,
) -> bool:
    """Whether the file, where there is one, could be read."""
    if not path.exists():
        return True
    declared = read(path, kind, mistakes)
    if declared:
        merge(drafts, str(path), declared, mistakes)
    return declared is not None
