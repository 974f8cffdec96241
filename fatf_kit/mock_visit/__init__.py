"""Rehearsal of the on-site visit: what is asked of whom and when, the sheets of the mock assessors, and the debrief."""
