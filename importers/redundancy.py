"""Relations to several providers that stand in for one another."""

from collections.abc import Iterable

from cmdb.reconciliation import Relation


def redundant(
    type_: str, to: Iterable[str], group: str, need: int = 1, *, assumed: bool = True
) -> list[Relation]:
    """Relations to different ends, of which `need`, at least one, must be up; a single one is plain.

    `assumed`: the source does not say so.
    """
    ends = list(dict.fromkeys(to))
    if len(ends) < 2:
        return [Relation(type=type_, to=end) for end in ends]
    terms = Relation(group=group, need=max(need, 1))
    if assumed:
        terms["assumed"] = True
    return [Relation(type=type_, to=end, **terms) for end in ends]
