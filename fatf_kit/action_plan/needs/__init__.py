"""The costs of items and actions, the assistance that they need, and who pays."""
