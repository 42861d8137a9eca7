"""Which pages of other sites may read the API in a browser: none, unless a setting names them."""

from typing import Any

import pytest
from django.test import Client

from quotes.models import Article

pytestmark = pytest.mark.django_db
QUOTES = "/api/v1/quotes/"
APP = "https://app.example"


def preflight(client: Client, origin: str) -> Any:
    asked = {"origin": origin, "access-control-request-method": "GET"}
    return client.options(QUOTES, headers=asked)


@pytest.mark.parametrize("origin", [APP, "null", "http://testserver"])
def test_by_default_no_other_site_may(client: Client, article: Article, origin: str) -> None:
    for answer in (client.get(QUOTES, headers={"origin": origin}), preflight(client, origin)):
        assert "Access-Control-Allow-Origin" not in answer


def test_a_site_that_is_named_may_without_cookies_and_sees_what_headers_say(
    client: Client, article: Article, settings: Any
) -> None:
    settings.CORS_ALLOWED_ORIGINS = [APP]
    answer = client.get(QUOTES, headers={"origin": APP})
    assert answer["Access-Control-Allow-Origin"] == APP
    assert "Access-Control-Allow-Credentials" not in answer
    assert "origin" in answer["Vary"]
    shown = set(answer["Access-Control-Expose-Headers"].split(", "))
    assert shown >= {"ETag", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "Sunset"}
    asked = preflight(client, APP)
    assert asked["Access-Control-Allow-Origin"] == APP
    allowed = set(asked["Access-Control-Allow-Headers"].split(", "))
    assert allowed >= {"authorization", "if-match", "if-none-match", "idempotency-key", "content-type"}
    for other in ("https://app.example.evil.example", "http://app.example", "null"):
        assert "Access-Control-Allow-Origin" not in client.get(QUOTES, headers={"origin": other})


def test_a_named_site_is_told_of_errors_and_of_what_is_unchanged_too(
    client: Client, article: Article, settings: Any
) -> None:
    settings.CORS_ALLOWED_ORIGINS = [APP]
    seen = client.get(QUOTES)["ETag"]
    for address, headers, status in (
        (QUOTES, {"if-none-match": seen}, 304),
        (QUOTES, {"authorization": "Token no"}, 401),
        ("/api/v1/nothing", {}, 404),
        (QUOTES, {"host": "evil.example"}, 400),
    ):
        answer = client.get(address, headers={"origin": APP, **headers})
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, APP)


def test_the_rest_of_the_site_stays_closed(client: Client, article: Article, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = [APP]
    for address in ("/", "/admin/login/", "/speakers/oona-marlowe/feed.atom"):
        assert "Access-Control-Allow-Origin" not in client.get(address, headers={"origin": APP})
