"""Copies of signed jars without their signature.

The JVM's start cache leaves out the classes of signed jars and those that extend them. Neo4j builds
on Eclipse Collections, which come signed. A copy is made of a jar whose SHA-256 was checked.
"""

import re
from pathlib import Path
from zipfile import ZipFile

SIGNED_GROUPS = {"org.eclipse.collections"}
SIGNATURE = re.compile(r"META-INF/[^/]+\.(SF|RSA|DSA|EC)")


def unsign(signed: Path, copy: Path) -> None:
    """Write `copy` with every entry of `signed` but the signature; whole, or not at all."""
    partial = copy.with_suffix(".partial")
    with ZipFile(signed) as source, ZipFile(partial, "w") as target:
        for entry in source.infolist():
            if not SIGNATURE.fullmatch(entry.filename):
                target.writestr(entry.filename, source.read(entry))
    partial.replace(copy)
