"""`ETag` and `If-Match`: nobody overwrites what they have not seen."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Header

from cmdb.errors import Outdated
from cmdb.history import Revision


def etag(ci: Mapping[str, Any]) -> str:
    """The version of a CI."""
    return f'"{ci["revision"]}"'


def version_headers(ci: Mapping[str, Any], revision: Revision | None) -> dict[str, str]:
    """Headers of an answer to a write: the CI's version, and the revision if one was made."""
    return {"ETag": etag(ci)} | revision_header(revision)


def revision_header(revision: Revision | None) -> dict[str, str]:
    """The number of the revision that a write made, if it changed anything."""
    return {"X-Revision": str(revision.seq)} if revision else {}


def _expected(
    if_match: Annotated[
        str | None,
        Header(
            description="The `ETag` of the CI you read: refused with 412 if somebody has changed it since. "
            "Without it, attributes that you do not name stay as they are all the same.",
            examples=['"40"'],
        ),
    ] = None,
) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    if match := re.fullmatch(r'"([0-9]{1,18})"', if_match.strip()):
        return int(match[1])
    raise Outdated(f'If-Match is {if_match!r}; it must be the `ETag` of the CI, such as "40".')


Expected = Annotated[int | None, Depends(_expected)]
"""The revision that the client saw last; None: any."""
