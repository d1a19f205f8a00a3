"""Redundancy groups as they are drawn: groups that several owners have alike are one box."""

from collections import defaultdict
from dataclasses import dataclass, replace

from impact.drawing.picture import Group, Picture
from impact.drawing.style import GROUP_STATES, Look
from impact.drawing.text import TIMES, shortened


@dataclass(frozen=True)
class Box:
    """A redundancy group and all who have it."""

    owners: tuple[str, ...]
    group: Group

    @property
    def label(self) -> str:
        """`needs 1 of 2`, with the count where it stands for several."""
        count = f"{self.group.count} {TIMES} " if self.group.count > 1 else ""
        return f"{count}needs {self.group.need} of {self.group.of}"

    @property
    def name(self) -> str | None:
        """The name of the group, where it has one."""
        return shortened(self.group.name) if self.group.name else None

    @property
    def word(self) -> str:
        """What has become of it: `LOST`, `WEAKENED` or `holds`."""
        return GROUP_STATES[self.group.state][0]

    @property
    def look(self) -> Look:
        """Its colours."""
        return GROUP_STATES[self.group.state][1]


def boxes(picture: Picture) -> list[Box]:
    """The boxes to draw, in the order of the picture."""
    owners: dict[Group, list[str]] = defaultdict(list)
    for group in picture.groups:
        owners[replace(group, owner="")].append(group.owner)
    return [Box(tuple(names), group) for group, names in owners.items()]
