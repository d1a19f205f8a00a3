"""The scenario of an answer, with its CIs by what people call them."""

from collections.abc import Iterator, Mapping

from impact.analysis import Analysis
from impact.analysis.outages import ENDLESS
from impact.answer.models import Asked, Lasting
from impact.answer.text import verb
from impact.answer.writer import Writer
from impact.scenario import Imagination, Scenario


def asked(scenario: Scenario, analysis: Analysis, writer: Writer) -> Asked:
    """What was asked; ids have become names."""
    causes, base = analysis.scenario, analysis.base
    named = (causes.down, causes.degraded, causes.pinned, base.down, base.degraded)
    failed, degraded, not_impacted, down, weak = (writer.refs(cis.tolist()) for cis in named)
    return Asked(
        failed=failed,
        lasting=list(_lasting(analysis, writer)),
        degraded=degraded,
        not_impacted=not_impacted,
        already_down=down,
        already_degraded=weak,
        imagined=list(_imagined(scenario.imagined, _names(analysis))),
        types=sorted(scenario.types),
        ignore_redundancy=scenario.ignore_redundancy,
        as_of=scenario.as_of,
    )


def _lasting(analysis: Analysis, writer: Writer) -> Iterator[Lasting]:
    causes = analysis.scenario
    if causes.seconds is not None:
        for ci, seconds in zip(causes.down.tolist(), causes.seconds.tolist(), strict=True):
            if seconds < ENDLESS:
                yield Lasting(**vars(writer.ref(ci)), seconds=seconds)


def _names(analysis: Analysis) -> dict[str, str]:
    return {id_: analysis.projection.cis.name[ci] for id_, ci in analysis.named.items()}


def _imagined(imagined: Imagination, names: Mapping[str, str]) -> Iterator[str]:
    """Sentences about what differs; `names` are those of CIs by id."""
    for ci in imagined.cis:
        yield f"there is a {ci.class_} {ci.name}"
    for added in imagined.relationships:
        group = f" in group {added.group}" if added.group else ""
        need = f", which needs {added.need}" if added.need is not None else ""
        ends = f"{names[added.dependent]} {verb(added.type)} {names[added.provider]}"
        yield f"{ends}{group}{need}"
    for id_ in sorted(imagined.without_cis, key=names.__getitem__):
        yield f"{names[id_]} is not there"
    for removed in imagined.without_relationships:
        yield f"{names[removed.dependent]} does not depend on {names[removed.provider]}"
