"""Which mentions are one person or body, and what the article says of each."""
