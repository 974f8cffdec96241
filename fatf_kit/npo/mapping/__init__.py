"""Which column of a register holds what: read, proposed, and refused where it must not be read."""
