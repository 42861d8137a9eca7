"""Role phrases: "the former mayor of the town"."""
