"""What is known of a scored assessment: the values that papers, pages, terminal and letters print from."""
