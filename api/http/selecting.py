"""The parameters that cut a list of affected CIs."""

from typing import Annotated

from fastapi import Depends, Query

from api.http.dependencies import TheStore
from api.selecting import selection
from impact import Selection, StateName

Word = Annotated[str, Query(max_length=200)]


def _selection(
    store: TheStore,
    class_: Annotated[
        list[Word],
        Query(
            default_factory=list,
            alias="class",
            max_length=50,
            description="Classes, with those that refine them.",
        ),
    ],
    state: Annotated[list[StateName], Query(default_factory=list, max_length=50, description="States.")],
    team: Annotated[
        list[Word], Query(default_factory=list, max_length=50, description="Teams that own CIs, in any case.")
    ],
    site: Annotated[
        list[Word],
        Query(
            default_factory=list,
            max_length=50,
            description="Sites by id, name, `class:name` or `source/native_id`.",
        ),
    ],
    services: Annotated[bool, Query(description="Services only.")] = False,
    text: Annotated[str, Query(max_length=200, description="Part of the name, in any case.")] = "",
) -> Selection:
    """What is listed; the counts of an answer are of everything."""
    return selection(store, class_, state, team, site, services, text)


TheSelection = Annotated[Selection, Depends(_selection)]
