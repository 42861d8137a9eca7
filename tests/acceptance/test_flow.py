"""The whole path: a page on disk goes in by the command line, and its quotes come out everywhere."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import feedparser
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from quotes.management.databases import database_url
from quotes.models import Article, Quote, Speaker

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "fixtures" / "articles"
VISIT = DEMO / "01-state-visit.txt"


@pytest.mark.django_db
def test_an_articles_quotes_come_out_in_the_api_the_admin_a_page_and_a_feed(client: Client) -> None:
    call_command("ingest", str(VISIT), verbosity=0)
    call_command("ingest", str(VISIT), verbosity=0)
    assert Article.objects.count() == 1
    slug = "danica-holub"
    words = "Nobody is watching the clock"

    found = client.get("/api/v1/quotes/", {"speaker": slug, "text": words}).json()["results"]
    assert [quote["text"] for quote in found] == [words]
    assert found[0]["source_url"].startswith("https://www.harbourcourier.example/2026/03/24/")

    feed = feedparser.parse(client.get(f"/speakers/{slug}/feed.atom").content)
    assert found[0]["id"] in {entry.id for entry in feed.entries}
    theirs = client.get("/api/v1/quotes/", {"speaker": slug}).json()["results"]
    assert {entry.id for entry in feed.entries} == {quote["id"] for quote in theirs}

    assert words in client.get(f"/speakers/{slug}/").text
    client.force_login(User.objects.create_superuser("edith"))
    assert f'<mark class="words">{words}</mark>' in client.get("/admin/quotes/quote/", {"q": words}).text


@pytest.mark.django_db
def test_every_demo_article_is_taken_in_with_its_words_where_they_are_said_to_be() -> None:
    files = sorted(str(path) for path in DEMO.iterdir())
    assert len(files) >= 12
    call_command("ingest", *files, verbosity=0)
    assert Article.objects.filter(status=Article.Status.EXTRACTED).count() == len(files)
    for quote in Quote.objects.select_related("revision"):
        text = quote.revision.text
        assert " ".join(text[start:end] for start, end in quote.segments) == quote.text


def test_the_demo_articles_have_the_length_of_real_ones() -> None:
    for path in DEMO.glob("*.txt"):
        body = path.read_text().split("\n\n", 1)[1]
        assert 250 <= len(body.split()) <= 900, path.name


def test_the_gold_of_the_demo_articles_still_fits_their_texts() -> None:
    for line in (ROOT / "fixtures" / "gold" / "demo.jsonl").read_text().splitlines():
        gold = json.loads(line)
        text = (DEMO / f"{gold['id']}.txt").read_text().split("\n\n", 1)[1]
        assert len(text) == gold["chars"], gold["id"]
        for quote in gold["quotes"]:
            assert text[quote["start"]] in "“\"‘'", (gold["id"], quote)
            assert quote["mention"] is None or quote["mention"] in text, (gold["id"], quote)


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_take_in_the_same_article_at_once_store_it_once() -> None:
    env = os.environ | {"DATABASE_URL": database_url()}
    command = [sys.executable, "manage.py", "ingest", "--verbosity", "0", str(VISIT)]

    def run(_: int) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, range(2)))
    assert [process.stderr for process in done] == ["", ""]
    assert Article.objects.count() == 1
    names = list(Speaker.objects.values_list("name", flat=True))
    assert sorted(names) == sorted(set(names))
    assert Quote.objects.values("start", "end").distinct().count() == Quote.objects.count() > 10
