"""From indices of CIs to what people call them."""

from collections.abc import Iterable

from impact.answer.models import CIRef
from impact.projection import CIs


def ref(cis: CIs, ci: int) -> CIRef:
    """A CI by what people call it."""
    return CIRef(id=cis.uuid(ci), name=cis.name[ci], class_=cis.described(ci).class_)


def refs(cis: CIs, some: Iterable[int]) -> list[CIRef]:
    """Several of them, in the same order."""
    return [ref(cis, ci) for ci in some]
