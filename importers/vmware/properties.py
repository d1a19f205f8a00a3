"""Asks a vCenter for the properties of all objects at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pyVmomi import vim, vmodl

from cmdb.reconciliation import Gap

BATCH = 500
"""Objects in an answer."""

Properties = dict[str, Any]


def collect(
    content: Any, wanted: Mapping[type, list[str]], gaps: list[Gap]
) -> dict[type, dict[str, Properties]]:
    """The wanted properties of all objects below the root, by type and managed object id.

    What may not be read is added to `gaps`, once for each type and property.
    """
    view = content.viewManager.CreateContainerView(content.rootFolder, list(wanted), True)
    try:
        return _sorted(_pages(content.propertyCollector, _filter(view, wanted)), wanted, gaps)
    finally:
        view.DestroyView()


def _filter(view: Any, wanted: Mapping[type, list[str]]) -> Any:
    collector: Any = vmodl.query.PropertyCollector
    through = collector.TraversalSpec(name="view", path="view", skip=False, type=vim.view.ContainerView)
    return collector.FilterSpec(
        objectSet=[collector.ObjectSpec(obj=view, skip=True, selectSet=[through])],
        propSet=[collector.PropertySpec(type=type_, pathSet=paths) for type_, paths in wanted.items()],
    )


def _pages(collector: Any, filter_: Any) -> Iterator[Any]:
    types: Any = vmodl.query.PropertyCollector
    page = collector.RetrievePropertiesEx([filter_], types.RetrieveOptions(maxObjects=BATCH))
    while page:
        yield from page.objects
        page = collector.ContinueRetrievePropertiesEx(page.token) if page.token else None


def _sorted(
    objects: Iterator[Any], wanted: Mapping[type, list[str]], gaps: list[Gap]
) -> dict[type, dict[str, Properties]]:
    found: dict[type, dict[str, Properties]] = {type_: {} for type_ in wanted}
    missing: Counter[tuple[str, str, str]] = Counter()
    for one in objects:
        type_ = next(type_ for type_ in wanted if isinstance(one.obj, type_))
        found[type_][one.obj._moId] = {each.name: each.val for each in one.propSet}
        for each in one.missingSet:
            missing[type_.__name__, each.path, each.fault.__class__.__name__] += 1
    for (name, path, reason), count in sorted(missing.items()):
        gaps.append(Gap(f"{path} of {count} objects, {name.rpartition('.')[2]}: {reason.rpartition('.')[2]}"))
    return {type_: dict(sorted(rows.items())) for type_, rows in found.items()}
