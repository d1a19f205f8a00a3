"""What a release says in documents: versions, tests, waves, and what came of it."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1, max_length=10_000, pattern=r"\S")]


class Part(BaseModel):
    """Base of all parts of a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Version(Part):
    """An attribute of a CI (by id) before the release and after it; null: it says nothing."""

    ci: Text
    attribute: Text = Field(
        default="version", description="`os_version`, `firmware_version` and the like, too."
    )
    before: Text | None = None
    after: Text | None


class Versions(Part):
    """All that a release changes."""

    versions: tuple[Version, ...] = Field(min_length=1)

    @property
    def cis(self) -> frozenset[str]:
        """The CIs (by id) that it changes."""
        return frozenset(one.ci for one in self.versions)

    @model_validator(mode="after")
    def _each_once(self) -> "Versions":
        _once(f"{one.attribute} of {one.ci}" for one in self.versions)
        return self


class Test(Part):
    """Something that was tested, and where to read of it."""

    name: Text
    passed: bool
    evidence: Text = Field(description="What was seen, or the address of a protocol.")


class Tests(Part):
    """The test gate: all of them have to be passed."""

    tests: tuple[Test, ...] = Field(min_length=1)

    @property
    def failed(self) -> list[str]:
        """The names of those that were not passed."""
        return [test.name for test in self.tests if not test.passed]


class Wave(Part):
    """Some CIs (by id) that are deployed to together."""

    name: Text
    cis: tuple[Text, ...] = Field(min_length=1)
    begin: AwareDatetime | None = Field(default=None, description="When it is to begin.")


class Waves(Part):
    """The waves in their order, no CI in two of them."""

    waves: tuple[Wave, ...] = Field(min_length=1)

    @property
    def cis(self) -> frozenset[str]:
        """All CIs (by id)."""
        return frozenset(ci for wave in self.waves for ci in wave.cis)

    @model_validator(mode="after")
    def _each_once(self) -> "Waves":
        _once(wave.name for wave in self.waves)
        _once(ci for wave in self.waves for ci in wave.cis)
        return self


class Deployed(Part):
    """An attempt at a wave; without an outcome it is under way."""

    wave: Text
    begin: str
    end: str | None = None
    outcome: Literal["succeeded", "failed"] | None = None


class Deployment(Part):
    """All attempts at waves, oldest first; one that failed may be repeated."""

    attempts: tuple[Deployed, ...] = ()

    @property
    def running(self) -> Deployed | None:
        """The attempt that is under way."""
        return next((one for one in self.attempts if one.outcome is None), None)

    @property
    def succeeded(self) -> frozenset[str]:
        """The names of the waves that worked."""
        return frozenset(one.wave for one in self.attempts if one.outcome == "succeeded")

    def remaining(self, waves: Waves) -> list[str]:
        """The names of the waves that have not worked yet, in their order."""
        return [wave.name for wave in waves.waves if wave.name not in self.succeeded]


class Expected(Part):
    """What discovery should say of an attribute of a CI (by id); null: nothing."""

    ci: str
    name: str
    attribute: str
    value: str | None


class Expectation(Part):
    """What the baseline says, and since when discovery has to say it."""

    baseline: str
    since: str
    expected: tuple[Expected, ...]


class Confirmation(Part):
    """What discovery said at one moment of one record; nothing differs: everything is as expected."""

    at: str
    entries: int = Field(description="How long the log was then.")
    sources: tuple[str, ...] = Field(default=(), description="The records that said so.")
    differs: tuple[str, ...] = ()


class Review(Part):
    """What a release came to, and what is learnt."""

    outcome: Literal["successful", "with incidents", "reversed"]
    text: Text
    lessons: str = ""


def _once(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{name} is named twice")
        seen.add(name)
