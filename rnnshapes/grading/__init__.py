"""Grading: ingest → execute in a sandbox → referee → record → feedback → report."""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # as in rnnshapes/authoring/__init__.py; a sandbox has this file alone
