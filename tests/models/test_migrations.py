"""A migration holds on a database with records in it, forwards and backwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from quotes.models import (
    Link,
    Quote,
    ReviewDecision,
    Speaker,
    SpeakerChange,
    SpeakerKey,
    SpeakerWord,
    WordSlip,
)
from quotes.selectors import withdrawn_quotes
from quotes.services.merging import rename_speaker
from quotes.services.review import decide
from quotes.services.stories import to_place
from tests.conftest import Ingest, ReadAnew

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, REASONS, KEYS = "0001_initial", "0002_why_and_extractor_steps", "0004_speaker_keys"
WORDS = "0007_speaker_words"
UNPLACED, LEASED = "0012_roles_by_speaker", "0013_placing_has_a_lease"
LATER = {"reasons", "rule", "saying_id"}  # columns of quotes that the first migration does not know
LAST = max(name for app, name in MigrationLoader(None).disk_migrations if app == "quotes")


def migrate(to: str) -> Any:
    """Go to a migration. Returns the models as they were then."""
    call_command("migrate", "quotes", to, verbosity=0)
    return MigrationExecutor(connection).loader.project_state([("quotes", to)]).apps


def rows(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


@pytest.fixture
def at_the_end(kettles: Quote) -> Iterator[None]:
    yield
    call_command("migrate", "quotes", verbosity=0)


@pytest.mark.usefixtures("at_the_end")
def test_reasons_come_and_go_and_leave_the_records_alone(
    kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    read_anew(kettles, speaker="Marta Quill")
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    after = rows(Quote)
    assert all(row["reasons"] for row in after)

    old = migrate(FIRST)
    without = [{k: v for k, v in row.items() if k not in LATER} for row in after]
    assert rows(old.get_model("quotes", "Quote")) == without
    decisions = old.get_model("quotes", "ReviewDecision")
    assert [step.editor_id for step in decisions.objects.order_by("pk")] == [None, editor.pk]

    state = migrate(REASONS)
    assert rows(state.get_model("quotes", "Quote")) == [row | {"reasons": [], "rule": ""} for row in without]
    migrate(LAST)
    extractors, editors = ReviewDecision.objects.order_by("pk")
    assert (extractors.by, extractors.to_version, editors.by) == ("extractor", "", "editor")
    # The versions are lost, the tombstone is not.
    assert kettles in withdrawn_quotes(Speaker.objects.get(slug="oona-marlowe"))


@pytest.mark.usefixtures("at_the_end")
def test_who_does_not_know_reasons_yet_can_go_on_writing(kettles: Quote) -> None:
    old = migrate(FIRST)
    migrate(REASONS)
    quotes = old.get_model("quotes", "Quote")
    copy = quotes.objects.get(pk=kettles.pk)
    copy.pk, copy.public_id, copy.start = None, Quote().public_id, copy.start + 1
    copy.save(force_insert=True)
    decision = old.get_model("quotes", "ReviewDecision").objects.create(
        quote_id=copy.pk, from_status="unreviewed", to_status="rejected", from_confidence=0.9
    )
    migrate(LAST)
    stored = Quote.objects.get(pk=copy.pk)
    assert (stored.reasons, stored.rule) == ([], "")
    assert ReviewDecision.objects.get(pk=decision.pk).to_version == ""


@pytest.mark.usefixtures("at_the_end")
@pytest.mark.parametrize(
    ("table", "before", "after"),
    [("quotes_quote", FIRST, REASONS), ("quotes_article", UNPLACED, LEASED)],
)
def test_postgresql_does_not_rewrite_a_large_table(table: str, before: str, after: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite copies a table to change it")

    def file_of_the_table() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_relation_filenode(%s::regclass)", [table])
            return cursor.fetchone()

    migrate(before)
    file = file_of_the_table()
    migrate(after)
    assert file_of_the_table() == file


@pytest.mark.usefixtures("at_the_end")
def test_what_waits_to_be_placed_waits_after_the_update_and_the_rest_stays_in_feeds(
    kettles: Quote, client: Client
) -> None:
    assert kettles.speaker
    feed = f"/speakers/{kettles.speaker.slug}/feed.atom"
    old = migrate(UNPLACED).get_model("quotes", "Article")
    migrate(LEASED)
    assert "<entry>" in client.get(feed).content.decode()
    old.objects.update(needs_placing=True)  # by code from before the update
    assert "<entry>" not in client.get(feed).content.decode()
    assert to_place() == [kettles.revision.article_id]


@pytest.mark.usefixtures("at_the_end")
def test_renames_do_not_stand_in_the_way_back(kettles: Quote, editor: User) -> None:
    assert kettles.speaker
    rename_speaker(speaker=kettles.speaker, name="Oona Lind", editor=editor)
    migrate("0005_speaker_changes")
    migrate(LAST)
    assert not SpeakerChange.objects.exists()
    assert Speaker.objects.get(pk=kettles.speaker.pk).slug == "oona-lind"


@pytest.mark.usefixtures("at_the_end")
def test_speakers_that_are_there_get_the_words_of_their_names(kettles: Quote) -> None:
    before = (
        set(SpeakerWord.objects.values_list("speaker", "word")),
        set(WordSlip.objects.values_list("form", "word")),
    )
    migrate(KEYS)
    migrate(WORDS)
    assert before == (
        set(SpeakerWord.objects.values_list("speaker", "word")),
        set(WordSlip.objects.values_list("form", "word")),
    )


@pytest.mark.usefixtures("at_the_end")
def test_speakers_that_are_there_get_their_keys_and_are_found_by_a_name_like_theirs(
    kettles: Quote, ingest: Ingest
) -> None:
    before = set(SpeakerKey.objects.values_list("speaker", "key"))
    migrate(REASONS)
    migrate(KEYS)
    assert set(SpeakerKey.objects.values_list("speaker", "key")) == before
    migrate(LAST)
    article = ingest("The board met. “No,” said Oona J. Marlowe.", url="https://two.example/1")
    assert Link.objects.get(article=article).speaker == kettles.speaker
