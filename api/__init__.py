"""The REST API, version 1, at /api/v1/."""
