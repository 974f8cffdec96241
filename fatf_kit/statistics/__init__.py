"""Figures and cases that show the 11 outcomes: asked of agencies, read back, merged, checked and measured."""
