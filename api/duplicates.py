"""Duplicate cases as they are told to people and programs."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict, Field

from cmdb.identity import Case, Claimant
from cmdb.store import Store, case_name, ci_names, claimant_name


class CaseRecord(BaseModel):
    """One of the records of a case."""

    model_config = ConfigDict(serialize_by_alias=True)

    name: str = Field(description="`source/native_id`, or `source/scope/native_id`.")
    class_: str = Field(serialization_alias="class")
    ci: str = Field(description="Id of the CI that it describes.")
    ci_name: str
    identifiers: list[str] = Field(description="What it is known by, strongest first.")


class DuplicateCase(BaseModel):
    """Records that share identifiers, while it is a question whether they are one thing."""

    name: str = Field(description="Names the case: the name of its first record.")
    reason: str = Field(description="Why it is a question.")
    shared: list[str] = Field(description="The identifiers that several of the records have.")
    cis: list[str] = Field(description="Ids of the CIs that the records describe, oldest first.")
    records: list[CaseRecord]


def told(store: Store, cases: Sequence[Case]) -> list[DuplicateCase]:
    """Cases in words."""
    names = ci_names(store.database, {ci for case in cases for ci in case.cis})
    return [
        DuplicateCase(
            name=case_name(case),
            reason=case.reason,
            shared=_plain(case.shared),
            cis=case.cis,
            records=[_record(one, names) for one in case.records],
        )
        for case in cases
    ]


def _record(one: Claimant, names: Mapping[str, str]) -> CaseRecord:
    return CaseRecord(
        name=claimant_name(one),
        class_=one.class_name,
        ci=one.ci,
        ci_name=names[one.ci],
        identifiers=_plain(one.claims),
    )


def _plain(keys: Iterable[str]) -> list[str]:
    """`compute:cloud_id|i-1` as `cloud_id=i-1`."""
    parts = (key.partition("|") for key in keys)
    return [f"{rule.partition(':')[2]}={value}" for rule, _, value in parts]
