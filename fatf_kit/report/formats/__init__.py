"""Renderers: each turns a Report into the bytes of one format and decides nothing."""
