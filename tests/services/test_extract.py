"""Reading an article again never loses what an editor decided, and never doubles a quote."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from quotes.extraction import EXTRACTOR_VERSION
from quotes.models import Article, Quote, ReviewDecision, Speaker
from quotes.selectors import public_quotes, was_ever_public, withdrawn_quotes
from quotes.services.extract import extract_article
from quotes.services.identify import identify_all
from quotes.services.ingest import store_article
from quotes.services.reconcile import Reconciled
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from tests.conftest import FERRY, NEWER, Ingest, ReadAnew, document

WORDS = ["We have waited ten years for this", "floating kettles", "The price is a scandal"]


def rows() -> list[dict[str, Any]]:
    return [dict(row) for row in Quote.objects.order_by("pk").values()]


def read_again(article: Article) -> Reconciled:
    return extract_article(article_id=article.pk, force=True)


def as_if_by_an_older_extractor(quote: Quote, **fields: Any) -> None:
    Quote.objects.filter(pk=quote.pk).update(extractor_version="older", **fields)


def test_the_quotes_of_an_article_are_stored_with_their_speakers(article: Article) -> None:
    found = [(q.text, str(q.speaker), q.kind) for q in Quote.objects.order_by("start")]
    assert found == [
        (WORDS[0], "Oona Marlowe", "direct"),
        (WORDS[1], "Oona Marlowe", "partial"),
        (WORDS[2], "Desmond Achterberg", "direct"),
    ]
    assert article.status == Article.Status.EXTRACTED
    assert article.extractor_version == EXTRACTOR_VERSION


def test_every_offset_points_at_the_words(article: Article) -> None:
    for quote in Quote.objects.all():
        text = quote.revision.text
        assert " ".join(text[start:end] for start, end in quote.segments) == quote.text
        assert text[quote.mention_start : quote.mention_end] == quote.mention_text
        assert text[quote.cue_start : quote.cue_end] == quote.cue_text
        assert text[quote.context_start :].startswith(quote.context)
        assert "".join(piece for piece, _ in quote.context_parts) == quote.context


def test_reading_again_changes_nothing_at_all(article: Article) -> None:
    before = rows()
    done = read_again(article)
    assert (done.created, done.updated, done.gone) == (0, 0, 0)
    assert rows() == before
    assert Speaker.objects.count() == 2


def test_a_text_read_by_this_version_is_not_read_twice(article: Article) -> None:
    assert extract_article(article_id=article.pk).extraction is None


def test_a_newer_extractor_corrects_what_nobody_reviewed(kettles: Quote) -> None:
    wrong = save_speaker(speaker=Speaker(name="Desmond Wrong", kind="person"))
    as_if_by_an_older_extractor(kettles, speaker=wrong, end=kettles.end - 3, confidence=0.2)
    assert read_again(kettles.revision.article).updated == 1
    corrected = Quote.objects.get(pk=kettles.pk)
    assert str(corrected.speaker) == "Oona Marlowe"
    assert (corrected.public_id, corrected.end) == (kettles.public_id, kettles.end)


def test_a_newer_extractor_leaves_an_editors_speaker_and_status_alone(kettles: Quote, editor: User) -> None:
    other = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    attribute(quote=kettles, speaker=other, editor=editor)
    as_if_by_an_older_extractor(kettles)
    read_again(kettles.revision.article)
    kept = Quote.objects.get(pk=kettles.pk)
    assert (kept.speaker, kept.review_status) == (other, Quote.Status.APPROVED)


@pytest.mark.django_db(transaction=True)
def test_a_decision_taken_while_the_article_is_read_again_is_kept(
    kettles: Quote, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    as_if_by_an_older_extractor(kettles, speaker=save_speaker(speaker=Speaker(name="X Wrong", kind="person")))
    started: list[Future[None]] = []

    def decide_elsewhere() -> None:
        attribute(quote=kettles, speaker=other, editor=editor)
        connection.close()

    with ThreadPoolExecutor(1) as pool:

        def speakers_while_an_editor_decides(**arguments: Any) -> Any:
            started.append(pool.submit(decide_elsewhere))
            wait(started, timeout=0.3)  # it must not come through before the reading is stored
            return identify_all(**arguments)

        monkeypatch.setattr("quotes.services.reconcile.identify_all", speakers_while_an_editor_decides)
        read_again(kettles.revision.article)
        started[0].result(timeout=20)
    kept = Quote.objects.get(pk=kettles.pk)
    assert (kept.speaker, kept.review_status) == (other, Quote.Status.APPROVED)


def test_words_that_an_editor_decided_about_are_not_found_a_second_time(kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    # The editor's quote was cut otherwise than the extractor cuts it now.
    as_if_by_an_older_extractor(
        kettles,
        segments=[[kettles.start, kettles.end - 8]],
        end=kettles.end - 8,
        text="floating",
        folded="floating",
    )
    done = read_again(kettles.revision.article)
    assert (done.created, Quote.objects.count()) == (0, 3)
    assert Quote.objects.get(pk=kettles.pk).text == "floating"


def test_what_a_newer_extractor_no_longer_finds_is_marked_gone_and_no_longer_public(kettles: Quote) -> None:
    at = kettles.revision.text.index("electric")
    as_if_by_an_older_extractor(kettles, segments=[[at, at + 8]], start=at, end=at + 8, context_start=at)
    done = read_again(kettles.revision.article)
    assert (done.created, done.gone) == (1, 1)
    assert Quote.objects.get(pk=kettles.pk).gone_at is not None
    assert not public_quotes().filter(pk=kettles.pk).exists()


def test_a_quote_that_is_found_once_more_comes_back(kettles: Quote) -> None:
    as_if_by_an_older_extractor(kettles, gone_at=kettles.created_at)
    read_again(kettles.revision.article)
    assert Quote.objects.get(pk=kettles.pk).gone_at is None


def test_the_quotes_of_a_changed_article_move_with_their_words(kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    store_article(document=document("CORRECTED at noon.\n\n" + FERRY))
    extract_article(article_id=kettles.revision.article_id)
    moved = Quote.objects.get(pk=kettles.pk)
    assert moved.revision.number == 2
    assert moved.revision.text[moved.start : moved.end] == "floating kettles"
    assert moved.review_status == Quote.Status.APPROVED
    assert Quote.objects.count() == 3


def test_a_quote_that_left_the_article_is_marked_gone_and_keeps_its_old_text(kettles: Quote) -> None:
    store_article(document=document(FERRY.replace("“floating kettles”", "unsafe")))
    done = extract_article(article_id=kettles.revision.article_id)
    gone = Quote.objects.get(pk=kettles.pk)
    assert done.gone == 1
    assert gone.gone_at is not None
    assert gone.revision.text[gone.start : gone.end] == "floating kettles"
    assert Quote.objects.count() == 3


def test_an_approved_quote_whose_words_are_still_there_is_not_gone(kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    store_article(document=document(FERRY.replace("“floating kettles”", "floating kettles")))
    extract_article(article_id=kettles.revision.article_id)
    assert Quote.objects.get(pk=kettles.pk).gone_at is None


def test_an_article_that_is_not_english_is_stored_but_not_read(ingest: Ingest) -> None:
    article = ingest("« Il faut agir », a déclaré Marie Duval.", language="fr")
    assert article.status == Article.Status.SKIPPED
    assert "fr" in article.last_error
    assert not Quote.objects.exists()


def test_an_article_without_quotes_is_read_and_has_none(ingest: Ingest) -> None:
    assert ingest("Nobody spoke.").status == Article.Status.EXTRACTED
    assert not Quote.objects.exists()


@pytest.mark.django_db
def test_an_undated_article_dates_its_quotes_by_when_it_came_in(ingest: Ingest) -> None:
    article = ingest(published_at=None)
    assert set(Quote.objects.values_list("dated_at", flat=True)) == {article.created_at}


def steps() -> list[tuple[str, str | None, str | None, str]]:
    """The extractor's steps so far, the first one first: the words, from whom, to whom, why."""
    taken = ReviewDecision.objects.filter(editor=None).order_by("pk")
    return [
        (s.quote.text, str(s.from_speaker), str(s.to_speaker) if s.to_speaker else None, s.note)
        for s in taken
    ]


def oona() -> Speaker:
    return Speaker.objects.get(slug="oona-marlowe")


def test_the_reasons_and_the_rule_are_stored_with_the_quote(kettles: Quote, read_anew: ReadAnew) -> None:
    assert kettles.reasons
    assert all(isinstance(reason, str) for reason in kettles.reasons)
    read_anew(kettles, reasons=("‘called’ stands beside it", "she is Oona"), rule="governed" * 50)
    kettles.refresh_from_db()
    assert kettles.reasons == ["‘called’ stands beside it", "she is Oona"]
    assert kettles.rule == ("governed" * 50)[:100]


def test_the_reasons_stay_as_they_were_when_an_editor_decided(
    kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    read_anew(kettles, reasons=("first",), rule="one")
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    read_anew(kettles, reasons=("second",), rule="two")
    kettles.refresh_from_db()
    assert (kettles.reasons, kettles.rule) == (["first"], "one")


@pytest.mark.parametrize(
    ("opinion", "to", "why"),
    [
        ({"speaker": "Marta Quill"}, "Marta Quill", "given to somebody else"),
        ({"speaker": "Marta Quill", "confidence": 0.2}, "Marta Quill", "given to somebody else"),
        ({"speaker": None}, None, "no longer given to anybody"),
        ({"confidence": 0.314}, "Oona Marlowe", "no longer sure enough: 0.95, now 0.314"),
        ({"found": False}, "Oona Marlowe", "no longer found in the article"),
    ],
    ids=["somebody else", "a guess", "nobody", "not sure", "not found"],
)
def test_what_readers_were_shown_is_withdrawn_in_the_open_when_the_extractor_changes_its_mind(
    kettles: Quote, read_anew: ReadAnew, opinion: dict[str, Any], to: str | None, why: str
) -> None:
    read_anew(kettles, version="rules-older", confidence=0.95)
    read_anew(kettles, **opinion)
    assert steps() == [("floating kettles", "Oona Marlowe", to, why)]
    step = ReviewDecision.objects.get()
    assert (step.by, step.from_version, step.to_version) == ("extractor", "rules-older", NEWER)
    assert (step.from_status, step.to_status, step.from_confidence) == ("unreviewed", "unreviewed", 0.95)
    assert list(withdrawn_quotes(oona())) == [kettles]


def test_a_changed_article_withdraws_in_the_open_too(kettles: Quote) -> None:
    changed = FERRY.replace("She called", "Desmond Achterberg called")
    store_article(document=document(changed))
    extract_article(article_id=kettles.revision.article_id)
    why = "given to somebody else, since the article changed"
    assert steps() == [("floating kettles", "Oona Marlowe", "Desmond Achterberg", why)]
    assert list(withdrawn_quotes(oona())) == [kettles]


def test_reading_with_the_same_result_withdraws_nothing_more(kettles: Quote, read_anew: ReadAnew) -> None:
    for opinion in ({}, {"speaker": "Marta Quill"}, {"speaker": "Marta Quill"}):
        read_anew(kettles, **opinion)
        read_anew(kettles, **opinion)
    assert len(steps()) == 1
    read_anew(kettles, speaker="Marta Quill", found=False)
    read_anew(kettles, speaker="Marta Quill", found=False)
    assert len(steps()) == 2


@pytest.mark.parametrize(
    "opinion", [{"speaker": "Marta Quill"}, {"speaker": None}, {"confidence": 0.1}, {"found": False}], ids=str
)
def test_what_was_under_the_threshold_is_withdrawn_from_nobody(
    kettles: Quote, read_anew: ReadAnew, opinion: dict[str, Any]
) -> None:
    read_anew(kettles, speaker="Guy Guessed", confidence=0.69)
    ReviewDecision.objects.all().delete()
    read_anew(kettles, **opinion)
    assert steps() == []
    assert not was_ever_public(Speaker.objects.get(slug="guy-guessed"))


def test_a_quote_that_comes_back_is_no_longer_withdrawn(kettles: Quote, read_anew: ReadAnew) -> None:
    read_anew(kettles, speaker="Marta Quill")
    read_anew(kettles)
    assert [step[1:3] for step in steps()] == [
        ("Oona Marlowe", "Marta Quill"),
        ("Marta Quill", "Oona Marlowe"),
    ]
    assert not withdrawn_quotes(oona()).exists()
    assert list(withdrawn_quotes(Speaker.objects.get(slug="marta-quill"))) == [kettles]


def test_what_was_gone_stays_withdrawn_when_it_is_found_again_as_somebody_elses(
    kettles: Quote, read_anew: ReadAnew
) -> None:
    read_anew(kettles, found=False)
    read_anew(kettles, speaker="Marta Quill")
    assert list(withdrawn_quotes(oona())) == [kettles]


def test_what_an_editor_decided_is_never_withdrawn_by_the_extractor(
    kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    for opinion in ({"speaker": "Marta Quill"}, {"speaker": None}, {"found": False}):
        read_anew(kettles, **opinion)
    assert steps() == []
    assert public_quotes().filter(pk=kettles.pk, speaker=oona()).exists()


def test_a_withdrawal_outlives_a_higher_threshold(kettles: Quote, read_anew: ReadAnew, settings: Any) -> None:
    read_anew(kettles, confidence=0.8)
    read_anew(kettles, speaker="Marta Quill")
    settings.PUBLISH_THRESHOLD = 0.9
    assert list(withdrawn_quotes(oona())) == [kettles]


def test_a_speaker_who_was_merged_is_the_same_person(kettles: Quote, read_anew: ReadAnew) -> None:
    dame = save_speaker(speaker=Speaker(name="Dame Oona Marlowe", kind="person"))
    Speaker.objects.filter(slug="oona-marlowe").update(merged_into=dame)
    read_anew(kettles)
    kettles.refresh_from_db()
    assert kettles.speaker == dame
    assert steps() == []


HEARING = "Oona Marlowe and Ian Rusk met.\n\nRUSK: Do you dive?\n\nMARLOWE: I do.\n\nRUSK: You should not."


def test_turns_of_a_transcript_are_stored_as_such(ingest: Ingest) -> None:
    ingest(HEARING)
    found = [(quote.text, str(quote.speaker), quote.kind) for quote in Quote.objects.order_by("start")]
    assert found == [
        ("Do you dive?", "Ian Rusk", "transcript"),
        ("I do.", "Oona Marlowe", "transcript"),
        ("You should not.", "Ian Rusk", "transcript"),
    ]


def test_turns_are_not_stored_where_transcripts_are_left_out(ingest: Ingest, settings: Any) -> None:
    settings.TRANSCRIPTS = False
    ingest(HEARING)
    assert not Quote.objects.exists()
