"""Whether two names, with what is said of their bearers, mean one speaker: pure, no database."""
