"""Words and names of English: data, and how they are compared. No spaCy, no numpy: who links names needs it, too."""
