"""Loads the catalogue from the shipped files and an organisation's own."""

from pathlib import Path

from cmdb.catalogue.files import ClassDeclaration, ClassesFile, RelationshipsFile, read
from cmdb.catalogue.merge import Draft, Drafts, merge_classes, merge_relationships
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.model import Catalogue
from cmdb.catalogue.resolve import resolve

SHIPPED = Path(__file__).parent
CLASSES, RELATIONSHIPS = "classes.toml", "relationships.toml"


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
    classes, relationships = folder / CLASSES, folder / RELATIONSHIPS
    if not classes.exists() and not relationships.exists():
        mistakes.add(str(folder), "", f"holds neither {CLASSES} nor {RELATIONSHIPS}")
    declared = read(classes, ClassesFile, mistakes) if classes.exists() else ClassesFile()
    types = (
        read(relationships, RelationshipsFile, mistakes) if relationships.exists() else RelationshipsFile()
    )
    if declared:
        merge_classes(drafts, str(classes), declared, mistakes)
    if types:
        merge_relationships(drafts, str(relationships), types, mistakes)
    return bool(declared and types)
