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
    for folder in filter(None, (SHIPPED, own)):
        _merge_folder(drafts, folder, mistakes)
    mistakes.tell()
    catalogue = resolve(drafts, mistakes)
    mistakes.tell()
    return catalogue


def _merge_folder(drafts: Drafts, folder: Path, mistakes: Mistakes) -> None:
    classes, relationships = folder / CLASSES, folder / RELATIONSHIPS
    if not classes.exists() and not relationships.exists():
        mistakes.add(str(folder), "", f"holds neither {CLASSES} nor {RELATIONSHIPS}")
    if classes.exists():
        merge_classes(drafts, str(classes), read(classes, ClassesFile, mistakes), mistakes)
    if relationships.exists():
        said = read(relationships, RelationshipsFile, mistakes)
        merge_relationships(drafts, str(relationships), said, mistakes)
