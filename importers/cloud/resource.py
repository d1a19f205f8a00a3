"""One resource of a cloud, as its provider or a tool describes it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from importers.cloud.paths import every, first
from importers.cloud.places import Place, locate
from importers.cloud.shape import Shape

_GOOGLE = re.compile(r"https://[a-z]+\.googleapis\.com/(?:[a-z]+/)?[a-z0-9]+/(?=projects/)")
_CLOUD_ID = re.compile(
    r"arn:.+|[a-z]+-[0-9a-f]{8}(?:[0-9a-f]{9})?|Z[0-9A-Z]{8,31}|/subscriptions/.+|projects/.+"
)


def normal(identifier: str) -> str:
    """One spelling for what a provider calls a thing: Azure ignores case, Google writes links or paths."""
    if identifier.lower().startswith("/subscriptions/"):
        return identifier.lower()
    return _GOOGLE.sub("", identifier)


def is_cloud_id(identifier: str) -> bool:
    """Whether it identifies a thing by itself: an ARN, `i-0abc…`, an Azure resource id, a Google path."""
    return bool(_CLOUD_ID.fullmatch(identifier))


@dataclass(frozen=True, slots=True)
class Resource:
    """`values` as the source has them; `address` is what the source calls it, unique and stable.

    `mentioned`: only referred to. `where` says where it stands, for the report.
    """

    kind: str
    shape: Shape
    values: Mapping[str, Any]
    address: str
    place: Place
    where: str
    mentioned: bool = False

    @property
    def cloud_id(self) -> str:
        """The provider's own identifier; blank where it is not told."""
        path = self.shape.cloud_id
        if "{" in path:
            place = self.located
            return str(first({**self.values, "region": place.region, "account": place.account}, path) or "")
        return normal(str(first(self.values, path) or ""))

    @property
    def native_id(self) -> str:
        """Its cloud id, which stays when its description is moved, or else its address."""
        return self.cloud_id or self.address

    @property
    def located(self) -> Place:
        """Where it is."""
        path = "arn" if "{" in self.shape.cloud_id else f"arn|{self.shape.cloud_id}"
        identity = normal(str(first(self.values, path) or ""))
        return locate(self.place, self.values, identity, self.shape.zones)

    @property
    def names(self) -> set[str]:
        """All that others may call it by."""
        told = [value for path in self.shape.known_as for value in every(self.values, path)]
        return {normal(str(value)) for value in told} | ({self.cloud_id} - {""})

    @property
    def hosts(self) -> set[str]:
        """The names and addresses that it answers at, without ports."""
        told = [str(value) for path in self.shape.hosts for value in every(self.values, path)]
        return {host.lower().rstrip(".").rpartition("://")[2].partition(":")[0] for host in told}
