"""A migration holds on a database with records in it, forwards and backwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from quotes.models import (
    By,
    ChangeCounter,
    Link,
    Publication,
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
from quotes.services.review import attribute, decide
from quotes.services.roles import Role, role_group
from quotes.services.stories import to_place
from tests.conftest import Ingest, ReadAnew

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dear]

FIRST, REASONS, KEYS = "0001_initial", "0002_why_and_extractor_steps", "0004_speaker_keys"
WORDS = "0007_speaker_words"
UNLEASED, LEASED = "0013_import_undated", "0014_placing_has_a_lease"
# Columns of quotes that the first migration does not know.
LATER = {"reasons", "rule", "saying_id", "attributed_by", "source_id"}
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


def file_of_the_table(table: str) -> Any:
    """Where PostgreSQL keeps a table: another one when it was written anew."""
    if connection.vendor != "postgresql":
        return None  # SQLite copies a table to change it
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filenode(%s::regclass)", [table])
        return cursor.fetchone()


@pytest.mark.usefixtures("at_the_end")
def test_records_go_all_the_way_back_and_come_again(
    kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    """One way for all that is looked at on it: it takes seconds, whatever is in the tables."""
    read_anew(kettles, speaker="Marta Quill")
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    renamed = Speaker.objects.get(slug="desmond-achterberg")
    rename_speaker(speaker=renamed, name="Desmond Lind", editor=editor)
    after = rows(Quote)
    assert all(row["reasons"] for row in after)

    old = migrate(FIRST)
    without = [{k: v for k, v in row.items() if k not in LATER} for row in after]
    assert rows(old.get_model("quotes", "Quote")) == without
    decisions = old.get_model("quotes", "ReviewDecision")
    assert [step.editor_id for step in decisions.objects.order_by("pk")] == [None, editor.pk]

    file = file_of_the_table("quotes_quote")
    state = migrate(REASONS)
    assert rows(state.get_model("quotes", "Quote")) == [row | {"reasons": [], "rule": ""} for row in without]
    assert file_of_the_table("quotes_quote") == file
    late_quote, late_decision = written_by_who_does_not_know_reasons(old, kettles)

    migrate(LAST)
    stored = Quote.objects.get(pk=late_quote)
    assert (stored.reasons, stored.rule) == ([], "")
    sources = Quote.objects.values_list("source", "revision__article__source")
    assert {source == articles for source, articles in sources} == {True}
    assert ReviewDecision.objects.get(pk=late_decision).to_version == ""
    extractors, editors = ReviewDecision.objects.exclude(pk=late_decision).order_by("pk")
    assert (extractors.by, extractors.to_version, editors.by) == ("extractor", "", "editor")
    # The versions are lost, the tombstone is not.
    assert kettles in withdrawn_quotes(Speaker.objects.get(slug="oona-marlowe"))
    # Renames do not stand in the way back.
    assert not SpeakerChange.objects.exists()
    assert Speaker.objects.get(pk=renamed.pk).slug == "desmond-lind"


def written_by_who_does_not_know_reasons(old: Any, quote: Quote) -> tuple[Any, Any]:
    """A copy of the quote and a decision, as code of the first migration stores them in later tables."""
    copy = old.get_model("quotes", "Quote").objects.get(pk=quote.pk)
    copy.pk, copy.public_id, copy.start = None, Quote().public_id, copy.start + 1
    copy.save(force_insert=True)
    decision = old.get_model("quotes", "ReviewDecision").objects.create(
        quote_id=copy.pk, from_status="unreviewed", to_status="rejected", from_confidence=0.9
    )
    return copy.pk, decision.pk


def words() -> tuple[set[Any], set[Any]]:
    return (
        set(SpeakerWord.objects.values_list("speaker", "word")),
        set(WordSlip.objects.values_list("form", "word")),
    )


@pytest.mark.usefixtures("at_the_end")
def test_speakers_that_are_there_get_their_keys_and_words_and_are_found_by_a_name_like_theirs(
    kettles: Quote, ingest: Ingest
) -> None:
    keys, before = set(SpeakerKey.objects.values_list("speaker", "key")), words()
    migrate(REASONS)
    migrate(KEYS)
    assert set(SpeakerKey.objects.values_list("speaker", "key")) == keys
    migrate(WORDS)
    assert words() == before
    migrate(LAST)
    article = ingest("The board met. “No,” said Oona J. Marlowe.", url="https://two.example/1")
    assert Link.objects.get(article=article).speaker == kettles.speaker


@pytest.mark.usefixtures("at_the_end")
def test_what_waits_to_be_placed_waits_after_the_update_and_the_rest_stays_in_feeds(
    kettles: Quote, client: Client
) -> None:
    assert kettles.speaker
    feed = f"/speakers/{kettles.speaker.slug}/feed.atom"
    old = migrate(UNLEASED).get_model("quotes", "Article")
    file = file_of_the_table("quotes_article")
    migrate(LEASED)
    assert file_of_the_table("quotes_article") == file
    migrate(LAST)
    assert "<entry>" in client.get(feed).content.decode()
    old.objects.update(needs_placing=True)  # by code from before the update
    assert "<entry>" not in client.get(feed).content.decode()
    assert to_place() == [kettles.revision.article_id]


@pytest.mark.usefixtures("at_the_end")
def test_speakers_that_are_there_are_found_by_another_spelling(ingest: Ingest) -> None:
    ingest("“No,” said Selburn mayor Robert Mueller.", url="https://two.example/1")
    ingest("“No,” said fisheries minister Jeffrey Hale.", url="https://two.example/2")
    mueller, hale = Speaker.objects.get(slug="robert-mueller"), Speaker.objects.get(slug="jeffrey-hale")
    for speaker, keys in ((mueller, ("mueler:", "mueler:r")), (hale, ("hale:", "hale:j"))):
        speaker.keys.all().delete()
        SpeakerKey.objects.bulk_create(SpeakerKey(speaker=speaker, key=key) for key in keys)
    migrate("0014_placing_has_a_lease")
    migrate(LAST)
    ingest("“No,” said the mayor of Selburn, Robert Muller.", url="https://two.example/3")
    ingest("“No,” said fisheries minister Geoffrey Hale.", url="https://two.example/4")
    assert {link.speaker for link in Link.objects.filter(name__in=("Robert Muller", "Geoffrey Hale"))} == {
        mueller,
        hale,
    }
    assert mueller.keys.filter(key="mueler:r").exists()  # for code from before the update


@pytest.mark.usefixtures("at_the_end")
def test_on_the_way_back_turns_of_transcripts_are_direct_quotes(kettles: Quote) -> None:
    Quote.objects.filter(pk=kettles.pk).update(kind=Quote.Kind.TRANSCRIPT)
    old = migrate("0015_keys_of_spellings").get_model("quotes", "Quote")
    assert old.objects.get(pk=kettles.pk).kind == Quote.Kind.DIRECT
    migrate(LAST)
    Quote.objects.filter(pk=kettles.pk).update(kind=Quote.Kind.TRANSCRIPT)


@pytest.mark.usefixtures("at_the_end")
def test_what_editors_said_and_what_was_public_is_known_after_the_update(
    ingest: Ingest, kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    ingest("“Ours,” said Marta Quill, who sails.", url="https://two.example/1")
    ours, price = Quote.objects.get(text="Ours"), Quote.objects.get(text="The price is a scandal")
    unsure = Quote.objects.get(text="We have waited ten years for this")
    attribute(quote=ours, speaker=kettles.speaker or Speaker(), editor=editor)
    decide(quotes=[price], status=Quote.Status.REJECTED, editor=editor)
    decide(quotes=[price], status=Quote.Status.DISPUTED, editor=editor)
    read_anew(kettles, found=False)
    Quote.objects.filter(pk=unsure.pk).update(confidence=0.3)
    publications, decisions = rows(Publication), rows(ReviewDecision)

    old = migrate("0016_quote_kind_transcript")
    assert old.get_model("quotes", "Quote").objects.get(pk=ours.pk).confidence == 0
    migrate(LAST)
    ours.refresh_from_db()
    assert (ours.attributed_by, ours.confidence) == (By.EDITOR, None)
    assert rows(ReviewDecision) == [step | {"action": ""} for step in decisions]
    known = {row["quote_id"]: row for row in publications}
    after = {row["quote_id"]: row for row in rows(Publication)}
    assert after.keys() == known.keys() - {unsure.pk}  # whose confidence was always so for all that is known
    assert {after[key]["number"] for key in after} == set(after)
    for key, row in after.items():
        assert (row["is_public"], row["withdrawn_by"]) == (
            known[key]["is_public"],
            known[key]["withdrawn_by"],
        )
    assert after[price.pk]["withdrawn_at"] == decisions[1]["decided_at"]
    counter = ChangeCounter.objects.get()
    assert counter.last == max(after)
    assert len(counter.series) == 8


@pytest.mark.usefixtures("at_the_end")
def test_roles_are_made_and_who_could_retract_still_can() -> None:
    migrate("0030_decisions_taken_back")
    Group.objects.all().delete()
    change = Permission.objects.get(codename="change_quote")
    theirs = Group.objects.create(name="editor")  # of the site's own
    desk, other = User.objects.create_user("ed"), User.objects.create_user("vic")
    theirs.permissions.set([change])
    desk.user_permissions.set([change])
    migrate(LAST)
    may = {user.username: user.has_perm("quotes.retract_quote") for user in User.objects.all()}
    assert may == {"ed": True, "vic": False}
    assert other.pk
    assert set(theirs.permissions.values_list("codename", flat=True)) == {"change_quote", "retract_quote"}
    theirs.delete()
    for role in Role:
        made = Group.objects.filter(name=role).first()
        made_by_migration = set(made.permissions.values_list("codename")) if made else None
        Group.objects.filter(name=role).delete()
        as_written = set(role_group(role).permissions.values_list("codename"))
        assert made_by_migration in (None, as_written), role
    migrate("0030_decisions_taken_back")
    assert not Group.objects.exists()
