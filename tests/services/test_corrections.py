"""Where the words of a quote begin and end, quotes that were missed, and decisions that are taken back."""

from functools import partial
from threading import Barrier, Thread
from time import monotonic

import pytest
from django.contrib.auth.models import User
from django.db import connection

from quotes.models import Article, By, Publication, Quote, ReviewDecision, Speaker, SpeakerChange
from quotes.search import matching, read_question
from quotes.selectors import public_quotes, withdrawn_quotes
from quotes.services.corrections import add_quote, reopen, set_bounds
from quotes.services.extract import extract_article
from quotes.services.ingest import store_article
from quotes.services.merging import merge_speakers, move_quotes, undo_change
from quotes.services.publications import number_changes
from quotes.services.review import ReviewError, attribute, decide
from quotes.services.speakers import save_speaker
from quotes.services.wording import Segments
from tests.conftest import FERRY, Ingest, ReadAnew, document

pytestmark = pytest.mark.django_db

BOATS = "the old boats “floating kettles”"
APPROVED, REJECTED = Quote.Status.APPROVED, Quote.Status.REJECTED


def span(words: str, text: str = FERRY) -> Segments:
    start = text.index(words)
    return [(start, start + len(words))]


def words_of(article: Article) -> list[str]:
    """All that is a quote there, in the order of the text."""
    found = Quote.objects.filter(revision__article=article, gone_at__isnull=True)
    return list(found.order_by("start").values_list("text", flat=True))


def found(asked: str) -> set[str]:
    """The quotes that a search for it gives."""
    return set(matching(public_quotes(), read_question(asked), "words").values_list("text", flat=True))


@pytest.fixture
def marta(db: None) -> Speaker:
    return save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))


@pytest.fixture
def oona(kettles: Quote) -> Speaker:
    assert kettles.speaker
    return kettles.speaker


# The bounds


def test_an_editor_says_where_the_words_begin_and_end(kettles: Quote, editor: User) -> None:
    assert set_bounds(quote=kettles, segments=span("kettles"), editor=editor, note="not the adjective")
    kettles.refresh_from_db()
    assert (kettles.text, kettles.folded, kettles.review_status) == ("kettles", "kettles", "approved")
    assert FERRY[kettles.start : kettles.end] == "kettles"
    assert kettles.context == "She called the old boats “floating kettles”."
    assert kettles.source_url.endswith("#:~:text=old%20boats%20%E2%80%9Cfloating-,kettles")
    assert (kettles.attributed_by, kettles.confidence) != (By.EDITOR, None)  # who said it was not in question
    step = ReviewDecision.objects.get()
    assert (step.from_status, step.to_status, step.note) == ("unreviewed", "approved", "not the adjective")
    assert step.from_words == {"text": "floating kettles", "segments": [list(span("floating kettles")[0])]}
    assert step.to_words == {"text": "kettles", "segments": [list(span("kettles")[0])]}


def test_what_editors_change_is_found_by_its_words_as_they_are_now(
    kettles: Quote, editor: User, marta: Speaker
) -> None:
    assert found("floating") == {"floating kettles"}
    set_bounds(quote=kettles, segments=span("kettles"), editor=editor)
    assert found("floating") == set()
    reopen(quotes=[kettles], editor=editor)
    assert found("floating") == {"floating kettles"}
    article = kettles.revision.article
    added = add_quote(article=article, segments=span("two electric ferries"), speaker=marta, editor=editor)
    assert found('"electric ferries"') == {"two electric ferries"}
    assert added.source == article.source


def test_the_same_bounds_approve_and_twice_change_nothing(kettles: Quote, editor: User) -> None:
    assert set_bounds(quote=kettles, segments=span("floating kettles"), editor=editor)
    assert not set_bounds(quote=kettles, segments=span("floating kettles"), editor=editor)
    step = ReviewDecision.objects.get()
    assert (step.to_status, step.from_words, step.to_words) == ("approved", None, None)


def test_an_utterance_may_be_interrupted_and_white_space_is_no_part_of_it(
    kettles: Quote, editor: User
) -> None:
    halves = [*span(" She called "), *span(BOATS)]
    set_bounds(quote=kettles, segments=halves, editor=editor)
    kettles.refresh_from_db()
    assert kettles.text == f"She called {BOATS}"
    assert [FERRY[start:end] for start, end in kettles.segments] == ["She called", BOATS]


@pytest.mark.parametrize(
    ("segments", "hint"),
    [
        ([], "one stretch"),
        ([(5, 5)], "no stretch"),
        ([(9, 5)], "no stretch"),
        ([(0, 10_000)], "which has 275 characters"),
        ([(79, 81)], "no words"),
        ([(10, 20), (15, 30)], "overlap"),
        ([(20, 30), (10, 15)], "not in the order"),
        (span("called the old boats"), "none of these words are the quote's"),
        ([*span("waited ten years"), *span("kettles")], "a quote already"),
    ],
    ids=str,
)
def test_stretches_that_make_no_sense_are_refused_and_nothing_changes(
    kettles: Quote, editor: User, segments: Segments, hint: str
) -> None:
    with pytest.raises(ReviewError, match=hint):
        set_bounds(quote=kettles, segments=segments, editor=editor)
    assert not ReviewDecision.objects.exists()


def test_words_that_nobody_said_are_given_to_somebody_first(kettles: Quote, editor: User) -> None:
    Quote.objects.filter(pk=kettles.pk).update(speaker=None)
    with pytest.raises(ReviewError, match="say who said it first"):
        set_bounds(quote=kettles, segments=span("kettles"), editor=editor)


def test_words_of_a_rejected_quote_are_free_but_not_the_very_same_stretch(
    kettles: Quote, marta: Speaker, editor: User
) -> None:
    decide(quotes=[kettles], status=REJECTED, editor=editor)
    add = partial(add_quote, article=kettles.revision.article, speaker=marta, editor=editor)
    with pytest.raises(ReviewError, match="a quote already"):
        add(segments=span("floating kettles"))
    assert add(segments=span(BOATS)).text == BOATS


@pytest.mark.parametrize("words", ["kettles", BOATS, "boats “floating"])
def test_a_later_reading_keeps_the_bounds_and_stores_no_double(
    kettles: Quote, editor: User, read_anew: ReadAnew, words: str
) -> None:
    article = kettles.revision.article
    set_bounds(quote=kettles, segments=span(words), editor=editor)
    before = words_of(article)
    read_anew(kettles)
    extract_article(article_id=article.pk, force=True)
    assert words_of(article) == before
    assert Quote.objects.count() == 3


@pytest.mark.parametrize(
    "text",
    [
        f"Correction: the ferries are three.\n\n{FERRY}",
        FERRY.replace("She called", "Later she called").replace("waited ten", "waited eleven"),
    ],
    ids=["moved", "another sentence around"],
)
def test_in_a_changed_text_the_bounds_stand_where_the_words_stand_now(
    kettles: Quote, editor: User, text: str
) -> None:
    article = kettles.revision.article
    set_bounds(quote=kettles, segments=span("kettles"), editor=editor)
    store_article(document=document(text))
    done = extract_article(article_id=article.pk)
    kettles.refresh_from_db()
    assert (kettles.text, kettles.revision.number, kettles.gone_at) == ("kettles", 2, None)
    assert text[kettles.start : kettles.end] == "kettles"
    assert kettles.context.endswith("called the old boats “floating kettles”.")
    assert text[kettles.context_start :].startswith(kettles.context)
    for start, words in (
        (kettles.mention_start, kettles.mention_text),
        (kettles.cue_start, kettles.cue_text),
    ):
        assert (text[start:].startswith(words)) if start is not None else (words == "")
    assert words_of(article).count("floating kettles") == 0
    assert kettles.pk in done.touched


def test_words_that_have_left_the_text_or_stand_there_twice_are_not_guessed_at(
    kettles: Quote, editor: User
) -> None:
    article = kettles.revision.article
    set_bounds(quote=kettles, segments=span("kettles"), editor=editor)
    twice = FERRY.replace("She called the old boats “floating kettles”.", "Kettles, kettles and kettles.")
    store_article(document=document(twice))
    extract_article(article_id=article.pk)
    kettles.refresh_from_db()
    assert (kettles.revision.number, kettles.gone_at) == (1, None)
    store_article(document=document(FERRY.replace("floating kettles", "boats")))
    extract_article(article_id=article.pk)
    kettles.refresh_from_db()
    assert kettles.gone_at


# What was missed


def test_a_quote_that_was_missed_is_added_and_public_at_once(
    article: Article, editor: User, marta: Speaker
) -> None:
    last = number_changes().last
    added = add_quote(
        article=article, segments=span("two electric ferries"), speaker=marta, kind="partial", editor=editor
    )
    shown = public_quotes().get(pk=added.pk)
    assert (shown.text, shown.kind, shown.speaker, shown.attributed_by) == (
        "two electric ferries", "partial", marta, "editor",
    )  # fmt: skip
    assert (shown.confidence, shown.extractor_version, shown.dated_at) == (
        None, "editor", article.published_at,
    )  # fmt: skip
    assert shown.context.startswith("The harbour board will buy two electric ferries, its chair")
    step = ReviewDecision.objects.get()
    assert (step.from_speaker, step.to_speaker) == (None, marta)
    assert number_changes().last > last
    assert Publication.objects.get(quote=added).is_public


def test_no_words_are_added_twice(article: Article, editor: User, marta: Speaker) -> None:
    add = partial(add_quote, article=article, speaker=marta, editor=editor)
    add(segments=span("two electric ferries"))
    for words in ("two electric ferries", "electric", "floating kettles"):
        with pytest.raises(ReviewError, match="a quote already"):
            add(segments=span(words))


def test_offsets_into_a_text_that_was_replaced_are_refused(
    article: Article, editor: User, marta: Speaker
) -> None:
    add = partial(add_quote, article=article, segments=[(0, 3)], speaker=marta, editor=editor)
    store_article(document=document(f"New. {FERRY}"))
    with pytest.raises(ReviewError, match="revision 2"):
        add(revision=1)
    assert add(revision=2).text == "New"


def test_nothing_is_missed_in_an_article_that_was_not_read(editor: User, marta: Speaker) -> None:
    article = store_article(document=document()).article
    with pytest.raises(ReviewError, match="not read yet"):
        add_quote(article=article, segments=[(0, 3)], speaker=marta, editor=editor)


def test_later_readings_keep_what_was_added_and_store_none_of_its_words(
    article: Article, editor: User, marta: Speaker
) -> None:
    kettles = Quote.objects.get(text="floating kettles")
    decide(quotes=[kettles], status=REJECTED, editor=editor)
    add = partial(add_quote, article=article, speaker=marta, editor=editor)
    added = [add(segments=span(BOATS)), add(segments=span("two electric ferries"))]
    extract_article(article_id=article.pk, force=True)
    store_article(document=document(f"Updated. {FERRY}"))
    extract_article(article_id=article.pk)
    assert Quote.objects.count() == 5
    for one in added:
        before = one.text
        one.refresh_from_db()
        assert (one.text, one.speaker, one.review_status, one.gone_at) == (before, marta, "approved", None)
        assert one.revision.number == 2


# Taken back


def test_reopening_gives_the_extractors_speaker_and_confidence_back(
    kettles: Quote, oona: Speaker, marta: Speaker, editor: User
) -> None:
    confidence = kettles.confidence
    decide(quotes=[kettles], status=APPROVED, editor=editor)
    attribute(quote=kettles, speaker=marta, editor=editor)
    assert reopen(quotes=[kettles], editor=editor, note="I was wrong") == 1
    kettles.refresh_from_db()
    assert (kettles.speaker, kettles.confidence, kettles.attributed_by, kettles.review_status) == (
        oona, confidence, "extractor", "unreviewed",
    )  # fmt: skip
    assert public_quotes().filter(speaker=oona, pk=kettles.pk).exists()
    assert list(withdrawn_quotes(marta)) == [kettles]
    step = ReviewDecision.objects.first()
    assert step
    assert (step.from_speaker, step.to_speaker, step.to_status, step.note) == (
        marta, oona, "unreviewed", "I was wrong",
    )  # fmt: skip
    assert reopen(quotes=[kettles], editor=editor) == 0


def test_reopening_gives_the_words_back(kettles: Quote, editor: User) -> None:
    before = Quote.objects.filter(pk=kettles.pk).values("text", "segments", "context", "fragment", "folded")
    was = before.get()
    for words in ("kettles", BOATS):
        set_bounds(quote=kettles, segments=span(words), editor=editor)
    reopen(quotes=[kettles], editor=editor)
    assert before.get() == was
    step = ReviewDecision.objects.first()
    assert step
    assert step.from_words is not None
    assert step.to_words is not None
    assert (step.from_words["text"], step.to_words["text"]) == (BOATS, "floating kettles")


def test_only_what_was_decided_since_the_last_time_is_taken_back(
    kettles: Quote, oona: Speaker, marta: Speaker, editor: User, read_anew: ReadAnew
) -> None:
    attribute(quote=kettles, speaker=marta, editor=editor)
    reopen(quotes=[kettles], editor=editor)
    read_anew(kettles, speaker="Ivo Lindqvist", confidence=0.9)
    kettles.refresh_from_db()
    ivo = kettles.speaker
    assert ivo != oona
    decide(quotes=[kettles], status=REJECTED, editor=editor)
    reopen(quotes=[kettles], editor=editor)
    kettles.refresh_from_db()
    assert (kettles.speaker, kettles.confidence) == (ivo, 0.9)


def test_what_was_given_back_is_the_extractors_again_at_its_next_reading(
    kettles: Quote, marta: Speaker, editor: User, read_anew: ReadAnew
) -> None:
    attribute(quote=kettles, speaker=marta, editor=editor)
    set_bounds(quote=kettles, segments=span("kettles"), editor=editor)
    reopen(quotes=[kettles], editor=editor)
    read_anew(kettles, confidence=0.9)
    kettles.refresh_from_db()
    assert (kettles.attributed_by, kettles.confidence, kettles.text) == ("extractor", 0.9, "floating kettles")


def test_words_that_are_another_quote_by_now_are_not_given_back(
    kettles: Quote, marta: Speaker, editor: User
) -> None:
    set_bounds(quote=kettles, segments=span("kettles"), editor=editor)
    article = kettles.revision.article
    add_quote(article=article, segments=span("floating"), speaker=marta, editor=editor)
    with pytest.raises(ReviewError, match="a quote already"):
        reopen(quotes=[kettles], editor=editor)
    kettles.refresh_from_db()
    assert (kettles.text, kettles.review_status) == ("kettles", "approved")


def test_words_of_a_text_that_was_replaced_wait_for_the_next_reading(kettles: Quote, editor: User) -> None:
    set_bounds(quote=kettles, segments=span("kettles"), editor=editor)
    article = kettles.revision.article
    store_article(document=document(f"Updated. {FERRY}"))
    extract_article(article_id=article.pk)
    reopen(quotes=[kettles], editor=editor)
    kettles.refresh_from_db()
    assert (kettles.text, kettles.review_status) == ("kettles", "unreviewed")
    extract_article(article_id=article.pk, force=True)
    assert words_of(article).count("floating kettles") == 1
    assert Quote.objects.count() == 3


def test_what_an_editor_had_added_is_nobodys_and_goes_with_the_next_reading(
    article: Article, marta: Speaker, editor: User
) -> None:
    added = add_quote(article=article, segments=span("two electric ferries"), speaker=marta, editor=editor)
    reopen(quotes=[added], editor=editor)
    added.refresh_from_db()
    assert (added.speaker, added.confidence, added.review_status) == (None, 0.0, "unreviewed")
    assert not public_quotes().filter(pk=added.pk).exists()
    assert Publication.objects.get(quote=added).withdrawn_by == "editor"
    extract_article(article_id=article.pk, force=True)
    added.refresh_from_db()
    assert added.gone_at


@pytest.mark.parametrize("is_undone", [False, True])
@pytest.mark.parametrize("decided", ["first", "last"])
@pytest.mark.parametrize("kind", ["merge", "move"])
def test_who_was_merged_or_moved_meanwhile_stays_so_unless_it_was_undone(
    kettles: Quote, oona: Speaker, marta: Speaker, editor: User, kind: str, decided: str, is_undone: bool
) -> None:
    """Oona's quote is Marta's by a merge or a move; an editor decides before or after; then takes it back."""
    somebody = save_speaker(speaker=Speaker(name="Ivo Lindqvist", kind="person"))
    confidence = kettles.confidence

    def change() -> SpeakerChange:
        if kind == "merge":
            return merge_speakers(source=oona, target=marta, editor=editor)
        return move_quotes(quotes=[kettles], target=marta, editor=editor)

    if decided == "first":
        decide(quotes=[kettles], status=APPROVED, editor=editor)
        done = change()
        decide(quotes=[kettles], status=REJECTED, editor=editor)
    else:
        done = change()
        attribute(quote=kettles, speaker=somebody, editor=editor)
    if is_undone:
        undo_change(change=done, editor=editor)
    reopen(quotes=[kettles], editor=editor)
    kettles.refresh_from_db()
    assert (kettles.speaker, kettles.confidence) == (oona if is_undone else marta, confidence)
    assert kettles.review_status == "unreviewed"


def test_what_was_given_away_and_merged_meanwhile_goes_to_who_stayed(
    kettles: Quote, oona: Speaker, marta: Speaker, editor: User
) -> None:
    somebody = save_speaker(speaker=Speaker(name="Ivo Lindqvist", kind="person"))
    attribute(quote=kettles, speaker=somebody, editor=editor)
    merge_speakers(source=oona, target=marta, editor=editor)
    reopen(quotes=[kettles], editor=editor)
    kettles.refresh_from_db()
    assert kettles.speaker == marta


# Two at once


@pytest.mark.skipif(connection.vendor == "sqlite", reason="there one waits for the other from the beginning")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_mark_the_same_words_at_once_one_is_refused(ingest: Ingest, editor: User) -> None:
    ingest()
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    article = Article.objects.get()
    start, told = Barrier(2), list[str]()

    def mark(words: str) -> None:
        try:
            start.wait(10)
            add_quote(article=article, segments=span(words), speaker=marta, editor=editor)
            told.append("added")
        except ReviewError:
            told.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=mark, args=(words,)) for words in ("two electric", "electric ferries")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(told) == ["added", "refused"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="there one waits for the other from the beginning")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_decides_about_what_the_first_made_of_it(
    ingest: Ingest, editor: User
) -> None:
    ingest()
    kettles = Quote.objects.get(text="floating kettles")
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )

    def second() -> None:
        try:
            decide(quotes=[kettles], status=REJECTED, editor=editor)
        finally:
            connection.close()

    other = Thread(target=second)

    def hold(_quote: Quote) -> None:
        """Until the other waits for the quote."""
        other.start()
        until = monotonic() + 10
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            while cursor.fetchone() == (0,) and monotonic() < until:
                cursor.execute(waiting)

    attribute(quote=kettles, speaker=marta, editor=editor, guard=hold)
    other.join(20)
    last = ReviewDecision.objects.first()
    assert last
    assert (last.from_status, last.to_status, last.from_speaker, last.to_speaker) == (
        "approved", "rejected", marta, marta,
    )  # fmt: skip
