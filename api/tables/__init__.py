"""Answers as tables that a person reads with pleasure."""
