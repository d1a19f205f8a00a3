"""Turns rows of CIs into observations."""

from collections.abc import Iterable, Iterator

from cmdb.reconciliation import Observation, Rejection
from importers.exchange.rows import Form, lines
from importers.sorting import Keyed


def observe_cis(form: Form, rows: Iterable[Keyed]) -> Iterator[Observation | Rejection]:
    """Yield one observation a native id, from rows sorted by it.

    Rows of one native id that say the same count once; where they disagree, all are rejected.
    """
    for native_id, same in form.by_key(rows):
        sound = []
        for row in same:
            if reason := form.fault(row):
                yield form.rejection(row, reason)
            else:
                sound.append(row)
        if sound:
            yield from _agreed(form, native_id, sound)


def _agreed(form: Form, native_id: str, rows: list[Keyed]) -> Iterator[Observation | Rejection]:
    first, *others = rows
    attributes = _attributes(form, first)
    if any(_attributes(form, other) != attributes for other in others):
        reason = f"native_id {native_id!r} stands on {lines(rows)} with different values; keep one"
        for row in rows:
            yield form.rejection(row, reason)
    else:
        yield Observation(native_id, attributes, line=first[1])


def _attributes(form: Form, row: Keyed) -> dict[str, str]:
    cells = zip(form.columns, row[2], strict=True)
    return {name: value for name, value in cells if value and name != "native_id"}
