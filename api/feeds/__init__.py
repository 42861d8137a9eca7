"""Feeds of what the API's own filters and its search find, and lists of feeds."""
