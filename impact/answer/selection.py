"""Which of the affected CIs an answer lists; its counts are of all of them."""

import numpy as np
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict, Field

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.details import owner_of
from impact.answer.order import services
from impact.answer.sites import Sites
from impact.arrays import Flags, Ints
from impact.state import State, StateName


class Selection(BaseModel):
    """A CI is listed if it passes each condition; one that is empty lets everything through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: frozenset[str] = Field(default=frozenset(), description="Classes, with those that refine them.")
    states: frozenset[StateName] = Field(default=frozenset(), description="States under the scenario.")
    teams: frozenset[str] = Field(default=frozenset(), description="Teams that own CIs, in any case.")
    sites: frozenset[str] = Field(default=frozenset(), description="Ids of sites where CIs stand.")
    services: bool = Field(default=False, description="Services only.")
    text: str = Field(default="", description="Part of the name, in any case.")


EVERYTHING = Selection()


def selected(
    selection: Selection, analysis: Analysis, catalogue: Catalogue, cis: Ints, sites: Sites
) -> Flags:
    """Which of some CIs are listed; `sites` are those of these CIs.

    Raises InvalidInput for a class that the catalogue does not know.
    """
    known, passed = analysis.projection.cis, np.ones(len(cis), dtype=np.bool_)
    if selection.classes:
        classes = catalogue.refining(selection.classes)
        passed &= known.having(cis, lambda profile: profile.class_ in classes)
    if selection.states:
        wanted = np.array([state.label in selection.states for state in State], dtype=np.bool_)
        passed &= wanted[analysis.states(cis)]
    if selection.teams:
        teams = {team.casefold() for team in selection.teams}
        passed &= known.having(cis, lambda profile: (owner_of(profile) or "").casefold() in teams)
    if selection.sites:
        passed &= sites.among(selection.sites, analysis.projection)
    if selection.services:
        passed &= services(cis, known, catalogue)
    if selection.text:
        names = known.name.array(cis)
        passed &= pc.match_substring(names, selection.text, ignore_case=True).to_numpy(zero_copy_only=False)
    return passed
