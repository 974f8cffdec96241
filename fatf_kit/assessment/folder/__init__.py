"""An assessment folder: settings, agencies, and who answers what."""
