"""An assessment folder as a whole: the list of the features, and the loops over it."""
