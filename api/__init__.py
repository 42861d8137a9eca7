"""The REST API, version 1, at /api/v1/."""

REQUEST_ID = "quotetracker.request_id"  # where a request keeps the id that its log lines have
