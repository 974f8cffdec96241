"""From gaps to work: what is done by whom until when, in which order, how far it has come, and the dates of it all."""
