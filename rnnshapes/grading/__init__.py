"""Grading: ingest → execute in a sandbox → referee → record → feedback → report."""
