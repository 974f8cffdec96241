"""How it is asked and read back: the Excel contract."""
