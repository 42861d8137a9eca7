"""The database itself refuses nonsense, whoever writes it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model

from quotes.models import (
    Article,
    ArticleRevision,
    FeedSubscription,
    Publication,
    Quote,
    ReviewDecision,
    Source,
    Speaker,
    SpeakerAlias,
)

NOW = datetime(2026, 3, 6, tzinfo=UTC)


def refused(record: Model) -> bool:
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        return True
    return False


def quote(kettles: Quote, **fields: Any) -> Quote:
    """A copy of a stored quote, at a place of its own, with `fields` changed."""
    copy = Quote.objects.get(pk=kettles.pk)
    copy.pk, copy.public_id = None, Quote().public_id
    copy.start, copy.end = kettles.start + 1, kettles.end + 1
    for name, value in fields.items():
        setattr(copy, name, value)
    copy._state.adding = True
    return copy


def test_a_sound_quote_is_taken(kettles: Quote) -> None:
    assert not refused(quote(kettles))
    assert not refused(quote(kettles, start=kettles.start + 2, attributed_by="editor", confidence=None))


def test_a_quote_is_public_or_withdrawn_by_somebody_at_some_time(kettles: Quote) -> None:
    Publication.objects.all().delete()

    def row(**fields: Any) -> Publication:
        return Publication(quote=kettles, changed_at=NOW, **fields)

    assert refused(row(is_public=True, withdrawn_at=NOW))
    assert refused(row(is_public=True, withdrawn_by="editor"))
    assert refused(row(is_public=False))
    assert refused(row(is_public=False, withdrawn_at=NOW, withdrawn_by="somebody"))
    assert not refused(row(is_public=False, withdrawn_at=NOW, withdrawn_by="editor"))


def test_a_number_of_a_change_is_given_once(article: Article) -> None:
    first, second = Publication.objects.all()[:2]
    first.number = second.number = 7
    assert not refused(first)
    assert refused(second)


@pytest.mark.parametrize(
    "fields",
    [
        {"start": 20, "end": 20},
        {"start": 20, "end": 10},
        {"confidence": 1.01},
        {"confidence": -0.1},
        {"confidence": None},
        {"attributed_by": "editor"},
        {"attributed_by": "nobody", "confidence": None},
        {"mention_start": 9, "mention_end": 5},
        {"mention_start": 9, "mention_end": None},
        {"mention_start": None, "mention_end": 9},
        {"cue_start": 9, "cue_end": 9},
        {"text": ""},
        {"kind": "indirect"},
        {"review_status": "maybe"},
        {"context_start": 100_000},
    ],
    ids=str,
)
def test_a_quote_that_makes_no_sense_is_refused(kettles: Quote, fields: dict[str, Any]) -> None:
    assert refused(quote(kettles, **fields))


def test_a_span_of_a_text_is_one_quote(kettles: Quote) -> None:
    assert refused(quote(kettles, start=kettles.start, end=kettles.end))


def test_a_step_is_an_editors_or_the_extractors(kettles: Quote, editor: User) -> None:
    def step(**fields: Any) -> ReviewDecision:
        return ReviewDecision(
            quote=kettles, from_status="unreviewed", to_status="unreviewed", from_confidence=0.9, **fields
        )

    assert not refused(step(editor=editor))
    assert not refused(step(from_version="rules-1", to_version="rules-2"))
    assert refused(step(editor=editor, to_version="rules-2"))


def test_a_canonical_address_is_one_article(article: Article) -> None:
    assert refused(Article(source=article.source, canonical_url=article.canonical_url))


def test_an_article_needs_an_address_and_a_known_status(article: Article) -> None:
    assert refused(Article(source=article.source, canonical_url=""))
    assert refused(Article(source=article.source, canonical_url="https://a.example/", status="lost"))


def test_revisions_are_numbered_from_one_and_never_twice(article: Article) -> None:
    def revision(number: int, text: str = "words") -> ArticleRevision:
        return ArticleRevision(
            article=article, number=number, text=text, content_hash="0" * 64, fetched_at=NOW
        )

    assert refused(revision(1))
    assert refused(revision(0))
    assert refused(revision(2, text=""))
    assert not refused(revision(2))


@pytest.mark.django_db
def test_speakers_have_a_name_a_known_kind_and_a_slug_of_their_own() -> None:
    assert not refused(Speaker(name="Oona", slug="oona", kind="person"))
    assert refused(Speaker(name="Oona", slug="oona", kind="person"))
    assert refused(Speaker(name="", slug="nobody", kind="person"))
    assert refused(Speaker(name="Oona", slug="oona-2", kind="ship"))
    assert refused(Speaker(name="Oona", slug="oona-3", kind="person", wikidata_id="42"))


@pytest.mark.django_db
def test_two_speakers_cannot_be_one_wikidata_item_but_many_can_have_none() -> None:
    assert not refused(Speaker(name="A", slug="a", kind="person", wikidata_id="Q42"))
    assert refused(Speaker(name="B", slug="b", kind="person", wikidata_id="Q42"))
    assert not refused(Speaker(name="C", slug="c", kind="person"))
    assert not refused(Speaker(name="D", slug="d", kind="person"))


@pytest.mark.django_db
def test_a_speaker_cannot_be_merged_into_itself() -> None:
    speaker = Speaker.objects.create(name="Oona", slug="oona", kind="person")
    speaker.merged_into = speaker
    assert refused(speaker)


@pytest.mark.django_db
def test_a_speaker_has_an_alias_once_and_never_an_empty_one() -> None:
    speaker = Speaker.objects.create(name="Oona", slug="oona", kind="person")
    assert not refused(SpeakerAlias(speaker=speaker, name="Oona", folded="oona"))
    assert refused(SpeakerAlias(speaker=speaker, name="OONA", folded="oona"))
    assert refused(SpeakerAlias(speaker=speaker, name="?", folded=""))


@pytest.mark.django_db
def test_a_feed_is_polled_at_some_interval() -> None:
    source = Source.objects.create(name="Tidewatch", slug="tidewatch")
    assert refused(FeedSubscription(source=source, url="https://tidewatch.example/feed", interval=0))
