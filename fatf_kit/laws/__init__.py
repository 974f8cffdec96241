"""The register of laws: instruments, their provisions, what these show, their translations, and bills."""
