"""What shows how good extraction is: gold, scoring, and where it goes wrong. Pure, no Django."""
