"""What is to go, announced in the answers of whoever still uses it (RFC 9745, RFC 8594)."""

from datetime import UTC, datetime

from django.utils.http import http_date
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.links import add_link

TEXT_FILTER = (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC))


def announce(response: Response, since: datetime, until: datetime) -> Response:
    """`response`, saying since when something in the request is deprecated, and when it goes."""
    response["Deprecation"] = f"@{int(since.timestamp())}"
    response["Sunset"] = http_date(until.timestamp())
    add_link(response, reverse("api-docs"), "deprecation")
    return response
