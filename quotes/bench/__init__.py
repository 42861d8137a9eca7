"""What extraction costs: time, beside spaCy's own, and memory. No database, no Django.

`processes.run` runs each of the `measures` in a process of its own, so that none warms up or bloats another.
"""
