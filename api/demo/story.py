"""One evening of a change manager: new firmware for two core switches, Saturday 22:00."""

import shlex
from collections.abc import Sequence

from rich.console import Console

from api.demo.scene import scene
from api.scenarios import Imagined, NewRelationship, OldRelationship, Question
from api.tables.comparison import print_comparison
from api.tables.explanation import print_explanation
from api.tables.impact import print_business_services, print_confidence, print_contacts, print_headline
from api.tables.single_points import print_exposures
from cmdb.store import Store, find_ci
from impact import Confidence, Impact, ImpactEngine, Scenario

FIRST, SECOND = "lds-core-a", "lds-core-b"
SURVIVOR = "business_service:Payments"
HIDDEN, SPARE, STRAY = "brs-dist-b", "brs-dist-a", "brs-acc-till-a"
MOST_TEAMS = 6
MOST_EXPOSED = 4
MOST_ASSUMED = 3
UNMAPPED = ("lds-srv-0417", "LDS-OLDFS1", "Stock Forecast 2009")


def tell_story(console: Console, store: Store, engine: ImpactEngine) -> None:
    """Ask the questions of the evening one after the other, each with the command that asks it."""

    def scenario(names: Sequence[str]) -> Scenario:
        return Scenario(failed=frozenset(find_ci(store.database, name) for name in names))

    def ask(title: str, *names: str) -> Impact:
        scene(console, title, f"cmdb impact {shlex.join(names)}")
        answer = engine.impact(scenario(names))
        print_headline(console, answer)
        return answer

    console.print(
        f"\nOn Saturday at 22:00 the Leeds core switches, {FIRST} and {SECOND}, get new firmware. "
        "What does that take down?"
    )
    for name in (FIRST, SECOND):
        print_business_services(console, ask(f"{name} alone", name))
    both = ask("Both at once: what if the second starts before the first is back?", FIRST, SECOND)
    print_business_services(console, both)
    print_contacts(console, both.contacts[:MOST_TEAMS])
    print_confidence(console, _in_short(both.confidence))

    scene(console, "Why does Payments survive?", f"cmdb why Payments --if-fails {FIRST} --if-fails {SECOND}")
    print_explanation(console, engine.why(find_ci(store.database, SURVIVOR), scenario((FIRST, SECOND))), 2)

    title = f"What nobody has noticed: two gateways, two racks, two switches, and one {HIDDEN}"
    print_business_services(console, ask(title, HIDDEN))

    moved = f"--cut '{STRAY} {HIDDEN}' --add '{STRAY} connects_to {SPARE}'"
    scene(
        console, f"What would moving that uplink buy? ({STRAY} to {SPARE})", f"cmdb compare {HIDDEN} {moved}"
    )
    print_comparison(console, engine.compare(*_moved(store)))

    title = (
        f"And while {FIRST} is away: which services have no second of something they had a second of before?"
    )
    scene(console, title, f"cmdb spof --exposed --during {FIRST}")
    print_exposures(console, engine.exposures(scenario([FIRST]), MOST_EXPOSED))

    unknown = ask("What nobody has mapped", *UNMAPPED)
    print_confidence(console, unknown.confidence)


def _in_short(confidence: Confidence) -> Confidence:
    """With the first few assumptions only."""
    assumed = confidence.assumed.model_copy(update={"first": confidence.assumed.first[:MOST_ASSUMED]})
    return confidence.model_copy(update={"assumed": assumed})


def _moved(store: Store) -> tuple[Scenario, Scenario]:
    """The hidden switch fails: as things are, and with the stray uplink where it belongs."""
    before = Question(failed=[HIDDEN])
    after = Question(
        failed=[HIDDEN],
        imagined=Imagined(
            relationships=[NewRelationship(dependent=STRAY, type="connects_to", provider=SPARE)],
            without_relationships=[OldRelationship(dependent=STRAY, provider=HIDDEN)],
        ),
    )
    return before.scenario(store), after.scenario(store)
