"""An assessment folder: who takes part, who answers what, what the country has set and decided."""
