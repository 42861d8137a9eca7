"""A feed that changed is never said to be the same: whatever is done, in whatever order."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quotes.models import Article, ArticleRevision, By, Quote, Source, Speaker
from quotes.selectors import public_quotes
from quotes.services import publications
from quotes.services.merging import merge_speakers
from quotes.services.review import attribute, decide
from quotes.services.sources import save_source
from quotes.services.speakers import save_speaker

FEEDS = (
    "/speakers/p-1/feed.atom",
    "/speakers/p-2/feed.rss?copies=true",
    "/sources/outlet-1/feed.json",
    "/feeds/quotes.atom?speaker=p-1,p-3",
    "/feeds/quotes.json?q=people",
)


class Steps:
    """What may happen to a site, each by chance."""

    def __init__(self, seed: int, editor: User) -> None:
        self._random, self._editor = np.random.default_rng(seed), editor

    def next(self) -> None:
        steps: list[Callable[[], Any]] = [
            self.decide, self.decide, self.give, self.rename, self.rename_outlet, self.go, self.retitle,
            self.merge, self.threshold, self.reword, self.nothing, self.place,
        ]  # fmt: skip
        steps[self._below(len(steps))]()

    def _below(self, end: int) -> int:
        return int(self._random.integers(end))

    def _quote(self) -> Quote:
        newest = Quote.objects.filter(speaker__in=(1, 2, 3)).order_by("-dated_at")
        return newest[self._below(40)]

    def decide(self) -> None:
        statuses = [one for one in Quote.Status if one != Quote.Status.UNREVIEWED]
        note = ("", "A note.")[self._below(2)]
        decide(
            quotes=[self._quote()],
            status=statuses[self._below(len(statuses))],
            editor=self._editor,
            public_note=note,
        )

    def give(self) -> None:
        speaker = Speaker.objects.get(pk=1 + self._below(3))
        attribute(quote=self._quote(), speaker=speaker, editor=self._editor)

    def rename(self) -> None:
        speaker = Speaker.objects.get(pk=1 + self._below(3))
        speaker.name = f"Name {self._random.random()}"
        save_speaker(speaker=speaker)

    def rename_outlet(self) -> None:
        source = Source.objects.get(pk=1)
        source.name = f"Outlet {self._random.random()}"
        save_source(source=source)

    def go(self) -> None:
        """As a newer reading does; by hand, since it moves no date here: nothing may hang on that."""
        quote = self._quote()
        Quote.objects.filter(pk=quote.pk).update(gone_at=None if quote.gone_at else timezone.now())
        publications.refresh(quotes=Quote.objects.filter(pk=quote.pk), by=By.EXTRACTOR)

    def retitle(self) -> None:
        title = f"Title {self._random.random()}"
        ArticleRevision.objects.filter(pk=self._quote().revision_id).update(title=title)

    def merge(self) -> None:
        alone = Speaker.objects.filter(pk__gt=3, merged_into=None).first()
        if alone is not None and self._random.random() < 0.3:
            merge_speakers(source=alone, target=Speaker.objects.get(pk=3), editor=self._editor)

    def threshold(self) -> None:
        settings.PUBLISH_THRESHOLD = (0.7, 0.8, 0.9)[self._below(3)]

    def reword(self) -> None:
        Quote.objects.filter(pk=self._quote().pk).update(context="Other words.", segments=[[0, 5]])

    def place(self) -> None:
        article = self._quote().revision.article_id
        Article.objects.filter(pk=article).update(needs_placing=~F("needs_placing"))

    def nothing(self) -> None:
        Quote.objects.filter(pk=self._quote().pk).update(updated_at=F("updated_at") - timedelta(days=1))


@pytest.mark.dear
@pytest.mark.parametrize("seed", range(2))
def test_same_is_said_of_the_very_same_alone(
    client: Client, newsroom: None, editor: User, settings: Any, seed: int
) -> None:
    steps = Steps(seed, editor)
    bodies: dict[tuple[str, str], bytes] = {}
    dates: dict[str, list[str]] = {path: [] for path in FEEDS}
    for _ in range(12):
        steps.next()
        for path in FEEDS:
            now = client.get(path)
            assert now.status_code == 200
            # Whoever has this ETag is told that it is the same: all of them have this body.
            assert bodies.setdefault((path, now["ETag"]), now.content) == now.content
            for date in dates[path][-2:]:
                answer = client.get(path, headers={"if-modified-since": date})
                assert answer.status_code == 200 or bodies[path, date] == now.content
            dates[path].append(now["Last-Modified"])
            bodies[path, now["Last-Modified"]] = now.content
    assert len(bodies) > len(FEEDS) * 3


def test_nothing_is_written_for_who_has_it(
    client: Client, newsroom: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(FEEDS[0])
    monkeypatch.setattr("quotes.feeds.content.render_to_string", None)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(FEEDS[0], headers={"if-none-match": first["ETag"]}).status_code == 304
    assert len(asked) <= 7


def test_another_address_or_hub_is_another_answer(client: Client, newsroom: None, settings: Any) -> None:
    etags = {client.get(FEEDS[0])["ETag"], client.get(FEEDS[0].replace("atom", "rss"))["ETag"]}
    etags.add(client.get(FEEDS[0], headers={"accept": "text/html"})["ETag"])
    settings.SITE_URL = "https://quotes.example"
    etags.add(client.get(FEEDS[0])["ETag"])
    settings.WEBSUB_HUB = "https://hub.example/"
    etags.add(client.get(FEEDS[0])["ETag"])
    assert len(etags) == 5


def test_a_cache_that_forgets_costs_the_date_alone(client: Client, newsroom: None) -> None:
    first = client.get(FEEDS[0])
    cache.clear()
    assert client.get(FEEDS[0], headers={"if-none-match": first["ETag"]}).status_code == 304
    assert public_quotes().exists()
