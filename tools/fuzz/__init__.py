"""Damaged inputs for every reader: each must be read or refused, and nothing may be lost without a problem."""
