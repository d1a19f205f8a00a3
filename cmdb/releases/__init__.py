"""Releases: versions of CIs that go live together, wave by wave, and what takes them back."""

from cmdb.releases.kind import RELEASE, kinds

__all__ = ["RELEASE", "kinds"]
