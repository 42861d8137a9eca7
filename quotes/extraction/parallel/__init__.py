"""Many texts at once, by processes of which each may die."""
