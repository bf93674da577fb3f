"""Submissions to lesson 01's assignment that want something other than to answer it, and what each must come to."""
