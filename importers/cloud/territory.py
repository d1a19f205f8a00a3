"""The accounts, regions and zones in which resources are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from cmdb.reconciliation import Observation, Relation
from importers.cloud.paths import first
from importers.cloud.places import region_of_zone
from importers.cloud.resource import Resource

ZONE_IDS = "availability_zone_id|zone_id"


class Territory:
    """Accounts, regions and zones, gathered from the resources that are in them.

    AWS gives zones other names in each account (`us-east-1a`) and one identifier in all (`use1-az4`); the
    identifier counts where any resource of the account tells it.
    """

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._zone_ids: dict[str, dict[str, str]] = defaultdict(dict)
        self._held: dict[str, Observation] = {}
        for one in resources:
            if len(zones := one.located.zones) == 1 and (told := first(one.values, ZONE_IDS)):
                self._zone_ids[zones[0]][one.located.account] = str(told)

    def of(self, resource: Resource) -> Iterator[Relation]:
        """What a resource depends on by being where it is."""
        place, shape = resource.located, resource.shape
        if place.account:
            yield Relation(type="belongs_to", to=self._account(place.provider, place.account))
        zones = [self._zone(place.provider, place.account, zone) for zone in dict.fromkeys(place.zones)]
        scattered = bool(shape.spread and len(zones) == 1 and first(resource.values, shape.spread))
        for zone in zones if not scattered else ():
            yield _within(zone, len(zones) > 1, assumed=not shape.spread)
        if place.region and (scattered or not zones):
            yield Relation(type="located_in", to=self._region(place.provider, place.region))

    def rows(self) -> Iterator[Observation]:
        """Accounts, regions and zones, each region before its zones."""
        yield from self._held.values()

    def _account(self, provider: str, account: str) -> str:
        native_id = f"{provider}/account/{account}"
        told = {"class": "cloud_account", "name": account, "provider": provider, "account_id": account}
        self._held.setdefault(native_id, Observation(native_id, told, (), mentioned=True))
        return native_id

    def _region(self, provider: str, region: str) -> str:
        native_id = f"{provider}/region/{region}"
        told = {"class": "cloud_region", "name": region, "provider": provider}
        self._held.setdefault(native_id, Observation(native_id, told, (), mentioned=True))
        return native_id

    def _zone(self, provider: str, account: str, zone: str) -> str:
        region = self._region(provider, region_of_zone(zone))
        zone_id = zone if provider == "gcp" else self._zone_id(account, zone)
        native_id = f"{provider}/zone/{zone_id or zone}"
        told = {"class": "availability_zone", "name": zone, "provider": provider}
        told |= {"zone_id": zone_id} if zone_id else {}
        located = (Relation(type="located_in", to=region),)
        self._held.setdefault(native_id, Observation(native_id, told, located, region, mentioned=True))
        return native_id

    def _zone_id(self, account: str, zone: str) -> str:
        """By the account's own names, or by the only account there is."""
        told = self._zone_ids.get(zone, {})
        return told.get(account) or (next(iter(told.values())) if len(told) == 1 and not account else "")


def _within(zone: str, several: bool, assumed: bool) -> Relation:
    relation = Relation(type="located_in", to=zone)
    if several:
        relation |= Relation(group="zones", need=1)
        if assumed:
            relation["assumed"] = True
    return relation
