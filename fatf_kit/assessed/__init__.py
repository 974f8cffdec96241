"""The values of a scored assessment that papers, pages, terminal and letters print from."""
