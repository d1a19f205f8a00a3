"""Releases: versions of CIs that go live together, wave by wave, and what takes them back."""

from cmdb.releases.aftermath import caused_by
from cmdb.releases.checks import RELEASED
from cmdb.releases.deploying import begin_wave, deploy, end_wave, finish
from cmdb.releases.discovery import Seen, discovered
from cmdb.releases.documents import (
    Confirmation,
    Deployment,
    Expectation,
    Review,
    Test,
    Tests,
    Version,
    Versions,
    Wave,
    Waves,
)
from cmdb.releases.kind import RELEASE, kinds
from cmdb.releases.reversing import ask, confirm, reverse

__all__ = [
    "RELEASE",
    "RELEASED",
    "Confirmation",
    "Deployment",
    "Expectation",
    "Review",
    "Seen",
    "Test",
    "Tests",
    "Version",
    "Versions",
    "Wave",
    "Waves",
    "ask",
    "begin_wave",
    "caused_by",
    "confirm",
    "deploy",
    "discovered",
    "end_wave",
    "finish",
    "kinds",
    "reverse",
]
