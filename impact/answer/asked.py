"""The scenario of an answer, with its CIs by what people call them."""

from impact.analysis import Analysis
from impact.answer.models import Asked
from impact.answer.writer import Writer
from impact.scenario import Scenario


def asked(scenario: Scenario, analysis: Analysis, writer: Writer) -> Asked:
    """What was asked; ids have become names."""
    causes, base = analysis.scenario, analysis.base
    named = (causes.down, causes.degraded, causes.pinned, base.down, base.degraded)
    failed, degraded, not_impacted, down, weak = (writer.refs(cis.tolist()) for cis in named)
    return Asked(
        failed=failed,
        degraded=degraded,
        not_impacted=not_impacted,
        already_down=down,
        already_degraded=weak,
        types=sorted(scenario.types),
        ignore_redundancy=scenario.ignore_redundancy,
        as_of=scenario.as_of,
    )
