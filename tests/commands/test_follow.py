"""Following outlets from the command line, over the local web."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from quotes.models import Article, FeedSubscription
from tests.web import LocalWeb, local_web
from tests.web.pages import GOOD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def web(settings: Any) -> Iterator[LocalWeb]:
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = ["localhost"]
    settings.HOST_DELAY_SECONDS = 0
    with local_web() as web:
        yield web


def add(*arguments: str) -> str:
    out = StringIO()
    call_command("add_source", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_an_outlet_is_added_and_followed(web: LocalWeb) -> None:
    said = add(f"{web.site}/good.atom", "--name", "Tarn Bay Post")
    assert f"Tarn Bay Post: follows {web.site}/good.atom (Tarn Bay Atom)" in said
    call_command("follow", once=True)
    assert Article.objects.filter(status=Article.Status.EXTRACTED).count() == GOOD // 2


@pytest.mark.parametrize(("path", "complaint"), [("/good/1", "names no feed"), ("/missing", "404")])
def test_a_site_without_a_feed_is_said_to_have_none(web: LocalWeb, path: str, complaint: str) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 1 could not be followed"):
        call_command("add_source", f"{web.site}{path}", stdout=out, stderr=out)
    assert complaint in out.getvalue()
    assert not FeedSubscription.objects.exists()
