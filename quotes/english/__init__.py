"""Words and names of English, and how they are compared: without spaCy, for who reads and who links names."""
