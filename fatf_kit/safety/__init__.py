"""What stands in front of every parser: files from outside are bounded before anything reads them."""
