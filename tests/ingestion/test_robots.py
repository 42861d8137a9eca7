"""What a host lets us fetch (RFC 9309), asked of real servers on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from quotes.ingestion import FetchPolicy
from quotes.ingestion.fetch import ForbiddenAddressError
from quotes.ingestion.robots import Robots, fetch_robots
from tests.web.pages import Answer
from tests.web.server import LocalWeb, local_web

AGENT = "quotetracker/0.1 (+https://quotetracker.example/bot)"
POLICY = FetchPolicy(AGENT, 2, 600_000, frozenset({"localhost"}))


@contextmanager
def host_with(answer: Answer) -> Iterator[LocalWeb]:
    with local_web() as web:
        web.robots = answer
        yield web


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: quotetracker\nDisallow:", True),
        ("User-agent: quotetracker\nDisallow: /news/\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/today/", True),  # the longer rule wins
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("", True),
        ("\ufeffnonsense: <<<\x01", True),
    ],
)
def test_rules_are_for_this_robot_or_for_all(rules: str, allowed: bool) -> None:
    assert Robots(rules).allows("https://x.example/news/today/story.html", AGENT) is allowed


def test_a_host_may_ask_for_pauses() -> None:
    assert Robots("User-agent: *\nCrawl-delay: 7").delay(AGENT) == 7
    assert Robots("").delay(AGENT) == 0


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_rules_allows_everything(status: int) -> None:
    with host_with(Answer(status=status)) as web:
        assert fetch_robots(f"{web.site}/1", POLICY).allows(f"{web.site}/1", AGENT)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_that_cannot_say_allows_nothing_for_now(status: int) -> None:
    with host_with(Answer(status=status, headers=(("Retry-After", "90"),))) as web:
        robots = fetch_robots(f"{web.site}/1", POLICY)
    assert not robots.allows(f"{web.site}/1", AGENT)
    assert (str(status) in robots.error, robots.seconds) == (True, 90)


def test_a_host_that_does_not_answer_allows_nothing_for_now() -> None:
    with local_web() as web:
        site = web.site
    assert fetch_robots(f"{site}/1", POLICY).error


def test_a_page_that_says_not_found_is_no_list_of_rules() -> None:
    with host_with(Answer(b"<html>User-agent: *\nDisallow: /")) as web:
        assert fetch_robots(f"{web.site}/1", POLICY).allows(f"{web.site}/1", AGENT)


def test_a_private_host_is_not_even_asked() -> None:
    with pytest.raises(ForbiddenAddressError):
        fetch_robots("http://127.0.0.1:9/1", POLICY)
