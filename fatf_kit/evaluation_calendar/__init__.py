"""The dates of an evaluation."""
