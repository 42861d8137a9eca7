"""Everything that makes the weights in `model/` again."""
