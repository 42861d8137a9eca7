"""Training: what makes the files of `model/` again."""
