"""Questions to bodies of which too little is known, and their answers."""
