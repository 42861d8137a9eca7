"""Which mention says a quoted span, and whether it is speech at all."""
