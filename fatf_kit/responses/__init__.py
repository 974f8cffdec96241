"""What was answered: typed answers and evidence, each with the cell it came from."""
