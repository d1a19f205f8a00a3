"""What a projection says, in an order that does not depend on how it came about."""

from impact.projection import Projection


def content(projection: Projection) -> tuple[list[tuple[object, ...]], list[str], list[str]]:
    cis = projection.cis
    live = [ci for ci in range(len(cis)) if cis.no[ci] >= 0]
    return (
        sorted((int(cis.no[ci]), cis.uuid(ci), cis.name[ci], cis.described(ci)) for ci in live),
        [cis.name[ci] for ci in cis.by_name.tolist()],
        sorted(group(projection, index) for ci in live for index in projection.groups.of_owner(ci)),
    )


def group(projection: Projection, index: int) -> str:
    groups, wiring = projection.groups, projection.wiring
    entries = [
        (
            int(projection.cis.no[wiring.member[entry]]),
            int(wiring.weight[entry]),
            int(wiring.tolerates[entry]),
            groups.terms[groups.told[entry]],
        )
        for entry in groups.entries(index)
    ]
    owner = int(projection.cis.no[wiring.owner[index]])
    return repr((owner, groups.group_terms(index), int(wiring.failover[index]), sorted(map(repr, entries))))
