"""Texts of PDF, Word and text files as lines, tables and lists with their places, whatever they are about."""
