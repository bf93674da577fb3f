"""Ingest: what an instructor has becomes submissions. Nothing is executed."""

from rnnshapes.grading.ingest.intake import read_one, read_submissions, read_submitted
from rnnshapes.grading.ingest.roster import Roster

__all__ = ["Roster", "read_one", "read_submissions", "read_submitted"]
