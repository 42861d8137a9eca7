"""So many requests in a window of time, and what is said of it."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from redis import Redis
from redis.exceptions import ConnectionError as RedisIsDownError

from api.views import QuoteViewSet
from quotes import limits
from quotes.models import Article
from tests.api.logins import basic, by_token, problem
from tests.brokers import own_redis

pytestmark = pytest.mark.django_db
QUOTES = "/api/v1/quotes/"


class Clock:
    """The time, which passes when a test says so: it begins five seconds into a minute."""

    def __init__(self) -> None:
        self.now = 1_800_000_005.0

    def time(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(limits, "time", clock)
    return clock


@pytest.fixture
def rates(settings: Any) -> dict[str, Any]:
    """The limits, none at first."""
    rates: dict[str, Any] = dict.fromkeys(settings.RATES)
    settings.RATES = rates
    return rates


def test_who_asks_too_often_is_told_when_to_go_on_and_then_may(
    client: Client, rates: dict[str, Any], clock: Clock
) -> None:
    rates["anonymous"] = (2, 60)
    assert [client.get(QUOTES).status_code for _ in range(2)] == [200, 200]
    refused = client.get(QUOTES)
    detail = problem(refused, 429)["detail"]
    assert "2 in 60 seconds (anonymous)" in detail
    assert refused["Retry-After"] == "55"
    assert "55 seconds" in detail
    clock.now += 55
    assert client.get(QUOTES).status_code == 200


def test_every_answer_says_what_is_allowed_and_what_is_left(
    client: Client, article: Article, rates: dict[str, Any], editor: User
) -> None:
    rates["anonymous"], rates["writing"] = (10, 60), (3, 3600)
    answers = [
        client.get(QUOTES),
        client.get(f"{QUOTES}?speker=x"),
        client.get(f"{QUOTES}12/"),
        client.get(QUOTES, headers={"accept": "image/png"}),
        client.get(f"{QUOTES}?format=nonsense"),
        client.get(QUOTES, headers={"authorization": "Token no"}),
        client.get(QUOTES, headers={"authorization": "Token no", "accept": "image/png"}),
        client.get("/api/v1/speaker-changes/"),
        client.get(QUOTES, headers={"if-none-match": client.head(QUOTES)["ETag"]}),
    ]
    assert [answer.status_code for answer in answers] == [200, 400, 404, 406, 400, 401, 406, 401, 304]
    for answer in answers:
        assert answer["RateLimit-Policy"] == '"anonymous";q=10;w=60'
    left = [re.fullmatch(r'"anonymous";r=(\d);t=55', answer["RateLimit"]) for answer in answers]
    assert [match and int(match[1]) for match in left] == [9, 8, 7, 6, 5, 4, 3, 2, 0]
    problem(client.post(QUOTES), 429)


def test_writing_and_searching_have_limits_of_their_own_beside(
    client: Client, article: Article, rates: dict[str, Any], editor: User
) -> None:
    rates |= {"account": (9, 60), "writing": (1, 60), "search": (1, 60)}
    login = {"authorization": by_token(editor)}
    rename = "/api/v1/speakers/oona-marlowe/rename/"
    done = client.post(rename, {"name": "Oona Lind"}, content_type="application/json", headers=login)
    assert done["RateLimit"] == '"account";r=8;t=55, "writing";r=0;t=55'
    again = client.post(rename, {"name": "Oona Quill"}, content_type="application/json", headers=login)
    assert "(writing)" in problem(again, 429)["detail"]
    assert client.get(QUOTES, headers=login).status_code == 200
    assert client.get(f"{QUOTES}?text=ferry", headers=login).status_code == 200
    assert "(search)" in problem(client.get(f"{QUOTES}?text=boat", headers=login), 429)["detail"]
    assert client.get("/api/v1/speakers/?name=oona").status_code == 200  # somebody else's count


def test_a_view_says_itself_what_it_costs_if_its_method_or_its_parameters_do_not(
    client: Client, article: Article, rates: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    rates |= {"writing": (9, 60), "search": (5, 60)}
    monkeypatch.setattr(QuoteViewSet, "throttle_scope", "search", raising=False)
    for answer in (client.get(QUOTES), client.get(f"{QUOTES}?text=boat"), client.post(QUOTES)):
        assert answer["RateLimit-Policy"] == '"search";q=5;w=60'
    assert answer["RateLimit"] == '"search";r=2;t=55'


def test_tokens_of_one_account_share_its_limit_and_others_have_their_own(
    client: Client, rates: dict[str, Any], editor: User
) -> None:
    rates |= {"account": (2, 60), "anonymous": (1, 60)}
    for _ in range(2):
        login = {"authorization": by_token(editor)}
        assert client.get(QUOTES, headers=login).status_code == 200
    assert client.get(QUOTES, headers={"authorization": basic("edith")}).status_code == 429
    assert client.get(QUOTES).status_code == 200
    other = {"authorization": by_token(User.objects.create_user("rea"))}
    assert client.get(QUOTES, headers=other).status_code == 200


def test_addresses_are_told_apart_and_those_of_one_ipv6_network_are_one(
    client: Client, rates: dict[str, Any]
) -> None:
    rates["anonymous"] = (1, 60)
    asked = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1", "192.0.2.1", ""]
    answers = [client.get(QUOTES, REMOTE_ADDR=address).status_code for address in asked]
    assert answers == [200, 200, 200, 429, 200, 429, 200]


def test_only_a_proxy_says_where_a_request_comes_from(
    client: Client, rates: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    rates["anonymous"] = (1, 60)
    forged = [f"203.0.113.{n}, 192.0.2.1" for n in range(2)]
    assert [client.get(QUOTES, headers={"x-forwarded-for": one}).status_code for one in forged] == [200, 429]
    cache.clear()
    monkeypatch.setattr(settings, "BEHIND_PROXY", True)
    assert [client.get(QUOTES, headers={"x-forwarded-for": one}).status_code for one in forged] == [200, 429]
    other = {"x-forwarded-for": "192.0.2.1, 203.0.113.9"}
    assert client.get(QUOTES, headers=other).status_code == 200


def test_whoever_guesses_passwords_is_not_let_on_even_with_the_right_one(
    client: Client, rates: dict[str, Any], editor: User, clock: Clock
) -> None:
    rates["login"] = (2, 60)
    for word in ("wrong", "wronger"):
        problem(client.get(QUOTES, headers={"authorization": basic("edith", word)}), 401)
    right = {"authorization": basic("edith")}
    refused = client.get(QUOTES, headers=right)
    assert "wrong passwords" in problem(refused, 429)["detail"]
    assert refused["Retry-After"] == "55"
    assert client.get(QUOTES, headers={"authorization": by_token(editor)}).status_code == 200
    assert client.get(QUOTES, headers=right, REMOTE_ADDR="192.0.2.7").status_code == 200
    clock.now += 60
    assert client.get(QUOTES, headers=right).status_code == 200


def test_with_no_limits_nothing_is_counted_or_said(client: Client, rates: dict[str, Any]) -> None:
    answer = client.get(QUOTES)
    assert "RateLimit" not in answer
    assert "RateLimit-Policy" not in answer


def test_processes_that_share_a_redis_count_together_and_go_on_without_it(
    client: Client, rates: dict[str, Any], settings: Any
) -> None:
    rates["anonymous"] = (2, 60)
    with own_redis() as redis:
        shared = {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis.url,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
        settings.CACHES = {"default": shared}
        assert client.get(QUOTES)["RateLimit"] == '"anonymous";r=1;t=55'
        with Redis.from_url(redis.url) as another:
            (key,) = another.keys("*rate:anonymous:*")
            assert another.incr(key) == 2
        assert client.get(QUOTES).status_code == 429
        redis.kill()
        assert client.get(QUOTES).status_code == 200
    caches.close_all()


def test_a_cache_that_is_down_shuts_nobody_out(
    client: Client, rates: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> None:
        raise RedisIsDownError("no connection")

    rates["anonymous"] = (1, 60)
    monkeypatch.setattr(LocMemCache, "add", down)
    assert [client.get(QUOTES).status_code for _ in range(3)] == [200, 200, 200]
