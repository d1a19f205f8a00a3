"""Releases as people plan them, and what each of their CIs says before, now and by whom."""
